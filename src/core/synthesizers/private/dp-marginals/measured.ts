import type { Clique } from "./tree/clique.ts";

/** Noisy counts of one clique. */
export interface Measured {
  readonly clique: Clique;
  /** one a cell, last column fastest; may be negative */
  readonly counts: Float64Array;
  /** standard deviation of the noise of a cell */
  readonly sigma: number;
}

/** The same table measured twice: the mean, weighted by precision. */
export function combined(a: Measured, b: Measured): Measured {
  const of = (sigma: number): number => 1 / Math.max(sigma, 1e-9) ** 2;
  const [first, second] = [of(a.sigma), of(b.sigma)];
  const sum = first + second;
  return {
    clique: a.clique,
    counts: a.counts.map((count, i) => (first * count + second * (b.counts[i] as number)) / sum),
    sigma: 1 / Math.sqrt(sum),
  };
}

/**
 * Rows in all, from noisy tables each of which counts every row once: the mean of their sums weighted by precision, which is
 * the unbiased estimate of least variance; at least 1.
 */
export function estimatedTotal(
  tables: readonly { readonly sum: number; readonly variance: number }[],
): number {
  let sum = 0;
  let weights = 0;
  for (const table of tables) {
    const weight = 1 / Math.max(table.variance, 1e-9);
    sum += weight * table.sum;
    weights += weight;
  }
  return weights > 0 ? Math.max(1, sum / weights) : 1;
}
