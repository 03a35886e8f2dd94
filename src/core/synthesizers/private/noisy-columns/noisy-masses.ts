/** What noisy counts say of the counts beneath them. Post-processing: nothing here sees a patient. */

/**
 * The point nearest to `noisy` (least squares) that is nowhere negative and sums to `total`: a threshold is taken off
 * everywhere, and what falls below zero is zero. Source: Held, Wolfe & Crowder 1974; as in private-pgm and HDMM.
 */
export function ontoSimplex(noisy: ArrayLike<number>, total: number): Float64Array {
  const sorted = Float64Array.from(noisy).sort().reverse();
  let [sum, threshold] = [0, 0];
  for (let k = 0; k < sorted.length; k++) {
    sum += sorted[k] as number;
    const here = (sum - Math.max(0, total)) / (k + 1);
    if (k > 0 && (sorted[k] as number) <= here) break;
    threshold = here;
  }
  return Float64Array.from(noisy, (value) => Math.max(0, value - threshold));
}

/** Shares that are positive and sum to 1. */
export function sharesOf(masses: ArrayLike<number>): Float64Array {
  const kept = Float64Array.from(masses, (mass) => Math.max(0, mass));
  const total = kept.reduce((a, b) => a + b, 0);
  const floor = total > 0 ? 1e-4 / kept.length : 1;
  const raised = kept.map((mass) => (total > 0 ? mass / total : 0) + floor);
  const sum = raised.reduce((a, b) => a + b, 0);
  return raised.map((share) => share / sum);
}

/** Two estimates of one number, by the inverse of their variances. */
export const combined = (a: number, varianceA: number, b: number, varianceB: number): number =>
  (a * varianceB + b * varianceA) / (varianceA + varianceB);
