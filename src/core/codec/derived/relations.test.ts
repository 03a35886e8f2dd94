import { describe, expect, test } from "vitest";
import { createRng, type Rng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { MadeColumn } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { learnDerivations, loadDerivations } from "./derivations.ts";
import type { Derivation, Derivations } from "./derivations.ts";
import { numbersOf } from "./number-column.ts";
import { setRelation } from "./relation.ts";
import { lineTerm } from "./term.ts";

const DAY = 86_400_000;

const round = (value: number, decimals = 0): number => Math.round(value * 10 ** decimals) / 10 ** decimals;

/** An identity planted among columns that have nothing to do with it. */
interface Planted {
  readonly name: string;
  readonly make: (rows: number, rng: Rng) => readonly MadeColumn[];
  /** Whether it holds in a row, of the columns in the order of `make`. */
  readonly holds: (cells: readonly number[]) => boolean;
  /** columns of it */
  readonly width: number;
  /** complete rows from which it can be told */
  readonly least: number;
}

const list = (rows: number, make: (i: number) => number): number[] =>
  Array.from({ length: rows }, (_, i) => make(i));

const zipped = (columns: readonly (readonly number[])[], of: (cells: number[]) => number): number[] =>
  (columns[0] as number[]).map((_, i) => of(columns.map((column) => column[i] as number)));

const column = (name: string, values: readonly number[], decimals = 0): MadeColumn =>
  numbers(name, values, { decimals });

const dates = (name: string, values: readonly number[], pattern = "YYYY-MM-DD"): MadeColumn =>
  numbers(name, values, { pattern });

const asLevels = (name: string, values: readonly number[]): MadeColumn => {
  const names = [...new Set(values)].sort((a, b) => a - b);
  return levels(
    name,
    values.map((value) => names.indexOf(value)),
    names.map(String),
  );
};

const sumOf = (cells: readonly number[]): number => cells.reduce((a, b) => a + b, 0);
const same = (a: number, b: number, step = 1e-9): boolean => Math.abs(a - b) <= step * (1 + 1e-6) + 1e-9;

const PLANTED: readonly Planted[] = [
  {
    name: "a body mass index",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const height = list(rows, () => round(168 + 9 * rng.normal(), 1));
      const weight = zipped([height], ([h]) =>
        round((21 + 2.5 * Math.exp(1 + 0.4 * rng.normal())) * (h as number) ** 2 * 1e-4, 1),
      );
      const index = zipped([weight, height], ([w, h]) =>
        round((w as number) / ((h as number) / 100) ** 2, 1),
      );
      return [column("weight", weight, 1), column("height", height, 1), column("bmi", index, 1)];
    },
    holds: ([w, h, b]) => same((w as number) / ((h as number) / 100) ** 2, b as number, 0.05),
  },
  {
    name: "a free thyroxine index",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const total = list(rows, () => Math.round(108 + 34 * rng.normal()) || 1);
      const uptake = list(rows, () => round(0.98 + 0.19 * rng.normal(), 2));
      const index = zipped([total, uptake], ([t, u]) => Math.round((t as number) / (u as number)));
      return [column("tt4", total), column("t4u", uptake, 2), column("fti", index)];
    },
    holds: ([t, u, f]) => same((t as number) / (u as number), f as number, 0.5),
  },
  {
    name: "a product",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const packs = list(rows, () => round(0.1 + 2 * rng.uniform(), 1));
      const years = list(rows, () => 1 + rng.integer(50));
      const product = zipped([packs, years], ([p, y]) => round((p as number) * (y as number), 1));
      return [column("packs", packs, 1), column("years", years), column("pack_years", product, 1)];
    },
    holds: ([p, y, x]) => same((p as number) * (y as number), x as number),
  },
  {
    name: "albumin over globulin",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const protein = list(rows, () => round(7 + 0.8 * rng.normal(), 1));
      const albumin = zipped([protein], ([p]) => round((p as number) * (0.47 + 0.07 * rng.normal()), 1));
      const ratio = zipped([protein, albumin], ([p, a]) =>
        round((a as number) / ((p as number) - (a as number)), 2),
      );
      return [column("protein", protein, 1), column("albumin", albumin, 1), column("a_g", ratio, 2)];
    },
    holds: ([p, a, r]) => same((a as number) / ((p as number) - (a as number)), r as number, 0.005),
  },
  {
    name: "a change in percent",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const before = list(rows, () => 60 + rng.integer(90));
      const after = zipped([before], ([b]) => Math.round((b as number) * (0.85 + 0.15 * rng.normal())));
      const change = zipped([before, after], ([b, a]) =>
        round((100 * ((a as number) - (b as number))) / (b as number), 1),
      );
      return [column("before", before), column("after", after), column("change", change, 1)];
    },
    holds: ([b, a, c]) => same((100 * ((a as number) - (b as number))) / (b as number), c as number, 0.05),
  },
  {
    name: "a coma score of levels",
    width: 4,
    least: 40,
    make: (rows, rng) => {
      const ill = list(rows, () => rng.uniform());
      const part = (most: number): number[] =>
        ill.map((u) => 1 + Math.min(most - 1, Math.max(0, Math.round(most * u + rng.normal()))));
      const parts = [part(4), part(5), part(6)];
      return [...parts.map((values, k) => asLevels(`part${k}`, values)), column("gcs", zipped(parts, sumOf))];
    },
    holds: ([e, v, m, t]) => (e as number) + (v as number) + (m as number) === t,
  },
  {
    name: "a total of five",
    width: 6,
    least: 30,
    make: (rows, rng) => {
      const parts = list(5, (k) => k).map((k) => list(rows, () => rng.integer(6 + 2 * k)));
      return [...parts.map((values, k) => column(`item${k}`, values)), column("total", zipped(parts, sumOf))];
    },
    holds: (cells) => sumOf(cells.slice(0, 5)) === cells[5],
  },
  {
    name: "a total of twelve",
    width: 13,
    least: 55,
    make: (rows, rng) => {
      const parts = list(12, (k) => k).map(() => list(rows, () => rng.integer(5)));
      return [...parts.map((values, k) => column(`item${k}`, values)), column("total", zipped(parts, sumOf))];
    },
    holds: (cells) => sumOf(cells.slice(0, 12)) === cells[12],
  },
  {
    name: "a weighted score",
    width: 5,
    least: 30,
    make: (rows, rng) => {
      const parts = [3, 4, 5, 2].map((most) => list(rows, () => rng.integer(most)));
      const score = zipped(
        parts,
        ([a, b, c, d]) => (a as number) + 2 * (b as number) + 3 * (c as number) + 6 * (d as number),
      );
      return [...parts.map((values, k) => column(`item${k}`, values)), column("score", score)];
    },
    holds: ([a, b, c, d, s]) =>
      (a as number) + 2 * (b as number) + 3 * (c as number) + 6 * (d as number) === s,
  },
  {
    name: "parts that make a hundred",
    width: 4,
    least: 24,
    make: (rows, rng) => {
      const first = list(rows, () => round(60 + 10 * rng.normal(), 1));
      const second = zipped([first], ([a]) => round((100 - (a as number)) * (0.4 + 0.5 * rng.uniform()), 1));
      const third = zipped([first, second], ([a, b]) =>
        round((100 - (a as number) - (b as number)) * (0.2 + 0.7 * rng.uniform()), 1),
      );
      const rest = zipped([first, second, third], (cells) => round(100 - sumOf(cells), 1));
      return [first, second, third, rest].map((values, k) => column(`share${k}`, values, 1));
    },
    holds: (cells) => same(sumOf(cells), 100),
  },
  {
    name: "whole years of months",
    width: 2,
    least: 12,
    make: (rows, rng) => {
      const months = list(rows, () => 200 + rng.integer(800));
      return [
        column("months", months),
        column(
          "age",
          zipped([months], ([m]) => Math.floor((m as number) / 12)),
        ),
      ];
    },
    holds: ([m, a]) => Math.floor((m as number) / 12) === a,
  },
  {
    name: "a stay in whole days",
    width: 3,
    least: 60,
    make: (rows, rng) => {
      const from = list(rows, () => (18_000 + 700 * rng.uniform()) * DAY).map(
        (at) => 60_000 * Math.round(at / 60_000),
      );
      const to = from.map((at) => at + 60_000 * Math.round((20 * rng.uniform() ** 2 * DAY) / 60_000));
      const stay = zipped([from, to], ([a, b]) => Math.floor(((b as number) - (a as number)) / DAY));
      const pattern = "YYYY-MM-DD HH:mm";
      return [dates("admitted", from, pattern), dates("discharged", to, pattern), column("stay", stay)];
    },
    holds: ([a, b, s]) => Math.floor(((b as number) - (a as number)) / DAY) === s,
  },
  {
    name: "an age at a visit",
    width: 3,
    least: 12,
    make: (rows, rng) => {
      const born = list(rows, () => (rng.integer(18_000) - 9000) * DAY);
      const visit = list(rows, () => (16_000 + rng.integer(3000)) * DAY);
      const age = zipped([born, visit], ([a, b]) =>
        Math.floor(((b as number) - (a as number)) / (365.25 * DAY)),
      );
      return [dates("born", born), dates("visit", visit), column("age", age)];
    },
    holds: ([a, b, age]) => Math.floor(((b as number) - (a as number)) / (365.25 * DAY)) === age,
  },
];

