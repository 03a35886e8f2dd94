import { Z95 } from "../math/intervals.ts";
import type { Interval } from "./metric.ts";

/** The logarithm of how often something occurs on one side against the other, with its standard error. */
export interface LogRatio {
  readonly value: number;
  readonly error: number;
}

/**
 * log of (a/n) / (b/m) for `a` of `n` synthetic rows against `b` of `m` real ones, half a row added to each so that none
 * is a number too (Walter 1975); error sqrt(1/a - 1/n + 1/b - 1/m) (Katz et al. 1978).
 */
export function logRatio(a: number, n: number, b: number, m: number): LogRatio {
  const [x, y] = [a + 0.5, b + 0.5];
  const variance = 1 / x - 1 / (n + 0.5) + 1 / y - 1 / (m + 0.5);
  return {
    value: Math.log(x / (n + 0.5)) - Math.log(y / (m + 0.5)),
    error: Math.sqrt(Math.max(0, variance)),
  };
}

/**
 * How much of a frequency is kept once what chance explains is taken off: exp(-max(0, |log ratio| - 1.96 errors)). 1 where
 * the two sides agree within noise, 1/2 where one is still twice the other.
 */
export const agreement = ({ value, error }: LogRatio): number =>
  Math.exp(-Math.max(0, Math.abs(value) - Z95 * error));

/** 95% interval of the ratio itself. */
export const ratioInterval = ({ value, error }: LogRatio): Interval => ({
  low: Math.exp(value - Z95 * error),
  high: Math.exp(value + Z95 * error),
});

/** "0.7 times", "2.0 times" */
export const times = ({ value }: LogRatio): string => `${Math.exp(value).toFixed(2)} times`;
