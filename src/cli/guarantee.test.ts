import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openModelFile, readLedger, totalOf } from "../core/lab/lab.ts";
import { createRng } from "../core/math/rng.ts";
import { run } from "./run.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
const ROWS = 434;
const LONE = "Zebedee";

interface Outcome {
  readonly status: number;
  readonly error: string;
}

async function semblance(...args: string[]): Promise<Outcome> {
  let error = "";
  const stdout = { write: () => true };
  const stderr = { write: (text: string) => (error += text) };
  return { status: await run(args, { stdout, stderr }), error };
}

const synthesize = (table: string, ...more: string[]): Promise<Outcome> =>
  semblance("synthesize", at(table), "--synthesizer", "dp-target", "--target", "died", ...more);

/** A ward of patients with several visits, the name of one of whom nobody shares. */
function csv(rows: number, seed: number): string {
  const rng = createRng(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const sodium = 125 + rng.integer(25);
    const died = rng.uniform() < (sodium < 135 ? 0.6 : 0.2) ? "yes" : "no";
    const ward = i === 7 ? LONE : (["north", "south"][rng.integer(2)] as string);
    return `H-${10_000 + Math.floor(i / 2)},${sodium},${ward},20${19 + rng.integer(5)}-0${1 + rng.integer(9)}-15,${died}`;
  });
  return `patient_id,sodium,ward,seen,died\n${lines.join("\n")}\n`;
}

