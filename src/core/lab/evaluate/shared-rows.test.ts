import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { sharedRows, sharedRowsNote } from "./shared-rows.ts";

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

describe("held-out rows that are train rows", () => {
  test("strangers share none, and nothing is said", async () => {
    const all = patients(1000);
    const found = await sharedRows(takeRows(all, range(0, 700)), takeRows(all, range(700, 300)), pulse);
    expect(found.shared).toBeLessThanOrEqual(3);
    expect(sharedRowsNote({ ...found, shared: 3 })).toEqual([]);
  });

  test("a planted quarter is counted to the row, whatever the order of levels, and said", async () => {
    const all = patients(1000);
    const train = takeRows(all, range(0, 700));
    const clean = (await sharedRows(train, takeRows(all, range(700, 300)), pulse)).shared;
    const planted = takeRows(all, Int32Array.from([...range(100, 100), ...range(700, 300)]));
    const turned: Table = {
      ...planted,
      columns: planted.columns.map((column) =>
        column.type === "coded"
          ? { ...column, levels: ["b", "a"], codes: column.codes.map((code) => (code < 0 ? -1 : 1 - code)) }
          : column,
      ),
    };
    const found = await sharedRows(train, turned, pulse);
    expect(found.shared).toBe(100 + clean);
    const [said] = sharedRowsNote(found);
    expect(said).toMatch(/^10\d of 400 held-out rows \(2\d\.\d%\) equal a training row/);
    expect(said).toMatch(/more than chance/);
  });

  test("what coarse columns share by chance is said as that", async () => {
    const all = patients(1000, true);
    const found = await sharedRows(takeRows(all, range(0, 700)), takeRows(all, range(700, 300)), pulse);
    expect(found.shared).toBe(300);
    expect(found.twins).toBe(700);
    expect(sharedRowsNote(found).join()).toMatch(/by chance: equal rows need not be one patient/);
  });

  test("fewer than five rows are not spoken of, an empty holdout neither", async () => {
    expect(sharedRowsNote({ shared: 4, holdout: 20, twins: 0, train: 100 })).toEqual([]);
    const all = patients(50);
    expect(sharedRowsNote(await sharedRows(all, takeRows(all, []), pulse))).toEqual([]);
  });
});
