import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  const status = await run(args, { stdout: { write: () => undefined }, stderr });
  return { status, error };
}

/** Patients whose birth date and age agree; in `off` rows of a made table they are up to 17 years apart. */
function patients(rows: number, off: number, seed: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const age = 20 + ((i * 7 + seed) % 60);
    const wrong = i % 100 < off ? 4 + (i % 14) : 0;
    const day = 1 + ((i * 5 + seed) % 28);
    const born = `${2020 - age - wrong}-01-${String(day).padStart(2, "0")}`;
    const ef = 20 + ((i * 3 + seed) % 50) + (off > 0 && i % 10 === 0 ? 40 : 0);
    return [`2020-06-${String(day).padStart(2, "0")}`, born, age, ef, 100 + ((i * 11 + seed) % 60)].join(",");
  });
  return `visit_date,birth_date,age,ejection_fraction,sbp\n${lines.join("\n")}\n`;
}

interface Rules {
  readonly metrics: readonly {
    readonly info: { readonly id: string };
    readonly result: {
      readonly detail?: { readonly rules?: readonly { rule: string; synthetic: number }[] };
    };
  }[];
}

async function listed(...more: string[]): Promise<{ said: string; rules: Map<string, number> }> {
  const report = at("report.json");
  const { status, error } = await semblance(
    "evaluate",
    "--train",
    at("real.csv"),
    "--synthetic",
    at("made.csv"),
    "--report",
    report,
    ...more,
  );
  expect(status, error).toBe(0);
  const { metrics } = JSON.parse(await readFile(report, "utf8")) as Rules;
  const found = metrics.find(({ info }) => info.id === "plausibility-rules")?.result.detail?.rules ?? [];
  return { said: error, rules: new Map(found.map(({ rule, synthetic }) => [rule, synthetic])) };
}

const write = (name: string, book: object): Promise<void> =>
  writeFile(at(name), JSON.stringify({ semblance: "clinical-rules", version: 1, ...book }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-clinical-"));
  await writeFile(at("real.csv"), patients(200, 0, 1));
  await writeFile(at("made.csv"), patients(200, 19, 2));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("clinical rules from a terminal", () => {
  test("a fifth of ages that disagree with the birth date is found, and a rule of a person's is counted beside it", async () => {
    await write("book.json", {
      off: ["systolic-pressure.range"],
      rules: ["ejection_fraction between 5 and 85"],
    });
    const { said, rules } = await listed("--learn", "birth_date", "--rules", at("book.json"));
    expect(said).toMatch(
      /with book\.json: \d+ are counted in real and synthetic rows; 1 of the file's own, 1 switched off/,
    );
    expect(said).toContain("ejection_fraction between 5 and 85: 200 of 200");
    expect(rules.get("age is the years from birth_date to visit_date")).toBeCloseTo(0.19, 2);
    expect(rules.get("ejection_fraction between 5 and 85 (set by a person)")).toBeGreaterThan(0.02);
    expect([...rules.keys()].join()).not.toContain("sbp (Systolic");
  }, 60_000);

  test("a file that cannot be used is refused with the rule and the way out, before anything is measured", async () => {
    await write("bad.json", { rules: ["ejection_fracton between 5 and 85"] });
    const told = ["--train", at("real.csv"), "--synthetic", at("made.csv"), "--report", at("none.json")];
    const { status, error } = await semblance("evaluate", ...told, "--rules", at("bad.json"));
    expect(status).not.toBe(0);
    expect(error).toContain("Did you mean “ejection_fraction”?");
    await writeFile(at("other.json"), JSON.stringify({ semblance: "rules", version: 1, rules: [] }));
    const other = await semblance("evaluate", ...told, "--rules", at("other.json"));
    expect(other.error).toContain("“semblance” is not “clinical-rules”");
  });

  test("synthesize counts them only where it measures", async () => {
    await write("book.json", { rules: ["ejection_fraction between 5 and 85"] });
    const { status, error } = await semblance(
      "synthesize",
      at("real.csv"),
      "--synthesizer",
      "cart",
      "--rules",
      at("book.json"),
      "--out",
      at("out.csv"),
    );
    expect(status).not.toBe(0);
    expect(error).toContain("goes with --report, --html or --bundle");
  });
});
