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

/** A table of 300 patients, of whom the outsider may know region and day of admission. */
const table = (seed: number): string =>
  [
    "region,admitted,crp,relapse,died",
    ...Array.from({ length: 300 }, (_, i) => {
      const n = (i * i * 31 + i * 7919 * seed + seed * 104729) % 9973;
      const day = `2021-${String(1 + (n % 12)).padStart(2, "0")}-${String(1 + (n % 28)).padStart(2, "0")}`;
      return `R${n % 7},${day},${(n % 83) / 10},${n % 5 === 0 ? "yes" : "no"},${n % 3 === 0 ? "yes" : "no"}`;
    }),
  ].join("\n");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  for (const [i, name] of ["train.csv", "holdout.csv", "synthetic.csv"].entries())
    await writeFile(at(name), table(i + 1));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const files = () => [
  "evaluate",
  "--train",
  at("train.csv"),
  "--holdout",
  at("holdout.csv"),
  "--synthetic",
  at("synthetic.csv"),
];

test("the report rests on the columns that are named, and says that a person named them", async () => {
  const asked = ["--quasi-identifiers", "region,admitted", "--secrets", "relapse", "--groups", "region"];
  expect(await semblance(...files(), ...asked, "--report", at("r.json"))).toMatchObject({ status: 0 });
  const report = JSON.parse(await readFile(at("r.json"), "utf8")) as Report;
  expect(report.notes.join(" ")).toContain(
    "An outsider is taken to know region and admitted: as a person named.",
  );
  expect(report.notes.join(" ")).toContain("An outsider is taken to seek relapse: as a person named.");
  const groups = report.metrics.find(({ info }) => info.id === "group-shares")?.result;
  expect(groups).toMatchObject({ status: "ok", sentence: expect.stringContaining("region") });
}, 60_000);

test("a column that is not there is bad use", async () => {
  const { status, error } = await semblance(...files(), "--secrets", "cpr", "--report", at("n.json"));
  expect(status).toBe(2);
  expect(error).toContain("cpr");
});
