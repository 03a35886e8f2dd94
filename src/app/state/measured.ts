/** The metrics of a report that could be computed. */
import type { Report } from "../../core/report/report.ts";
import type { MetricInfo, MetricResult } from "../../core/metrics/metric.ts";

export type OkResult = Extract<MetricResult, { status: "ok" }>;
export type Measured = { readonly info: MetricInfo; readonly result: OkResult; readonly seconds: number };

export const measured = (report: Report): Measured[] =>
  report.metrics.flatMap(({ info, result, seconds }) =>
    result.status === "ok" ? [{ info, result, seconds }] : [],
  );
