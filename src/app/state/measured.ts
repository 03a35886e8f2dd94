/** Runs with a report, and the metrics of a report that could be computed. */
import type { Report } from "../../core/report/report.ts";
import type { RunView } from "../../worker/protocol.ts";
import type { MetricInfo, MetricResult } from "../../core/metrics/metric.ts";

/** A run that has been measured. */
export type MeasuredRun = RunView & { readonly report: Report };

export const isMeasured = (run: RunView): run is MeasuredRun => run.report !== undefined;

export type OkResult = Extract<MetricResult, { status: "ok" }>;
export type Measured = { readonly info: MetricInfo; readonly result: OkResult; readonly seconds: number };

export const measured = (report: Report): Measured[] =>
  report.metrics.flatMap(({ info, result, seconds }) =>
    result.status === "ok" ? [{ info, result, seconds }] : [],
  );
