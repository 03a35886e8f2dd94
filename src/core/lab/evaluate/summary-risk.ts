import type { MeasuredResult } from "../../metrics/metric.ts";
import type { Report, SummaryRisk } from "../../report/report.ts";

/**
 * The re-identification risk that the European Medicines Agency (policy 0070) and Health Canada (public release of
 * clinical information) accept for clinical data that are published. A convention, offered for comparison: it was set
 * for records of real patients and was not derived for synthetic tables.
 */
export const RISK_THRESHOLD = 0.09;

export const RISK_THRESHOLD_NOTE =
  "9% is the re-identification risk that the European Medicines Agency and Health Canada accept for published clinical " +
  "data. It is a convention and was not derived for synthetic data.";

type Attack = Pick<MeasuredResult, "value" | "interval" | "judgement">;

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
      `by ${worst.info.name.toLowerCase()}: ${against(worst.result, risks)} ${RISK_THRESHOLD_NOTE}`,
  };
}

/** "Below" is said only where no attack's interval reaches the threshold. */
function against(
  { value, interval: { low, high }, judgement }: Attack,
  risks: readonly { result: Attack }[],
): string {
  if (low > RISK_THRESHOLD) return `the interval lies above 9%.`;
  if (value > RISK_THRESHOLD) return `above 9%, though the interval reaches under it.`;
  if (high > RISK_THRESHOLD) {
    const enough =
      judgement.times === undefined
        ? ""
        : ` About ${Math.ceil(judgement.times)} times as many held-out patients could show it.`;
    return `it cannot be shown that it lies under 9%, since the interval reaches above it.${enough}`;
  }
  const open = risks.filter(({ result }) => result.interval.high > RISK_THRESHOLD).length;
  if (open === 0) return `the interval lies below 9%, and so do those of all of them.`;
  return `its interval lies under 9%, but that of ${open === 1 ? "another attack" : `${open} other attacks`} reaches above it, so it cannot be shown that the risk does.`;
}
