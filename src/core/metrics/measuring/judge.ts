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

type Judged = Pick<Metric, "margin"> & Partial<Pick<Metric, "family" | "better" | "relations">>;
type Measured = Extract<Measurement, { status: "ok" }>;

/** What `metric` measured, judged beside `together - 1` others. */
export function judgedResult(metric: Judged, result: Measurement, together: number): MetricResult {
  return result.status === "ok" ? judgedMeasure(metric, result, together) : result;
}

export function judgedMeasure(metric: Judged, result: Measured, together: number): MeasuredResult {
  const effect = effectOf(metric, result);
  const { margin, relations } = metric;
  if (effect === undefined) return { ...result, ...judge(result.loss, margin, together) };
  const halved = effect > margin || (relations && effect > 0);
  const judged = judge(result.loss, halved ? Math.min(margin, LOST_EFFECT * effect) : margin, together);
  const idle = relations && effect <= 0 && judged.verdict === "good";
  return { ...result, ...judged, ...(idle && { verdict: "cannot-tell" as const }) };
}

/** The share of what held-out rows have over independent columns that may be lost at most. */
const LOST_EFFECT = 0.5;

/**
 * What held-out rows have over independent columns. Where that is more than the margin, or the measure is about relations, at
 * most half of it may be lost (preservation of effect: FDA 2016, Non-Inferiority Clinical Trials), so that nothing is good
 * that independent columns might reach too. Of privacy nothing follows: there independent columns are best.
 */
function effectOf({ family, better }: Judged, { extremes, floor, baseline }: Measured): number | undefined {
  const independent = floor ?? extremes?.independent;
  if (independent === undefined || family === undefined || family === "privacy") return undefined;
  return (better === "lower" ? -1 : 1) * (baseline.value - independent);
}
