import type { Bounds } from "./intervals.ts";
import { mean, standardDeviation } from "./statistics.ts";

/** 97.5% quantiles of Student's t, for 1 to 10 degrees of freedom; beyond those the last is taken, which is wider. */
const T975 = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

const quantile = (freedom: number): number => T975[Math.min(T975.length, Math.max(1, freedom)) - 1] as number;

/** Mean of at least one value with its 95% t interval; of a single value the interval is that value. */
export function meanInterval(values: readonly number[]): {
  readonly value: number;
  readonly interval: Bounds;
} {
  const centre = mean(Float64Array.from(values));
  if (values.length < 2) return { value: centre, interval: { low: centre, high: centre } };
  const half =
    (quantile(values.length - 1) * standardDeviation(Float64Array.from(values))) / Math.sqrt(values.length);
  return { value: centre, interval: { low: centre - half, high: centre + half } };
}

/**
 * Mean of `a` less mean of `b` with its 95% interval by Welch's t test, degrees of freedom rounded down; undefined where one
 * of them has fewer than two values.
 */
export function differenceInterval(
  a: readonly number[],
  b: readonly number[],
): { readonly value: number; readonly interval: Bounds } | undefined {
  if (a.length < 2 || b.length < 2) return undefined;
  const [x, y] = [a, b].map((values) => {
    const own = Float64Array.from(values);
    return {
      mean: mean(own),
      error: standardDeviation(own) ** 2 / values.length,
      freedom: values.length - 1,
    };
  }) as [Part, Part];
  const value = x.mean - y.mean;
  const variance = x.error + y.error;
  const freedom =
    variance > 0
      ? variance ** 2 / (x.error ** 2 / x.freedom + y.error ** 2 / y.freedom)
      : x.freedom + y.freedom;
  const half = quantile(Math.floor(freedom)) * Math.sqrt(variance);
  return { value, interval: { low: value - half, high: value + half } };
}

interface Part {
  readonly mean: number;
  readonly error: number;
  readonly freedom: number;
}
