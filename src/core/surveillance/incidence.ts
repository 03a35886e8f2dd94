import { FaultError } from "../fault.ts";
import { isDated, levelOf } from "../table/formats/dates/tokens.ts";
import { markOf } from "../table/formats/dates/precision.ts";
import type { ColumnSchema, Table } from "../table/table.ts";
import { dayOf, mondayOf, weekdayOf } from "./calendar.ts";

export const EVERY = ["day", "week"] as const;
export type Every = (typeof EVERY)[number];

/** Days that one period lasts. */
export const daysOf = (every: Every): number => (every === "week" ? 7 : 1);

/** Days from the first to the last, both counted, as days since 1970-01-01. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Events in each day or ISO week from the first to the last, those without an event too. */
export interface Incidence {
  readonly every: Every;
  /** First day of the first period, in days since 1970-01-01; of weeks a Monday. */
  readonly start: number;
  /** Rows in each period. */
  readonly counts: Float64Array;
  /** Different patients in each period: rows, where a row is a patient. */
  readonly patients: Float64Array;
  /** The first and the last week that the dates begin or end within: their counts may be too low. */
  readonly partial: { readonly first: boolean; readonly last: boolean };
  /** Rows in all periods. */
  readonly events: number;
  /** Rows without a date, or with one that tells no day. */
  readonly undated: number;
  /** Rows whose day lies outside of the span that was given. */
  readonly outside: number;
}

/** Only rows with this level of a category are counted. */
export interface OneLevel {
  readonly column: string;
  readonly level: string;
}

export interface Asked {
  readonly column: string;
  readonly every: Every;
  readonly by?: OneLevel | undefined;
  /** Left out: from the first to the last day of the table. */
  readonly span?: Span | undefined;
}

/** Whether a column has days in it: a date column whose dates tell more than a month. */
export const tellsDays = ({ kind, date }: ColumnSchema): boolean => {
  if (kind !== "datetime" || date === undefined) return false;
  const level = levelOf(date.pattern);
  return isDated(date.pattern) && level !== "year" && level !== "month";
};

/** Index of the column of days that `name` names. Throws FaultError `unknown-column` or `no-incidence`. */
export function columnOfDays(table: Table, name: string): number {
  const at = indexOf(table, name);
  if (!tellsDays(table.schema.columns[at] as ColumnSchema))
    throw new FaultError({
      code: "no-incidence",
      reason: `“${name}” is not a column of dates that tell a day.`,
      remedy: wayOut(table),
    });
  return at;
}

function wayOut({ schema }: Table): string {
  const names = schema.columns.filter(tellsDays).map(({ name }) => `“${name}”`);
  if (names.length === 0)
    return "No column of the table is. Check how its dates were read, and set their format.";
  return `Choose ${names.slice(0, 5).join(", ")}, or set how its dates are written.`;
}

function indexOf({ schema }: Table, name: string): number {
  const at = schema.columns.findIndex((column) => column.name === name);
  if (at < 0)
    throw new FaultError({
      code: "unknown-column",
      name,
      known: schema.columns.map((column) => column.name),
    });
  return at;
}

/** The day of each row, NaN where it has none. Throws as `columnOfDays`. */
export function daysIn(table: Table, name: string): Float64Array {
  const at = columnOfDays(table, name);
  const column = table.columns[at];
  if (column?.type !== "numeric") return new Float64Array(table.rows).fill(NaN);
  const coarser = table.schema.columns[at]?.date?.coarser?.length ?? 0;
  return column.values.map((ms) => (Number.isFinite(ms) && markOf(ms, coarser) === 0 ? dayOf(ms) : NaN));
}

/** First and last day; undefined where there is none. */
export function spanOf(days: Float64Array): Span | undefined {
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return first <= last ? { first, last } : undefined;
}

/** Whether a row has the level; every row where none is asked for. Throws FaultError. */
function rowsOf(table: Table, by: OneLevel | undefined): (row: number) => boolean {
  if (by === undefined) return () => true;
  const column = table.columns[indexOf(table, by.column)];
  if (column?.type !== "coded")
    throw new FaultError({
      code: "no-incidence",
      reason: `“${by.column}” holds numbers or dates, so rows cannot be picked by one of its levels.`,
      remedy: "Name a category.",
    });
  const code = column.levels.indexOf(by.level);
  if (code < 0)
    throw new FaultError({
      code: "no-incidence",
      reason: `“${by.column}” has no level “${by.level}”.`,
      remedy: `Its levels are ${column.levels.slice(0, 5).join(", ")}${column.levels.length > 5 ? " and others" : ""}.`,
    });
  return (row) => column.codes[row] === code;
}

/** Most periods of a series: one wrong year must not fill the memory. */
const MOST_PERIODS = 100_000;

/**
 * Counts per day or ISO week, zeros filled in.
 * Throws FaultError `unknown-column`, or `no-incidence` where the column tells no days or is empty, or the span too long.
 */
export function incidenceOf(table: Table, { column, every, by, span }: Asked): Incidence {
  const days = daysIn(table, column);
  const counted = rowsOf(table, by);
  const { first, last } = span ?? spanOf(days) ?? noDays(column);
  const length = daysOf(every);
  const start = every === "week" ? mondayOf(first) : first;
  const periods = Math.floor((last - start) / length) + 1;
  if (periods > MOST_PERIODS)
    throw new FaultError({
      code: "no-incidence",
      reason: `“${column}” reaches over ${Math.round((last - first) / 365.25).toLocaleString("en-US")} years.`,
      remedy: "Look for a wrong year in it.",
    });
  const counts = new Float64Array(periods);
  const seen = table.patients && Array.from({ length: periods }, () => new Set<number>());
  let [undated, outside] = [0, 0];
  days.forEach((day, row) => {
    if (!counted(row)) return;
    if (Number.isNaN(day)) return void undated++;
    if (day < first || day > last) return void outside++;
    const period = Math.floor((day - start) / length);
    counts[period] = (counts[period] as number) + 1;
    seen?.[period]?.add(table.patients?.[row] as number);
  });
  return {
    every,
    start,
    counts,
    patients: seen ? Float64Array.from(seen, ({ size }) => size) : counts,
    partial: {
      first: every === "week" && weekdayOf(first) !== 0,
      last: every === "week" && weekdayOf(last) !== 6,
    },
    events: counts.reduce((sum, count) => sum + count, 0),
    undated,
    outside,
  };
}

const noDays = (column: string): never => {
  throw new FaultError({
    code: "no-incidence",
    reason: `“${column}” has no date in any row.`,
    remedy: "Name another column, or set how its dates are written.",
  });
};

/** First day of period `i`. */
export const periodStart = ({ every, start }: Incidence, i: number): number => start + i * daysOf(every);

/** Periods that the dates cover wholly: from, and up to without the last. */
export function wholePeriods({ counts, partial }: Incidence): { from: number; to: number } {
  return { from: partial.first ? 1 : 0, to: counts.length - (partial.last ? 1 : 0) };
}

/** Days from which on weeks are counted. */
const LONG = 26 * 7;
/** Events a day from which on days are counted where the span is short. */
const DENSE = 3;

/** By day where the span is short and most days have events, else by week. */
export const everyFor = ({ first, last }: Span, events: number): Every => {
  const days = last - first + 1;
  return days < LONG && events >= DENSE * days ? "day" : "week";
};