/** The identity among noise, each of its cells lost with the chance `missing`; in `broken` of the rows it does not hold. */
function tableOf(planted: Planted, rows: number, missing: number, seed: number, broken = 0): Table {
  const rng = createRng(seed);
  const made = planted.make(rows, rng);
  const noise = list(4, (k) => k).map((k) =>
    column(
      `noise${k}`,
      list(rows, () => round(40 + 12 * rng.normal(), k % 2)),
      k % 2,
    ),
  );
  const last = made.length - 1;
  const shuffled = rng.permutation(rows);
  const lost = made.map(({ schema, column: own }, k): MadeColumn => {
    const changed = k === last ? rng.permutation(rows).slice(0, Math.round(broken * rows)) : [];
    const at = new Set(changed);
    const from = (i: number): number => (at.has(i) ? (shuffled[i] as number) : i);
    if (own.type === "numeric")
      return {
        schema,
        column: {
          type: "numeric",
          values: own.values.map((_, i) => (rng.uniform() < missing ? NaN : (own.values[from(i)] as number))),
        },
      };
    return {
      schema,
      column: {
        ...own,
        codes: own.codes.map((_, i) => (rng.uniform() < missing ? -1 : (own.codes[from(i)] as number))),
      },
    };
  });
  return madeTable([...lost, ...noise]);
}

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

