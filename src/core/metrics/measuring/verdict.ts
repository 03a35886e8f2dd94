import { Z90, Z95 } from "../../math/intervals.ts";
import type { Interval, Measurement } from "../metric.ts";

type Measured = Extract<Measurement, { status: "ok" }>;

/**
 * A metric's value beside the same number for held-out real rows: both on 0..100 by `toScore`, and the loss, which is
 * positive where the value is worse.
 * @param interval of `value`, 95%
 * @param baseline its interval holds 90%
 * @param paired 95% interval of the loss where both were measured on the same draws; else the two count as independent
 */
export function besideReal(
  better: "higher" | "lower",
  value: number,
  interval: Interval,
  baseline: { value: number; interval: Interval },
  toScore: (value: number) => number,
  paired?: Interval,
): Pick<Measured, "status" | "value" | "interval" | "baseline" | "score" | "loss"> {
  const clamped = (x: number): number => Math.max(0, Math.min(100, toScore(x)));
  const onScale = ({ low, high }: Interval): Interval => {
    const [a, b] = [clamped(low), clamped(high)];
    return { low: Math.min(a, b), high: Math.max(a, b) };
  };
  const score = {
    value: clamped(value),
    interval: onScale(interval),
    baseline: { value: clamped(baseline.value), interval: onScale(baseline.interval) },
  };
  const loss = paired
    ? { value: better === "higher" ? baseline.value - value : value - baseline.value, interval: paired }
    : independentLoss(better, { value, interval }, baseline);
  return { status: "ok", value, interval, baseline, score, loss };
}

type Valued = { value: number; interval: Interval };

function independentLoss(better: "higher" | "lower", own: Valued, baseline: Valued): Valued {
  const below = (of: Valued, z: number): number => ((of.value - of.interval.low) * Z95) / z;
  const above = (of: Valued, z: number): number => ((of.interval.high - of.value) * Z95) / z;
  const more = own.value - baseline.value;
  const low = more - Math.hypot(below(own, Z95), above(baseline, Z90));
  const high = more + Math.hypot(above(own, Z95), below(baseline, Z90));
  return better === "lower"
    ? { value: more, interval: { low, high } }
    : { value: baseline.value - own.value, interval: { low: 0 - high, high: 0 - low } };
}

/** `value` ± `half`, kept inside `range`. */
export const around = (value: number, half: number, [least, most]: readonly [number, number]): Interval => ({
  low: Math.max(least, value - half),
  high: Math.min(most, value + half),
});

type Wants = Extract<Measurement, { status: "skipped" }>["wants"];

export const skipped = (reason: string, wants?: Wants): Measurement => ({
  status: "skipped",
  reason,
  ...(wants && { wants }),
});

export const percentage = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)}%`;
export const count = (n: number): string => n.toLocaleString("en-US");
