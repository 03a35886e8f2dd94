import { plural } from "../../core/words/numbers.ts";
import type { TableView } from "../../worker/protocol.ts";

/** How many patients go through time in a table, and how many visits they have; undefined where rows are learned one by one. */
export function patientsOverTime({
  courses,
}: Pick<TableView, "courses">): { readonly patients: number; readonly visits: number } | undefined {
  return courses?.time === undefined ? undefined : { patients: courses.patients, visits: courses.visits };
}

/** "1,351 rows", or "218 patients with 1,351 visits". */
export function tableWords(table: Pick<TableView, "courses" | "rows">): string {
  const over = patientsOverTime(table);
  return over === undefined
    ? plural(table.rows, "row")
    : `${plural(over.patients, "patient")} with ${plural(over.visits, "visit")}`;
}
