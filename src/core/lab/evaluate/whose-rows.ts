import type { Rng } from "../../math/rng.ts";
import { count, skipped } from "../../metrics/measuring/verdict.ts";
import type { Measurement, MetricInfo, Tables } from "../../metrics/metric.ts";
import { takeRows, type Table } from "../../table/table.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import type { Report } from "../../report/report.ts";
import { isMeasured } from "./worst-first.ts";

/** Which of the real patients the tool that made the synthetic rows had seen. */
export type Seen = "all" | "some" | "none";

/** What each metric is measured on, by what it needs. */
export interface Sides {
  readonly seen: Seen;
  /** the real rows that are shown: train, or the holdout where nobody was seen */
  readonly shown: Table;
  /** as train and holdout for what any real rows do */
  readonly any: Tables;
  tablesFor(metric: Pick<MetricInfo, "needs">): Tables | Extract<Measurement, { status: "skipped" }>;
  /** beside the headline */
  readonly notices: readonly string[];
}

const UNSEEN =
  "It needs real patients whom the tool that made these rows had not seen, and none were opened.";
const SEEN = "It needs the patients whom the tool that made these rows had seen, and these are others.";
const COPIES_FIT =
  "Measured, but not judged: copies always fit, and many of these rows are copies of real patients.";

/**
 * An empty holdout says that the tool had seen all patients, an empty train table that it had seen none. Then what needs
 * the others cannot be measured; what any real rows do is measured on two halves of those there are, and copies are sought
 * among all of them.
 */
export function sidesOf(tables: Tables, rng: Rng): Sides {
  const { train, holdout, ...others } = tables;
  if (train.rows > 0 && holdout.rows > 0)
    return { seen: "some", shown: train, any: tables, tablesFor: () => tables, notices: [] };
  const seen = holdout.rows === 0 ? "all" : "none";
  const shown = seen === "all" ? train : holdout;
  const [a, b] = halvesOf(shown, shown.rows, rng);
  const any = { train: a, holdout: b, ...others };
  const copies = { train: shown, holdout: takeRows(shown, []), ...others };
  const missing = seen === "all" ? "unseen" : "seen";
  return {
    seen,
    shown,
    any,
    tablesFor({ needs = [] }) {
      if (missing === "unseen" && needs.includes(missing)) return skip(UNSEEN, "unseen-patients");
      if (needs.length > 1) return skip(SEEN, "seen-patients");
      return needs.includes("seen") ? copies : any;
    },
    notices: [seen === "all" ? allSeen(shown.rows) : noneSeen(shown.rows)],
  };
}

const skip = (
  ...[reason, wants]: Parameters<typeof skipped>
): Extract<Measurement, { status: "skipped" }> => ({ status: "skipped", reason, ...(wants && { wants }) });

const allSeen = (rows: number): string =>
  `The tool that made these rows is taken to have seen all ${count(rows)} real ones, so what needs patients whom it had not seen is not measurable. ` +
  `Where a measure sets real rows beside real rows, those are two halves of them.`;

const noneSeen = (rows: number): string =>
  `The tool that made these rows is taken to have seen none of the ${count(rows)} real ones. They are halved at random, and one half stands in for rows that were learned from. ` +
  `Privacy is not measurable without the patients who were.`;

/** Copies that the tool is said not to have been able to make. */
export const NOT_STRANGERS =
  "Synthetic rows copy patients whom the tool is said not to have seen. It must have seen them, or rows made from them.";

/** A measure of copying, for which the patients who were learned from are enough. */
const seeksCopies = ({ family, scored, needs = [] }: MetricInfo): boolean =>
  family === "privacy" && scored && needs.includes("seen") && !needs.includes("unseen");

/** Whether synthetic rows repeat real ones more than real ones repeat each other. */
export const copiesFound = (rows: Report["metrics"]): boolean =>
  rows.some((row) => seeksCopies(row.info) && isMeasured(row) && /^(much-)?worse$/u.test(row.result.verdict));

/**
 * What the answers are worth without a true holdout: where copies are found, nothing else is judged; where the tool had seen
 * nobody, that it copies none of them says nothing of those whom it had seen.
 */
export function settle(rows: Report["metrics"], seen: Seen): Report["metrics"] {
  if (seen === "some") return rows;
  if (copiesFound(rows))
    return rows.map((row) =>
      row.info.family === "privacy" || !isMeasured(row)
        ? row
        : { ...row, result: { ...row.result, verdict: "cannot-tell", unjudged: COPIES_FIT } },
    );
  if (seen === "all") return rows;
  return rows.map((row) =>
    seeksCopies(row.info) && isMeasured(row) ? { ...row, result: skip(SEEN, "seen-patients") } : row,
  );
}
