import { Z95 } from "../../math/intervals.ts";
import { normalQuantile } from "../../math/normal.ts";
import type {
  Interval,
  Judgement,
  MeasuredResult,
  Measurement,
  Metric,
  MetricResult,
  Verdict,
} from "../metric.ts";

/** A loss of this many margins is much worse. */
const MUCH = 3;

/** Fresh real patients are called worse in at most this share of reports, whatever number of measures they are judged by. */
const FALSE_ALARMS = 0.05;

/**
 * Non-inferiority with a stated margin (Piaggio et al. 2012): good when the whole 95% interval of the loss lies inside the
 * margin, worse when it lies outside, also when it is widened (Bonferroni) for the `together` measures that are judged side by
 * side; cannot tell in between.
 * @param together how many measures are judged together
 */
export function judge(
  { value, interval }: { value: number; interval: Interval },
  margin: number,
  together: number,
): { verdict: Verdict; judgement: Judgement } {
  const wider = Math.max(Z95, normalQuantile(1 - FALSE_ALARMS / Math.max(1, together))) / Z95;
  const reach = value - interval.low;
  const seen = margin + wider * Math.max(reach, interval.high - value);
  const judgement = { margin, seen };
  if (interval.high <= margin) return { verdict: "good", judgement };
  if (value - wider * reach > margin)
    return { verdict: value > MUCH * margin ? "much-worse" : "worse", judgement };
  return {
    verdict: "cannot-tell",
    judgement: { ...judgement, ...timesEnough(interval.high - value, margin) },
  };
}

/** Intervals narrow with the root of the patients; a half as wide as the margin shows that there is no loss. */
function timesEnough(half: number, margin: number): { times?: number } {
  const times = (half / margin) ** 2;
  return Number.isFinite(times) && times > 1 ? { times } : {};
}

/** What `metric` measured, judged beside `together - 1` others. */
export function judgedResult(
  metric: Pick<Metric, "margin">,
  result: Measurement,
  together: number,
): MetricResult {
  return result.status === "ok" ? judgedMeasure(metric, result, together) : result;
}

export function judgedMeasure(
  { margin }: Pick<Metric, "margin">,
  result: Extract<Measurement, { status: "ok" }>,
  together: number,
): MeasuredResult {
  return { ...result, ...judge(result.loss, margin, together) };
}
