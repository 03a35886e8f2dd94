import type { Column } from "../table/table.ts";
import type { Courses } from "./courses.ts";

/** Patients whose visits an end of follow-up bounds, or fails to. */
export interface BoundedVisits {
  /** Patients with a known end and a known time. */
  readonly known: number;
  /** Of these, those with a visit after their end. */
  readonly beyond: number;
}

/** Largest share of the patients with a visit after their end, where it still is one. */
const BEYOND = 0.02;

/** How many patients have a visit later than the end of follow-up that `column` says, in the unit of the times. */
export function boundedVisits(column: Column, { rows, starts, times }: Courses): BoundedVisits {
  let [known, beyond] = [0, 0];
  if (column.type !== "numeric") return { known, beyond };
  for (let p = 0; p + 1 < starts.length; p++) {
    const end = column.values[rows[starts[p] as number] as number] as number;
    let last = NaN;
    for (let k = (starts[p + 1] as number) - 1; k >= (starts[p] as number) && Number.isNaN(last); k--)
      last = times[rows[k] as number] as number;
    if (Number.isNaN(end) || Number.isNaN(last)) continue;
    known++;
    if (last > end) beyond++;
  }
  return { known, beyond };
}

/** Whether a static column bounds the visits: at most 2% of the patients have one after it. */
export function boundsVisits(column: Column, courses: Courses): boolean {
  const { known, beyond } = boundedVisits(column, courses);
  return known > 0 && beyond <= BEYOND * known;
}
