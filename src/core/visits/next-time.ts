import type { Table } from "../table/table.ts";
import type { Courses } from "./courses.ts";

/** Fewest pairs of visits that tell, and patients with one. */
const LEAST_PAIRS = 20;
const LEAST_PATIENTS = 5;

/**
 * Which of `columns` holds, in every visit that another follows, the time of that one: the end of an interval (start, stop]
 * as tables of survival analysis have it. Undefined where none does; the first where several do.
 */
export function nextTimeOf(
  { columns: all, schema }: Table,
  { rows, starts, times, time }: Courses,
  columns: readonly number[],
): number | undefined {
  return columns.find((i) => {
    const column = all[i];
    if (
      column?.type !== "numeric" ||
      (schema.columns[i]?.kind === "datetime") !== (schema.columns[time]?.kind === "datetime")
    )
      return false;
    let [pairs, patients] = [0, 0];
    for (let p = 0; p + 1 < starts.length; p++) {
      const [from, to] = [starts[p] as number, starts[p + 1] as number];
      for (let k = from; k + 1 < to; k++, pairs++)
        if (column.values[rows[k] as number] !== times[rows[k + 1] as number]) return false;
      if (to - from > 1) patients++;
    }
    return pairs >= LEAST_PAIRS && patients >= LEAST_PATIENTS;
  });
}
