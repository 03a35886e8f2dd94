import type { Rng } from "../../math/rng.ts";
import { keptCount } from "./column-code.ts";
import type { Grid } from "./grid.ts";
import { snap } from "./grid.ts";

/**
 * How often Monday, Tuesday ... Sunday come among a column's dates: an interval of bins knows weeks and, being drawn evenly
 * between its knots, no days of the week.
 */
export type Weekdays = readonly number[];

const DAY = 86_400_000;
export const DAYS_OF_WEEK = 7;
/** Dates from which on weekdays are told, and the days that these reach over at least. */
const LEAST_DATES = 200;
const LEAST_SPAN = 8 * 7 * DAY;
/** Chi-squared with 6 degrees of freedom, p = 0.001: fewer differences are chance, and the column stays as it is. */
const BEYOND_CHANCE = 22.458;

/** Dates to the day or finer, which every day of the week can have. */
const hasDays = (grid: Grid): boolean =>
  grid.type === "interval" && grid.within === undefined && DAY % grid.milliseconds === 0;

/** Monday = 0 ... Sunday = 6; 1970-01-01 was a Thursday. */
const weekdayOf = (ms: number): number =>
  (((Math.floor(ms / DAY) + 3) % DAYS_OF_WEEK) + DAYS_OF_WEEK) % DAYS_OF_WEEK;

/** @param sorted rising; undefined where `grid` has no days, or the days of the week come alike */
export function learnWeekdays(sorted: Float64Array, grid: Grid): Weekdays | undefined {
  const wide = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) >= LEAST_SPAN;
  if (!hasDays(grid) || sorted.length < LEAST_DATES || !wide) return undefined;
  const counts = new Array<number>(DAYS_OF_WEEK).fill(0);
  for (const value of sorted) counts[weekdayOf(value)] = (counts[weekdayOf(value)] as number) + 1;
  const even = sorted.length / DAYS_OF_WEEK;
  const statistic = counts.reduce((sum, count) => sum + (count - even) ** 2 / even, 0);
  return statistic > BEYOND_CHANCE ? counts.map((count) => keptCount(count)) : undefined;
}

/**
 * `value` on a day of its own week, drawn by `weekdays` from those that lie between `low` and `high`; as it is where none
 * does that ever comes.
 */
export function onWeekday(
  value: number,
  weekdays: Weekdays,
  [low, high]: readonly [number, number],
  grid: Grid,
  rng: Rng,
): number {
  const own = weekdayOf(snap(value, grid));
  const moved = weekdays.map((_, day) => value + (day - own) * DAY);
  const weights = weekdays.map((weight, day) =>
    (moved[day] as number) >= low && (moved[day] as number) <= high ? weight : 0,
  );
  const drawn = rng.uniform();
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) return value;
  let left = drawn * total;
  const day = weights.findIndex((weight) => (left -= weight) < 0);
  return day < 0 ? value : (moved[day] as number);
}
