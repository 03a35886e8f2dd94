import { learnedColumns, type Column, type Table } from "../table/table.ts";
import { absorbingOf, type Absorbing } from "./absorbing.ts";
import { coursesOf, endColumn } from "./courses.ts";
import { boundsVisits } from "./follow-up-end.ts";
import { scheduleOf, type Schedule } from "./grid.ts";
import { monotoneOf, type Monotone } from "./monotone.ts";
import { nextTimeOf } from "./next-time.ts";
import { panelsOf } from "./panels.ts";
import { staticsOf, type SlowColumn } from "./statics.ts";

/** What patients over time look like in a table: columns by their place in it, times in the time column's unit. */
export interface CoursePlan {
  readonly patients: number;
  readonly visits: number;
  /** Visits of the patient who has most, and patients who have one. */
  readonly most: number;
  readonly single: number;
  /** The column that says when a visit was. */
  readonly time: number;
  /** The column that says when follow-up ended; it is static. */
  readonly end?: number;
  /** Learned columns that never change within a patient, and those that do; the time is in neither. */
  readonly statics: readonly number[];
  readonly changing: readonly number[];
  /** Changing columns that do so within few patients. */
  readonly slow: readonly SlowColumn[];
  readonly schedule: Schedule;
  /** A changing column that holds the time of the visit that follows. */
  readonly next?: number;
  readonly monotone: readonly Monotone[];
  readonly absorbing: readonly Absorbing[];
  /** Changing columns that are missing together. */
  readonly panels: readonly (readonly number[])[];
}

/**
 * How the patients of `table` go through time; undefined where they have no courses (`coursesOf`). The columns are the
 * learned ones. An end of follow-up that changes within a patient, or lies before a visit of more than 2% of the patients, is none (`end` is left out).
 */
export function coursePlanOf(table: Table): CoursePlan | undefined {
  const work = coursePlanInSteps(table);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/** As `coursePlanOf`; yields between looks at all rows, for the caller to take a breath. */
export function* coursePlanInSteps(table: Table): Generator<undefined, CoursePlan | undefined> {
  const courses = coursesOf(table);
  if (courses === undefined) return undefined;
  yield;
  const { starts, time } = courses;
  const learned = learnedColumns(table.schema).filter((i) => i !== time);
  const { statics, slow } = staticsOf(table, courses, learned);
  yield;
  const isStatic = new Set(statics);
  const changing = learned.filter((i) => !isStatic.has(i));
  const marked = endColumn(table.schema);
  const bounds =
    marked !== undefined && isStatic.has(marked) && boundsVisits(table.columns[marked] as Column, courses);
  const schedule = scheduleOf(courses);
  yield;
  const next = nextTimeOf(table, courses, changing);
  const [monotone, absorbing]: [Monotone[], Absorbing[]] = [[], []];
  for (const i of changing) {
    const oneWay = monotoneOf(table, courses, [i]);
    monotone.push(...oneWay);
    // The greatest of numbers that only rise is no state, nor is the last of visits that are counted.
    if (oneWay.length === 0 || (table.columns[i]?.type === "coded" && oneWay[0]?.strictly === false))
      absorbing.push(...absorbingOf(table, courses, [i]));
    yield;
  }
  return {
    patients: starts.length - 1,
    visits: courses.rows.length,
    ...countsOf(starts),
    time,
    ...(bounds && { end: marked }),
    statics,
    changing,
    slow,
    schedule,
    ...(next !== undefined && { next }),
    monotone,
    absorbing,
    panels: panelsOf(table, changing),
  };
}

function countsOf(starts: Int32Array): { readonly most: number; readonly single: number } {
  let [most, single] = [0, 0];
  for (let p = 0; p + 1 < starts.length; p++) {
    const visits = (starts[p + 1] as number) - (starts[p] as number);
    if (visits > most) most = visits;
    if (visits === 1) single++;
  }
  return { most, single };
}
