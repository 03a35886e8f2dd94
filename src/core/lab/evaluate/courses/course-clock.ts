import { quantileSorted } from "../../../math/statistics.ts";
import type { ColumnSchema } from "../../../table/table.ts";
import type { Courses } from "../../../visits/courses.ts";
import type { CoursesComparison } from "../../../report/report.ts";
import { timeUnitOf, type TimeUnit } from "../../../words/time-unit.ts";

/** How the time of a course is drawn. */
export interface CourseClock extends Readonly<CoursesComparison["clock"]> {
  /** the column's units in one drawn unit: 365.25 where days are drawn as years */
  readonly each: number;
  /** what the first visit is drawn at: 1 where visits are counted */
  readonly first: number;
}

const SECOND = 1;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365.25 * DAY;

const SECONDS: Readonly<Record<TimeUnit, number>> = {
  seconds: SECOND,
  minutes: MINUTE,
  hours: HOUR,
  days: DAY,
  weeks: 7 * DAY,
  months: YEAR / 12,
  years: YEAR,
};

/** What is drawn, the coarsest first: a unit of which nine of ten courses last at least two. */
const DRAWN: readonly (readonly [string, number])[] = [
  ["years", YEAR],
  ["days", DAY],
  ["hours", HOUR],
  ["minutes", MINUTE],
  ["seconds", SECOND],
];

/** Seconds in one unit of the column; undefined where its unit is not known. */
export function secondsOf(column: ColumnSchema): number | undefined {
  if (column.kind === "datetime") return 0.001;
  if (column.number?.clock !== undefined) return MINUTE;
  const unit = timeUnitOf(column);
  return unit && SECONDS[unit];
}

/** The clock of real courses: it draws synthetic ones too. */
export function clockOf(schema: ColumnSchema, courses: Courses): CourseClock {
  if (countsVisits(courses)) return { unit: "visit", axis: "visit", each: 1, first: 1 };
  const lengths = lengthsOf(courses);
  const seconds = secondsOf(schema);
  const usual = quantileSorted(lengths, 0.9);
  if (seconds === undefined)
    return { unit: schema.name, axis: `${schema.name}, from the first visit`, each: 1, first: 0 };
  const [unit, drawn] =
    DRAWN.find(([, size]) => usual * seconds >= 2 * size) ?? (DRAWN.at(-1) as [string, number]);
  return { unit, axis: `${unit} since the first visit`, each: drawn / seconds, first: 0 };
}

/** Last less first known time of each patient, ascending. */
function lengthsOf({ rows, starts, times }: Courses): Float64Array {
  const lengths: number[] = [];
  for (let p = 0; p + 1 < starts.length; p++) {
    const own = Array.from(rows.subarray(starts[p], starts[p + 1]), (row) => times[row] as number);
    const known = own.filter((time) => !Number.isNaN(time));
    if (known.length > 0) lengths.push((known.at(-1) as number) - (known[0] as number));
  }
  return Float64Array.from(lengths).sort();
}

/** Whole numbers that go up by one from visit to visit, from 0 or 1 on. */
function countsVisits({ rows, starts, times }: Courses): boolean {
  let [gaps, ones] = [0, 0];
  for (let p = 0; p + 1 < starts.length; p++) {
    const from = starts[p] as number;
    const first = times[rows[from] as number] as number;
    if (first !== 0 && first !== 1) return false;
    for (let at = from + 1; at < (starts[p + 1] as number); at++) {
      const gap = (times[rows[at] as number] as number) - (times[rows[at - 1] as number] as number);
      gaps++;
      if (gap === 1) ones++;
    }
  }
  return gaps > 0 && ones >= 0.98 * gaps;
}
