import { DAY } from "./read-date.ts";
import type { Level } from "./tokens.ts";

/**
 * Less than a whole date in a cell: "2019-05", "2019". Its value is the start of its period and a mark of 1, 2, 3 or 4
 * milliseconds, the place of its pattern in `DateFormat.coarser`, so that a value says by itself how much of it is known.
 */

const HOUR = 3_600_000;
const rest = (ms: number): number => ms - Math.floor(ms / DAY) * DAY;

/** Place of the value's pattern among `levels` coarser ones, counted from 1; 0: all of it is told. */
export function markOf(ms: number, levels: number): number {
  const mark = ((ms % 60_000) + 60_000) % 60_000;
  return mark >= 1 && mark <= levels && Number.isInteger(mark) ? mark : 0;
}

/** Start of the period of `level` that `ms` lies in. */
export function startOf(ms: number, level: Level): number {
  if (level === "second" || level === "fraction") return ms;
  if (level === "minute") return ms - (((ms % 60_000) + 60_000) % 60_000);
  if (level === "hour") return ms - (((ms % HOUR) + HOUR) % HOUR);
  if (level === "day") return ms - rest(ms);
  const date = new Date(ms);
  const start = new Date(0);
  start.setUTCFullYear(date.getUTCFullYear(), level === "month" ? date.getUTCMonth() : 0, 1);
  return start.getTime();
}

/** End of the period of `level` that `ms` lies in, exclusive. */
export function endOf(ms: number, level: Level): number {
  const start = startOf(ms, level);
  if (level === "minute") return start + 60_000;
  if (level === "hour") return start + HOUR;
  if (level === "day") return start + DAY;
  if (level === "second" || level === "fraction") return start;
  const date = new Date(start);
  date.setUTCMonth(date.getUTCMonth() + (level === "month" ? 1 : 12));
  return date.getTime();
}
