import { expect, test } from "vitest";
import { normalQuantile } from "../math/normal.ts";
import { createRng } from "../math/rng.ts";
import { madeTable } from "../table/fixtures/made-table.ts";
import { learnCodedLevels } from "./columns/coded-levels.ts";
import { encodeFeatures, featureTable, positionKnots } from "./features.ts";
import { learnNumericBins } from "./columns/numeric-bins.ts";
import type { AnyColumnCode, TableCode } from "./columns/table-code.ts";

const rng = createRng(8);
const values = Float64Array.from({ length: 1200 }, (_value, i) =>
  i % 10 === 0 ? NaN : i % 4 === 0 ? 0 : rng.normal() * 10,
);
const bins = learnNumericBins(values, { type: "decimals", decimals: 4 }, { bins: 40 });
const column: AnyColumnCode = { type: "numeric", code: bins };

test("a number is 12 segments of its place, half its normal score, its spikes and a missing flag", () => {
  const { width, data } = featureTable(column);
  expect(width).toBe(12 + 1 + 1 + 1);
  const row = (token: number): number[] => [...data.subarray(token * width, (token + 1) * width)];
  const zero = bins.tokenOf(0);
  const u = ((bins.cdf[zero] as number) + (bins.cdf[zero + 1] as number)) / 2;
  row(zero).forEach((value, k) => {
    const expected =
      k < 12 ? Math.min(1, Math.max(0, 12 * u - k)) : k === 12 ? 0.5 * normalQuantile(u) : k === 13 ? 1 : 0;
    expect(value).toBeCloseTo(expected, 5);
  });
  expect(row(bins.missing)).toEqual([...new Array<number>(14).fill(0), 1]);
  expect(row(bins.tokenOf(-25))[0]).toBeLessThan(1);
});

test("few tokens and levels are one-hot; a column that never varies takes no feature", () => {
  const codes = Int32Array.from({ length: 30 }, (_value, i) => (i % 4) - 1);
  const { code: levels } = learnCodedLevels({ type: "coded", codes, levels: ["a", "b", "c"] }, { most: 100 });
  const coded: AnyColumnCode = { type: "coded", code: levels, levels: levels.levels };
  expect(featureTable(coded)).toEqual({
    width: 4,
    data: Float32Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]),
  });
  const { code: one } = learnCodedLevels(
    { type: "coded", codes: new Int32Array(9), levels: ["a"] },
    { most: 100 },
  );
  const constant: AnyColumnCode = { type: "coded", code: one, levels: one.levels };
  expect(featureTable(constant).width).toBe(0);
  const { name, schema } = madeTable([]);
  const code: TableCode = { name, schema, columns: [coded, constant, coded] };
  const matrix = encodeFeatures(code, Int32Array.of(0, 0, 3, 2, 0, 1));
  expect([...matrix.data]).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0]);
});

test("knots rise from 0 to 1 and stand on both edges of a frequent spike", () => {
  const knots = positionKnots(bins);
  expect(knots[0]).toBe(0);
  expect(knots.at(-1)).toBe(1);
  knots.forEach((knot, i) => {
    if (i > 0) expect(knot).toBeGreaterThan((knots[i - 1] as number) + 0.004);
  });
  const zero = bins.tokenOf(0);
  for (const edge of [bins.cdf[zero], bins.cdf[zero + 1]])
    expect(knots.some((knot) => Math.abs(knot - (edge as number)) < 1e-3)).toBe(true);
});

test("a spike that ends just below 1 gives its place to the knot at 1", () => {
  const few = Float64Array.from({ length: 2000 }, (_value, i) => (i < 6 ? 9 : i % 2));
  const code = learnNumericBins(few, { type: "decimals", decimals: 0 }, { bins: 40 });
  expect(code.bins.length).toBe(3);
  expect(positionKnots(code).at(-1)).toBe(1);
});
