import type { Detail, Metric, MetricResult } from "../../metrics/metric.ts";
import type { Report } from "../../report/report.ts";

type Row = Report["metrics"][number];
type Measured = Row & { readonly result: Extract<MetricResult, { status: "ok" }> };

const isMeasured = (row: Row): row is Measured => row.result.status === "ok";

const rank = { below: 0, close: 1, within: 2 } as const;
const gap = ({ result }: Measured): number => result.score.baseline.value - result.score.value;

/** Worst first: by verdict, then by how far the score lies below its reference; what was skipped comes last. */
export function worstFirst(rows: readonly Row[]): Row[] {
  const measured = rows.filter(isMeasured);
  measured.sort((a, b) => rank[a.result.verdict] - rank[b.result.verdict] || gap(b) - gap(a));
  return [...measured, ...rows.filter((row) => !isMeasured(row))];
}

/**
 * The page's verdict in words: what the synthetic table is good for by the metrics that bear a use, and the claim about
 * the worst scored metric that it does not bear. Privacy, where it fails, comes before all else.
 */
export function wordHeadline(
  rows: readonly Row[],
  metrics: readonly Metric[],
  target: string | undefined,
): { headline: string; caveat?: string } {
  const measured = worstFirst(rows).filter(isMeasured);
  if (measured.length === 0) return { headline: "Nothing could be measured" };
  const uses = ["software tests", ...usesBorne(measured, metrics, target)];
  const leak = measured.find(
    ({ info, result }) => info.family === "privacy" && info.scored && result.verdict === "below",
  );
  const worst = leak ?? measured.find(({ info }) => info.scored);
  const among = leak ? " among those who may see the real table" : "";
  const headline = `Good for ${listed(uses)}${among}`;
  if (!worst || worst.result.verdict === "within") return { headline };
  const metric = metrics.find(({ id }) => id === worst.info.id);
  const column = furthest(worst.result.detail);
  const claim = metric?.claim?.({ target, column }) ?? `claims about ${worst.info.name.toLowerCase()}`;
  return { headline, caveat: `Not yet for ${claim}` };
}

/** Uses that every metric which bears them was measured for, and holds; in the metrics' order. */
function usesBorne(
  measured: readonly Measured[],
  metrics: readonly Metric[],
  target: string | undefined,
): string[] {
  const held = new Map<string, boolean>();
  for (const { id, bears } of metrics) {
    const use = bears?.use(target);
    if (!bears || !use) continue;
    const row = measured.find(({ info }) => info.id === id);
    held.set(use, (held.get(use) ?? true) && row !== undefined && bears.holds(row.result));
  }
  return [...held].flatMap(([use, holds]) => (holds ? [use] : []));
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) as string}`;
}

const furthest = (detail: Detail | undefined): string | undefined =>
  detail?.type === "per-column" ? detail.columns[0]?.name : undefined;
