import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { coursesOf, endColumn } from "../../visits/courses.ts";
import { isMissingCell } from "../../table/table.ts";

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

/** undefined where no patient has a visit with a time */
export function visitRowsOf(table: Table): VisitRows | undefined {
  const courses = coursesOf(table);
  if (courses === undefined) return undefined;
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

/** What the columns of a table of visits are, by index. */
export interface ColumnParts {
  readonly time: number;
  /** of the end of follow-up, where it is one date or time a patient */
  readonly end: number | undefined;
  /** one value a patient, the end among them */
  readonly statics: readonly number[];
  /** may change from visit to visit */
  readonly numbers: readonly number[];
  readonly categories: readonly number[];
}

export function columnParts(visits: VisitRows): ColumnParts {
  const { table, time } = visits;
  const statics: number[] = [];
  const numbers: number[] = [];
  const categories: number[] = [];
  table.columns.forEach((column, i) => {
    if (i === time) return;
    if (isStatic(column, visits)) statics.push(i);
    else (column.type === "numeric" ? numbers : categories).push(i);
  });
  const named = endColumn(table.schema);
  const end = named !== undefined && statics.includes(named) ? named : undefined;
  return {
    time,
    end: end !== undefined && table.columns[end]?.type === "numeric" ? end : undefined,
    statics,
    numbers,
    categories,
  };
}

/** Whether no patient has two different cells, a missing one counted as one. */
function isStatic(column: Column, { rows, starts }: VisitRows): boolean {
  const cell = (r: number): number => {
    const row = rows[r] as number;
    if (isMissingCell(column, row)) return NaN;
    return (column.type === "numeric" ? column.values[row] : column.codes[row]) as number;
  };
  for (let p = 0; p + 1 < starts.length; p++) {
    const first = cell(starts[p] as number);
    for (let r = (starts[p] as number) + 1; r < (starts[p + 1] as number); r++)
      if (!Object.is(cell(r), first)) return false;
  }
  return true;
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
