import type { Interval, MetricResult, Verdict } from "../metric.ts";

type Score = Extract<MetricResult, { status: "ok" }>["score"];

/** DESIGN.md's rule: within when the synthetic interval reaches the reference band, close when at most 6 points below. */
export function scoreVerdict(score: Score): Verdict {
  const gap = score.baseline.interval.low - score.interval.high;
  if (!(gap > 0)) return "within";
  return gap <= 6 ? "close" : "below";
}

/** A metric's value with its interval and the baseline's, put on 0..100 by `toScore`, with the verdict. */
export function judged(
  value: number,
  interval: Interval,
  baseline: { value: number; interval: Interval },
  toScore: (value: number) => number,
): Pick<
  Extract<MetricResult, { status: "ok" }>,
  "status" | "value" | "interval" | "baseline" | "score" | "verdict"
> {
  const clamped = (x: number): number => Math.max(0, Math.min(100, toScore(x)));
  const scored = ({ low, high }: Interval): Interval => {
    const [a, b] = [clamped(low), clamped(high)];
    return { low: Math.min(a, b), high: Math.max(a, b) };
  };
  const score = {
    value: clamped(value),
    interval: scored(interval),
    baseline: { value: clamped(baseline.value), interval: scored(baseline.interval) },
  };
  return { status: "ok", value, interval, baseline, score, verdict: scoreVerdict(score) };
}

/** `value` ± `half`, kept inside `range`. */
export const around = (value: number, half: number, [least, most]: readonly [number, number]): Interval => ({
  low: Math.max(least, value - half),
  high: Math.min(most, value + half),
});

export const skipped = (reason: string): MetricResult => ({ status: "skipped", reason });

export const percentage = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)}%`;
export const count = (n: number): string => n.toLocaleString("en-US");
