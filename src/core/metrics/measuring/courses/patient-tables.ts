import type { Column, ColumnSchema, Table } from "../../../table/table.ts";
import type { Tables } from "../../metric.ts";
import type { AlignedCourses, CourseColumn, CourseSide } from "./aligned-courses.ts";
import { tableOfColumns } from "./named-columns.ts";

/** A column of a table with one row for each patient, in every table. */
export interface PatientColumn {
  readonly schema: ColumnSchema;
  /** one cell for each patient of each side */
  readonly sides: readonly Column[];
}

/** Each patient's cell at the row that `at` names of each side; -1 is a missing cell. */
export function cellsAt({ cells }: CourseColumn, at: readonly Int32Array[]): PatientColumn {
  const { schema } = cells;
  if (cells.type === "numeric") {
    const sides = at.map((rows, side): Column => ({
      type: "numeric",
      values: Float64Array.from(rows, (row) => cells.values[side]?.[row] ?? NaN),
    }));
    return { schema, sides };
  }
  const { levels } = cells;
  const sides = at.map((rows, side): Column => ({
    type: "coded",
    levels,
    codes: Int32Array.from(rows, (row) => cells.codes[side]?.[row] ?? -1),
  }));
  return { schema, sides };
}

/** The row of each patient's first visit. */
export const firstRows = ({ starts }: CourseSide): Int32Array => starts.slice(0, -1);

/** The last row of each patient in which `known`, -1 where there is none. */
export function lastKnownRows({ starts, patients }: CourseSide, known: (row: number) => boolean): Int32Array {
  return Int32Array.from({ length: patients }, (_, patient) => {
    let row = (starts[patient + 1] as number) - 1;
    while (row >= (starts[patient] as number) && !known(row)) row--;
    return row < (starts[patient] as number) ? -1 : row;
  });
}

/** Whether a row of table `side` has a cell. */
export function knownIn({ cells }: CourseColumn, side: number): (row: number) => boolean {
  if (cells.type === "coded") {
    const codes = cells.codes[side] as Int32Array;
    return (row) => (codes[row] as number) >= 0;
  }
  const values = cells.values[side] as Float64Array;
  return (row) => !Number.isNaN(values[row]);
}

/** Tables with one row for each patient, for measures of rows: train, holdout, synthetic. */
export function patientTables({ sides }: AlignedCourses, columns: readonly PatientColumn[]): Tables {
  const [train, holdout, synthetic] = sides.map(({ patients }, side): Table => {
    const named = columns.map(({ schema: { name }, sides: cells }) => ({
      name,
      column: cells[side] as Column,
    }));
    const table = tableOfColumns(patients, named);
    return { ...table, schema: { ...table.schema, columns: columns.map(({ schema }) => schema) } };
  }) as [Table, Table, Table];
  return { train, holdout, synthetic };
}
