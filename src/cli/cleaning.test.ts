import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "./run.ts";

let folder: string;
const at = (name: string): string => join(folder, name);

interface Told {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function semblance(...args: string[]): Promise<Told> {
  let [out, err] = ["", ""];
  const status = await run(args, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
  });
  return { status, out, err };
}

const SEX = ["m", "F", "male", "f", "weibl.", "M", "f", "m"];
const DISPOSITION = ["Home", "Home", "Transferred", "home", "Home", "Transferred", "HOME"];
/** An export as wards have them: several spellings, units, marks of the laboratory, words for nothing, a row of sums. */
const messy = [
  "case,sex,bp,potassium,crp,weight,disposition,age",
  ...Array.from({ length: 140 }, (_, i) =>
    [
      `F-${(100003 + i * 7919) % 900001}`,
      SEX[i % 8],
      `${105 + ((i * 17) % 70)}/${58 + ((i * 11) % 32)}`,
      `${(3.2 + ((i * 7) % 25) / 10).toFixed(1)}${i % 9 === 0 ? " H" : i % 11 === 0 ? "*" : ""}`,
      i % 10 === 3 ? "nicht erhoben" : `${((i * 13) % 190) / 10 + 1}`,
      i % 25 === 4 ? "9999" : `${50 + ((i * 3) % 60)}`,
      i === 70 || i === 100 ? "Transfered" : DISPOSITION[i % 7],
      i === 9 ? "455" : `${18 + ((i * 5) % 70)}`,
    ].join(","),
  ),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "semblance-cleaning-"));
  await writeFile(at("messy.csv"), `${messy.join("\n")}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

const rowsOf = async (name: string): Promise<Record<string, string>[]> => {
  const [head = "", ...lines] = (await readFile(at(name), "utf8")).trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i] ?? "", cell])));
};
const quick = ["--synthesizer", "copula", "--seed", "3"];

describe("cleaning in the terminal", () => {
  test("what the table asks for is printed as a file, which --cleaning takes, and the synthetic rows are clean", async () => {
    const asked = await semblance("synthesize", at("messy.csv"), "--suggest-cleaning");
    expect(asked.status).toBe(0);
    const file = JSON.parse(asked.out) as { steps: { step: string; column: string }[] };
    expect(file.steps.map(({ step, column }) => `${step} ${column}`)).toEqual([
      "split bp",
      "merge sex",
      "merge disposition",
      "merge crp",
      "strip-marks potassium",
      "merge weight",
      "merge disposition",
      "limit age",
    ]);
    expect(asked.err).toContain("sex: “M”, “male”");
    const steps = [...file.steps, { type: "role", column: "sex", role: "target" }];
    await writeFile(at("steps.json"), JSON.stringify({ ...file, steps }));

    const made = await semblance(
      "synthesize",
      at("messy.csv"),
      "--cleaning",
      at("steps.json"),
      "--out",
      at("out.csv"),
      ...quick,
    );
    expect(made.err).toContain("Step 1: bp: split into sbp and dbp (140 cells).");
    expect(made.err).toMatch(/Step 2: sex: 6 spellings merged into 2 \(\d+ cells\)/);
    expect(made.err).toContain("Step 8: age: numbers above 125 read as missing (1 cell).");
    expect(made.status).toBe(0);
    const rows = await rowsOf("out.csv");
    expect(rows).toHaveLength(140);
    expect(Object.keys(rows[0] ?? {})).toEqual(messy[0]?.replace("bp", "sbp,dbp").split(","));
    expect(new Set(rows.map((row) => row["sex"]))).toEqual(new Set(["m", "f"]));
    expect(new Set(rows.map((row) => row["disposition"]))).toEqual(new Set(["Home", "Transferred"]));
    for (const row of rows) {
      for (const name of ["sbp", "dbp", "potassium", "crp", "weight", "age"])
        expect(row[name]).toMatch(/^(\d+(\.\d+)?)?$/);
      expect(Number(row["weight"])).toBeLessThan(200);
      expect(Number(row["age"])).toBeLessThan(126);
    }
  });

  test("without a file reading splits blood pressures by itself; an empty file leaves them", async () => {
    const made = await semblance("synthesize", at("messy.csv"), "--out", at("plain.csv"), ...quick);
    expect(made.err).toContain("Step 1: bp: split into sbp and dbp, on reading (140 cells).");
    expect(Object.keys((await rowsOf("plain.csv"))[0] ?? {})).toContain("dbp");
    await writeFile(at("none.json"), '{"semblance":"cleaning","version":1,"steps":[]}');
    const left = await semblance(
      "synthesize",
      at("messy.csv"),
      "--cleaning",
      at("none.json"),
      "--out",
      at("left.csv"),
      ...quick,
    );
    expect(left.status).toBe(0);
    expect(Object.keys((await rowsOf("left.csv"))[0] ?? {})).toContain("bp");
  });

  test("a step that does not fit is an error with its number and the way out", async () => {
    const steps = [
      { step: "rename", column: "crp", to: "CRP" },
      { step: "keep-rows", where: "crp < 5" },
    ];
    await writeFile(at("unfit.json"), JSON.stringify({ semblance: "cleaning", version: 1, steps }));
    const made = await semblance(
      "synthesize",
      at("messy.csv"),
      "--cleaning",
      at("unfit.json"),
      "--out",
      at("x.csv"),
    );
    expect(made.status).toBe(1);
    expect(made.err).toMatch(
      /^semblance: step-impossible: Step 2 cannot be done on this table\. “keep rows where crp < 5”: At character 1: There is no column “crp”\. .*Did you mean “CRP”\? Leave this step out/m,
    );
    await writeFile(
      at("broken.json"),
      '{"semblance":"cleaning","version":1,"steps":[{"step":"eval","column":"x"}]}',
    );
    const broken = await semblance(
      "synthesize",
      at("messy.csv"),
      "--cleaning",
      at("broken.json"),
      "--out",
      at("x.csv"),
    );
    expect(broken.err).toMatch(/^semblance: cleaning-unreadable: .*Step 1/);
  });

  test("empty cells of a table are filled in once it is cleaned", async () => {
    const steps = ["--cleaning", at("steps.json")];
    await semblance(
      "synthesize",
      at("messy.csv"),
      ...steps,
      "--out",
      at("again.csv"),
      "--model",
      at("m.semblance"),
      ...quick,
    );
    const done = await semblance(
      "sample",
      at("m.semblance"),
      "--complete",
      at("messy.csv"),
      ...steps,
      "--fill-all",
      "--out",
      at("full.csv"),
    );
    expect(done.err).toMatch(/\d+ cells were filled in/);
    expect(done.status).toBe(0);
    const rows = await rowsOf("full.csv");
    expect(rows).toHaveLength(140);
    expect(rows[3]).toMatchObject({ sex: "f", sbp: "156", dbp: "59" });
    expect(rows[3]?.["crp"]).toMatch(/^\d/);
    expect(rows[4]?.["weight"]).toMatch(/^\d+$/);
    const alone = await semblance("sample", at("m.semblance"), "--out", at("x.csv"), ...steps);
    expect(alone).toMatchObject({
      status: 2,
      err: expect.stringContaining("--cleaning goes with --complete"),
    });
  });
});
