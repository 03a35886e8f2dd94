import { alignColumns, type AlignedColumn } from "../../../metrics/measuring/align.ts";
import type { Table } from "../../../table/table.ts";
import type { Courses } from "../../../visits/courses.ts";
import type { CourseClock } from "./course-clock.ts";

/** The courses of one table, as they are drawn. */
export interface CourseSide {
  readonly courses: Courses;
  readonly patients: number;
  /** time of each row of the table since its patient's first visit, in the clock's unit; NaN = not known */
  readonly elapsed: Float64Array;
  /** last less first time of each patient, in the clock's unit */
  readonly lengths: Float64Array;
}

export const REAL = 0;
export const SYNTHETIC = 1;

/** Rows of a patient, in the order of time. */
export const visitsOf = ({ rows, starts }: Courses, patient: number): Int32Array =>
  rows.subarray(starts[patient] as number, starts[patient + 1] as number);

export function sideOf(table: Table, courses: Courses, { each, first }: CourseClock): CourseSide {
  const patients = courses.starts.length - 1;
  const elapsed = new Float64Array(table.rows).fill(NaN);
  const lengths = new Float64Array(patients);
  for (let patient = 0; patient < patients; patient++) {
    const own = visitsOf(courses, patient);
    const begin = courses.times[own[0] as number] as number;
    for (const row of own) {
      elapsed[row] = first + ((courses.times[row] as number) - begin) / each;
      if (!Number.isNaN(elapsed[row])) lengths[patient] = elapsed[row] as number;
    }
  }
  return { courses, patients, elapsed, lengths };
}

/** A column of which real patients have several values, of real and synthetic rows. */
export type ChangingColumn = AlignedColumn;

/** Of the real patients that could show a change, so many at least do: fewer are errors of one visit. */
const LEAST_CHANGED = 0.02;
/** A whole number of so few values is a grade, not a quantity. */
const MOST_GRADES = 6;
const MOST_LEVELS = 12;

/** Learned columns by what they do within real patients. */
export interface ColumnsByCourse {
  readonly numbers: readonly Extract<AlignedColumn, { type: "numeric" }>[];
  /** of at most 12 levels; whole numbers of at most 6 values as levels */
  readonly states: readonly Extract<AlignedColumn, { type: "coded" }>[];
  readonly statics: readonly AlignedColumn[];
}

/** The time itself, and the end of follow-up, are no columns of a course. */
export function columnsByCourse(real: Table, synthetic: Table, courses: Courses): ColumnsByCourse {
  const names = real.schema.columns.flatMap(({ name, course }) => (course === undefined ? [name] : []));
  const sorted: {
    numbers: Extract<AlignedColumn, { type: "numeric" }>[];
    states: Extract<AlignedColumn, { type: "coded" }>[];
    statics: AlignedColumn[];
  } = { numbers: [], states: [], statics: [] };
  for (const column of alignColumns([real, synthetic], names)) {
    if (!changes(column, courses)) sorted.statics.push(column);
    else if (column.type === "coded") {
      if (column.levels.length <= MOST_LEVELS && column.schema.kind !== "text") sorted.states.push(column);
    } else if (column.schema.kind !== "datetime") {
      const grades = column.schema.kind === "integer" ? gradesOf(column) : undefined;
      if (grades === undefined) sorted.numbers.push(column);
      else sorted.states.push(grades);
    }
  }
  return sorted;
}

function changes(column: AlignedColumn, courses: Courses): boolean {
  const cells = column.type === "numeric" ? column.values[REAL] : column.codes[REAL];
  const known = (row: number): boolean =>
    column.type === "numeric" ? !Number.isNaN(cells?.[row]) : (cells?.[row] as number) >= 0;
  let [several, changed] = [0, 0];
  for (let patient = 0; patient + 1 < courses.starts.length; patient++) {
    const own = Array.from(visitsOf(courses, patient)).filter(known);
    if (own.length < 2) continue;
    several++;
    const first = cells?.[own[0] as number];
    if (own.some((row) => cells?.[row] !== first)) changed++;
  }
  return changed > LEAST_CHANGED * several;
}

/** A number of few whole values as levels, in their order. */
function gradesOf({
  schema,
  values,
}: Extract<AlignedColumn, { type: "numeric" }>): Extract<AlignedColumn, { type: "coded" }> | undefined {
  const different = new Set<number>();
  for (const cells of values)
    for (const value of cells) {
      if (!Number.isNaN(value)) different.add(value);
      if (different.size > MOST_GRADES) return undefined;
    }
  const sorted = [...different].sort((a, b) => a - b);
  const at = new Map(sorted.map((value, i) => [value, i]));
  return {
    type: "coded",
    schema,
    levels: sorted.map(String),
    codes: values.map((cells) => Int32Array.from(cells, (value) => at.get(value) ?? -1)),
  };
}
