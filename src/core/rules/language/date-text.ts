import { readDate } from "../../table/formats/dates/read-date.ts";
import { isDated, levelOf } from "../../table/formats/dates/tokens.ts";
import type { Grid } from "../../codec/columns/grid.ts";
import { gridOf, snap } from "../../codec/columns/grid.ts";
import type { ColumnSchema } from "../../table/table.ts";

/** The time that a date's text means, both ends included: "2020-01" is the whole of January. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const CLOCKS: readonly (readonly [string, number])[] = [
  ["HH:mm:ss.SSS", 1],
  ["HH:mm:ss", SECOND],
  ["HH:mm", MINUTE],
];
const PATTERNS: readonly (readonly [string, number])[] = [
  ["YYYY-MM-DD", DAY],
  ...CLOCKS.flatMap(
    ([clock, unit]) =>
      [
        [`YYYY-MM-DDT${clock}`, unit],
        [`YYYY-MM-DD ${clock}`, unit],
        [`YYYY-MM-DDT${clock}Z`, unit],
      ] as const,
  ),
];

/** A date as ISO 8601 writes it, or as `column` does; undefined where `text` is neither. */
export function readPeriod(text: string, column?: Pick<ColumnSchema, "date">): Period | undefined {
  const clockOnly = column?.date !== undefined && !isDated(column.date.pattern);
  for (const [pattern, unit] of clockOnly ? CLOCKS : PATTERNS) {
    const from = readDate(text, pattern);
    if (!Number.isNaN(from)) return { from, to: from + unit - 1 };
  }
  const month = /^(\d{4})(?:-(\d\d))?$/.exec(text);
  if (month) {
    const first = readDate(`${month[1]}-${month[2] ?? "01"}-01`, "YYYY-MM-DD");
    if (!Number.isNaN(first))
      return { from: first, to: monthsLater(first, month[2] === undefined ? 12 : 1) - 1 };
  }
  const from = column?.date ? readDate(text, column.date) : NaN;
  return Number.isNaN(from) ? undefined : { from, to: from + unitOf(column?.date?.pattern ?? "", from) - 1 };
}

function monthsLater(ms: number, months: number): number {
  const date = new Date(ms);
  return date.setUTCMonth(date.getUTCMonth() + months);
}

function unitOf(pattern: string, from: number): number {
  switch (levelOf(pattern)) {
    case "fraction":
      return 1;
    case "second":
      return SECOND;
    case "minute":
      return MINUTE;
    case "hour":
      return HOUR;
    case "day":
      return DAY;
    case "month":
      return monthsLater(from, 1) - from;
    case "year":
      return monthsLater(from, 12) - from;
  }
}

/** `ms` as ISO 8601 writes it, as short as it can be; undefined where a date's text cannot hold it. */
export function writeMoment(ms: number, clockOnly: boolean): string | undefined {
  const moment = new Date(ms);
  const year = moment.getUTCFullYear();
  if (!Number.isInteger(ms) || !(year >= 0 && year <= 9999)) return undefined;
  const [day, clock] = moment.toISOString().slice(0, -1).split("T") as [string, string];
  const short = clock.endsWith(":00.000")
    ? clock.slice(0, 5)
    : clock.endsWith(".000")
      ? clock.slice(0, 8)
      : clock;
  if (clockOnly && ms >= 0 && ms < DAY) return short;
  return ms % DAY === 0 ? day : `${day}T${short}`;
}

/** The grid's last value that is not above `value`. */
export function flooredTo(grid: Grid, value: number): number {
  if (grid.type === "interval") return Math.floor(value / grid.milliseconds) * grid.milliseconds;
  const near = snap(value, grid);
  if (near <= value || grid.type === "decimals" || grid.type === "free") return near;
  return monthsLater(near, grid.type === "month" ? -1 : -12);
}

/** The last value of a date column that is not after `ms`; `ms` itself where the column's pattern is not known. */
export const lastUpTo = (ms: number, column: Pick<ColumnSchema, "date">): number =>
  column.date === undefined ? ms : flooredTo(gridOf(schemaLike(column)), ms);

/** The first value of a date column that is not before `ms`. */
export function firstFrom(ms: number, column: Pick<ColumnSchema, "date">): number {
  if (column.date === undefined) return ms;
  const grid = gridOf(schemaLike(column));
  const below = flooredTo(grid, ms);
  if (below === ms) return ms;
  if (grid.type === "interval") return below + grid.milliseconds;
  return grid.type === "month" || grid.type === "year"
    ? monthsLater(below, grid.type === "month" ? 1 : 12)
    : ms;
}

const schemaLike = ({ date }: Pick<ColumnSchema, "date">): ColumnSchema => ({
  name: "",
  kind: "datetime",
  role: "feature",
  reason: "",
  missingToken: "",
  ...(date && { date }),
});
