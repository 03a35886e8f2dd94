import { describe, expect, it } from "vitest";
import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import type { CellDone, MadeTable, StudyCell, StudyTools } from "../study.ts";
import { language } from "./language.ts";
import { foundOf, madeKey, type LanguageTold } from "./language-found.ts";

const METHOD = "copula";
const METHODS = [METHOD, madeKey(0), madeKey(1), INDEPENDENT, REAL];

const cells = [1, 2, 3].flatMap((seed) =>
  METHODS.map((method): StudyCell => ({
    key: `${method}/${seed}`,
    factors: { method, seed },
    words: "",
    effort: 1,
  })),
);
const told: LanguageTold = {
  cells,
  methods: [METHOD],
  made: [
    { name: "Plain prompt", note: "251 rows kept of 300 asked for", rows: 251 },
    { name: "Schema prompt", note: undefined, rows: 60 },
  ],
  rows: 251,
  learned: 791,
  tested: 339,
  varied: "heart rate",
  target: { name: "died", number: false },
  left: ["bun"],
  tooFew: [],
};

type Figures = Readonly<Record<string, readonly [c2st: number, tstr: number, distinct: number]>>;
const grid = (figures: Figures, seeds = [1, 2, 3]): CellDone[] =>
  Object.entries(figures).flatMap(([method, [c2st, tstr, distinct]]) =>
    seeds.map((seed): CellDone => ({
      key: `${method}/${seed}`,
      seconds: 1,
      rows: [
        { measure: "c2st", value: c2st + seed / 1000 },
        { measure: "tstr", value: tstr + seed / 1000, draws: [tstr, tstr + 0.001] },
        { measure: "kl", value: 0.1 },
        { measure: "distinct", value: distinct },
        ...(method === METHOD ? [{ measure: "seconds", value: 12 }] : []),
      ],
    })),
  );
const far: Figures = {
  [METHOD]: [0.56, 0.8, 105],
  [madeKey(0)]: [0.99, 0.64, 58],
  [madeKey(1)]: [0.98, 0.66, 61],
  [INDEPENDENT]: [0.7, 0.5, 110],
  [REAL]: [0.5, 0.81, 112],
};

describe("what a hand-made grid says", () => {
  it("no prompt comes near, where they are told apart and predict worse", () => {
    const found = foundOf(told, grid(far));
    expect(found.say.bold).toBe("No prompt comes near the models trained here.");
    expect(found.say.rest).toContain("AUC of 0.982 to 0.992");
    expect(found.say.rest).toContain("AUROC of 0.642 to 0.662 on 339 held-out rows");
    expect(found.more?.[0]).toBe(
      "Prompted rows repeat themselves: 58 to 61 different values of heart rate in up to 251 prompted rows, where 251 real rows have 112.",
    );
  });

  it("does not say that they predict worse where they do not", () => {
    const same = { ...far, [madeKey(0)]: [0.99, 0.8, 58] } as const;
    expect(foundOf(told, grid(same)).say.bold).toBe(
      "No prompt comes near the models trained here in likeness; in predicting died there is no difference beyond noise.",
    );
    const better = { ...far, [madeKey(0)]: [0.99, 0.9, 58] } as const;
    expect(foundOf(told, grid(better)).say.bold).toContain("prompted rows do better");
    const wide = grid(same).map((cell, i) => ({
      ...cell,
      rows: cell.rows.map((row) =>
        row.measure === "tstr" ? { ...row, value: row.value + (i % 2 === 0 ? 0.1 : -0.1) } : row,
      ),
    }));
    expect(foundOf(told, wide).say.bold).toMatch(
      /in predicting died nothing can be told: the difference lies between −0\.\d{3} and 0\.\d{3}\.$/,
    );
  });

  it("a prompt that comes nearer is said, and no difference is no difference", () => {
    expect(foundOf(told, grid({ ...far, [madeKey(1)]: [0.51, 0.8, 110] })).say.bold).toContain(
      "Schema prompt comes nearer to real patients than",
    );
    expect(foundOf(told, grid({ ...far, [madeKey(1)]: [0.56, 0.8, 110] })).say.bold).toContain(
      "No difference beyond noise between Schema prompt and",
    );
  });

  it("one seed cannot tell, and no cell says nothing", () => {
    expect(foundOf(told, grid(far, [2])).say.bold).toContain("With one seed it cannot be told");
    expect(foundOf(told, []).say.bold).toContain("Nothing can be said");
  });

  it("has a line for every method, real rows behind, and the limits in notes", () => {
    const { pictures, notes } = foundOf(told, grid(far));
    const [picture] = pictures;
    expect(picture?.type === "ranges" && picture.lines.map(({ name, kind }) => [name, kind])).toEqual([
      [expect.any(String), "synthetic"],
      ["Plain prompt", "synthetic"],
      ["Schema prompt", "synthetic"],
      ["Independent columns", "independent"],
    ]);
    expect(picture?.type === "ranges" && picture.columns[0]?.real?.value).toBeCloseTo(0.502);
    expect(notes?.join("\n")).toContain(
      "Schema prompt has 60 rows: too few for more than large differences.",
    );
    expect(notes?.join("\n")).toContain("Plain prompt: 251 rows kept of 300 asked for.");
    expect(notes?.join("\n")).toContain("Not compared, because replies lack them: bun.");
  });
});

