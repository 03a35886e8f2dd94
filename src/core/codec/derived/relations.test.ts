import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { levels, madeTable } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { learnDerivations, loadDerivations } from "./derivations.ts";
import type { Derivation, Derivations } from "./derivations.ts";
import {
  PLANTED,
  asLevels,
  column,
  kept,
  list,
  round,
  same,
  sumOf,
  tableOf,
  zipped,
} from "./fixtures/planted.ts";
import type { Planted } from "./fixtures/planted.ts";
import { numbersOf } from "./number-column.ts";
import { setRelation } from "./relation.ts";
import { lineTerm } from "./term.ts";

/** Every column in an order of its own: rows that nobody had. */
function shuffledColumns(table: Table, rng: Rng): Table {
  const columns = table.columns.map((own): Column => {
    const order = rng.permutation(table.rows);
    return own.type === "numeric"
      ? { type: "numeric", values: Float64Array.from(order, (i) => own.values[i] as number) }
      : { ...own, codes: Int32Array.from(order, (i) => own.codes[i] as number) };
  });
  return { ...table, columns };
}

/** Its exact relations. */
const exactIn = ({ steps }: Derivations): readonly Derivation[] =>
  steps.filter((step) => step.kind === "relation" && step.exact);

describe.each(PLANTED.map((planted) => [planted.name, planted] as const))("%s", (_, planted) => {
  test.each([200, 1000, 5000].flatMap((rows) => [0, 0.2, 0.5].map((missing) => [rows, missing] as const)))(
    "is found in %i rows with %f of the cells missing, and kept in rows that nobody had",
    async (rows, missing) => {
      const table = tableOf(planted, rows, missing, 11);
      const found = await learnDerivations(table);
      const reduced = found.reduce(table);
      expect(asItWas(found.restore(reduced), table)).toBeGreaterThan(0.998);
      if (kept(planted, table).rows < planted.least) return;
      expect(exactIn(found).length).toBe(1);
      const made = kept(planted, found.restore(shuffledColumns(reduced, createRng(5))));
      expect(made.rows).toBeGreaterThan(0.5 * kept(planted, table).rows);
      expect(made.share).toBeGreaterThan(0.998);
      const saved = loadDerivations(JSON.parse(JSON.stringify(found.save())));
      expect(saved.restore(reduced)).toEqual(found.restore(reduced));
    },
  );

  test("is none where 3 rows in 100 break it", async () => {
    for (const missing of [0, 0.2])
      expect(exactIn(await learnDerivations(tableOf(planted, 1000, missing, 12, 0.03)))).toEqual([]);
  });
});

/** Share of all cells that are as they were, missing ones among them. */
function asItWas(table: Table, before: Table): number {
  const equal = table.columns.map((own, j) => {
    const was = numbersOf(before.columns[j] as Column);
    const is = numbersOf(own);
    return was.filter((value, i) => Object.is(value, is[i]) || Math.abs(value - (is[i] as number)) < 1e-6)
      .length;
  });
  return sumOf(equal) / (table.rows * table.columns.length);
}

test("a close regression is no identity, however close", async () => {
  const rng = createRng(21);
  for (const rows of [300, 3000]) {
    const x = list(rows, () => round(50 + 10 * rng.normal(), 2));
    const z = list(rows, () => round(20 + 5 * rng.normal(), 2));
    const close = zipped([x, z], ([a, b]) =>
      round((a as number) + 2 * (b as number) + 0.4 * rng.normal(), 2),
    );
    const ratio = zipped([x, z], ([a, b]) =>
      round(((a as number) / (b as number)) * (1 + 0.01 * rng.normal()), 3),
    );
    const table = madeTable([
      column("x", x, 2),
      column("z", z, 2),
      column("close", close, 2),
      column("ratio", ratio, 3),
    ]);
    expect((await learnDerivations(table)).steps).toEqual([]);
  }
});

test("what nobody can tell from chance in a wide, small table is not found", async () => {
  const rng = createRng(22);
  const columns = list(280, (k) => k).map((k) =>
    column(
      `item${k}`,
      list(316, () => rng.integer(2 + (k % 9))),
    ),
  );
  const from = process.cpuUsage();
  expect((await learnDerivations(madeTable(columns))).steps).toEqual([]);
  expect(process.cpuUsage(from).user / 1e6).toBeLessThan(6);
});

test("a score of levels is put back as levels", async () => {
  const rng = createRng(23);
  const parts = [4, 5, 6].map((most) => list(600, () => 1 + rng.integer(most)));
  const table = madeTable([
    ...parts.map((values, k) => asLevels(`part${k}`, values)),
    asLevels("total", zipped(parts, sumOf)),
  ]);
  const found = await learnDerivations(table);
  expect(exactIn(found).length).toBe(1);
  const made = found.restore(shuffledColumns(found.reduce(table), rng));
  const cells = made.columns.map(numbersOf) as Float64Array[];
  const whole = list(made.rows, (i) => i).filter((i) => cells.every((values) => Number.isFinite(values[i])));
  expect(whole.length).toBeGreaterThan(0.98 * made.rows);
  for (const i of whole)
    expect(sumOf(cells.slice(0, 3).map((values) => values[i] as number))).toBe(cells[3]?.[i]);
  expect(made.columns[3]?.type).toBe("coded");
});

