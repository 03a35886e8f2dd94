import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { samePatients, sharedRows, strangersOf } from "./shared-rows.ts";

const pulse = (): Promise<void> => Promise.resolve();
const range = (from: number, rows: number): Int32Array =>
  Int32Array.from({ length: rows }, (_, i) => from + i);

/** Rows of two decimals and a level, with gaps; few values when `coarse`. */
function patients(rows: number, coarse = false): Table {
  const rng = createRng(3);
  const number = (): Float64Array =>
    Float64Array.from({ length: rows }, () =>
      coarse ? rng.integer(3) : rng.uniform() < 0.1 ? NaN : rng.normal(),
    );
  return madeTable([
    numbers("x", number()),
    numbers("y", number()),
    levels(
      "level",
      Int32Array.from({ length: rows }, () => rng.integer(3) - 1),
      ["a", "b"],
    ),
  ]);
}

const [TRAIN, HELD] = [range(0, 700), range(700, 300)];

describe("held-out rows that are train rows", () => {
  test("strangers share none, nothing is said and nobody leaves", async () => {
    const all = patients(1000);
    const [train, holdout] = [takeRows(all, TRAIN), takeRows(all, HELD)];
    expect((await sharedRows(train, holdout, pulse)).shared.length).toBeLessThanOrEqual(3);
    const strangers = await strangersOf(train, holdout, createRng(1), pulse);
    expect(strangers).toEqual({ holdout, notices: [], notes: [] });
  });

  test("a planted quarter is found to the row, whatever the order of levels, leaves and is said", async () => {
    const all = patients(1000);
    const train = takeRows(all, TRAIN);
    const clean = (await sharedRows(train, takeRows(all, HELD), pulse)).shared.length;
    const planted = takeRows(all, Int32Array.from([...range(100, 100), ...HELD]));
    const turned: Table = {
      ...planted,
      columns: planted.columns.map((column) =>
        column.type === "coded"
          ? { ...column, levels: ["b", "a"], codes: column.codes.map((code) => (code < 0 ? -1 : 1 - code)) }
          : column,
      ),
    };
    const found = await sharedRows(train, turned, pulse);
    expect(found.shared).toHaveLength(100 + clean);
    const { holdout, notices, caveat } = await strangersOf(train, turned, createRng(1), pulse);
    expect(Math.abs(holdout.rows - 300)).toBeLessThanOrEqual(3);
    expect((await sharedRows(train, holdout, pulse)).shared.length).toBeLessThanOrEqual(clean + 3);
    expect(notices.join()).toMatch(/^\d+ of 400 held-out rows equal a training row .* were taken out\./);
    expect(caveat).toMatch(/^(9\d|10\d) of 400 held-out rows were training rows/);
  });

  test("a holdout that is train leaves nobody, also where rows repeat by chance", async () => {
    const rng = createRng(5);
    const few = (rows: number): Table =>
      madeTable(
        ["a", "b", "c", "d", "e"].map((name) =>
          numbers(
            name,
            Float64Array.from({ length: rows }, () => rng.integer(4)),
          ),
        ),
      );
    for (const table of [patients(300), few(300)]) {
      const { holdout, notices } = await strangersOf(table, table, createRng(1), pulse);
      expect(holdout.rows).toBe(0);
      expect(notices.join()).toMatch(/^300 of 300 held-out rows .* nobody counts as held out\.$/);
    }
    const [train, held] = [few(400), few(400)];
    const both = takeRows(
      train,
      Int32Array.from({ length: 200 }, (_, i) => i),
    );
    const mixed = {
      ...held,
      columns: held.columns.map((column, i) => {
        const own = both.columns[i] as typeof column;
        if (column.type !== "numeric" || own.type !== "numeric") return column;
        return { ...column, values: Float64Array.of(...own.values, ...column.values.slice(200)) };
      }),
    };
    const { holdout } = await strangersOf(train, mixed, createRng(1), pulse);
    expect(Math.abs(holdout.rows - 200)).toBeLessThan(40);
  });

  test("what coarse columns share by chance is said as that, and stays", async () => {
    const all = patients(1000, true);
    const [train, held] = [takeRows(all, TRAIN), takeRows(all, HELD)];
    const found = await sharedRows(train, held, pulse);
    expect(found.shared).toHaveLength(300);
    expect(found.usual.share).toBe(1);
    const { holdout, notes } = await strangersOf(train, held, createRng(1), pulse);
    expect(holdout.rows).toBe(300);
    expect(notes.join()).toMatch(/by chance: equal rows need not be one patient/);
  });

  test("real tables of coarse columns lose rows in few draws of a hundred", async () => {
    let wrong = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const rng = createRng(seed);
      const column = (): Float64Array => Float64Array.from({ length: 500 }, () => rng.integer(5));
      const all = madeTable(["a", "b", "c", "d"].map((name) => numbers(name, column())));
      const found = await sharedRows(takeRows(all, range(0, 400)), takeRows(all, range(400, 100)), pulse);
      if (samePatients(found) > 0) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(1);
  });

  test("fewer than five rows are not spoken of, an empty holdout neither", async () => {
    const usual = { share: 0, error: 0 };
    expect(samePatients({ shared: [0, 1, 2, 3], holdout: 20, usual })).toBe(0);
    expect(samePatients({ shared: [0, 1, 2, 3, 4], holdout: 20, usual })).toBe(5);
    const all = patients(50);
    const none = takeRows(all, []);
    expect(await strangersOf(all, none, createRng(1), pulse)).toEqual({
      holdout: none,
      notices: [],
      notes: [],
    });
  });
});
