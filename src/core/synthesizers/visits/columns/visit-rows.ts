import type { Column, ColumnSchema, Table } from "../../../table/table.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import { coursesOf } from "../../../visits/courses.ts";
import { firstVisits } from "../../../visits/most-visits.ts";

/** The visits of a table whose time is known, patient after patient in the order of time; `r` counts them. */
export interface VisitRows {
  readonly table: Table;
  /** column of the time */
  readonly time: number;
  /** row of the table of each visit */
  readonly rows: Int32Array;
  /** where each patient begins in `rows`, and behind the last their number */
  readonly starts: Int32Array;
  /** of each visit: its patient, counted from 0 */
  readonly patients: Int32Array;
  /** of each visit, as the table has it */
  readonly times: Float64Array;
}

/** The first visits of each patient (`MOST_VISITS`); undefined where no patient has a visit with a time. */
export function visitRowsOf(table: Table): VisitRows | undefined {
  const all = coursesOf(table);
  if (all === undefined) return undefined;
  const courses = firstVisits(all);
  const rows: number[] = [];
  const starts = [0];
  const patients: number[] = [];
  for (let p = 0; p + 1 < courses.starts.length; p++) {
    const before = rows.length;
    for (let k = courses.starts[p] as number; k < (courses.starts[p + 1] as number); k++) {
      const row = courses.rows[k] as number;
      if (!Number.isFinite(courses.times[row])) continue;
      rows.push(row);
      patients.push(starts.length - 1);
    }
    if (rows.length > before) starts.push(rows.length);
  }
  if (rows.length === 0) return undefined;
  return {
    table,
    time: courses.time,
    rows: Int32Array.from(rows),
    starts: Int32Array.from(starts),
    patients: Int32Array.from(patients),
    times: Float64Array.from(rows, (row) => courses.times[row] as number),
  };
}

/** The same without the visits of other patients than `kept`, which rise. */
export function onlyPatients(visits: VisitRows, kept: ArrayLike<number>): VisitRows {
  const at: number[] = [];
  const starts = [0];
  const patients: number[] = [];
  for (let i = 0; i < kept.length; i++) {
    const p = kept[i] as number;
    for (let r = visits.starts[p] as number; r < (visits.starts[p + 1] as number); r++) {
      at.push(r);
      patients.push(i);
    }
    starts.push(at.length);
  }
  return {
    table: visits.table,
    time: visits.time,
    rows: Int32Array.from(at, (r) => visits.rows[r] as number),
    starts: Int32Array.from(starts),
    patients: Int32Array.from(patients),
    times: Float64Array.from(at, (r) => visits.times[r] as number),
  };
}

/** Changing columns of a table of visits, by index. */
export interface ChangingColumns {
  readonly numbers: readonly number[];
  readonly categories: readonly number[];
}

export function changingColumns({ table }: VisitRows, { changing }: CoursePlan): ChangingColumns {
  const isNumber = (i: number): boolean => table.columns[i]?.type === "numeric";
  return { numbers: changing.filter(isNumber), categories: changing.filter((i) => !isNumber(i)) };
}

/** Schema of column `i`. */
export const schemaOf = (table: Table, i: number): ColumnSchema => table.schema.columns[i] as ColumnSchema;

/** Cells of column `i`, visit after visit: values (NaN = missing) or codes (-1). */
export function cellsOfVisits({ table, rows }: VisitRows, i: number): Float64Array {
  const column = table.columns[i] as Column;
  return Float64Array.from(
    rows,
    (row) => (column.type === "numeric" ? column.values[row] : column.codes[row]) as number,
  );
}
