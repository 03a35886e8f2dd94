import type { Rng } from "../../../math/rng.ts";
import type { ColumnSchema, Table } from "../../../table/table.ts";
import { coursePlanOf } from "../../../visits/course-plan.ts";
import {
  coursesOfTables,
  TRAIN,
  type AlignedCourses,
  type CourseColumn,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import {
  cellsAt,
  firstRows,
  patientTables,
  type PatientColumn,
} from "../../measuring/courses/patient-tables.ts";
import type { Pulse, Tables } from "../../metric.ts";
import { eventClasses } from "../survival-columns.ts";

const DAY = 86_400_000;

/** Patients with the time from their first visit to an event, or to the end of their follow-up. */
export interface TimeToEvent {
  /** One row for each patient: every column at the first visit, then time and event, marked for survival. */
  readonly tables: Tables;
  /** what happens: "status 2" */
  readonly event: string;
  /** what the time is counted in: "days" where visits have dates, else the column's name */
  readonly clock: string;
}

/** What is seen at visits: 1 it is there, 0 it is not, -1 unknown, for each row of each side. */
interface Event {
  readonly column: CourseColumn;
  readonly name: string;
  readonly labels: readonly Int32Array[];
}

/**
 * The event is what the column marked as event stands for, else a level that patients stay in once they have it; the time
 * runs to the first visit with it. Of who never has it, and where the column is the same at all visits, it is the time
 * marked as follow-up, or runs to the end of follow-up, or to the last visit. Who has it at the first visit already is left
 * out, unless it is the same at all visits.
 */
export async function timeToEvent(
  tables: Tables,
  rng: Rng,
  pulse: Pulse,
): Promise<TimeToEvent | { readonly reason: string }> {
  await pulse();
  const courses = coursesOfTables(tables, rng);
  if (courses === undefined) return { reason: "No column says when a visit was." };
  await pulse();
  const event = eventOf(courses, tables.train);
  await pulse();
  if (event === undefined) {
    return {
      reason: "No column is marked as the event, and none has a level that patients stay in.",
    };
  }
  const marked = courses.columns.find(({ cells, fixed }) => fixed && cells.schema.survival === "time");
  const end = courses.columns.find(({ cells }) => cells.schema.course === "end");
  const lasting = event.column.fixed ? marked : undefined;
  const outcomes = courses.sides.map((side, i) => outcomesOf(side, event, lasting, end, i));
  const unit = courses.time.kind === "datetime" && lasting === undefined ? DAY : 1;
  const at = courses.sides.map(firstRows);
  const known = courses.columns.filter(
    (column) =>
      column.cells.schema.survival !== "time" &&
      column !== end &&
      !(column === event.column && event.column.fixed),
  );
  const clock = lasting?.name ?? (unit === DAY ? "days" : courses.time.name);
  return {
    tables: patientTables(courses, [
      ...known.map((column) => plain(cellsAt(column, at))),
      {
        schema: derived(clock, "decimal", "time"),
        sides: outcomes.map(({ times }) => ({
          type: "numeric",
          values: times.map((time) => time / unit),
        })),
      },
      {
        schema: derived(event.name, "boolean", "event"),
        sides: outcomes.map(({ events }) => ({ type: "coded", codes: events, levels: ["no", "yes"] })),
      },
    ]),
    event: event.name,
    clock,
  };
}

/** The marked event; else, of the levels that patients stay in, one of the target, or the one that most patients come to. */
function eventOf({ columns, sides }: AlignedCourses, train: Table): Event | undefined {
  const marked = columns.find(({ cells }) => cells.schema.survival === "event");
  if (marked !== undefined) {
    const classes = eventClasses(marked.cells);
    return classes && { column: marked, name: `${marked.name} ${classes.event}`, labels: classes.labels };
  }
  const found = (coursePlanOf(train)?.absorbing ?? []).flatMap(({ column: at, level }) => {
    const column = columns.find(({ name }) => name === train.schema.columns[at]?.name);
    return column ? [levelEvent(column, level)] : [];
  });
  const aim = (event: Event): number =>
    (event.column.cells.schema.role === "target" ? 1e9 : 0) + reached(event, sides[TRAIN] as CourseSide);
  return found.toSorted((a, b) => aim(b) - aim(a))[0];
}

function levelEvent(column: CourseColumn, level: number): Event {
  const { cells, name } = column;
  const numeric = cells.type === "numeric";
  const labels = (numeric ? cells.values : cells.codes).map((own) =>
    Int32Array.from(own, (value) =>
      value === level ? 1 : (numeric ? Number.isNaN(value) : value < 0) ? -1 : 0,
    ),
  );
  return { column, name: `${name} ${numeric ? level : (cells.levels[level] ?? "")}`, labels };
}

/** Patients who have the event at a later visit than the first. */
function reached({ labels }: Event, { patients, starts }: CourseSide): number {
  const own = labels[TRAIN] as Int32Array;
  let count = 0;
  for (let p = 0; p < patients; p++) {
    const visits = own.subarray(starts[p] as number, starts[p + 1] as number);
    if (visits[0] !== 1 && visits.includes(1)) count++;
  }
  return count;
}

/** Each patient's time, NaN where it is not known, and 1 where the event was seen then, 0 where not, -1 unknown. */
function outcomesOf(
  { patients, starts, times }: CourseSide,
  { column, labels }: Event,
  lasting: CourseColumn | undefined,
  end: CourseColumn | undefined,
  side: number,
): { times: Float64Array; events: Int32Array } {
  const own = labels[side] as Int32Array;
  const valueOf = (of: CourseColumn | undefined, row: number): number =>
    of?.cells.type === "numeric" ? (of.cells.values[side]?.[row] as number) : NaN;
  const found = { times: new Float64Array(patients).fill(NaN), events: new Int32Array(patients).fill(-1) };
  for (let patient = 0; patient < patients; patient++) {
    const [first, behind] = [starts[patient] as number, starts[patient + 1] as number];
    const from = times[first] as number;
    const stop = lasting
      ? valueOf(lasting, first)
      : (known(valueOf(end, first)) ?? lastTime(times, first, behind)) - from;
    let row = first;
    while (row < behind && own[row] !== 1) row++;
    const seen = row < behind;
    if (column.fixed) {
      found.times[patient] = stop;
      found.events[patient] = own[first] as number;
    } else if (row > first) {
      found.times[patient] = seen ? (times[row] as number) - from : stop;
      found.events[patient] = seen ? 1 : 0;
    }
  }
  return found;
}

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** The last time that is known; those that are not stand behind. */
function lastTime(times: Float64Array, first: number, behind: number): number {
  let row = behind - 1;
  while (row > first && Number.isNaN(times[row])) row--;
  return times[row] as number;
}

/** A column of patients has no part in courses or survival any more. */
function plain({ schema, sides }: PatientColumn): PatientColumn {
  const { course: _, survival: __, ...rest } = schema;
  return { schema: rest, sides };
}

const derived = (
  name: string,
  kind: ColumnSchema["kind"],
  survival: NonNullable<ColumnSchema["survival"]>,
): ColumnSchema => ({ name, kind, role: "feature", reason: "", missingToken: "", survival });
