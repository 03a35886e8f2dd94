/**
 * Reads files of every format that were changed in one place or two, and tells what came of it: faults by their codes, tables,
 * crashes, what took long, and tables whose cells differ although checksums stand over them.
 * Options: --count N (20000), --seed S (1), --only TEXT (files whose name has it).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mutated, outcomeOf } from "../src/core/intake/fixtures/mutated.ts";
import { createRng } from "../src/core/math/rng.ts";

const { values: asked } = parseArgs({
  options: { count: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
});
const folder = new URL("../src/core/intake/fixtures/", import.meta.url);
const files = ["files/", "statistics/"]
  .flatMap((part) => readdirSync(new URL(part, folder)).map((name) => part + name))
  .filter((name) => !name.endsWith(".csv") && !name.includes("brotli") && name.includes(asked.only ?? ""));
const count = Number(asked.count ?? 20_000);
const rng = createRng(Number(asked.seed ?? 1));
const CHECKED = /\.(gz|zip|xlsx)$/;
const SLOW = 5;

const codes = new Map<string, number>();
const bad: string[] = [];
let slowest = 0;
const started = performance.now();
for (const [f, name] of files.entries()) {
  const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
  const own = rng.fork(name);
  const whole = await outcomeOf(name, bytes);
  const share = Math.floor(count / files.length) + (f < count % files.length ? 1 : 0);
  for (let i = 0; i < share; i++) {
    const changed = mutated(bytes, own);
    const { crash, fault, cells, seconds } = await outcomeOf(name, changed);
    slowest = Math.max(slowest, seconds);
    const result =
      crash !== undefined ? "crash" : (fault ?? (cells === whole.cells ? "the same table" : "another table"));
    codes.set(result, (codes.get(result) ?? 0) + 1);
    const wrong = result === "another table" && CHECKED.test(name);
    if (crash === undefined && !wrong && seconds < SLOW) continue;
    const kept = join(tmpdir(), `mutation-${bad.length}-${name.replaceAll("/", "-")}`);
    if (bad.length < 50) writeFileSync(kept, changed);
    const why = crash instanceof Error ? (crash.stack ?? crash.message) : String(crash);
    bad.push(
      `${name}, change ${i}: ${crash === undefined ? `${result}, ${seconds.toFixed(1)} s` : why} (${kept})`,
    );
  }
  console.error(`${name}: ${share} changes, ${bad.length} so far not as they should be`);
}
console.log(
  `${count} changed files of ${files.length} in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
for (const [result, times] of [...codes].toSorted(([, a], [, b]) => b - a))
  console.log(`  ${result}: ${times}`);
console.log(`slowest: ${slowest.toFixed(2)} s; not as they should be: ${bad.length}`);
for (const line of bad.slice(0, 20)) console.log(line);
process.exit(bad.length === 0 ? 0 : 1);
