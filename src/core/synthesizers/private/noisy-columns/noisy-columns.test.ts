import { describe, expect, test } from "vitest";
import { FaultError } from "../../../fault.ts";
import { createRng } from "../../../math/rng.ts";
import { createBudget } from "../../../private/accounting/budget.ts";
import { seededNoise } from "../../../private/noise/noise-source.ts";
import { NOTHING_PUBLIC, type PublicFacts } from "../../../private/public/public-facts.ts";
import { withWrittenWords } from "../../../private/public/written-words.ts";
import { createPrivateRows } from "../../../private/rows/create-private-rows.ts";
import type { PrivateRows } from "../../../private/rows/private-rows.ts";
import { levels, madeTable, numbers, texts, type MadeColumn } from "../../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../../table/table.ts";
import { learnNoisyColumns } from "./learn-columns.ts";
import { tableOf, tokensOf, untoldNotice, type NoisyColumns } from "./noisy-columns.ts";
import { publicSchema } from "./public-schema.ts";
import { loadNoisyColumns, saveNoisyColumns } from "./saved-columns.ts";

const ROWS = 2000;
const DAY = 86_400_000;

function open(table: Table, epsilon: number): PrivateRows {
  const rng = createRng(7);
  const budget = createBudget(epsilon, 1e-5, true);
  return createPrivateRows(table, budget, { rowsPerPatient: 1, noise: seededNoise(rng.fork("noise")) });
}

async function learned(
  columns: readonly MadeColumn[],
  { epsilon = 8, facts = NOTHING_PUBLIC }: { epsilon?: number; facts?: PublicFacts } = {},
): Promise<{ made: NoisyColumns; rows: PrivateRows; table: Table }> {
  const table = madeTable(columns);
  const rows = open(table, epsilon);
  const known = withWrittenWords(facts, table);
  return { made: await learnNoisyColumns(rows, known, rows.budget.rho, { bins: 10 }), rows, table };
}

/** A synthetic column of as many rows, each token as often as its share says. */
function drawn(made: NoisyColumns, at: number): Column {
  const rng = createRng(3);
  const tokens = made.columns.map(({ shares }) =>
    Int32Array.from({ length: ROWS }, () => rng.weighted(shares)),
  );
  return tableOf(made, "made", tokens, rng).columns[at] as Column;
}

function numbersOf(column: Column): number[] {
  return column.type === "numeric" ? [...column.values].filter(Number.isFinite).sort((a, b) => a - b) : [];
}

const rng = createRng(1);
const normal = (mean: number, spread: number, decimals: number): number =>
  Number((mean + spread * rng.normal()).toFixed(decimals));
