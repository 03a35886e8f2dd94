import { quantileSorted } from "../../math/statistics.ts";
import { LEAST_PATIENTS } from "../small-cells.ts";

/** Two numbers that bins run between; the few values beyond them count in the end bins. */
export interface Reach {
  readonly low: number;
  readonly high: number;
}

/**
 * From about the 5th least to the 5th greatest value, each as the mean of the five values around it, so that the axis
 * does not end at one patient's number.
 */
export function reachOf(sorted: Float64Array): Reach | undefined {
  const n = sorted.length;
  if (n === 0) return undefined;
  const around = (from: number): number => {
    const start = Math.max(0, Math.min(from, n - LEAST_PATIENTS));
    const five = sorted.subarray(start, start + LEAST_PATIENTS);
    return five.reduce((sum, value) => sum + value / five.length, 0);
  };
  const low = around(2);
  const high = around(n - 2 - LEAST_PATIENTS);
  return low <= high ? { low, high } : { low: high, high: low };
}

/** The same where a patient has many values: of each patient's least, and of each patient's greatest. */
export function reachOfPatients(sorted: Float64Array, whose: ArrayLike<number>): Reach | undefined {
  const [least, greatest] = [new Map<number, number>(), new Map<number, number>()];
  sorted.forEach((value, i) => {
    const patient = whose[i] as number;
    if (!least.has(patient)) least.set(patient, value);
    greatest.set(patient, value);
  });
  const [low, high] = [least, greatest].map((of) => reachOf(Float64Array.from(of.values()).sort()));
  return low && high && { low: low.low, high: high.high };
}

const LEAST_BINS = 12;
const MOST_BINS = 30;

/** Freedman-Diaconis width 2 IQR n^(-1/3) of ascending values, as a number of bins from 12 to 30. */
function binCount(sorted: Float64Array, span: number): number {
  const spread = quantileSorted(sorted, 0.75) - quantileSorted(sorted, 0.25);
  const width = (2 * spread) / Math.cbrt(sorted.length);
  const bins = width > 0 ? Math.ceil(span / width) : MOST_BINS;
  return Math.max(LEAST_BINS, Math.min(MOST_BINS, bins));
}

/**
 * Edges of equal bins for ascending pooled values within `reach`. Whole multiples of `step` (1 for integers, 0.1 for one
 * decimal, 0 for none) fall in the middle of bins: edges lie half a step beside them and widths are whole steps, so that
 * no bin gets more of the possible values than its neighbour.
 */
export function linearEdges(pooled: Float64Array, reach: Reach, step: number): number[] {
  const span = reach.high - reach.low;
  const steps = step > 0 ? Math.round(span / step) + 1 : 0;
  if (step > 0 && steps < 1e6) return steppedEdges(pooled, reach, step, steps);
  if (!(span > 0)) return [reach.low - 0.5, reach.high + 0.5];
  const bins = binCount(pooled, span);
  return Array.from({ length: bins + 1 }, (_, i) => reach.low + (span * i) / bins);
}

function steppedEdges(pooled: Float64Array, reach: Reach, step: number, steps: number): number[] {
  const wanted = binCount(pooled, steps * step);
  const width = Math.max(1, Math.round(steps / wanted), Math.ceil(steps / MOST_BINS));
  const bins = Math.ceil(steps / width);
  const first = Math.round(reach.low / step) - 0.5;
  return Array.from({ length: bins + 1 }, (_, i) => (first + i * width) * step);
}

/** Edges of bins equal in log(value); `reach.low` > 0. With a `step`, edges lie half a step beside possible values. */
export function logEdges(bins: number, reach: Reach, step: number): number[] {
  const low = Math.log(reach.low);
  const span = Math.log(reach.high) - low;
  const edges = Array.from({ length: bins + 1 }, (_, i) => Math.exp(low + (span * i) / bins));
  if (!(step > 0)) return edges;
  const half = edges.map((edge) => Math.max(step / 2, (Math.floor(edge / step) + 0.5) * step));
  half[0] = Math.max(step / 2, (Math.round(reach.low / step) - 0.5) * step);
  return half.filter((edge, i) => i === 0 || edge > (half[i - 1] as number) + step / 4);
}

/** Counts of ascending values between `edges`; values beyond the ends, or equal to the last edge, count in the end bins. */
export function countBetween(sorted: Float64Array, edges: readonly number[]): Float64Array {
  const bins = edges.length - 1;
  const counts = new Float64Array(bins);
  let before = 0;
  for (let bin = 0; bin < bins; bin++) {
    const after = bin === bins - 1 ? sorted.length : firstNotBelow(sorted, edges[bin + 1] as number, before);
    counts[bin] = after - before;
    before = after;
  }
  return counts;
}

function firstNotBelow(sorted: Float64Array, edge: number, from: number): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < edge) low = middle + 1;
    else high = middle;
  }
  return low;
}
