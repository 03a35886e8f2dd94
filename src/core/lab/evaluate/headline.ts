import type { Claim, Detail, Metric } from "../../metrics/metric.ts";
import type { Axis, Report } from "../../report/report.ts";
import type { Guarantee } from "../../private/guarantee.ts";
import { count, percent, plural } from "../../words/numbers.ts";
import { becomeWords, epsilonWords } from "../../words/privacy-limit.ts";
import type { Seen } from "./whose-rows.ts";
import { isMeasured, worstFirst, type MeasuredRow } from "./worst-first.ts";

type Row = Report["metrics"][number];

const ALL_SEEN =
  "No patients were opened whom the tool that made this table had not seen, so most questions about it cannot be answered.";

/** What the two sentences are written from. */
export interface HeadlineFacts {
  readonly rows: readonly Row[];
  readonly axes: readonly Axis[];
  readonly metrics: readonly Metric[];
  readonly target?: string | undefined;
  /** held-out patients; rows, where a row is a patient */
  readonly heldOut: number;
  /** synthetic rows */
  readonly synthetic: number;
  /** which sides so few patients cannot tell, in words */
  readonly few?: string | undefined;
  /** which of the real patients the tool that made the rows had seen */
  readonly seen: Seen;
  /** no method of the lab made the rows */
  readonly elsewhere?: boolean;
  /** real patients go through time, and no two synthetic rows are of one patient */
  readonly courseless?: boolean;
  /** the privacy guarantee of the run, where its noise was private */
  readonly limit?: Limit | undefined;
}

/** What limits every attack on a run. */
export type Limit = Pick<Guarantee, "epsilon" | "unit">;

type Headline = Required<Pick<Report, "headline" | "caveat">>;

/** What one must not do, and why; `why` is a clause that stands after a colon. */
interface Refusal {
  readonly not: string;
  readonly why: string;
  /** grey: what cannot be told, after "whether" */
  readonly whether?: string;
}

/**
 * The page's verdict in two sentences. The first: what the synthetic table may be used for, by the metrics that bear a use.
 * The second: what must not be done with it and why, by the worst scored measures; privacy is in it whenever it is worse or
 * cannot be told. Too few held-out patients are said first, and copies of patients outrank everything. Where a guarantee
 * limits every attack, that the attacks we tried cannot tell forbids nothing: the limit is what to decide by.
 */
export function wordHeadline(facts: HeadlineFacts): Headline {
  const { rows, heldOut } = facts;
  const measured = worstFirst(rows).filter(isMeasured);
  const copies = copiesAmong(rows, facts.metrics);
  if (copies !== undefined) return ofCopies(copies, facts);
  const found = privacyRefusal(measured, facts);
  const limit = found?.whether === undefined ? undefined : facts.limit;
  const privacy = limit ? undefined : found;
  const among = limit
    ? ` where a limit of ${epsilonWords(limit.epsilon)} is enough`
    : privacy
      ? " among people who may see the real table"
      : "";
  const untold = limit ? ` ${untoldWords(limit, heldOut)}` : "";
  const few = facts.seen === "all" ? ALL_SEEN : facts.few;
  if (few !== undefined) {
    return {
      headline: `${few} Use it for software tests only${among ? `,${among}` : ""}.`,
      caveat: refused(tooFew(privacy), heldOut) + untold,
    };
  }
  const uses = ["software tests", ...usesBorne(measured, facts.metrics, facts.target)];
  const other = otherRefusal(measured, facts);
  const both = privacy && !privacy.whether ? [privacy, other] : [other, privacy];
  return {
    headline: `Use for ${listed(uses)}${among}.`,
    caveat:
      refused(
        both.filter((refusal) => refusal !== undefined),
        heldOut,
      ) + untold,
  };
}

const withPatients = (heldOut: number): string =>
  heldOut === 0 ? "without held-out patients" : `with ${plural(heldOut, "held-out patient")}`;

/** That the attacks of the report cannot tell, and what holds all the same. */
function untoldWords({ epsilon, unit }: Limit, heldOut: number): string {
  const patients = withPatients(heldOut);
  return `${patients.charAt(0).toUpperCase()}${patients.slice(1)} the attacks we tried cannot tell whether it protects privacy; by its guarantee whoever is unsure 50 to 50 whether a ${unit} is in the table can become ${becomeWords(epsilon)}, by any attack.`;
}

/** With too few patients nothing but what is worse is told: no conclusion can rest on the rest. */
const tooFew = (privacy: Refusal | undefined): Refusal[] => [
  {
    not: "draw conclusions about real patients from it",
    why: "",
    whether: "it is close enough to real patients",
  },
  ...(privacy ? [privacy] : []),
];

