/** Evaluations that counted other clinical rules than those there are now. Pure. */
import type { RuleBook } from "../../../core/clinic/rules/book/rule-book.ts";
import type { RunView } from "../../../worker/protocol.ts";
import { noClinical, type LabState } from "../lab-state.ts";

/** Whether two books ask the same of every table; the order of what is in them does not matter. */
function sameBook(one: RuleBook, other: RuleBook): boolean {
  const plain = ({ off, on, own }: RuleBook): string =>
    JSON.stringify([[...off].sort(), [...on].sort(), own.map((rule) => JSON.stringify(rule)).sort()]);
  return one === other || plain(one) === plain(other);
}

/** Whether a run on the open table was measured by clinical rules that were changed since. */
export const isOfOlderRules = (
  { table, clinical }: Pick<LabState, "table" | "clinical">,
  run: Pick<RunView, "tableId" | "report" | "book">,
): boolean =>
  run.report !== undefined &&
  table?.id !== undefined &&
  table.id === run.tableId &&
  !sameBook(clinical.book, run.book ?? noClinical.book);