const each = <T>(make: (i: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => make(i));

describe("numbers whose range nobody declared", () => {
  test.each([
    ["sodium", 137, 4, 1],
    ["leukocytes", 7800, 2200, 0],
    ["creatinine", 1.1, 0.2, 2],
    ["base excess", -3, 2, 1],
  ])("%s come out where they lie", async (name, mean, spread, decimals) => {
    const values = each(() => normal(mean, spread, decimals));
    const { made } = await learned([numbers(name, values, { decimals })]);
    const found = numbersOf(drawn(made, 0));
    const quantile = (sorted: readonly number[], q: number): number =>
      sorted[Math.floor(q * sorted.length)] as number;
    const real = [...values].sort((a, b) => a - b);
    for (const q of [0.1, 0.25, 0.5, 0.75, 0.9])
      expect(Math.abs(quantile(found, q) - quantile(real, q))).toBeLessThan(0.5 * spread);
    for (const value of found) expect(Number(value.toFixed(decimals))).toBe(value);
  });

  test("a value that most have keeps its share, and a few far ones do not stretch the rest", async () => {
    const values = each((i) => (i % 10 < 8 ? 0 : Math.round(5000 + 800 * rng.normal())));
    const { made } = await learned([numbers("gain", values, { decimals: 0 })]);
    const found = numbersOf(drawn(made, 0));
    expect(found.filter((value) => value === 0).length / ROWS).toBeCloseTo(0.8, 1);
    const others = found.filter((value) => value > 100);
    expect(others[Math.floor(others.length / 2)]).toBeGreaterThan(3500);
    expect(others[Math.floor(others.length / 2)]).toBeLessThan(6500);
  });

  test("dates are drawn from the years they are in, on whole days", async () => {
    const from = Date.UTC(2015, 0);
    const values = each(() => from + DAY * Math.floor(1000 * rng.uniform()));
    const { made } = await learned([numbers("seen", values, { pattern: "YYYY-MM-DD" })]);
    const found = numbersOf(drawn(made, 0));
    expect(found.every((ms) => ms % DAY === 0)).toBe(true);
    const median = found[ROWS / 2] as number;
    expect(Math.abs(median - (from + 500 * DAY)) / DAY).toBeLessThan(120);
    expect(found[Math.floor(0.02 * ROWS)]).toBeGreaterThan(Date.UTC(2013, 0));
  });

  test("a declared range moves what lies beyond to its ends", async () => {
    const values = each((i) => (i % 20 === 0 ? 999 : 40 + (i % 30)));
    const facts: PublicFacts = { columns: [{ name: "age", range: { from: 0, to: 110, why: "declared" } }] };
    const { made } = await learned([numbers("age", values, { decimals: 0 })], { facts });
    const found = numbersOf(drawn(made, 0));
    expect(found.at(-1)).toBeLessThanOrEqual(110);
    expect(found.filter((age) => age > 69).length / ROWS).toBeGreaterThan(0.02);
  });
});

describe("levels that nobody declared", () => {
  test("are told where many patients share them; others come out missing, and their texts are nowhere", async () => {
    const cells = each((i) => (i < 3 ? `Dr. Rare ${i}` : i % 3 === 0 ? "ward A" : "ward B"));
    const { made } = await learned([texts("ward", cells)], { epsilon: 1 });
    expect(made.columns[0]).toMatchObject({ levels: ["ward A", "ward B"] });
    expect(JSON.stringify(saveNoisyColumns(made, "made"))).not.toContain("Rare");
  });

  test("30,000 different ones leave a column of missing cells, and that is said", async () => {
    const codes = Int32Array.from({ length: 30_000 }, (_, i) => i);
    const names = Array.from(codes, (code) => `name ${code}`);
    const { made, table } = await learned([levels("name", codes, names)], { epsilon: 1 });
    expect(made.columns[0]).toMatchObject({ levels: [], count: 1, missing: 0 });
    expect(untoldNotice(made)).toContain("name");
    expect(tokensOf(made, table)[0]?.every((token) => token === 0)).toBe(true);
    expect(drawn(made, 0)).toMatchObject({ levels: [] });
  });

  test("of yes and no are how the column is written; declared ones keep rare ones and leave others out", async () => {
    const facts: PublicFacts = {
      columns: [{ name: "ward", levels: { values: ["A", "B", "C"], why: "declared" }, missing: false }],
    };
    const { made, rows, table } = await learned(
      [
        levels(
          "dead",
          each((i) => (i < 5 ? 1 : 0)),
          ["no", "yes"],
          { kind: "boolean" },
        ),
        levels(
          "ward",
          each((i) => (i === 0 ? 2 : i % 2)),
          ["A", "B", "X"],
        ),
      ],
      { facts, epsilon: 1 },
    );
    expect(made.columns.map((column) => column.type === "levels" && column.levels)).toEqual([
      ["no", "yes"],
      ["A", "B", "C"],
    ]);
    expect(tokensOf(made, table)[1]?.[0]).toBe(-1);
    expect(rows.budget.spent.some(({ delta }) => delta !== undefined)).toBe(false);
  });
});

describe("odd columns", () => {
  test("all missing, one value, half missing", async () => {
    const { made } = await learned([
      numbers(
        "empty",
        each(() => NaN),
        { decimals: 1 },
      ),
      numbers(
        "same",
        each(() => 5),
        { decimals: 0 },
      ),
      numbers(
        "half",
        each((i) => (i % 2 === 0 ? NaN : normal(50, 5, 0))),
        { decimals: 0 },
      ),
      levels(
        "constant",
        each(() => 0),
        ["all"],
        { kind: "constant" },
      ),
      levels(
        "blank",
        each(() => -1),
        [],
      ),
    ]);
    expect(made.columns[0]).toMatchObject({ count: 1, missing: 0 });
    const same = numbersOf(drawn(made, 1));
    expect(same.filter((value) => value === 5).length / ROWS).toBeGreaterThan(0.8);
    const half = made.columns[2];
    expect(half?.shares[half.missing]).toBeCloseTo(0.5, 1);
    expect(made.columns[3]).toMatchObject({ levels: ["all"] });
    expect(made.columns[4]).toMatchObject({ count: 1, missing: 0 });
  });

  test("no column spends a part of rho, and all is spent", async () => {
    const { rows } = await learned([
      numbers(
        "age",
        each(() => normal(60, 10, 0)),
        { decimals: 0 },
      ),
      texts(
        "ward",
        each((i) => (i % 3 === 0 ? "A" : "B")),
      ),
      levels(
        "dead",
        each((i) => (i % 9 === 0 ? 1 : 0)),
        ["0", "1"],
        { kind: "boolean" },
      ),
    ]);
    const spent = rows.budget.spent.reduce((sum, { rho }) => sum + rho, 0);
    expect(Math.abs(spent - rows.budget.rho)).toBeLessThan(1e-9);
  });
});

test("nothing that reading the cells found is in the schema", async () => {
  const { made } = await learned([
    numbers(
      "age",
      each(() => normal(60, 10, 0)),
      {
        decimals: 0,
        reason: "Whole numbers from 19 to 94",
        missingToken: "k.A.",
        limits: [{ text: "<5", value: 4.9, side: "below" }],
        findings: { beyond: 1 },
        identifies: { what: "age-over-89", why: "7 rows" },
      },
    ),
    numbers(
      "seen",
      each(() => DAY),
      {
        date: { pattern: "YYYY-MM-DD", exact: true, coarser: [{ pattern: "YYYY-MM", share: 0.01 }] },
        kind: "datetime",
      },
    ),
  ]);
  expect(made.schema.columns[0]).toEqual({
    name: "age",
    kind: "integer",
    role: "feature",
    reason: "",
    missingToken: "",
    number: { decimals: 0, decimalMark: ".", thousandsMark: "" },
  });
  expect(made.schema.columns[1]?.date).toEqual({ pattern: "YYYY-MM-DD" });
});

test("a unit is in the schema where everybody knows it or the column's name has it: a cell can say anything behind its number", () => {
  const unitOf = (name: string, unit: string): unknown => {
    const { schema } = madeTable([
      numbers(
        name,
        each(() => 5),
        { decimals: 1, unit },
      ),
    ]);
    const [column] = schema.columns;
    const number = {
      ...column?.number,
      decimals: 1,
      decimalMark: ".",
      thousandsMark: "",
      suffix: ` ${unit}`,
      one: ` ${unit}`,
    } as const;
    const written = { ...schema, columns: schema.columns.map((one) => ({ ...one, number })) };
    const [made] = publicSchema(written, NOTHING_PUBLIC).columns;
    expect(made?.number?.suffix).toBe(made?.unit === undefined ? undefined : ` ${made.unit}`);
    expect(made?.number?.one).toBe(made?.number?.suffix);
    return made?.unit;
  };
  expect(
    ["mg", "mg/dL", "days", "%", "mmol/l", "µg", "bpm"].filter((unit) => unitOf("dose", unit) === undefined),
  ).toEqual([]);
  expect(unitOf("stay_in_shifts", "shifts")).toBe("shifts");
  expect(
    ["Maria Huber", "zorkmid", "see note", "a", "mg Maria"].filter(
      (unit) => unitOf("dose_total_available", unit) !== undefined,
    ),
  ).toEqual([]);
});

describe("saved", () => {
  const columns = [
    numbers(
      "age",
      each((i) => (i % 7 === 0 ? NaN : normal(60, 10, 0))),
      { decimals: 0 },
    ),
    texts(
      "ward",
      each((i) => (i % 3 === 0 ? "A" : "B")),
    ),
  ];

  test("and loaded they draw the same table", async () => {
    const { made } = await learned(columns);
    const saved: unknown = JSON.parse(JSON.stringify(saveNoisyColumns(made, "made")));
    const loaded = loadNoisyColumns(saved);
    expect(loaded.columns).toHaveLength(2);
    expect(drawn(loaded, 0)).toEqual(drawn(made, 0));
    expect(drawn(loaded, 1)).toEqual(drawn(made, 1));
  });

  test("what is damaged is said to be", async () => {
    const { made } = await learned(columns);
    const saved = JSON.stringify(saveNoisyColumns(made, "made"));
    const whole = JSON.parse(saved) as { columns: Record<string, unknown>[] };
    const column = (at: number, changed: Record<string, unknown>): unknown => ({
      ...whole,
      columns: whole.columns.map((one, j) => (j === at ? { ...one, ...changed } : one)),
    });
    const edges = whole.columns[0]?.["edges"] as number[];
    const shares = whole.columns[0]?.["shares"] as number[];
    const damages = [
      { ...whole, columns: whole.columns.slice(1) },
      { ...whole, rows: -1 },
      column(0, { shares: shares.slice(1) }),
      column(0, { shares: [-0.5, ...shares.slice(1)] }),
      column(0, { edges: edges.toReversed() }),
      column(0, { edges: [1e300, ...edges.slice(1)] }),
      column(0, { knots: [[1]] }),
      column(0, { type: "levels" }),
      column(1, { levels: ["A", "A"] }),
      column(1, { levels: "A" }),
      column(1, { variance: null }),
    ];
    for (const damage of damages)
      expect(() => loadNoisyColumns(damage), JSON.stringify(damage).slice(0, 400)).toThrow(FaultError);
  });
});
