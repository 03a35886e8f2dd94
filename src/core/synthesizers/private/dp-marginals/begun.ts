import type { Measured } from "./measured.ts";

/** Of the model, most that is kept of a cell that the noisy table says is empty. */
const MOST_KEPT = 0.3;

/**
 * Noisy counts as shares of `total`: the nearest table in squares that is nowhere negative and sums to it (projection onto
 * the simplex, Duchi et al. 2008).
 */
export function projected(counts: Float64Array, total: number): Float64Array {
  const sorted = counts.slice().sort().reverse();
  let sum = 0;
  let shift = 0;
  for (let k = 0; k < sorted.length; k++) {
    sum += sorted[k] as number;
    const candidate = (sum - total) / (k + 1);
    if ((sorted[k] as number) - candidate <= 0) break;
    shift = candidate;
  }
  return counts.map((count) => Math.max(0, count - shift) / total);
}

/**
 * Logs of a potential that would put the measured table in place of the model's own (one step of iterative proportional
 * fitting): where mirror descent begins for a table just measured. Exact where there is no noise and the model is a tree.
 */
export function begun({ counts, sigma }: Measured, model: Float64Array, total: number): Float64Array {
  const shares = projected(counts, total);
  const noise = (Math.sqrt(2 / Math.PI) * sigma * counts.length) / total;
  const kept = Math.min(MOST_KEPT, noise);
  return shares.map((share, i) => {
    const was = model[i] as number;
    return Math.log(Math.max(1e-30, (1 - kept) * share + kept * was) / Math.max(1e-30, was));
  });
}
