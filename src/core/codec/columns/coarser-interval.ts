import { LEAST_SHARED } from "./column-code.ts";
import type { Interval } from "./grid.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Steps in which clocks are read and visits are planned, the coarsest first. */
const STEPS = [
  7 * DAY,
  DAY,
  12 * HOUR,
  6 * HOUR,
  4 * HOUR,
  3 * HOUR,
  2 * HOUR,
  HOUR,
  30 * MINUTE,
  20 * MINUTE,
  15 * MINUTE,
  10 * MINUTE,
  5 * MINUTE,
  MINUTE,
  30_000,
  15_000,
  10_000,
  5_000,
  1_000,
  100,
  10,
  1,
];

/** Different moments that show a step; fewer may have one by chance. */
const LEAST_VALUES = 10;
/** Share of the moments that may lie off it, if they are fewer than five besides. */
const MOST_OFF = 0.01;

/** The coarsest step on which `values` lie: quarters of an hour, full minutes, one day of the week. `grid` itself where there is none. */
export function coarserInterval(values: Float64Array, grid: Interval): Interval {
  const off = Math.min(LEAST_SHARED - 1, MOST_OFF * values.length);
  for (const step of STEPS) {
    if (step <= grid.milliseconds || (grid.milliseconds >= 1 && step % grid.milliseconds !== 0)) continue;
    const offset = mostFrequentRest(values, step, off);
    if (offset === undefined) continue;
    const on = values.filter((value) => restOf(value, step) === offset);
    if (new Set(on).size < LEAST_VALUES) continue;
    return { ...grid, milliseconds: step, ...(offset !== 0 && { offset }) };
  }
  return grid;
}

const restOf = (value: number, step: number): number => value - step * Math.floor(value / step);

/** The rest that all of `values` but `off` have; undefined where there is none. */
function mostFrequentRest(values: Float64Array, step: number, off: number): number | undefined {
  const counts = new Map<number, number>();
  for (const value of values) {
    const rest = restOf(value, step);
    counts.set(rest, (counts.get(rest) ?? 0) + 1);
    if (counts.size > LEAST_SHARED) return undefined;
  }
  for (const [rest, count] of counts) if (count >= values.length - off) return rest;
  return undefined;
}
