import { alignColumns, type AlignedColumn } from "../../../metrics/measuring/align.ts";
import { followUpOf } from "../../../metrics/utility/survival-columns.ts";
import { takeRows, type ColumnSchema, type Table } from "../../../table/table.ts";
import { absorbingOf } from "../../../visits/absorbing.ts";
import { endColumn } from "../../../visits/courses.ts";
import { levelWords } from "../../../words/courses.ts";
import { secondsOf, type CourseClock } from "./course-clock.ts";
import { REAL, SYNTHETIC, visitsOf, type ColumnsByCourse, type CourseSide } from "./course-side.ts";

/** How each patient's course ends. */
export interface Endings {
  /** "died", "status 2" */
  readonly event: string;
  /** under an axis of time */
  readonly axis: string;
  /** time and end are on the clock of the visits */
  readonly onClock: boolean;
  /** columns say so, and the course ends with it; else it is a level that is reached on the way */
  readonly told: boolean;
  /** real and synthetic, patient by patient: NaN = not known; 1 = the event was seen, 0 = censored, -1 = not known */
  readonly sides: readonly { readonly times: Float64Array; readonly events: Int32Array }[];
}

/**
 * The event and its time: of the columns marked for survival, with the end of follow-up as the time where one is marked;
 * else the first visit in a level that no real patient leaves again. Undefined where there is neither.
 */
export function endingsOf(
  tables: readonly [Table, Table],
  sides: readonly [CourseSide, CourseSide],
  clock: CourseClock,
  columns: ColumnsByCourse,
): Endings | undefined {
  return toldEndings(tables, sides, clock) ?? absorbingEndings(tables, sides, clock, columns);
}

function toldEndings(
  tables: readonly [Table, Table],
  sides: readonly [CourseSide, CourseSide],
  clock: CourseClock,
): Endings | undefined {
  const { columns } = tables[REAL].schema;
  const named = (part: ColumnSchema["survival"]) => columns.find(({ survival }) => survival === part)?.name;
  const event = named("event");
  const end = columns[endColumn(tables[REAL].schema) ?? -1]?.name;
  const time = end ?? named("time");
  if (event === undefined || time === undefined) return undefined;
  const lasts = tables.map((table, side) => takeRows(table, lastVisits(sides[side] as CourseSide)));
  const [timed, told] = alignColumns(lasts, [time, event]) as [AlignedColumn, AlignedColumn];
  if (timed.type !== "numeric") return undefined;
  const onClock = end !== undefined || sameUnit(timed.schema, tables[REAL].schema.columns, clock);
  const values = timed.values.map((own, side) =>
    own.map((value, patient) =>
      end === undefined
        ? value / (onClock ? clock.each : 1)
        : clock.first + (value - firstTime(sides[side] as CourseSide, patient)) / clock.each,
    ),
  );
  const { number: _clock, ...schema } = timed.schema;
  const follow = followUpOf([
    {
      type: "numeric",
      schema: { ...schema, kind: "decimal", survival: "time" },
      values: values.map(notNegative),
    },
    { ...told, schema: { ...told.schema, survival: "event" } },
  ]);
  if ("reason" in follow) return undefined;
  return {
    event: levelWords(event, follow.classes.event),
    axis: onClock ? clock.axis : time,
    onClock,
    told: true,
    sides: values.map((times, side) => ({
      times: notNegative(times),
      events: follow.classes.labels[side] as Int32Array,
    })),
  };
}

const notNegative = (times: Float64Array): Float64Array => times.map((time) => (time < 0 ? NaN : time));

const sameUnit = (time: ColumnSchema, all: readonly ColumnSchema[], { first }: CourseClock): boolean => {
  const visits = all.find(({ course }) => course === "time");
  const [a, b] = [secondsOf(time), visits && secondsOf(visits)];
  return first === 0 && a !== undefined && a === b && time.kind !== "datetime";
};

const firstTime = ({ courses }: CourseSide, patient: number): number =>
  courses.times[visitsOf(courses, patient)[0] as number] as number;

const lastVisits = ({ courses, patients }: CourseSide): Int32Array =>
  Int32Array.from({ length: patients }, (_, patient) => visitsOf(courses, patient).at(-1) as number);

/** Real patients who must come into a level that nobody leaves. */
const LEAST_REACHED = 20;

/** A level that ends courses first, then one that stays; patients who have it at their first visit tell of no time to it. */
function absorbingEndings(
  tables: readonly [Table, Table],
  sides: readonly [CourseSide, CourseSide],
  clock: CourseClock,
  { states }: ColumnsByCourse,
): Endings | undefined {
  const { columns } = tables[REAL].schema;
  const places = states.map(({ schema }) => columns.findIndex(({ name }) => name === schema.name));
  const found = absorbingOf(tables[REAL], sides[REAL].courses, places)
    .filter(({ patients }) => patients >= LEAST_REACHED && patients < sides[REAL].patients)
    .toSorted((a, b) => Number(b.how === "ends") - Number(a.how === "ends"));
  for (const { column, level } of found) {
    const state = states[places.indexOf(column)];
    if (state === undefined) continue;
    // A number of few values stands here as levels, by its text.
    const code =
      tables[REAL].columns[column]?.type === "numeric" ? state.levels.indexOf(String(level)) : level;
    const ends = [REAL, SYNTHETIC].map((side) =>
      untilLevel(code, state.codes[side] as Int32Array, sides[side] as CourseSide),
    );
    const reached = ends[REAL]?.events.filter((event) => event === 1).length ?? 0;
    if (reached < LEAST_REACHED) continue;
    return {
      event: levelWords(state.schema.name, state.levels[code] ?? ""),
      axis: clock.axis,
      onClock: true,
      told: false,
      sides: ends,
    };
  }
  return undefined;
}

function untilLevel(level: number, codes: Int32Array, side: CourseSide): Endings["sides"][number] {
  const times = new Float64Array(side.patients).fill(NaN);
  const events = new Int32Array(side.patients);
  for (let patient = 0; patient < side.patients; patient++) {
    const own = visitsOf(side.courses, patient);
    const at = own.findIndex((row) => codes[row] === level);
    if (at === 0) {
      events[patient] = -1;
      continue;
    }
    const row = at < 0 ? own.findLast((visit) => !Number.isNaN(side.elapsed[visit])) : own[at];
    if (row !== undefined) times[patient] = side.elapsed[row] as number;
    events[patient] = at < 0 ? 0 : 1;
  }
  return { times, events };
}
