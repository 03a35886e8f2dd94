import { DAY } from "../table/formats/dates/read-date.ts";

/** Days and ISO weeks (ISO 8601: Monday to Sunday, week 1 has the year's first Thursday) as whole numbers. */

/** Whole days from 1970-01-01 to the day of `ms`. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY);

/** Monday = 0 ... Sunday = 6. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The Monday of a day's week. */
export const mondayOf = (day: number): number => day - weekdayOf(day);

/** The day as 2026-12-01. */
export const dayLabel = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The week of a day as 2026-W49. */
export function weekLabel(day: number): string {
  const thursday = mondayOf(day) + 3;
  const year = new Date(thursday * DAY).getUTCFullYear();
  const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7);
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** The same date so many years before; the 29th of February is the 1st of March in a year without one. */
export function yearsBefore(day: number, years: number): number {
  const date = new Date(day * DAY);
  return dayOf(Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate()));
}

/** How far a day is through its year, 0 to 1. */
export function throughYear(day: number): number {
  const year = new Date(day * DAY).getUTCFullYear();
  const [from, to] = [Date.UTC(year, 0, 1) / DAY, Date.UTC(year + 1, 0, 1) / DAY];
  return (day - from) / (to - from);
}
