import { isMissingCell, type Column, type Table } from "../table/table.ts";
import type { Courses } from "./courses.ts";

/** A column that changes within few patients: nearly static, which is often a correction or a mistake. */
export interface SlowColumn {
  readonly column: number;
  /** Patients of several visits within whom it changes. */
  readonly changing: number;
  /** Patients of several visits. */
  readonly several: number;
}

export interface Statics {
  /** Columns that never change within a patient, ascending. */
  readonly statics: readonly number[];
  readonly slow: readonly SlowColumn[];
}

/** Largest share of the patients of several visits within whom a slow column changes. */
const SLOW = 0.02;

/** A cell as a number: equal numbers for equal cells, and for all missing ones. */
export const cellCode = (column: Column, row: number): number =>
  isMissingCell(column, row)
    ? -Infinity
    : column.type === "numeric"
      ? (column.values[row] as number)
      : (column.codes[row] as number);

/**
 * Which of `columns` never change within a patient. A column is static when, within every patient, all cells are equal or
 * all are missing: a patient with some of both has a cell that changes, because a synthetic patient could not have it both
 * ways from one draw. A column that changes within one patient of many is not static but slow. Patients of one visit say
 * nothing; where there is no patient of two, nothing is static or slow.
 */
export function staticsOf(table: Table, courses: Courses, columns: readonly number[]): Statics {
  const several = countSeveral(courses);
  const statics: number[] = [];
  const slow: SlowColumn[] = [];
  if (several === 0) return { statics, slow };
  const most = SLOW * several;
  for (const i of columns) {
    const changing = changingPatients(table.columns[i] as Column, courses, most);
    if (changing === 0) statics.push(i);
    else if (changing <= most) slow.push({ column: i, changing, several });
  }
  return { statics, slow };
}

/** Whether the column at `at` never changes among the rows of one of `patients`; a missing cell beside a known one is a change. */
export function staysWithin({ columns, rows }: Table, at: number, patients: Int32Array): boolean {
  const column = columns[at];
  if (column === undefined) return false;
  const first = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const [patient, cell] = [patients[row] as number, cellCode(column, row)];
    const before = first.get(patient);
    if (before === undefined) first.set(patient, cell);
    else if (before !== cell) return false;
  }
  return true;
}

function countSeveral({ starts }: Courses): number {
  let several = 0;
  for (let p = 0; p + 1 < starts.length; p++)
    if ((starts[p + 1] as number) - (starts[p] as number) > 1) several++;
  return several;
}

/** Patients within whom `column` changes, counted until they are more than `most`. */
function changingPatients(column: Column, { rows, starts }: Courses, most: number): number {
  let changing = 0;
  for (let p = 0; p + 1 < starts.length && changing <= most; p++) {
    const end = starts[p + 1] as number;
    const first = cellCode(column, rows[starts[p] as number] as number);
    for (let k = (starts[p] as number) + 1; k < end; k++) {
      if (cellCode(column, rows[k] as number) === first) continue;
      changing++;
      break;
    }
  }
  return changing;
}
