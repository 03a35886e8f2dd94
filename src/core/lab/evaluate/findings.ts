import type { Metric } from "../../metrics/metric.ts";
import type { Finding, Report } from "../../report/report.ts";
import { isMeasured, worstFirst } from "./worst-first.ts";

const MOST = 5;

/** What is worse than held-out patients after allowing for the other measures, worst first: at most five. */
export function findingsOf(
  rows: Report["metrics"],
  metrics: readonly Pick<Metric, "id" | "remedy">[],
): Finding[] {
  const worse = worstFirst(rows)
    .filter(isMeasured)
    .filter(({ result }) => result.verdict === "worse" || result.verdict === "much-worse");
  return worse.slice(0, MOST).map(({ info, result }) => {
    const column = result.detail?.type === "per-column" ? result.detail.columns[0]?.name : undefined;
    const metric = metrics.find(({ id }) => id === info.id);
    return {
      family: info.family,
      metric: info.id,
      ...(column !== undefined && { column }),
      title: info.name,
      text: result.sentence,
      remedy: metric?.remedy ?? "Train longer, or try another method, and compare again.",
    };
  });
}
