/** The five sides of an evaluation as the page names and reads them. */
import type { Axis, Report } from "../../core/report/report.ts";
import type { Family, Verdict } from "../../core/metrics/metric.ts";
import { sides } from "../../core/words/sides.ts";

export const families: readonly Family[] = ["fidelity", "utility", "privacy", "fairness", "clinical"];

/** A side of which something was measured. */
export type MeasuredAxis = Extract<Axis, { readonly metric: string }>;

export const isMeasuredAxis = (axis: Axis): axis is MeasuredAxis => "metric" in axis;

export const measuredAxes = (report: Report): MeasuredAxis[] => report.axes.filter(isMeasuredAxis);

/** One side of a report; undefined where it was not measured. */
export const axisOf = (report: Report, family: Family): MeasuredAxis | undefined =>
  measuredAxes(report).find((axis) => axis.family === family);

/** Lowest score of the sides that could be measured, 0..100; undefined before an evaluation. */
export function lowestScore(report: Report | undefined): number | undefined {
  const scores = report === undefined ? [] : measuredAxes(report).map(({ score }) => score.value);
  return scores.length === 0 ? undefined : Math.min(...scores);
}

export interface SideVerdict {
  readonly family: Family;
  readonly name: string;
  readonly verdict: Verdict;
}

/** Always the five sides in one order, so that marks of several runs stand under each other; none before an evaluation. */
export function verdicts(report: Report | undefined): SideVerdict[] {
  if (report === undefined) return [];
  return families.map((family) => ({
    family,
    name: sides[family].name,
    verdict: report.axes.find((axis) => axis.family === family)?.verdict ?? "cannot-tell",
  }));
}
