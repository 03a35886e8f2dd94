import type { Interval } from "../../metrics/metric.ts";
import type { Report, SummaryRisk } from "../../report/report.ts";

/**
 * The re-identification risk that the European Medicines Agency (policy 0070) and Health Canada (public release of
 * clinical information) accept for clinical data that are published. A convention, offered for comparison: it was set
 * for records of real patients and was not derived for synthetic tables.
 */
export const RISK_THRESHOLD = 0.09;

export const RISK_THRESHOLD_NOTE =
  "0.09 is the re-identification risk that the European Medicines Agency and Health Canada accept for published clinical " +
  "data. It is a convention and was not derived for synthetic data.";

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** The summary risk of a report's metrics; undefined when none of the three attacks could be measured. */
export function summaryRisk(rows: Report["metrics"]): SummaryRisk | undefined {
  const risks = rows.flatMap(({ info, result }) =>
    info.attack && result.status === "ok" ? [{ info, result }] : [],
  );
  const worst = risks.toSorted(
    (a, b) => b.result.value - a.result.value || b.result.interval.high - a.result.interval.high,
  )[0];
  if (!worst) return undefined;
  const { value, interval } = worst.result;
  return {
    value,
    interval,
    attack: worst.info.id,
    measured: risks.length,
    threshold: RISK_THRESHOLD,
    sentence:
      `The highest of ${risks.length} attack risks is ${percent(value)} (${percent(interval.low)} to ${percent(interval.high)}), ` +
      `by ${worst.info.name.toLowerCase()}: ${against(value, interval)} ${RISK_THRESHOLD_NOTE}`,
  };
}

function against(value: number, { low, high }: Interval): string {
  if (high < RISK_THRESHOLD) return `the interval lies below 0.09.`;
  if (low > RISK_THRESHOLD) return `the interval lies above 0.09.`;
  return value > RISK_THRESHOLD
    ? `above 0.09, though the interval reaches below it.`
    : `below 0.09, though the interval reaches above it.`;
}