const PUBLIC = {
  columns: {
    died: { levels: ["no", "yes"], missing: false },
    seen: { range: ["2019-01-01", "2024-12-31"] },
  },
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-guarantee-"));
  await writeFile(at("ward.csv"), csv(ROWS, 1));
  await writeFile(at("other.csv"), csv(ROWS, 2));
  await writeFile(at("public.json"), JSON.stringify(PUBLIC));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("says what is public and paid for, enters each run in the table's ledger, and adds them up as curves", async () => {
  const once = [
    "--epsilon",
    "1",
    "--public",
    at("public.json"),
    "--ledger",
    at("ledger.json"),
    "--out",
    at("a.csv"),
  ];
  const first = await synthesize("ward.csv", ...once);
  expect(first).toMatchObject({ status: 0 });
  expect(first.error).toContain("What is protected: one patient, added or removed.");
  expect(first.error).toContain("Public: Levels of died. Declared: no, yes.");
  expect(first.error).toContain("Public: Range of seen. 2019-01-01 to 2024-12-31. Declared.");
  expect(first.error).toContain("Paid for: Levels of ward.");
  expect(first.error).toMatch(/Spent: .+: noise [\d.]+, rho [\d.e-]+, epsilon so far 0\.\d\d\./);
  expect(first.error).toMatch(/In all, 1 run on this table: epsilon (1\.00|0\.9\d)/);

  const second = await synthesize("ward.csv", ...once.with(-1, at("b.csv")));
  expect(second.error).toContain("Spent before: dp-target, seed 1");
  const ledger = readLedger(await readFile(at("ledger.json"), "utf8"));
  expect(ledger.entries.map(({ epsilon, synthesizer }) => [epsilon, synthesizer])).toEqual([
    [1, "dp-target"],
    [1, "dp-target"],
  ]);
  const { epsilon } = totalOf(ledger);
  expect(epsilon).toBeGreaterThan(1.2);
  expect(epsilon).toBeLessThan(2);
  expect(await readFile(at("a.csv"), "utf8")).not.toBe(await readFile(at("b.csv"), "utf8"));
});

test("refuses the ledger of another table before anything is learned, and leaves it as it was", async () => {
  await synthesize("ward.csv", "--ledger", at("ward-ledger.json"), "--out", at("c.csv"));
  const before = await readFile(at("ward-ledger.json"), "utf8");
  const { status, error } = await synthesize(
    "other.csv",
    "--ledger",
    at("ward-ledger.json"),
    "--out",
    at("never.csv"),
  );
  expect(status).toBe(1);
  expect(error).toMatch(/guarantee-refused: .*ledger of another table \(ward\.csv\)/);
  expect(existsSync(at("never.csv"))).toBe(false);
  expect(await readFile(at("ward-ledger.json"), "utf8")).toBe(before);
});

test("without a ledger it warns that runs are not added up", async () => {
  const { status, error } = await synthesize("ward.csv", "--out", at("d.csv"));
  expect([status, error]).toEqual([0, expect.stringContaining("No --ledger is given")]);
});

test("writes as many rows as a noisy count, the same from the saved model, with ids that the source's had no say in", async () => {
  await synthesize("ward.csv", "--model", at("m.semblance"), "--out", at("e.csv"), "--seed", "5");
  const model = openModelFile(await readFile(at("m.semblance")));
  const { guarantee, learned, notices } = model.facts;
  const written = await readFile(at("e.csv"), "utf8");
  expect(written.trimEnd().split("\n").length - 1).toBe(guarantee?.rows);
  expect(learned?.rows).toBe(guarantee?.rows);
  expect(written).toContain("SYN-000001");
  expect(written + JSON.stringify(model)).not.toMatch(/H-\d|Zebedee/);
  expect(notices?.[0]).toMatch(/^Claimed by the file: the file says .*ε 1 at δ .* for each patient/);
  const rows = String(guarantee?.rows);
  await semblance("sample", at("m.semblance"), "--rows", rows, "--seed", "5", "--out", at("f.csv"));
  expect(await readFile(at("f.csv"), "utf8")).toBe(written);
});

test("the zip holds what the guarantee covers apart from what read real patients", async () => {
  const { status } = await synthesize(
    "ward.csv",
    ...["--holdout", ".2", "--bundle", at("all.zip"), "--report", at("report.json"), "--out", at("g.csv")],
    ...["--ledger", at("zip-ledger.json"), "--guarantee", at("g.html"), "--public", at("public.json")],
  );
  expect(status).toBe(0);
  const files = unzipSync(await readFile(at("all.zip")));
  expect(Object.keys(files)).toEqual([
    ...["README.txt", "synthetic.csv", "model.semblance", "guarantee.html", "guarantee.json"].map(
      (name) => `safe-to-share/${name}`,
    ),
    ...["model-card.md", "datasheet.md"].map((name) => `safe-to-share/${name}`),
    ...["README.txt", "evaluation.html", "evaluation.json", "croissant.json", "settings.json"].map(
      (name) => `private/${name}`,
    ),
    ...["cleaning.json", "ledger.json"].flatMap((name) =>
      `private/${name}` in files ? [`private/${name}`] : [],
    ),
  ]);
  const text = (name: string): string => new TextDecoder().decode(files[name]);
  const model = openModelFile(files["safe-to-share/model.semblance"] as Uint8Array);
  expect(model.report).toBeUndefined();
  const shared = Object.keys(files).filter(
    (name) => name.startsWith("safe-to-share/") && !name.endsWith(".semblance"),
  );
  const digest = /SHA-256/;
  for (const name of shared) {
    expect(text(name)).not.toMatch(/H-\d|Zebedee/);
    expect(text(name)).not.toMatch(new RegExp(`\\b(${ROWS}|${ROWS / 2})\\b`));
    if (!name.endsWith("datasheet.md")) expect(text(name)).not.toMatch(digest);
  }
  for (const name of Object.keys(files).filter((one) => !one.endsWith("README.txt")))
    expect(text(`${name.split("/")[0]}/README.txt`)).toContain(name.split("/")[1]);
  expect(text("private/evaluation.html")).toContain("does not cover it");
  expect(text("safe-to-share/model-card.md")).toContain("Levels of died: no, yes, declared.");
  const { compared, guarantee } = JSON.parse(text("safe-to-share/guarantee.json")) as {
    compared: { columns: string[]; variation: number; byNoise: number }[];
    guarantee: { epsilon: number };
  };
  expect(guarantee.epsilon).toBe(1);
  expect(compared.map(({ columns }) => columns.join())).toContain("died,ward");
  for (const { variation, byNoise } of compared) {
    expect(variation).toBeGreaterThanOrEqual(0);
    expect(variation).toBeLessThanOrEqual(1);
    expect(byNoise).toBeGreaterThan(0);
  }
  const report = JSON.parse(await readFile(at("report.json"), "utf8")) as { notes: string[] };
  expect(report.notes[0]).toContain("does not cover it");
  expect(await readFile(at("g.html"), "utf8")).toContain("This report reads no real patient.");
}, 60_000);

describe("refuses", () => {
  test.each<[string, string[], RegExp]>([
    ["epsilon 0", ["--epsilon", "0"], /parameter-invalid: .*epsilon/],
    ["a negative epsilon", ["--epsilon", "-1"], /parameter-invalid: .*epsilon/],
    ["epsilon 1e9", ["--epsilon", "1e9"], /parameter-invalid: .*epsilon/],
    ["a delta above 1/n, with the reason", ["--delta", "0.02"], /guarantee-refused: .*more than 1 in 217/],
  ])("%s", async (_, options, words) => {
    const { status, error } = await synthesize("ward.csv", ...options, "--out", at("never.csv"));
    expect(status).toBeGreaterThan(0);
    expect(error).toMatch(words);
    expect(existsSync(at("never.csv"))).toBe(false);
  });

  test("what belongs to a guarantee of a method that gives none", async () => {
    const { status, error } = await semblance(
      ...[
        "synthesize",
        at("ward.csv"),
        "--synthesizer",
        "cart",
        "--ledger",
        at("l.json"),
        "--out",
        at("never.csv"),
      ],
    );
    expect([status, error]).toEqual([
      2,
      expect.stringMatching(/--ledger goes with a method that gives a privacy guarantee/),
    ]);
  });

  test("a declared column that is not there, naming those that are", async () => {
    await writeFile(at("wrong.json"), JSON.stringify({ columns: { natrium: { range: [100, 180] } } }));
    const { error } = await synthesize("ward.csv", "--public", at("wrong.json"), "--out", at("never.csv"));
    expect(error).toMatch(
      /wrong\.json declares “natrium”, and the table has no such column\. Its columns are sodium, ward, seen, died/,
    );
  });
});