function patients(rows: number, seed: number): Table {
  const rng = createRng(seed).fork("patients");
  const age = Array.from({ length: rows }, () => 20 + rng.integer(60));
  const pulse = age.map((own) => Math.round(50 + own / 2 + 8 * rng.normal()));
  const died = age.map((own) => (rng.uniform() < own / 160 ? 1 : 0));
  return madeTable([
    numbers("age", age, { decimals: 0 }),
    numbers("pulse", pulse, { decimals: 0 }),
    levels("died", died, ["no", "yes"], { kind: "boolean", role: "target" }),
  ]);
}

/** The same columns, each by itself and from three values. */
function collapsed(rows: number): MadeTable {
  const rng = createRng(8).fork("collapsed");
  const draw = (...of: number[]): number[] =>
    Array.from({ length: rows }, () => of[rng.integer(of.length)] as number);
  return {
    name: "Plain prompt",
    table: madeTable([
      numbers("age", draw(30, 45, 60), { decimals: 0 }),
      numbers("pulse", draw(72, 80, 95), { decimals: 0 }),
      levels("died", draw(0, 1), ["no", "yes"], { kind: "boolean", role: "target" }),
    ]),
  };
}

const tools: StudyTools = { pulse: breathe, cancelled: () => false, wasmPaths: "" };

describe("on a table", () => {
  const table = patients(400, 1);
  const settings = { methods: ["independent"], seeds: 1 };
  const copy: MadeTable = {
    name: "Schema prompt",
    table: takeRows(patients(150, 9), [...Array(150).keys()]),
  };

  it("finds rows of three values far from real ones, and rows of the same patients near them", async () => {
    const grid_ = language.open({ table, made: [collapsed(120), copy] }, settings, 1);
    const of = async (key: string): Promise<Map<string, number>> => {
      const cell = grid_.cells.find((one) => one.key === key);
      return new Map(
        (await grid_.run(cell as StudyCell, tools)).map(({ measure, value }) => [measure, value]),
      );
    };
    const [far_, near] = [await of("made 1/1"), await of("made 2/1")];
    expect(far_.get("c2st")).toBeGreaterThan(0.9);
    expect(near.get("c2st")).toBeLessThan(0.65);
    expect(far_.get("kl")).toBeGreaterThan(10 * (near.get("kl") ?? 0));
    expect(far_.get("distinct")).toBe(3);
    expect(await of("made 1/1")).toEqual(far_);
  });

  it("measures all on as many rows as the smallest prompted table with enough of them", () => {
    const rows = (made: MadeTable[]): string | undefined =>
      language
        .open({ table, made }, settings, 1)
        .settings.find(({ name }) => name === "Rows measured of each")?.words;
    expect(rows([collapsed(120), copy])).toBe("120");
    expect(rows([collapsed(30), copy])).toBe("150");
    expect(rows([collapsed(30)])).toBe("30");
  });

  it.each([
    ["no replies", []],
    ["replies of a few rows", [collapsed(10)]],
    [
      "replies of other columns",
      [{ ...copy, table: { ...copy.table, columns: [], schema: { ...copy.table.schema, columns: [] } } }],
    ],
  ])("%s are refused with a way out", (_, made) => {
    let fault: unknown;
    try {
      language.open({ table, made }, settings, 1);
    } catch (error) {
      fault = error instanceof FaultError ? error.fault : error;
    }
    expect(fault).toMatchObject({ code: "study-refused", remedy: expect.stringMatching(/replies|prompt/) });
  });
});
