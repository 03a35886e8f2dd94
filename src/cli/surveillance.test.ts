import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRng } from "../core/math/rng.ts";
import { dayLabel, dayOf } from "../core/surveillance/calendar.ts";
import { simulatedDays } from "../core/surveillance/fixtures/simulated-events.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
const first = dayOf(Date.parse("2021-01-04"));

async function semblance(...args: string[]) {
  let [out, error] = ["", ""];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout, stderr }), out, error };
}

function events(seed: number): string {
  const rng = createRng(seed);
  const outbreak = { from: first + 7 * 160, days: 14, factor: 3 };
  const days = simulatedDays({ first, days: 1456, events: 3000, dispersion: 1.2, outbreak }, rng);
  const rows = [...rng.permutation(days.length)].map(
    (i) => `${dayLabel(days[i] as number)},${rng.integer(90)},${rng.uniform() < 0.7 ? "A" : "B"}`,
  );
  return `onset,age,ward\n${rows.join("\n")}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  await writeFile(at("real.csv"), events(1));
  await writeFile(at("made.csv"), events(2));
  await writeFile(at("ages.csv"), "age,sex\n1,F\n2,M\n3,F\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("counts, tells the outbreak in both files and writes what is not small", async () => {
  const { status, out } = await semblance(
    "surveillance",
    at("real.csv"),
    at("made.csv"),
    "--out",
    at("o.csv"),
  );
  expect(status).toBe(0);
  expect(out).toMatch(/^onset by week, 208 weeks from week 1, from 2021-01-04/);
  expect(out).toContain("Farrington's algorithm");
  expect(out).toMatch(/from 2024-01-29: real \d+ \(alarm\), synthetic \d+ \(alarm\)/);
  const lines = (await readFile(at("o.csv"), "utf8")).trim().split("\n");
  expect(lines).toHaveLength(209);
  expect(lines[0]).toBe("period,from,real,real_alarm,synthetic,synthetic_to_scale,synthetic_alarm");
  const counts = lines.slice(1).map((row) => row.split(",")[2] as string);
  expect(counts.every((text) => text === "<5" || text === "0" || Number(text) >= 5)).toBe(true);
}, 30_000);

test("one level, by day, as JSON", async () => {
  const asked = ["--by", "ward=A", "--every", "day", "--out", at("o.json")];
  const { status } = await semblance("surveillance", at("real.csv"), ...asked);
  expect(status).toBe(0);
  const found = JSON.parse(await readFile(at("o.json"), "utf8")) as {
    series: { every: string; by: unknown; real: (number | null)[]; synthetic?: unknown };
  };
  expect(found.series.every).toBe("day");
  expect(found.series.by).toEqual({ column: "ward", level: "A" });
  expect(found.series.synthetic).toBeUndefined();
  expect(found.series.real.every((value) => value === null || value === 0 || value >= 5)).toBe(true);
}, 30_000);

test.each([
  [["--date", "age"], 1, "no-incidence"],
  [["--date", "when"], 2, "unknown-column"],
  [["--by", "ward"], 2, "bad-use"],
  [["--by", "ward=Z"], 1, "no-incidence"],
  [["--every", "month"], 2, "bad-use"],
  [["--out", "o.xlsx"], 2, "bad-use"],
])("refuses %j", async (args, status, code) => {
  const answer = await semblance("surveillance", at("real.csv"), ...args);
  expect([answer.status, answer.out]).toEqual([status, ""]);
  expect(answer.error).toContain(`semblance: ${code}: `);
});

test("says that a table has no dates", async () => {
  const { status, error } = await semblance("surveillance", at("ages.csv"));
  expect([status, error]).toEqual([1, expect.stringContaining("no-incidence")]);
  expect((await semblance("surveillance")).error).toContain("REAL.csv is missing");
});
