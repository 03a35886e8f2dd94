import type { Column, ColumnSchema, Table } from "../table/table.ts";

/**
 * A column by which patients are made alike. `places`: numbers and dates as they are (NaN = missing); levels by their
 * code, missing as one more level behind them.
 */
export interface GroupColumn {
  readonly type: "number" | "ordered" | "levels";
  readonly places: ArrayLike<number>;
  /** of numbers: the greatest less the least; of levels: how many occur, missing counted as one */
  readonly span: number;
}

export const groupColumns = (table: Table, known: readonly number[]): GroupColumn[] =>
  known.map((at) => groupColumn(table.columns[at] as Column, table.schema.columns[at] as ColumnSchema));

function groupColumn(column: Column, { measure }: ColumnSchema): GroupColumn {
  if (column.type === "numeric") {
    const { low, high } = rangeOf(column.values, allRows(column.values.length));
    return { type: "number", places: column.values, span: high > low ? high - low : 0 };
  }
  const missing = column.levels.length;
  const places = column.codes.map((code) => (code < 0 ? missing : code));
  return { type: measure === "ordinal" ? "ordered" : "levels", places, span: new Set(places).size };
}

export const allRows = (rows: number): Int32Array => Int32Array.from({ length: rows }, (_, row) => row);

export interface Range {
  readonly low: number;
  readonly high: number;
  /** cells without a number */
  readonly missing: number;
}

/** Of the numbers at `rows`; low above high where there is none. */
export function rangeOf(places: ArrayLike<number>, rows: Int32Array): Range {
  let [low, high, missing] = [Infinity, -Infinity, 0];
  for (const row of rows) {
    const value = places[row] as number;
    if (Number.isNaN(value)) missing++;
    else {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low, high, missing };
}

/** How often each place occurs at `rows`. */
export function countPlaces(places: ArrayLike<number>, rows: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const place = places[row] as number;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return counts;
}

/**
 * Normalised certainty penalty of a group in one column, 0 (every cell told exactly) to 1 (nothing told): of numbers and
 * dates the group's range over the table's, of levels the share of all levels that the group has, 0 for a single one
 * (Xu, Wang, Pei, Wang, Shi & Fu 2006). Where some of a group's numbers are missing and some are not it is 1.
 */
export function certaintyPenalty({ type, places, span }: GroupColumn, rows: Int32Array): number {
  if (type === "number") {
    const { low, high, missing } = rangeOf(places, rows);
    if (missing === rows.length) return 0;
    if (missing > 0) return 1;
    return span > 0 ? (high - low) / span : 0;
  }
  const levels = countPlaces(places, rows).size;
  return levels < 2 ? 0 : levels / span;
}
