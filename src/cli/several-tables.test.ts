import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
const rowsOf = async (name: string): Promise<string[][]> =>
  (await readFile(at(name), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));

async function semblance(...args: string[]): Promise<{ status: number; error: string }> {
  let error = "";
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout: { write: () => {} }, stderr }), error };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  const lines = Array.from(
    { length: 200 },
    (_, i) => `${20 + ((i * 37) % 60)},${i % 3 === 0 ? "yes" : "no"}`,
  );
  await writeFile(at("a.csv"), `age,died\n${lines.join("\n")}\n`);
  await semblance(
    "synthesize",
    at("a.csv"),
    "--synthesizer",
    "independent",
    "--out",
    at("s.csv"),
    "--model",
    at("m"),
  );
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("several tables are those of their seeds, and their estimates are combined", async () => {
  const asked = ["--rows", "100", "--seed", "5", "--tables", "3", "--learned-rows", "200"];
  const done = await semblance("sample", at("m"), "--out", at("t.csv"), ...asked, "--estimates", at("e.csv"));
  expect(done).toMatchObject({ status: 0 });
  await semblance("sample", at("m"), "--out", at("one.csv"), "--rows", "100", "--seed", "6");
  expect(await readFile(at("t-2.csv"), "utf8")).toBe(await readFile(at("one.csv"), "utf8"));

  const tables = await Promise.all(["t-1.csv", "t-2.csv", "t-3.csv"].map(rowsOf));
  const shares = tables.map((rows) => rows.slice(1).filter(([, died]) => died === "yes").length / 100);
  const mean = shares.reduce((a, b) => a + b, 0) / 3;
  const within = shares.reduce((sum, p) => sum + (p * (1 - p)) / 100, 0) / 3;
  const rows = await rowsOf("e.csv");
  expect(rows[0]).toEqual([
    "column",
    "level",
    "estimate",
    "standard_error",
    "low",
    "high",
    "between_tables_sd",
  ]);
  const yes = rows.find(([column, level]) => column === "died" && level === "yes")?.map(Number) as number[];
  expect(yes[2]).toBeCloseTo(mean, 9);
  expect(yes[3]).toBeCloseTo(Math.sqrt(within * (100 / 200 + 1 / 3)), 9);
  expect(yes[6]).toBeCloseTo(Math.sqrt(shares.reduce((sum, p) => sum + (p - mean) ** 2, 0) / 2), 9);
}, 120_000);

test.each([
  [["--tables", "1"], "--tables"],
  [["--estimates", "e.csv"], "--tables"],
  [["--tables", "3", "--where", "age>=30"], "--where"],
])("%s is bad use, and nothing is written", async (asked, said) => {
  const paths = asked.map((text) => (text.endsWith(".csv") ? at(text) : text));
  const { status, error } = await semblance("sample", at("m"), "--out", at("bad.csv"), ...paths);
  expect(status).toBe(2);
  expect(error).toContain(said);
  expect((await readdir(folder)).filter((name) => name.startsWith("bad"))).toEqual([]);
});
