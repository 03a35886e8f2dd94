import type { Family, Metric, MetricInfo } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";
import { isMeasured } from "./worst-first.ts";
import type { MeasuredRow } from "./worst-first.ts";

const MOST = 5;
const SIDES: readonly (readonly [Family, string])[] = [
  ["fidelity", "Fidelity"],
  ["utility", "Utility"],
  ["privacy", "Privacy"],
  ["fairness", "Fairness"],
  ["clinical", "Clinical plausibility"],
];

/**
 * What each side's scored measures would have called worse at this number of rows, one sentence a side: silence means no more
 * than that. What a measure that does say worse has seen stands in its own sentence.
 */
export function couldHaveSeen(rows: Report["metrics"], metrics: readonly Metric[]): string[] {
  return SIDES.flatMap(([family, side]) => {
    const silent = rows
      .filter(isMeasured)
      .filter(({ info, result }) => info.family === family && info.scored && !/worse/.test(result.verdict));
    const own = silent.map((row) => ({ row, metric: metrics.find(({ id }) => id === row.info.id) }));
    const plain = own.toSorted(
      (a, b) => Number(b.metric?.sees !== undefined) - Number(a.metric?.sees !== undefined),
    );
    const phrases = plain.slice(0, MOST).map(({ row, metric }) => phraseOf(row, metric));
    if (phrases.length === 0) return [];
    const more = plain.length - phrases.length;
    const rest = more > 0 ? `; and ${more} more ${more === 1 ? "measure" : "measures"}` : "";
    return [
      `${side}: with so many rows the report would have noticed ${phrases.join("; ")}${rest}. Less than that it may miss.`,
    ];
  });
}

function phraseOf({ info, result }: MeasuredRow, metric: Metric | undefined): string {
  const { seen } = result.judgement;
  return metric?.sees?.(seen) ?? `${info.name.toLowerCase()} worse by ${amount(info, seen)}`;
}

/** Measures between 0 and 1 in percentage points. */
const amount = ({ range }: MetricInfo, loss: number): string =>
  range[1] <= 1 ? `${(100 * loss).toFixed(1)} points of 100` : String(Number(loss.toPrecision(2)));
