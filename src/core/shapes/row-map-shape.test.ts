import { expect, test } from "vitest";
import {
  amongReal,
  cellDifferences,
  cellOf,
  pointShares,
  SHADES,
  shadeOf,
  type RowMap,
} from "./row-map-shape.ts";

const map: RowMap = {
  x: [0, 2],
  y: [0, 2],
  side: 2,
  cells: [0.6, 0, 0.4, 0],
  points: [
    [0.5, 0.5],
    [1.5, 0.5],
    [0.5, 1.5],
    [2, 2],
  ],
};

test("points are counted in the cell they lie in, also at the far ends and beyond them", () => {
  expect(pointShares(map)).toEqual([0.25, 0.25, 0.25, 0.25]);
  expect(cellOf(map, [9, -9])).toBe(1);
  expect(amongReal(map)).toBe(0.5);
});

test("the cells that differ most come first, and cells empty on both sides are left out", () => {
  expect(cellDifferences({ ...map, points: [[0.5, 0.5]] }).map(({ cell }) => cell)).toEqual([0, 2]);
});

test("a cell with any real rows is seen, and the fullest is the darkest", () => {
  expect([0, 1e-9, 0.25, 1].map((share) => shadeOf(share, 1))).toEqual([0, 1, SHADES / 2, SHADES]);
});
