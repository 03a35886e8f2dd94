import type { Rows } from "../simulating/rows.ts";
import { visitsOf } from "../simulating/visits-of.ts";

/** One patient's rows: from `first` on, `count` of them. */
export interface Stay {
  readonly patients: Rows;
  readonly rows: Rows;
  /** the patient's place in the chunk */
  readonly i: number;
  readonly first: number;
  readonly count: number;
}

/** Rows of hours: `hours[i]` of patient i, with `patient`, `visit`, `hour`, and every field of the patient in each. */
export function hourlyRows(patients: Rows, hours: readonly number[]): Rows {
  const patient = hours.flatMap((count, i) => Array<number>(count).fill(i));
  const hour = hours.flatMap((count) => [...Array(count).keys()]);
  return visitsOf(patients, { patient, visit: hour, hour });
}

/** The stays of `hourlyRows`, patient by patient. */
export function* staysIn(patients: Rows, rows: Rows, hours: readonly number[]): Generator<Stay> {
  let first = 0;
  for (const [i, count] of hours.entries()) {
    yield { patients, rows, i, first, count };
    first += count;
  }
}
