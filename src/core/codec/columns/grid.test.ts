import { expect, test } from "vitest";
import type { ColumnSchema } from "../../table/table.ts";
import { gridOf, gridOfValues, snap, stepOf } from "./grid.ts";

const column = (kind: ColumnSchema["kind"], pattern?: string, decimals = 0): ColumnSchema => ({
  name: "x",
  kind,
  role: "feature",
  reason: "",
  missingToken: "",
  ...(pattern === undefined
    ? { number: { decimals, decimalMark: ".", thousandsMark: "" } }
    : { date: { pattern } }),
});

test.each([
  ["YYYY-MM-DDTHH:mm:ss.SSSZ", "2024-03-05T10:20:30.4Z"],
  ["DD-MMM-YYYY h:mm A", "2024-03-05T10:21:00Z"],
  ["DDMONYYYY", "2024-03-05T00:00:00Z"],
  ["DD.MM.YYYY HH:mm:ss", "2024-03-05T10:20:30Z"],
  ["M/D/YY H:mm", "2024-03-05T10:21:00Z"],
  ["YYYY-MM-DD HH", "2024-03-05T10:00:00Z"],
  ["YYYY-MM-DD", "2024-03-05T00:00:00Z"],
  ["MM/YYYY", "2024-03-01T00:00:00Z"],
  ["YYYY", "2024-01-01T00:00:00Z"],
])("a date-time written %s lies on what it shows", (pattern, expected) => {
  const grid = gridOf(column("datetime", pattern));
  expect(new Date(snap(Date.parse("2024-03-05T10:20:30.4Z"), grid)).toISOString()).toBe(
    new Date(expected).toISOString(),
  );
});

test("date-times are rounded to the nearest, before 1970 as well", () => {
  const months = gridOf(column("datetime", "YYYY-MM"));
  expect(snap(Date.UTC(1960, 1, 25), months)).toBe(Date.UTC(1960, 2, 1));
  expect(snap(Date.UTC(1960, 1, 5), months)).toBe(Date.UTC(1960, 1, 1));
  const years = gridOf(column("datetime", "YY"));
  expect(snap(Date.UTC(1969, 9, 1), years)).toBe(0);
  expect(stepOf(years)).toBeGreaterThan(stepOf(months));
});

test("numbers are rounded to their decimals; what cannot be written so is left alone", () => {
  const grid = gridOf(column("decimal", undefined, 2));
  expect(snap(1.2349, grid)).toBe(1.23);
  expect(snap(-0.005, grid)).toBeCloseTo(0, 12);
  expect(snap(1e300, grid)).toBe(1e300);
  expect(gridOfValues(Float64Array.of(1.25, 3), grid)).toEqual(grid);
  expect(gridOfValues(Float64Array.of(1.25, 3.001), grid)).toEqual({ type: "free" });
  expect(snap(1.2349, { type: "free" })).toBe(1.2349);
});
