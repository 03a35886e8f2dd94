import { Z90, Z95 } from "../../math/intervals.ts";
import { mean } from "../../math/statistics.ts";
import type { Interval } from "../metric.ts";
import { around, besideReal } from "./verdict.ts";

/** A number with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** The mean of a measure over samples of one table; `variance`: see `Draws`. */
export function overDraws(draws: readonly Estimate[], variance: number): Estimate {
  return {
    value: mean(draws.map(({ value }) => value)),
    error: Math.sqrt(variance * mean(draws.map(({ error }) => error ** 2))),
  };
}

/** The same where the samples stand among aligned tables. */
export const overSides = (
  { sides, variance }: { readonly sides: readonly number[]; readonly variance: number },
  of: (side: number) => Estimate,
): Estimate => overDraws(sides.map(of), variance);

/**
 * `own` beside `reference`, two independent estimates given train: see `besideReal`. The loss is not cut off at the ends
 * of `range`, so that it stays as uncertain as it is.
 */
export function besideEstimate(
  better: "higher" | "lower",
  own: Estimate,
  reference: Estimate,
  range: readonly [number, number],
  toScore: (value: number) => number,
) {
  const lost = better === "higher" ? reference.value - own.value : own.value - reference.value;
  const half = Z95 * Math.hypot(own.error, reference.error);
  const loss: Interval = { low: lost - half, high: lost + half };
  return besideReal(
    better,
    own.value,
    around(own.value, Z95 * own.error, range),
    { value: reference.value, interval: around(reference.value, Z90 * reference.error, range) },
    toScore,
    loss,
  );
}
