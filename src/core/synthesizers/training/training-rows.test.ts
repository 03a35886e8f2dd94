import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { trainingRows } from "./training-rows.ts";

const codes = Int32Array.from({ length: 10_000 }, (_, i) => (i % 100 === 0 ? 1 : 0));
const rare = madeTable([levels("target", codes, ["often", "seldom"], { role: "target" })]);

test("a small table is taken whole", () => {
  expect(trainingRows(rare, 10_000, createRng(1))).toBeUndefined();
});

test("of a large one every level of the target keeps its share, no row twice, in order", () => {
  const rows = trainingRows(rare, 1000, createRng(1)) as Int32Array;
  expect(rows.length).toBe(1000);
  expect(new Set(rows).size).toBe(1000);
  expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  expect(rows.filter((row) => codes[row] === 1).length).toBe(10);
  expect(trainingRows(rare, 1000, createRng(1))).toEqual(rows);
  expect(trainingRows(rare, 1000, createRng(2))).not.toEqual(rows);
});

test("tenths of a numeric target keep theirs, missing ones too", () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => (i % 10 === 9 ? NaN : i ** 2));
  const table = madeTable([numbers("target", values, { role: "target" })]);
  const rows = trainingRows(table, 500, createRng(3)) as Int32Array;
  expect(rows.length).toBeGreaterThanOrEqual(495);
  const missing = rows.filter((row) => Number.isNaN(values[row])).length;
  expect(missing).toBe(50);
  const cut = values.filter(Number.isFinite).sort()[450] as number;
  expect(rows.filter((row) => (values[row] as number) < cut).length).toBeCloseTo(45, -1);
});
