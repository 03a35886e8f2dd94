import { LEAST_SHARED } from "./column-code.ts";
import type { Grid } from "./grid.ts";
import { stepOf } from "./grid.ts";

/** A gap so many times as wide as the numbers before it reach from their median is wide open; so too of their logarithms. */
const WIDE = 3;
const WIDE_IN_LOGARITHMS = 1.5;
/** Least share of the range between the 5% and 95% quantiles that it spans. */
const OF_RANGE = 0.5;
/** Steps of the grid that a wide gap has at least. */
const LEAST_STEPS = 10;

/**
 * The ascending `numbers` parted at the `marks` and where a gap is wide open, as between ages and a 65526 among them: no
 * number is drawn in there. What fewer than five rows have alone, out there, is left out: it is theirs.
 */
export function islandsOf(numbers: Float64Array, marks: readonly number[], grid: Grid): Float64Array[] {
  const cuts = new Set<number>();
  for (const mark of marks) {
    const at = numbers.findIndex((value) => value > mark);
    if (at > 0) cuts.add(at);
  }
  for (const at of wideGaps(numbers, grid)) cuts.add(at);
  if (cuts.size === 0) return numbers.length === 0 ? [] : [numbers];
  const starts = [0, ...[...cuts].sort((a, b) => a - b)];
  const islands = starts
    .map((from, i) => numbers.subarray(from, starts[i + 1]))
    .filter((island) => island.length >= LEAST_SHARED);
  return islands.length > 0 ? islands : [numbers];
}

/**
 * Places before which a gap is wide open, looked for outwards from the median. Labs whose tails are long have wide gaps
 * too, but not in their logarithms; dates have no logarithms.
 */
export function wideGaps(sorted: Float64Array, grid: Grid): number[] {
  const last = sorted.length - 1;
  if (last < 1) return [];
  const half = last >> 1;
  const median = sorted[half] as number;
  const dated = grid.type === "interval" || grid.type === "month" || grid.type === "year";
  const quantile = (share: number): number => sorted[Math.round(share * last)] as number;
  const least = Math.max(LEAST_STEPS * stepOf(grid), OF_RANGE * (quantile(0.95) - quantile(0.05)));
  const isWide = (near: number, far: number, end: number): boolean => {
    const gap = Math.abs(far - near);
    if (gap < least || gap <= WIDE * Math.max(Math.abs(near - median), Math.abs(near - end) / 2))
      return false;
    if (dated || !(Math.min(near, far, median) > 0)) return true;
    return Math.abs(Math.log(far / near)) > WIDE_IN_LOGARITHMS * Math.abs(Math.log(near / median));
  };
  const found: number[] = [];
  for (let i = half + 1; i <= last; i++)
    if (isWide(sorted[i - 1] as number, sorted[i] as number, sorted[0] as number)) found.push(i);
  for (let i = half; i > 0; i--)
    if (isWide(sorted[i] as number, sorted[i - 1] as number, sorted[last] as number)) found.push(i);
  return found;
}
