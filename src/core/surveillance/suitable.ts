import type { ColumnSchema, Table } from "../table/table.ts";
import { daysIn, spanOf, tellsDays } from "./incidence.ts";

/** A series has so many events, over so many days at least and at most, so many a week. */
const LEAST_EVENTS = 200;
const LEAST_DAYS = 8 * 7;
/** Longer ones are dates of birth and the like. */
const MOST_DAYS = 15 * 365.25;
const LEAST_A_WEEK = 2;

/** Names of the date columns whose events can be followed over time: the time of courses first, then as they stand. */
export function suitableColumns(table: Table): string[] {
  const names = table.schema.columns.filter((column) => tellsDays(column) && suits(table, column.name));
  const first = (column: ColumnSchema): number => (column.course === "time" ? 0 : 1);
  return names.toSorted((a, b) => first(a) - first(b)).map(({ name }) => name);
}

function suits(table: Table, name: string): boolean {
  const days = daysIn(table, name);
  const span = spanOf(days);
  if (span === undefined) return false;
  const length = span.last - span.first + 1;
  const events = days.reduce((n, day) => n + (Number.isNaN(day) ? 0 : 1), 0);
  return (
    events >= LEAST_EVENTS &&
    length >= LEAST_DAYS &&
    length <= MOST_DAYS &&
    events >= (LEAST_A_WEEK * length) / 7
  );
}