/** Share of the rows with all of the identity's cells in which it holds, and how many they are. */
function kept(planted: Planted, table: Table): { rows: number; share: number } {
  const columns = table.columns.slice(0, planted.width).map(numbersOf);
  let [rows, holding] = [0, 0];
  for (let i = 0; i < table.rows; i++) {
    const cells = columns.map((values) => values[i] as number);
    if (!cells.every(Number.isFinite)) continue;
    rows++;
    if (planted.holds(cells)) holding++;
  }
  return { rows, share: holding / rows };
}

/** Its exact relations. */
const exactIn = ({ steps }: Derivations): readonly Derivation[] =>
  steps.filter((step) => step.kind === "relation" && step.exact);

describe.each(PLANTED.map((planted) => [planted.name, planted] as const))("%s", (_, planted) => {
  test.each([200, 1000, 5000].flatMap((rows) => [0, 0.2, 0.5].map((missing) => [rows, missing] as const)))(
    "is found in %i rows with %f of the cells missing, and kept in rows that nobody had",
    (rows, missing) => {
      const table = tableOf(planted, rows, missing, 11);
      const found = learnDerivations(table);
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

  test("is none where 3 rows in 100 break it", () => {
    for (const missing of [0, 0.2])
      expect(exactIn(learnDerivations(tableOf(planted, 1000, missing, 12, 0.03)))).toEqual([]);
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

test("a close regression is no identity, however close", () => {
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
    expect(learnDerivations(table).steps).toEqual([]);
  }
});

test("what nobody can tell from chance in a wide, small table is not found", () => {
  const rng = createRng(22);
  const columns = list(280, (k) => k).map((k) =>
    column(
      `item${k}`,
      list(316, () => rng.integer(2 + (k % 9))),
    ),
  );
  const from = process.cpuUsage();
  expect(learnDerivations(madeTable(columns)).steps).toEqual([]);
  expect(process.cpuUsage(from).user / 1e6).toBeLessThan(6);
});

test("a score of levels is put back as levels", () => {
  const rng = createRng(23);
  const parts = [4, 5, 6].map((most) => list(600, () => 1 + rng.integer(most)));
  const table = madeTable([
    ...parts.map((values, k) => asLevels(`part${k}`, values)),
    asLevels("total", zipped(parts, sumOf)),
  ]);
  const found = learnDerivations(table);
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

  test("holds in rows that are restored, though the table breaks it in a fifth of its rows", () => {
    const table = tableOf(planted, 1000, 0.1, 31, 0.2);
    const relation = setRelation(table, 2, index);
    expect(relation).toMatchObject({ exact: true, partial: true, parents: [0, 1] });
    const state = { ...learnDerivations(table, { relations: false }).save(), steps: [relation] };
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

test("a column whose cells are written with one decimal or two keeps both ways of writing", () => {
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
  const found = learnDerivations(table);
  expect(found.steps).toMatchObject([{ column: 2, exact: true, partial: true, ways: [1, 2] }]);
  const made = found.restore(shuffledColumns(found.reduce(table), rng));
  const [w, h, b] = made.columns.map(numbersOf) as [Float64Array, Float64Array, Float64Array];
  const off = b.map((value, i) => Math.abs(value - (1e4 * (w[i] as number)) / (h[i] as number) ** 2));
  expect(off.every((value) => value <= 0.05 + 1e-9)).toBe(true);
  const coarse = (values: ArrayLike<number>): number =>
    Array.from(values).filter((value) => same(round(value, 1), value)).length / 1500;
  expect(Math.abs(coarse(b) - coarse(index))).toBeLessThan(0.08);
});

describe("a saved formula", () => {
  const table = tableOf(PLANTED[0] as Planted, 1000, 0.2, 11);
  const state = JSON.parse(JSON.stringify(learnDerivations(table).save())) as {
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
