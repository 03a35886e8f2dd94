import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import type { ColumnSchema } from "../table.ts";
import { impossibleValues } from "./impossible-values.ts";

const schemaOf = (name: string, decimals = 0): ColumnSchema => ({
  name,
  kind: decimals > 0 ? "decimal" : "integer",
  role: "feature",
  reason: "",
  missingToken: "",
  number: { decimals, decimalMark: ".", thousandsMark: "" },
});
const rng = createRng(5);
const seen = (name: string, values: readonly number[], decimals = 0) =>
  impossibleValues(Float64Array.from(values).sort(), schemaOf(name, decimals));
const list = (rows: number, make: (i: number) => number): number[] =>
  Array.from({ length: rows }, (_, i) => make(i));
const ages = list(200, () => 18 + rng.integer(75));

test.each([
  ["age", [...ages, 412], { cells: 1, value: 412, side: "high", bound: 125, of: "an age" }],
  ["Alter", [...ages, -4, -6], { cells: 2, value: -6, side: "low", bound: 0, of: "an age" }],
  ["heart_rate", [...list(200, () => 60 + rng.integer(60)), 999], { value: 999, of: "a heart rate" }],
  ["weight", [...list(200, () => 50 + rng.integer(60)), 7100], { value: 7100, bound: 700 }],
  ["marker", [...list(200, () => 10 + rng.integer(30)), 65_530], { cells: 1, value: 65_530, side: "high" }],
  ["age", [...ages, ...list(60, () => 999)], { cells: 60, value: 999, side: "high", bound: 125 }],
  [
    "ht",
    [...list(200, () => 150 + rng.integer(45)), ...list(30, () => -9)],
    { cells: 30, value: -9, side: "low" },
  ],
  ["dose", [...list(200, () => 5 + rng.integer(20)), ...list(50, () => 9999)], { cells: 50, value: 9999 }],
  ["score", [...list(200, () => 10 + rng.integer(30)), -999], { cells: 1, value: -999, side: "low" }],
])("in %s", (name, values, expected) => {
  expect(seen(name, values)).toMatchObject([expected]);
});

test("is nothing in laboratory values with long tails, whatever their seed", () => {
  for (let k = 0; k < 40; k++) {
    const dice = createRng(k);
    const lognormal = (mean: number, sd: number, places: number): number[] =>
      list(400, () => Number(Math.exp(mean + sd * dice.normal()).toFixed(places)));
    expect(seen("crp", lognormal(1.5, 1.5, 1), 1)).toEqual([]);
    expect(seen("ferritin", lognormal(4.5, 1.2, 0))).toEqual([]);
    expect(seen("ntprobnp", lognormal(6, 2, 0))).toEqual([]);
    expect(
      seen(
        "platelets",
        list(400, () => Math.round(250 + 70 * dice.normal())),
      ),
    ).toEqual([]);
  }
});

test("is nothing where the name means something else: a birth weight in grams, a change of weight", () => {
  expect(
    seen(
      "birth_weight",
      list(200, () => 2000 + rng.integer(2500)),
    ),
  ).toEqual([]);
  expect(
    seen(
      "weight_change",
      list(200, () => rng.integer(20) - 10),
    ),
  ).toEqual([]);
});
