import type { Column, ColumnSchema, Table } from "../../table/table.ts";
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
