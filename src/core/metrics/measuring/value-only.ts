import type { Measurement } from "../metric.ts";

/** What a metric answers when only its value will be read: the interval, the reference and the verdict say nothing. */
export function valueAlone(value: number): Measurement {
  const interval = { low: value, high: value };
  const score = { value: 0, interval: { low: 0, high: 0 } };
  return {
    status: "ok",
    value,
    interval,
    baseline: { value, interval },
    score: { ...score, baseline: score },
    loss: { value: 0, interval: { low: 0, high: 0 } },
    sentence: "",
  };
}
