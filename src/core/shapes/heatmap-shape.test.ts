import { expect, test } from "vitest";
import type { CorrelationComparison } from "../report/report.ts";
import { lowerTriangle, mostLinked, outlined, reach, shade, worstFirst } from "./heatmap-shape.ts";

const names = ["a", "b", "c", "d"];
const real = [
  [1, 0.1, 0, 0.8],
  [0.1, 1, 0, 0.2],
  [0, 0, 1, Number.NaN],
  [0.8, 0.2, Number.NaN, 1],
];
const pair = (a: string, b: string) => ({
  a,
  b,
  measure: "pearson" as const,
  real: 0.5,
  synthetic: 0.1,
  noise: 0.02,
});
const correlations: CorrelationComparison = {
  names,
  real,
  synthetic: real,
  difference: real,
  worst: [pair("d", "a"), pair("b", "c"), pair("a", "b"), pair("c", "d")],
};

test("the most linked columns are kept in table order, those of the worst pairs first of all", () => {
  expect(mostLinked({ ...correlations, worst: [] }, 2)).toEqual([0, 3]);
  expect(mostLinked({ ...correlations, worst: [pair("b", "c")] }, 2)).toEqual([1, 2]);
  expect(mostLinked(correlations, 9)).toEqual([0, 1, 2, 3]);
});

test("columns whose links differ most come first, what is not defined counts for nothing", () => {
  expect(worstFirst(correlations, [0, 1, 2, 3])).toEqual([3, 0, 1, 2]);
  expect(worstFirst(correlations, [1, 2])).toEqual([1, 2]);
});

test("a triangle has each pair once, and the three worst that are shown are outlined below the diagonal", () => {
  expect(lowerTriangle(real, [0, 1, 3]).map(({ row, column, value }) => [row, column, value])).toEqual([
    [1, 0, 0.1],
    [2, 0, 0.8],
    [2, 1, 0.2],
  ]);
  expect(outlined(correlations, [0, 1, 3]).map(({ row, column }) => [row, column])).toEqual([
    [2, 0],
    [1, 0],
  ]);
});

test("the colour scale leaves out the diagonal and what is not defined", () => {
  expect(reach([real], [0, 1, 2, 3])).toBe(0.8);
  expect(reach([real], [0, 1])).toBe(0.3);
  expect(shade(-0.8, 0.8)).toBe(-8);
  expect(shade(0.01, 0.8)).toBe(0);
});
