import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);

async function semblance(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  let [out, error] = ["", ""];
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (error += text) };
  const status = await run(args, { stdout, stderr });
  return { status, out, error };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-"));
  const rows = Array.from({ length: 120 }, (_, i) => {
    const n = (i * i * 31 + i * 7919) % 9973;
    return `P${1000 + i};${30 + (n % 50)};${n % 2 ? "f" : "m"};${((n % 83) / 10).toFixed(1).replace(".", ",")};${n % 3 ? "no" : "yes"}`;
  });
  await writeFile(at("ward.csv"), `${["patient_id;age;sex;crp;died", ...rows].join("\n")}\n`);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("writes the real rows coarsened, in the source's dialect, and says what they are and cost", async () => {
  const { status, out } = await semblance(
    "coarsen",
    at("ward.csv"),
    "--k",
    "6",
    "--known",
    "age,sex",
    "--target",
    "died",
    "--out",
    at("six.csv"),
  );
  expect(status).toBe(0);
  expect(out).toContain(
    "real patients with fewer details, not synthetic ones: 120 of 120 rows, none left out",
  );
  expect(out).toMatch(/k: asked 6, smallest group ([6-9]|1[01])\. l: \d/);
  expect(out).toContain("As they were: crp and died.");
  expect(out).toContain("Not in the file: patient_id.");
  const [header, ...rows] = (await readFile(at("six.csv"), "utf8")).trimEnd().split("\n");
  expect(header).toBe("age;sex;crp;died");
  expect(rows).toHaveLength(120);
  const groups = new Map<string, number>();
  for (const row of rows) {
    const [age, sex, crp] = row.split(";") as [string, string, string];
    expect(age).toMatch(/^\d\d( to \d\d)?$/);
    expect(crp).toMatch(/^\d,\d$/);
    groups.set(`${age} ${sex}`, (groups.get(`${age} ${sex}`) ?? 0) + 1);
  }
  expect(Math.min(...groups.values())).toBeGreaterThanOrEqual(6);
});

test.each([
  [["--k", "1", "--out", "x.csv"], "from 2 to 50"],
  [["--k", "5", "--out", "x.txt"], "must end in .csv"],
  [["--k", "5", "--known", "ages", "--out", "x.csv"], "no column “ages”"],
  [["--k", "5", "--known", "age", "--all", "--out", "x.csv"], "exclude each other"],
])("refuses %j", async (args, words) => {
  const paths = args.map((arg) => (arg.startsWith("x.") ? at(arg) : arg));
  const { status, error } = await semblance("coarsen", at("ward.csv"), ...paths);
  expect(status).toBe(2);
  expect(error).toContain(words);
});
