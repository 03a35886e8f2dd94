import { expect, test } from "vitest";
import { percentTick, plainTick, valueAxis } from "./range-shape.ts";

const mark = (low: number, value: number, high: number) => ({ value, interval: { low, high } });

test("a value axis holds its marks and has at least three ticks of one precision", () => {
  const axis = valueAxis([mark(0.782, 0.8, 0.821), mark(0.791, 0.81, 0.838)], plainTick);
  expect(axis.low).toBeLessThan(0.782);
  expect(axis.high).toBeGreaterThan(0.838);
  expect(axis.ticks.map((t) => t.label)).toEqual(["0.78", "0.80", "0.82", "0.84"]);
});

test("a value axis stays within the metric's range and copes with marks that are all equal", () => {
  const axis = valueAxis([mark(0, 0, 0)], percentTick, [0, 1]);
  expect(axis.low).toBe(0);
  expect(axis.high).toBeGreaterThan(0);
  expect(axis.ticks[0]?.label).toMatch(/^0(\.0+)?%$/);
});
