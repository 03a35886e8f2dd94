import { LEAST_SHARED } from "./column-code.ts";
import { coarserInterval } from "./coarser-interval.ts";
import { decimalsOf } from "./fineness.ts";
import type { Grid } from "./grid.ts";

/** Different values that show a step; fewer may have one by chance, or be a few patients' own. */
const LEAST_VALUES = 10;
/** Share of the rows that may lie off a coarser grid, if they are fewer than five besides. */
const MOST_OFF = 0.01;
/** Steps of people: tried where a few values lie off them. */
const STEPS = [5, 2.5, 2, 1];
const GREATEST = 6;

/**
 * The coarsest grid on which `values` lie: pressures that are all even, weights in halves, platelets in thousands. `grid`
 * itself where there is none or where fewer than ten different values show it. Fewer than five rows may lie off it.
 */
export function coarserGrid(values: Float64Array, grid: Grid): Grid {
  if (grid.type === "interval") return coarserInterval(values, grid);
  if (grid.type !== "decimals") return grid;
  const { decimals } = grid;
  const units = values.map((value) => Math.round(value * 10 ** decimals));
  const first = units[0];
  if (first === undefined || !units.every(Number.isSafeInteger)) return grid;
  const common = units.reduce((a, b) => greatestCommon(a, Math.abs(b - first)), 0);
  const steps = [common, ...nearlyCommon(units)].filter((step) => step > 1 && Number.isInteger(step));
  for (const step of steps.sort((a, b) => b - a)) {
    const offset = mostFrequentRest(units, step);
    const on = units.filter((unit) => restOf(unit, step) === offset);
    if (new Set(on).size < LEAST_VALUES || on.length < values.length - mostOff(values.length)) continue;
    const [of, from] = [step / 10 ** decimals, offset / 10 ** decimals];
    const needed = Math.max(decimalsOf(of, decimals), decimalsOf(from, decimals));
    return { type: "multiple", of, offset: from, decimals: needed };
  }
  return grid;
}

/** The grid of the greater numbers of a column: analysers report "4.3" and "12", "845" and "1230". */
export interface UpperGrid {
  readonly from: number;
  readonly grid: Grid;
}

/** Powers of ten from which numbers are written more coarsely. */
const FROM = [10, 100, 1000, 10_000, 100_000];

/** The least power of ten from which on `values` lie on a coarser grid, though not all of them do; undefined where none is. */
export function coarserAbove(values: Float64Array, grid: Grid): UpperGrid | undefined {
  if (grid.type !== "decimals") return undefined;
  for (const from of FROM) {
    const upper = values.filter((value) => value >= from);
    if (upper.length < LEAST_VALUES) return undefined;
    if (upper.length === values.length) continue;
    const own = coarserGrid(upper, grid);
    if (own !== grid) return { from, grid: own };
  }
  return undefined;
}

const mostOff = (rows: number): number => Math.min(LEAST_SHARED - 1, MOST_OFF * rows);

const restOf = (unit: number, step: number): number => unit - step * Math.floor(unit / step);

function greatestCommon(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Steps as people take them, in units. */
const nearlyCommon = (units: Float64Array): number[] => {
  const reach = units.reduce((most, unit) => Math.max(most, Math.abs(unit)), 0);
  return Array.from({ length: GREATEST + 1 }, (_, power) => power)
    .flatMap((power) => STEPS.map((step) => step * 10 ** power))
    .filter((step) => step <= reach);
};

function mostFrequentRest(units: Float64Array, step: number): number {
  const counts = new Map<number, number>();
  for (const unit of units) {
    const rest = restOf(unit, step);
    counts.set(rest, (counts.get(rest) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
}
