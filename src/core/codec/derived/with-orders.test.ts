import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { cellFormatter } from "../../table/formats/format-cell.ts";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import type { ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { createDerivations, loadDerivations } from "./derivations.ts";
import type { Derivations } from "./derivations.ts";
import type { Forced } from "./forced.ts";
import type { Order } from "./with-orders.ts";
import { withForced, withOrders } from "./with-orders.ts";

const DAY = 86_400_000;
const list = (rows: number, make: (i: number) => number): number[] =>
  Array.from({ length: rows }, (_, i) => make(i));
const round = (value: number, decimals: number): number =>
  Math.round(value * 10 ** decimals) / 10 ** decimals;
const valuesOf = (table: Table, name: string): Float64Array =>
  (table.columns[table.schema.columns.findIndex((column) => column.name === name)] as NumericColumn).values;
const none = (table: Table): Derivations => createDerivations(table.schema.columns, []);
const derived = (table: Table, orders: readonly Order[], keep?: readonly number[]): Derivations =>
  withOrders(none(table), table, orders, keep);
const below = (low: number, high: number, strict = false): Order => ({ low, high, strict });

/** Every column in an order of its own: rows that nobody had. */
function shuffled(table: Table, seed: number): Table {
  const rng = createRng(seed);
  const columns = table.columns.map((column): NumericColumn => {
    const order = rng.permutation(table.rows);
    const { values } = column as NumericColumn;
    return { type: "numeric", values: Float64Array.from(order, (i) => values[i] as number) };
  });
  return { ...table, columns };
}

/** Four ascending numbers, ties among them, `missing` of each column's cells lost. */
function chain(rows: number, missing: number, seed = 1): Table {
  const rng = createRng(seed);
  const columns = [
    new Float64Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
    new Float64Array(rows),
  ];
  for (let i = 0; i < rows; i++) {
    let at = Math.round(50 + 20 * rng.normal());
    for (const values of columns) {
      values[i] = rng.uniform() < missing ? NaN : at;
      if (rng.uniform() < 0.7) at += Math.floor(10 * rng.uniform() ** 2);
    }
  }
  return madeTable(columns.map((values, j) => numbers("abcd"[j] as string, values, { decimals: 0 })));
}

describe.each([0, 0.2, 0.5])("a chain of four with %d of its cells missing", (missing) => {
  const table = chain(1000, missing);
  const orders = [below(0, 1), below(1, 2), below(2, 3)];
  const steps = derived(table, orders);

  test("loses one column to none and three to gaps, and comes back as it was", () => {
    expect(steps.steps.map(({ kind }) => kind)).toEqual(["gap", "gap", "gap"]);
    const back = steps.restore(steps.reduce(table));
    expect(back.schema).toEqual(table.schema);
    let apart = 0;
    for (const name of "abcd")
      valuesOf(table, name).forEach((value, i) => {
        if (!Object.is(value, valuesOf(back, name)[i])) apart++;
      });
    expect(apart).toBeLessThanOrEqual(3 * 4);
  });

  test("stays in order in made-up rows, within what was learned", () => {
    const made = steps.restore(shuffled(steps.reduce(table), 2));
    for (let i = 0; i < made.rows; i++) {
      const cells = [..."abcd"].map((name) => valuesOf(made, name)[i] as number).filter(Number.isFinite);
      expect(cells).toEqual(cells.toSorted((x, y) => x - y));
    }
    for (const name of "abcd") {
      const most = valuesOf(table, name)
        .filter(Number.isFinite)
        .reduce((x, y) => Math.max(x, y));
      const lost = (of: Table): number => valuesOf(of, name).filter(Number.isNaN).length;
      const others = [..."abcd"].map((one) => Math.max(...valuesOf(made, one).filter(Number.isFinite)));
      expect(
        valuesOf(made, name)
          .filter(Number.isFinite)
          .every((x) => x <= Math.max(most, ...others)),
      ).toBe(true);
      expect(lost(made)).toBe(lost(table));
    }
  });
});

test("the target is never a gap, whichever place it has in the chain", () => {
  const table = chain(300, 0.2);
  const orders = [below(0, 1), below(1, 2), below(2, 3)];
  for (const keep of [0, 1, 2, 3]) {
    const steps = derived(table, orders, [keep]);
    expect(steps.taken.has(keep)).toBe(false);
    expect(steps.taken.size).toBe(3);
    const made = steps.restore(shuffled(steps.reduce(table), 3));
    for (let i = 0; i < made.rows; i++) {
      const cells = [..."abcd"].map((name) => valuesOf(made, name)[i] as number).filter(Number.isFinite);
      expect(cells).toEqual(cells.toSorted((x, y) => x - y));
    }
  }
});

test("a strict order holds in what is written: decimals of both sides, whole numbers", () => {
  const rng = createRng(4);
  const fine = list(400, () => round(rng.uniform(), 3));
  const table = madeTable([
    numbers("fine", fine, { decimals: 3 }),
    numbers(
      "coarse",
      fine.map((value) => round(Math.floor(100 * value + 1) / 100 + (rng.uniform() < 0.5 ? 0.01 : 0), 2)),
      { decimals: 2 },
    ),
    numbers(
      "first",
      list(400, () => rng.integer(5)),
      { decimals: 0 },
    ),
    numbers(
      "second",
      list(400, () => 0),
      { decimals: 0 },
    ),
  ]);
  const second = valuesOf(table, "second");
  valuesOf(table, "first").forEach((value, i) => (second[i] = value + 1 + rng.integer(2)));
  const steps = derived(table, [below(0, 1, true), below(2, 3, true)]);
  const made = steps.restore(shuffled(steps.reduce(table), 5));
  const written = (name: string): number[] => {
    const at = made.schema.columns.findIndex((column) => column.name === name);
    const write = cellFormatter(made.columns[at] as NumericColumn, made.schema.columns[at] as ColumnSchema);
    return list(made.rows, (i) => Number(write(i)));
  };
  const [low, high] = [written("fine"), written("coarse")];
  expect(low.every((value, i) => value < (high[i] as number))).toBe(true);
  expect(written("first").every((value, i) => value < (written("second")[i] as number))).toBe(true);
  expect(new Set(written("coarse").map((value) => round(100 * value, 9) % 1))).toEqual(new Set([0]));
});

test.each([
  ["YYYY-MM-DD", "YYYY-MM-DD HH:mm"],
  ["YYYY-MM", "YYYY-MM-DD"],
  ["YYYY-MM-DD", "YYYY-MM-DD"],
  ["YYYY", "YYYY"],
  ["YYYY-MM", "YYYY-MM"],
])("dates written %s and %s keep their order and their grid", (first, second) => {
  const rng = createRng(6);
  const cut = (ms: number, pattern: string): number => {
    const date = new Date(ms);
    if (pattern === "YYYY") return Date.UTC(date.getUTCFullYear());
    if (pattern === "YYYY-MM") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
    return pattern.includes("mm") ? ms - (ms % 60_000) : ms - (ms % DAY);
  };
  const begun = list(500, () => (15_000 + rng.uniform() * 3000) * DAY);
  const table = madeTable([
    numbers(
      "begun",
      begun.map((ms) => cut(ms, first)),
      { pattern: first },
    ),
    numbers(
      "ended",
      begun.map((ms) => (rng.uniform() < 0.2 ? NaN : cut(ms + rng.uniform() ** 3 * 900 * DAY, second))),
      { pattern: second },
    ),
  ]);
  const steps = derived(table, [below(0, 1)]);
  const same = steps.restore(steps.reduce(table));
  const apart = valuesOf(table, "ended").filter((value, i) => !Object.is(value, valuesOf(same, "ended")[i]));
  expect(apart.length).toBeLessThanOrEqual(4);
  const made = steps.restore(shuffled(steps.reduce(table), 7));
  const [low, high] = [valuesOf(made, "begun"), valuesOf(made, "ended")];
  expect(low.some((value, i) => value > (high[i] as number))).toBe(false);
  high.forEach((value, i) => {
    if (Number.isFinite(value)) expect(cut(value, second)).toBe(value);
    if (Number.isFinite(low[i])) expect(cut(low[i] as number, first)).toBe(low[i]);
  });
});

describe("cells that others decide", () => {
  const table = madeTable([
    texts("died", ["no", "yes", "no", "yes", null]),
    numbers("stay", [3, 4, 5, 6, 7], { decimals: 0 }),
    numbers("followed", [9, 8, 7, 6, 5], { decimals: 0 }),
  ]);
  const when = [{ column: 0, levels: ["yes"] }];

  test("are missing, constant, or another's, and only then", () => {
    const put = (step: Forced): number[] => [
      ...valuesOf(withForced(none(table), [step]).derivations.restore(table), "stay"),
    ];
    expect(put({ kind: "forced", column: 1, when, gives: null })).toEqual([3, NaN, 5, NaN, 7]);
    expect(put({ kind: "forced", column: 1, when, gives: 0 })).toEqual([3, 0, 5, 0, 7]);
    expect(put({ kind: "forced", column: 1, when, like: 2 })).toEqual([3, 8, 5, 6, 7]);
    expect(put({ kind: "forced", column: 1, when: [], multipleOf: 5 })).toEqual([5, 5, 5, 5, 5]);
  });

  test("that wait for each other are not both decided", () => {
    const step = (column: number, like: number): Forced => ({ kind: "forced", column, when, like });
    expect(withForced(none(table), [step(1, 2), step(2, 1)]).taken).toEqual([true, false]);
  });
});

test("are kept through a file, and a damaged one is refused", () => {
  const table = chain(300, 0.2);
  const gaps = derived(table, [below(0, 1), below(1, 2, true)]);
  const tie: Forced = { kind: "forced", column: 1, when: [{ column: 3, values: [50] }], like: 0 };
  const steps = withForced(gaps, [tie]).derivations;
  expect(steps.steps.length).toBe(3);
  const state = JSON.parse(JSON.stringify(steps.save())) as { steps: Record<string, unknown>[] };
  const reduced = steps.reduce(table);
  expect(loadDerivations(state).restore(reduced)).toEqual(steps.restore(reduced));
  const gap = state.steps.findIndex(({ kind }) => kind === "gap");
  const forcedAt = state.steps.findIndex(({ kind }) => kind === "forced");
  const hurt = (at: number, change: Record<string, unknown>): unknown => ({
    ...state,
    steps: state.steps.with(at, { ...state.steps[at], ...change }),
  });
  for (const one of [
    hurt(gap, { parents: [] }),
    hurt(gap, { parents: [99] }),
    hurt(gap, { greatest: 0 }),
    hurt(gap, { side: "beside" }),
    hurt(gap, { strict: ["yes"] }),
    hurt(gap, { parents: [state.steps[gap]?.["column"]], strict: [true] }),
    hurt(forcedAt, { when: [{ column: 3, comparison: "~", value: 1 }] }),
    hurt(forcedAt, { like: 1 }),
  ])
    expect(() => loadDerivations(one)).toThrow(/model file cannot be opened/);
});