/** "Do not a, and do not b: why a, and why b." Without a refusal the one that always holds. */
function refused(refusals: readonly Refusal[], heldOut: number): string {
  const [first, second] = refusals;
  if (first === undefined) return "Do not use it for decisions about single patients: no row is a patient.";
  const told = refusals.flatMap(({ why }) => (why === "" ? [] : [why]));
  const open = refusals.flatMap(({ whether }) => whether ?? []);
  const whys = [
    ...told,
    ...(open.length > 0
      ? [`${withPatients(heldOut)} we cannot tell whether ${open.join(" or whether ")}`]
      : []),
  ];
  const also = second === undefined ? "" : `, and do not ${second.not}`;
  return `Do not ${first.not}${also}: ${whys.join(", and ")}.`;
}

function claimOf({ info, result }: MeasuredRow, { metrics, target }: HeadlineFacts): Claim {
  const metric = metrics.find(({ id }) => id === info.id);
  const column = furthest(result.detail);
  return (
    metric?.claim?.({ target, column }) ?? {
      not: "draw conclusions about real patients from it",
      because: `${info.name.toLowerCase()} is worse than for held-out patients`,
    }
  );
}

const isWorse = ({ result }: MeasuredRow): boolean =>
  result.verdict === "worse" || result.verdict === "much-worse";

/** Passing it on, wherever privacy is not as good as for held-out patients. */
function privacyRefusal(measured: readonly MeasuredRow[], facts: HeadlineFacts): Refusal | undefined {
  const worse = measured.find((row) => row.info.family === "privacy" && row.info.scored && isWorse(row));
  if (worse) {
    const { not, because } = claimOf(worse, facts);
    return { not, why: because };
  }
  const side = facts.axes.find(({ family }) => family === "privacy");
  return side?.verdict === "good"
    ? undefined
    : { not: "pass it on", why: "", whether: "it protects privacy" };
}

/**
 * The worst scored measure of the other sides that is not as good as for held-out patients; before all of them that there are
 * no patients over time.
 */
function otherRefusal(measured: readonly MeasuredRow[], facts: HeadlineFacts): Refusal | undefined {
  if (facts.courseless)
    return {
      not: "study patients over time with it",
      why: facts.elsewhere
        ? "no two of its rows are told to be of one patient"
        : "rows of one patient were learned as strangers",
    };
  const worst = measured.find(
    ({ info, result }) => info.family !== "privacy" && info.scored && result.verdict !== "good",
  );
  if (!worst) return undefined;
  const { not, because } = claimOf(worst, facts);
  if (isWorse(worst)) return { not, why: because };
  return {
    not: "draw conclusions about real patients from it",
    why: "",
    whether: "it is close enough to real patients",
  };
}

/** A measure of copies that is worse than held-out patients. */
export function copiesAmong(rows: readonly Row[], metrics: readonly Metric[]): MeasuredRow | undefined {
  const counting = new Set(metrics.flatMap(({ id, copies }) => (copies ? [id] : [])));
  return worstFirst(rows)
    .filter(isMeasured)
    .find((row) => counting.has(row.info.id) && isWorse(row));
}

function ofCopies({ info, result }: MeasuredRow, { metrics, synthetic, seen }: HeadlineFacts): Headline {
  const what = metrics.find(({ id }) => id === info.id)?.copies ?? "copies";
  const rows = count(Math.round(result.value * synthetic));
  return {
    headline: `Do not use this table or pass it on: ${rows} of its ${plural(synthetic, "row")} are ${what} of real patients.`,
    caveat:
      seen === "all"
        ? "Most other questions cannot be answered, because the tool that made it had seen all of these patients."
        : `Do not trust its other verdicts either: copies always fit. Among real patients the share is ${percent(result.baseline.value)}, here ${percent(result.value)}.`,
  };
}

const FROM_COURSE = " from the course";

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
  const borne = [...held].flatMap(([use, holds]) => (holds ? [use] : []));
  const both = (use: string): boolean => borne.includes(`${use}${FROM_COURSE}`);
  return borne.flatMap((use) => {
    if (both(use)) return [`${use} from one visit or${FROM_COURSE}`];
    const already = use.endsWith(FROM_COURSE) && borne.includes(use.slice(0, -FROM_COURSE.length));
    return already ? [] : [use];
  });
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) as string}`;
}

const furthest = (detail: Detail | undefined): string | undefined =>
  detail?.type === "per-column" ? detail.columns[0]?.name : undefined;
