/** One measure in words: its numbers in its own unit, its margin, and what could have been seen. */
import type { MeasuredResult, MetricInfo, Unit } from "../metrics/metric.ts";
import { count, fixed, plain, writer } from "./numbers.ts";

/**
 * The unit of the figure that is the metric's own number, where there is one. Else shares of rows and of patients are
 * percentages; what has another scale, and areas under curves, are numbers.
 */
export function unitOf({ family, range }: MetricInfo, { value, detail }: MeasuredResult): Unit {
  const own = detail?.type === "figures" && detail.rows.find(({ synthetic }) => synthetic.value === value);
  if (own) return own.unit;
  const ofShares = range[0] === 0 && range[1] === 1;
  return ofShares && (family === "privacy" || family === "clinical") ? "share" : "number";
}

/** How a measure's numbers are written: one unit, one precision. */
export function measureWriter(info: MetricInfo, result: MeasuredResult): (value: number) => string {
  const { value, interval, baseline } = result;
  return writer(unitOf(info, result), [value, baseline.value, interval.high - interval.low || value]);
}

const trimmed = (points: number): string =>
  fixed(points, points < 9.95 && Math.abs(points - Math.round(points)) > 0.049 ? 1 : 0);

/** A difference in the measure's unit: "9 points" for shares, "0.03" for numbers. */
export function differenceWords(info: MetricInfo, result: MeasuredResult, difference: number): string {
  const unit = unitOf(info, result);
  if (unit === "share") return `${trimmed(100 * difference)} ${difference === 0.01 ? "point" : "points"}`;
  return unit === "count"
    ? count(difference)
    : plain(difference)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
}

export const marginWords = (info: MetricInfo, result: MeasuredResult): string =>
  differenceWords(info, result, result.judgement.margin);

/** The worst loss there can be against these held-out patients. */
function mostLoss({ better, range }: MetricInfo, { baseline }: MeasuredResult): number {
  return better === "higher" ? baseline.value - range[0] : range[1] - baseline.value;
}

/** "Only an added risk above 18 points would have been called worse." */
export function seenWords(info: MetricInfo, result: MeasuredResult): string {
  const { seen } = result.judgement;
  if (!Number.isFinite(seen)) return "";
  if (seen >= mostLoss(info, result))
    return "With so few patients no difference could have been called worse.";
  const what = info.attack ? "an added risk" : "a difference";
  return `Only ${what} above ${differenceWords(info, result, seen)} would have been called worse.`;
}

/** About so many, as rough as it is: two digits, rounded up. */
export function aboutCount(patients: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(patients)) - 1);
  return Math.ceil(patients / unit - 1e-9) * unit;
}

/** How many held-out patients would be enough; undefined where more of them need not settle it. */
export function enoughPatients({ judgement }: MeasuredResult, holdout: number): number | undefined {
  const { times } = judgement;
  if (times === undefined || !Number.isFinite(times) || holdout === 0) return undefined;
  return aboutCount(times * holdout);
}

/** Why a measure gives no answer, and what would; "" where it gives one. */
export function unsettledWords(info: MetricInfo, result: MeasuredResult, holdout: number): string {
  if (result.verdict !== "cannot-tell") return "";
  const outside = result.loss.interval.low > result.judgement.margin;
  const enough = enoughPatients(result, holdout);
  const next = outside
    ? "It lies outside the margin by itself, but not after allowing for the other measures."
    : enough === undefined
      ? "It lies too close to the margin to tell on which side."
      : `About ${count(enough)} held-out patients would be enough if there is no loss.`;
  return [seenWords(info, result), next].filter(Boolean).join(" ");
}
