import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../core/report/report.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout: { write: () => {} }, stderr }), error };
}

const reportAt = async (name: string): Promise<Report> =>
  JSON.parse(await readFile(at(name), "utf8")) as Report;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  const rows = Array.from({ length: 240 }, (_, i) => {
    const n = (i * 7919) % 9973;
    return `${20 + (n % 67)},${(n % 83) / 10},${(n * 31) % 101},R${n % 7},${n % 3 === 0 ? "yes" : "no"}`;
  });
  await writeFile(at("a.csv"), `age,crp,ldh,region,died\n${rows.join("\n")}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("an attack that is asked for stands in the run's report, its time told first", async () => {
  const files = ["synthesize", at("a.csv"), "--out", at("s.csv"), "--report", at("r.json")];
  const settings = ["--synthesizer", "independent", "--holdout", "0.3", "--shadow", "6"];
  const { status, error } = await semblance(...files, ...settings);
  expect(status).toBe(0);
  expect(error).toMatch(/The attack trains 6 models, which is expected to take about \d+ s\./);
  const row = (await reportAt("r.json")).metrics.find(({ info }) => info.id === "membership-shadow");
  expect(row?.result).toMatchObject({
    status: "ok",
    sentence: expect.stringContaining("6 models of Independent"),
  });
}, 120_000);

test("a synthetic file of all rows, held-out ones too, tells nobody apart, by models of a method that is named", async () => {
  const split = ["--seen", "some", "--holdout-share", "0.3"];
  const files = ["evaluate", "--train", at("a.csv"), "--report", at("e.json"), ...split];
  const { status } = await semblance(
    ...files,
    "--synthetic",
    at("a.csv"),
    "--shadow",
    "6",
    "--shadow-method",
    "cart",
  );
  expect(status).toBe(0);
  const row = (await reportAt("e.json")).metrics.find(({ info }) => info.id === "membership-shadow");
  expect(row?.result).toMatchObject({ status: "ok", sentence: expect.stringContaining("Decision trees") });
  expect(row?.result.status === "ok" && Math.abs(row.result.value - 0.5)).toBeLessThan(0.2);
}, 120_000);

test.each([
  [["--shadow", "7"], "even"],
  [["--shadow", "100"], "64"],
  [["--shadow-method", "cart"], "--shadow"],
  [["--shadow", "8", "--shadow-method", "magic"], "magic"],
])("%s is bad use of evaluate", async (asked, said) => {
  const files = ["evaluate", "--train", at("a.csv"), "--synthetic", at("a.csv"), "--report", at("n.json")];
  const { status, error } = await semblance(...files, ...asked);
  expect(status).toBe(2);
  expect(error).toContain(said);
});

test("synthesize attacks only beside held-out rows and a report", async () => {
  const { status, error } = await semblance("synthesize", at("a.csv"), "--out", at("x.csv"), "--shadow", "6");
  expect(status).toBe(2);
  expect(error).toContain("--holdout");
});
