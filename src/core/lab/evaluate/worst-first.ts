import type { MetricResult, Verdict } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";

type Row = Report["metrics"][number];
export type MeasuredRow = Row & { readonly result: Extract<MetricResult, { status: "ok" }> };

export const isMeasured = (row: Row): row is MeasuredRow => row.result.status === "ok";

export const rank: Readonly<Record<Verdict, number>> = {
  "much-worse": 0,
  worse: 1,
  "cannot-tell": 2,
  good: 3,
};

/** How many margins a measure is worse than held-out patients. */
export const margins = ({ result }: MeasuredRow): number => result.loss.value / result.judgement.margin;

/** Worst first: by verdict, then by the loss in margins; what was skipped comes last. */
export function worstFirst(rows: readonly Row[]): Row[] {
  const measured = rows.filter(isMeasured);
  measured.sort((a, b) => rank[a.result.verdict] - rank[b.result.verdict] || margins(b) - margins(a));
  return [...measured, ...rows.filter((row) => !isMeasured(row))];
}