describe("a formula that a person set", () => {
  const planted = PLANTED[0] as Planted;
  const index = lineTerm([0, 1], [1, -2], 10_000, "log");

  test("holds in rows that are restored, though the table breaks it in a fifth of its rows", async () => {
    const table = tableOf(planted, 1000, 0.1, 31, 0.2);
    const relation = setRelation(table, 2, index);
    expect(relation).toMatchObject({ exact: true, partial: true, parents: [0, 1] });
    const state = { ...(await learnDerivations(table)).save(), steps: [relation] };
    const made = loadDerivations(JSON.parse(JSON.stringify(state))).restore(table);
    expect(kept(planted, table).share).toBeLessThan(0.85);
    expect(kept(planted, made).share).toBe(1);
  });

  test("is none of the column itself, of no column, or of a column without numbers", () => {
    const table = tableOf(planted, 300, 0, 31);
    expect(setRelation(table, 0, index)).toBeUndefined();
    expect(setRelation(table, 2, { type: "number", value: 4 })).toBeUndefined();
    expect(setRelation(table, 2, { type: "column", column: 40 })).toBeUndefined();
    const named = {
      ...table,
      columns: [
        levels(
          "a",
          list(300, (i) => i % 2),
          ["yes", "no"],
        ).column,
        ...table.columns.slice(1),
      ],
    };
    expect(setRelation(named, 2, index)).toBeUndefined();
  });
});

test("a column whose cells are written with one decimal or two keeps both ways of writing", async () => {
  const rng = createRng(41);
  const height = list(1500, () => round(168 + 9 * rng.normal(), 1));
  const weight = zipped([height], ([h]) => round((21 + 6 * rng.uniform()) * (h as number) ** 2 * 1e-4, 1));
  const decimals = list(1500, () => 1 + rng.integer(2));
  const index = zipped([weight, height, decimals], ([w, h, d]) =>
    round((1e4 * (w as number)) / (h as number) ** 2, d as number),
  );
  const table = madeTable([
    column("weight", weight, 1),
    column("height", height, 1),
    column("bmi", index, 2),
  ]);
  const found = await learnDerivations(table);
  expect(found.steps).toMatchObject([{ column: 2, exact: true, partial: true, ways: [1, 2] }]);
  const made = found.restore(shuffledColumns(found.reduce(table), rng));
  const [w, h, b] = made.columns.map(numbersOf) as [Float64Array, Float64Array, Float64Array];
  const off = b.map((value, i) => Math.abs(value - (1e4 * (w[i] as number)) / (h[i] as number) ** 2));
  expect(off.every((value) => value <= 0.05 + 1e-9)).toBe(true);
  const coarse = (values: ArrayLike<number>): number =>
    Array.from(values).filter((value) => same(round(value, 1), value)).length / 1500;
  expect(Math.abs(coarse(b) - coarse(index))).toBeLessThan(0.08);
});

describe("a saved formula", async () => {
  const table = tableOf(PLANTED[0] as Planted, 1000, 0.2, 11);
  const state = JSON.parse(JSON.stringify((await learnDerivations(table)).save())) as {
    steps: Record<string, unknown>[];
  };
  const [step] = state.steps as [Record<string, unknown>];
  let deep: unknown = { type: "column", column: 0 };
  for (let i = 0; i < 200; i++) deep = { type: "negative", of: deep };

  test.each([
    ["of itself", { equals: { type: "column", column: step["column"] } }],
    ["of no column", { equals: { type: "number", value: 3 } }],
    ["of a column that is not there", { equals: { type: "column", column: 99 } }],
    [
      "with an unknown function",
      { equals: { type: "call", name: "eval", parts: [{ type: "column", column: 0 }] } },
    ],
    ["without an argument", { equals: { type: "call", name: "floor", parts: [] } }],
    ["with an unknown operator", { equals: { type: "arithmetic", operator: "**", left: deep, right: deep } }],
    ["without end", { equals: deep }],
    ["that is no tree", { equals: "weight / height" }],
    ["of a number that has levels", { names: ["1", "2"] }],
  ])("%s is refused", (_, hurt) => {
    expect(() => loadDerivations({ ...state, steps: [{ ...step, ...hurt }] })).toThrow(
      /model file cannot be opened/,
    );
  });

  test("that an older version saved as weights is read", () => {
    const older = {
      ...state,
      steps: [
        {
          kind: "relation",
          column: 2,
          parents: [0, 1],
          weights: [1, -2],
          constant: Math.log(10_000),
          scale: "log",
          exact: true,
          decimals: 2,
          means: [70, 170],
          positive: true,
        },
      ],
    };
    const narrow = { ...table, columns: table.columns.filter((_, j) => j !== 2) };
    const made = loadDerivations(older).restore(narrow);
    expect(kept(PLANTED[0] as Planted, made).share).toBe(1);
  });
});
