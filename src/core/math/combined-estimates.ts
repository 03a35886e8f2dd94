import { Z95, type Bounds } from "./intervals.ts";

/** An estimate from one synthetic table, with its variance as if the table were a sample of patients. */
export interface Estimated {
  readonly value: number;
  readonly variance: number;
}

export interface Combined {
  readonly value: number;
  /** standard error of `value` as an estimate of what holds in the population */
  readonly error: number;
  /** 95% */
  readonly interval: Bounds;
  /** standard deviation between the tables; NaN for one */
  readonly between: number;
}

/**
 * Combines an estimate over m synthetic tables of one model: the mean, with variance v (k / n + 1 / m), v the mean of their
 * variances (T_s of Raab, Nowok and Dibben 2016, "Practical data synthesis for large samples", for tables that are drawn from
 * fitted parameters; synthpop's `summary.fit.synds` with `population.inference = TRUE`). One table alone (v) leaves out that
 * the model was learned from a sample: its interval is too narrow. Right as far as the model is.
 * @param k rows of each synthetic table
 * @param n rows that were learned from
 */
export function combinedEstimate(
  estimates: readonly Estimated[],
  { k, n }: { readonly k: number; readonly n: number },
): Combined {
  const m = estimates.length;
  const value = estimates.reduce((sum, one) => sum + one.value, 0) / m;
  const within = estimates.reduce((sum, one) => sum + one.variance, 0) / m;
  const error = Math.sqrt(within * (k / n + 1 / m));
  const squares = estimates.reduce((sum, one) => sum + (one.value - value) ** 2, 0);
  return {
    value,
    error,
    interval: { low: value - Z95 * error, high: value + Z95 * error },
    between: m > 1 ? Math.sqrt(squares / (m - 1)) : NaN,
  };
}
