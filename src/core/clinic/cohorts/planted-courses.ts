import { meanIn } from "./planted-rows.ts";
import type { PlantedRows, Which } from "./planted-rows.ts";

/** A column that says when a row was, and how much of it is a year. */
export interface Clock {
  readonly time: string;
  readonly perYear: number;
}

/** Rows followed by another of the same patient, both with a time and both `known`. */
const followed = (rows: PlantedRows, clock: Clock, known: Which): Which => {
  const time = rows.number(clock.time);
  const both: Which = (row) => known(row) && !Number.isNaN(time(row));
  return (row) => rows.next(row) >= 0 && both(row) && both(rows.next(row));
};

/** Mean of `each` over the mean of years from row to next row: a sum for each year that patients spend there. */
function perYear(rows: PlantedRows, clock: Clock, each: (row: number) => number, which: Which): number {
  const time = rows.number(clock.time);
  const years = (row: number): number => (time(rows.next(row)) - time(row)) / clock.perYear;
  return meanIn(rows, each, which) / meanIn(rows, years, which);
}

/** Rows whose next is `to`, for each year that patients spend in `from`; pairs of which both are `known`. */
export function transitionsPerYear(
  rows: PlantedRows,
  { known, from, to, clock }: { known: Which; from: Which; to: Which; clock: Clock },
): number {
  const both = followed(rows, clock, known);
  return perYear(
    rows,
    clock,
    (row) => (to(rows.next(row)) ? 1 : 0),
    (row) => both(row) && from(row),
  );
}

/** Change of `column` a year from row to next row, over pairs of which both are `steady`. */
export function changePerYear(
  rows: PlantedRows,
  column: string,
  { steady, clock }: { steady: Which; clock: Clock },
): number {
  const value = rows.number(column);
  const both = followed(rows, clock, (row) => !Number.isNaN(value(row)));
  return perYear(
    rows,
    clock,
    (row) => value(rows.next(row)) - value(row),
    (row) => both(row) && steady(row) && steady(rows.next(row)),
  );
}

/** Mean change of `column` since the row before where `having` has begun, less that where neither row has it. */
export function changeAtStart(rows: PlantedRows, column: string, having: Which): number {
  const value = rows.number(column);
  const change = (row: number): number => value(row) - value(rows.before(row));
  const at = (begun: boolean): number =>
    meanIn(
      rows,
      change,
      (row) => rows.before(row) >= 0 && !having(rows.before(row)) && having(row) === begun,
    );
  return at(true) - at(false);
}
