import { coursesOf, type Courses } from "../../../visits/courses.ts";
import { staticsOf } from "../../../visits/statics.ts";
import { takeRows, type ColumnSchema, type Table } from "../../../table/table.ts";
import { alignColumns, type AlignedColumn } from "../align.ts";
import { columnNames } from "../bounds.ts";
import type { Tables } from "../../metric.ts";
import type { Rng } from "../../../math/rng.ts";

/** Where the tables of `Tables` stand among aligned courses. */
export const [TRAIN, HELD, MADE] = [0, 1, 2] as const;

/** Rows of each table that courses are measured on, at most: whole patients. */
export const MOST_COURSE_ROWS = 50_000;

/** Courses of one table: rows patient after patient, each in the order of time. */
export interface CourseSide {
  readonly patients: number;
  readonly rows: number;
  /** Where each patient begins, and behind the last the number of rows: patients + 1. */
  readonly starts: Int32Array;
  /** Time of each row; NaN = missing, which stands behind the known ones of its patient. */
  readonly times: Float64Array;
  /** The patient of each row, from 0. */
  readonly whose: Int32Array;
}

/** A column of courses, cells in the order of the sides' rows. */
export interface CourseColumn {
  readonly name: string;
  readonly cells: AlignedColumn;
  /** The same at every visit of a patient, in each patient of the first table. */
  readonly fixed: boolean;
}

/** The courses of several tables, in their order. */
export interface AlignedCourses {
  readonly sides: readonly CourseSide[];
  /** All but the time. */
  readonly columns: readonly CourseColumn[];
  readonly time: ColumnSchema;
}

/**
 * Courses of `tables`, whose columns are found by name in the first; undefined where that has no courses. A table whose rows
 * are nobody's has a patient in each row.
 */
export function alignedCourses(tables: readonly Table[]): AlignedCourses | undefined {
  const [first] = tables;
  const known = first && coursesOf(first);
  if (first === undefined || known === undefined) return undefined;
  const time = first.schema.columns[known.time] as ColumnSchema;
  const ordered = tables.map((table) => {
    const described = describedBy(first, table);
    const courses = coursesOf(described);
    return { table: courses ? takeRows(described, courses.rows) : described, courses };
  });
  const aligned = alignColumns(
    ordered.map(({ table }) => table),
    columnNames(first),
  );
  const times = aligned[known.time];
  const sides = ordered.map(({ table, courses }, side) =>
    sideOf(
      courses ?? strangers(table.rows),
      times?.type === "numeric" ? (times.values[side] as Float64Array) : new Float64Array(0),
    ),
  );
  const { statics } = staticsOf(first, known, [...first.columns.keys()]);
  const columns = aligned.flatMap((cells, i) =>
    i === known.time ? [] : [{ name: cells.schema.name, cells, fixed: statics.includes(i) }],
  );
  return { sides, columns, time };
}

/** `table` with the columns of `first`, in their order and as it describes them. */
function describedBy(first: Table, table: Table): Table {
  if (table === first) return table;
  const at = new Map(table.schema.columns.map(({ name }, i) => [name, i]));
  const columns = first.schema.columns.flatMap(({ name }) => {
    const column = table.columns[at.get(name) ?? -1];
    return column === undefined ? [] : [column];
  });
  return columns.length === first.columns.length
    ? { ...table, columns, schema: { ...table.schema, columns: first.schema.columns } }
    : table;
}

/** Each row a patient. */
const strangers = (rows: number): Pick<Courses, "starts"> => ({
  starts: Int32Array.from({ length: rows + 1 }, (_, row) => row),
});

function sideOf({ starts }: Pick<Courses, "starts">, times: Float64Array): CourseSide {
  const patients = starts.length - 1;
  const whose = new Int32Array(times.length);
  for (let patient = 0; patient < patients; patient++)
    whose.fill(patient, starts[patient], starts[patient + 1]);
  return { patients, rows: times.length, starts, times, whose };
}

const kept = new WeakMap<Table, { tables: Tables; courses: AlignedCourses | undefined }>();

/** Train, holdout and synthetic, at most `MOST_COURSE_ROWS` rows of each. Found once where none is larger. */
export function coursesOfTables(tables: Tables, rng: Rng): AlignedCourses | undefined {
  const { train, holdout, synthetic } = tables;
  const all = [train, holdout, synthetic];
  if (all.some(({ rows }) => rows > MOST_COURSE_ROWS))
    return alignedCourses(
      all.map((table, i) => wholePatients(table, MOST_COURSE_ROWS, rng.fork(`patients ${i}`))),
    );
  const known = kept.get(synthetic);
  if (known && known.tables.train === train && known.tables.holdout === holdout) return known.courses;
  const courses = alignedCourses(all);
  kept.set(synthetic, { tables: { ...tables }, courses });
  return courses;
}

/** At most `most` rows of `table`, drawn patient by patient, of at most `mostPatients`; one patient at least. */
export function wholePatients(table: Table, most: number, rng: Rng, mostPatients = Infinity): Table {
  if (table.rows <= Math.min(most, mostPatients)) return table;
  const { patients } = table;
  if (patients === undefined)
    return takeRows(table, rng.choose(table.rows, Math.min(most, mostPatients)).sort());
  const sizes = new Map<number, number>();
  for (const patient of patients) sizes.set(patient, (sizes.get(patient) ?? 0) + 1);
  const all = [...sizes.keys()];
  if (table.rows <= most && all.length <= mostPatients) return table;
  const kept = new Set<number>();
  let rows = 0;
  for (const at of rng.permutation(all.length)) {
    const patient = all[at] as number;
    rows += sizes.get(patient) as number;
    if ((rows > most || kept.size >= mostPatients) && kept.size > 0) break;
    kept.add(patient);
  }
  return takeRows(
    table,
    Int32Array.from(patients.keys()).filter((row) => kept.has(patients[row] as number)),
  );
}
