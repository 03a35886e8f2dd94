import type { Family, Metric } from "../../metrics/metric.ts";
import type { Axis, ColumnComparison, Finding, Report } from "../../report/report.ts";
import { enoughPatients, seenWords } from "../../words/measure.ts";
import { count } from "../../words/numbers.ts";
import { epsilonWords } from "../../words/privacy-limit.ts";
import type { Limit } from "./headline.ts";
import { isMeasured, worstFirst, type MeasuredRow } from "./worst-first.ts";

/** Findings that a report shows. */
export const MOST_FINDINGS = 5;

export interface FindingFacts {
  readonly rows: Report["metrics"];
  readonly axes: readonly Axis[];
  readonly columns: readonly ColumnComparison[];
  readonly metrics: readonly Metric[];
  /** held-out patients; rows, where a row is a patient */
  readonly heldOut: number;
  /** The synthetic table was not made by this lab: it cannot be trained again here. */
  readonly elsewhere: boolean;
  /** the privacy guarantee of the run, where its noise was private */
  readonly limit?: Limit | undefined;
}

/**
 * What would hurt, worst first, at most five: measures that are worse than held-out patients after allowing for the others,
 * and privacy where it cannot be told. A measure that is not scored speaks only for a side of which no scored one is worse,
 * and a column is told once.
 */
export function findingsOf(facts: FindingFacts): Finding[] {
  const open = greyPrivacy(facts);
  const found = worseOf(facts).map((row) => findingOf(row, facts));
  return open === undefined ? found.slice(0, MOST_FINDINGS) : [...found.slice(0, MOST_FINDINGS - 1), open];
}

function worseOf({ rows, metrics }: FindingFacts): MeasuredRow[] {
  const worse = worstFirst(rows)
    .filter(isMeasured)
    .filter(({ result }) => result.verdict === "worse" || result.verdict === "much-worse");
  const deciding = new Set(worse.filter(({ info }) => info.scored).map(({ info }) => info.family));
  const told = new Set<string>();
  return worse.filter((row) => {
    if (!row.info.scored && deciding.has(row.info.family)) return false;
    const what = furthest(row) ?? claimOf(row, metrics);
    if (what === undefined) return true;
    return told.has(what) ? false : Boolean(told.add(what));
  });
}

const claimOf = ({ info }: MeasuredRow, metrics: readonly Metric[]): string | undefined =>
  metrics.find(({ id }) => id === info.id)?.claim?.({}).because;

const furthest = ({ result }: MeasuredRow): string | undefined =>
  result.detail?.type === "per-column" ? result.detail.columns[0]?.name : undefined;

function findingOf(row: MeasuredRow, { metrics, columns, elsewhere, limit }: FindingFacts): Finding {
  const { info, result } = row;
  const metric = metrics.find(({ id }) => id === info.id);
  const column = furthest(row);
  const remark = columns.find(({ name }) => name === column)?.remark;
  const because = claimOf(row, metrics);
  const title =
    column !== undefined && remark !== undefined
      ? `${column}: ${remark.charAt(0).toLowerCase()}${remark.slice(1)}`
      : because === undefined
        ? `${info.name}: worse than among held-out patients`
        : asTitle(because);
  return {
    family: info.family,
    metric: info.id,
    ...(column !== undefined && { column }),
    title,
    text: result.sentence,
    remedy: elsewhere
      ? ASK_THE_MAKER
      : limit
        ? underLimit(info.family, limit)
        : (metric?.remedy ?? remedies[info.family]),
  };
}

/** "its rows lie closer …" -> "The table’s rows lie closer …" */
function asTitle(because: string): string {
  const told = because.replace(/^it /, "the table ").replace(/^its /, "the table’s ");
  return `${told.charAt(0).toUpperCase()}${told.slice(1)}`;
}

/** Of noise that keeps a limit there is less only for more epsilon or patients, or where less is asked. */
function underLimit(family: Family, { epsilon, unit }: Limit): string {
  if (family === "privacy")
    return `Decide by the limit of ${epsilonWords(epsilon)}, which holds against every attack; a smaller ε gives a lower one.`;
  const use =
    family === "clinical"
      ? "Check the rows against the rules before anyone sees them."
      : "Draw no conclusion from it.";
  return `${use} Noise for ${epsilonWords(epsilon)} is the likely cause: declare more ranges and levels, leave out columns, or take a larger ε or more ${unit}s.`;
}

const ASK_THE_MAKER = "Show this to whoever made the table and ask for a new one; it cannot be mended here.";

const remedies: Readonly<Record<Family, string>> = {
  fidelity: "Train longer or with another method, then compare again.",
  utility: "Fit the model or the analysis again on real rows before anyone depends on it.",
  privacy:
    "Treat the file like the patient data it came from. Fewer training steps or another method may reveal less; compare again.",
  fairness: "Do not compare groups with these rows. More patients of the smallest groups would help most.",
  clinical: "Check the rows against the rules before anyone sees them. Training longer may help.",
};

/** Privacy that cannot be told is a finding too: only what would have been seen can be ruled out. */
function greyPrivacy({ rows, axes, heldOut, limit }: FindingFacts): Finding | undefined {
  if (axes.find(({ family }) => family === "privacy")?.verdict !== "cannot-tell") return undefined;
  const own = worstFirst(rows.filter(({ info }) => info.family === "privacy" && info.scored));
  const greys = own.filter(isMeasured).filter(({ result }) => result.verdict === "cannot-tell");
  const [grey] = greys;
  const wanting = own.find(({ result }) => result.status === "skipped");
  const row = grey ?? wanting;
  if (row === undefined) return undefined;
  const enough = greys.flatMap(({ result }) => enoughPatients(result, heldOut) ?? []);
  const text = grey
    ? `${grey.result.sentence} ${seenWords(grey.info, grey.result)}`
    : row.result.status === "skipped"
      ? row.result.reason
      : "";
  return {
    family: "privacy",
    metric: row.info.id,
    title: limit ? "The attacks we tried cannot tell" : "Privacy protection cannot be shown",
    text,
    remedy: `${limit ? underLimit("privacy", limit) : "Treat the file like the patient data it came from."}${enough.length === 0 ? "" : ` About ${count(Math.max(...enough))} held-out patients would be enough for an answer if there is no risk.`}`,
  };
}
