import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { decimalsOf, learnFineness } from "../columns/fineness.ts";
import type { Grid } from "../columns/grid.ts";
import { gridOf, gridOfValues } from "../columns/grid.ts";

const NUMBER = /^[-+]?\d+(\.\d+)?$/;
const known = new WeakMap<Column, Float64Array>();

/** Whether a column holds numbers, if need be as levels that are all numbers. */
export const isNumbers = (column: Column): boolean =>
  column.type === "numeric" ||
  (column.levels.length > 0 && column.levels.every((level) => NUMBER.test(level.trim())));

/** A column's cells as numbers; NaN where one is missing or a level that is none. */
export function numbersOf(column: Column): Float64Array {
  if (column.type === "numeric") return column.values;
  const found = known.get(column);
  if (found) return found;
  const numbers = column.levels.map((level) => (NUMBER.test(level.trim()) ? Number(level) : NaN));
  const values = Float64Array.from(column.codes, (code) => numbers[code] ?? NaN);
  known.set(column, values);
  return values;
}

/** The values that column j can take. */
export function gridIn({ columns, schema }: Table, j: number): Grid {
  const column = columns[j] as Column;
  const declared = schema.columns[j] as ColumnSchema;
  if (column.type === "numeric") return gridOfValues(column.values, gridOf(declared));
  const decimals = column.levels.map((level) => level.trim().split(".")[1]?.length ?? 0);
  return { type: "decimals", decimals: Math.max(0, ...decimals) };
}

/** Share of a column's numbers from which decimals are a way in which it is written, and not a few numbers' own. */
const LEAST_WAY = 0.15;

/**
 * The numbers of decimals that column j is written with, rising, where there are several (years of a survey with one
 * decimal, years with two; whole numbers but for small ones); undefined where all are written alike.
 */
export function decimalWays(table: Table, j: number): readonly number[] | undefined {
  const grid = gridIn(table, j);
  const column = table.columns[j] as Column;
  if (grid.type !== "decimals" || grid.decimals === 0 || column.type !== "numeric") return undefined;
  const shares = learnFineness(column.values.filter(Number.isFinite), grid);
  const ways = shares.flatMap((share, k) => (share >= LEAST_WAY || k === grid.decimals ? [k] : []));
  return ways.length > 1 ? ways : undefined;
}

/** Decimals that `value` is written with: the fewest of `ways` that can write it. */
export function decimalsAsWritten(value: number, ways: readonly number[]): number {
  const most = ways.at(-1) ?? 0;
  const own = Number.isFinite(value) ? decimalsOf(value, most) : most;
  return ways.find((way) => way >= own) ?? most;
}
