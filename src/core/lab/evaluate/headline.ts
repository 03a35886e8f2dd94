import type { Detail, Metric } from "../../metrics/metric.ts";
import { percentage } from "../../metrics/measuring/verdict.ts";
import type { Report } from "../../report/report.ts";
import { isMeasured, worstFirst, type MeasuredRow } from "./worst-first.ts";

type Row = Report["metrics"][number];

/**
 * The page's verdict in words: what the synthetic table is good for by the metrics that bear a use, and the claim about
 * the worst scored metric that it does not bear. Privacy, where it fails or cannot be told, comes before all else; where copies
 * leave nothing to judge, the table is good for nothing.
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
    ({ info, result }) => info.family === "privacy" && info.scored && result.verdict !== "good",
  );
  if (leak && measured.some(({ result }) => result.unjudged !== undefined)) {
    const what = metrics.find(({ id }) => id === leak.info.id)?.copies;
    const why = what
      ? `${percentage(leak.result.value)} of its rows are ${what} of real patients`
      : "its rows repeat real patients";
    return { headline: `Do not use this table or pass it on: ${why}`, caveat: OTHERS_OPEN };
  }
  const unknown = rows.some(
    ({ info, result }) =>
      info.family === "privacy" && info.scored && result.status === "skipped" && result.wants !== undefined,
  );
  const worst = leak ?? measured.find(({ info }) => info.scored);
  const among = leak || unknown ? " among those who may see the real table" : "";
  const headline = `Use for ${listed(uses)}${among}`;
  if (unknown && leak?.result.verdict !== "worse" && leak?.result.verdict !== "much-worse")
    return { headline, caveat: PRIVACY_OPEN };
  if (leak?.result.verdict === "cannot-tell") return { headline, caveat: PRIVACY_UNSURE };
  if (!worst || worst.result.verdict === "good") return { headline };
  const metric = metrics.find(({ id }) => id === worst.info.id);
  const column = furthest(worst.result.detail);
  const claim = metric?.claim?.({ target, column }) ?? `claims about ${worst.info.name.toLowerCase()}`;
  return { headline, caveat: `Not for ${claim}` };
}

const OTHERS_OPEN =
  "Most other questions cannot be answered without real patients whom the tool that made it had not seen";

const PRIVACY_OPEN =
  "Not for giving to others: its privacy is not measurable from the patients that were opened";

const PRIVACY_UNSURE =
  "Not for giving to others: how well it protects real patients cannot be told with so few of them";

/** Uses that every metric which bears them was measured for, and holds; in the metrics' order. */
function usesBorne(
  measured: readonly MeasuredRow[],
  metrics: readonly Metric[],
  target: string | undefined,
): string[] {
  const held = new Map<string, boolean>();
  for (const { id, bears } of metrics) {
    const use = bears?.use(target);
    if (!bears || !use) continue;
    const row = measured.find(({ info }) => info.id === id);
    held.set(
      use,
      (held.get(use) ?? true) &&
        row !== undefined &&
        row.result.unjudged === undefined &&
        bears.holds(row.result),
    );
  }
  return [...held].flatMap(([use, holds]) => (holds ? [use] : []));
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) as string}`;
}

const furthest = (detail: Detail | undefined): string | undefined =>
  detail?.type === "per-column" ? detail.columns[0]?.name : undefined;
