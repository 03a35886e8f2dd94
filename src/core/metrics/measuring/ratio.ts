import { Z95 } from "../../math/intervals.ts";
import type { Interval } from "../metric.ts";

/** The logarithm of how often something occurs on one side against the other. */
export interface LogRatio {
  readonly value: number;
  /** standard error */
  readonly error: number;
  /** standard error if both sides were samples of one population */
  readonly noise: number;
}

/**
 * log of (a/n) / (b/m) for `a` of `n` synthetic rows against `b` of `m` real ones, half a row added to each so that none
 * is a number too (Walter 1975); error sqrt(1/a - 1/n + 1/b - 1/m) (Katz et al. 1978), noise the same with the counts that
 * the pooled share gives, so that a count of 0 among many rows is not excused by its own uncertainty.
 */
export function logRatio(a: number, n: number, b: number, m: number): LogRatio {
  const [x, y, rows, reals] = [a + 0.5, b + 0.5, n + 0.5, m + 0.5];
  const share = (x + y) / (rows + reals);
  const error = (p: number, q: number): number =>
    Math.sqrt(Math.max(0, 1 / (p * rows) - 1 / rows + 1 / (q * reals) - 1 / reals));
  return {
    value: Math.log(x / rows) - Math.log(y / reals),
    error: error(x / rows, y / reals),
    noise: error(share, share),
  };
}

/**
 * How much of a frequency is kept once what chance explains is taken off: exp(-max(0, |log ratio| - 1.96 noises)). 1 where
 * the two sides agree within noise, 1/2 where one is still twice the other. What is so measured need not be of equally many
 * rows: the noise says how many there were.
 */
export const agreement = ({ value, noise }: Pick<LogRatio, "value" | "noise">): number =>
  Math.exp(-Math.max(0, Math.abs(value) - Z95 * noise));

/** 95% interval of the ratio itself. */
export const ratioInterval = ({ value, error }: Pick<LogRatio, "value" | "error">): Interval => ({
  low: Math.exp(value - Z95 * error),
  high: Math.exp(value + Z95 * error),
});

/** "0.7 times", "2.0 times" */
export const times = ({ value }: Pick<LogRatio, "value">): string => `${Math.exp(value).toFixed(2)} times`;
