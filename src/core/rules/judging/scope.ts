import type { Grid } from "../../codec/columns/grid.ts";
import { gridOf, gridOfValues, stepOf } from "../../codec/columns/grid.ts";
import { FaultError } from "../../fault.ts";
import { numberOf, PLAIN, placesOf } from "../../table/formats/number-format.ts";
import { isCommonLevel } from "../../table/rare-levels.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

/** A table as rules ask it: its columns by name, and as numbers. */
export interface Scope {
  readonly table: Table;
  readonly places: ReadonlyMap<string, number>;
  readonly numbers: Map<string, Float64Array>;
  readonly grids: Map<string, Grid>;
  /** A column whose values are read as so much more, to see what its rounding may have changed. */
  readonly shift: { column: string; by: number } | undefined;
}

export function scopeOf(table: Table): Scope {
  const places = new Map(table.schema.columns.map(({ name }, j) => [name, j]));
  return { table, places, numbers: new Map(), grids: new Map(), shift: undefined };
}

/** The place of a column in the table; throws FaultError `unknown-column`. */
export function placeOf({ places }: Scope, name: string): number {
  const place = places.get(name);
  if (place === undefined) throw new FaultError({ code: "unknown-column", name, known: [...places.keys()] });
  return place;
}

export const columnIn = (scope: Scope, name: string): Column =>
  scope.table.columns[placeOf(scope, name)] as Column;

export const schemaIn = (scope: Scope, name: string): ColumnSchema =>
  scope.table.schema.columns[placeOf(scope, name)] as ColumnSchema;

/** The number that each level is; NaN for words. */
export const levelNumbers = (levels: readonly string[], { number }: ColumnSchema): Float64Array =>
  Float64Array.from(levels, (level) => numberOf(level, number ?? PLAIN));

/** A column's cells as numbers: values, milliseconds, or the numbers that levels are; NaN where there is none. */
export function numbersIn(scope: Scope, name: string): Float64Array {
  const column = columnIn(scope, name);
  if (column.type === "numeric") return column.values;
  const known = scope.numbers.get(name);
  if (known) return known;
  const values = levelNumbers(column.levels, schemaIn(scope, name));
  const made = Float64Array.from(column.codes, (code) => values[code] ?? NaN);
  scope.numbers.set(name, made);
  return made;
}

/** Whether the cells of a column are words, so that they are only equal or not. */
export function holdsWords(scope: Scope, name: string): boolean {
  const column = columnIn(scope, name);
  return column.type === "coded" && !levelNumbers(column.levels, schemaIn(scope, name)).some(Number.isFinite);
}

export const isDateIn = (scope: Scope, name: string): boolean => schemaIn(scope, name).kind === "datetime";

/** The values that a column can have as it is written. */
export function gridIn(scope: Scope, name: string): Grid {
  const known = scope.grids.get(name);
  if (known) return known;
  const grid = gridOfCells(columnIn(scope, name), schemaIn(scope, name));
  scope.grids.set(name, grid);
  return grid;
}

function gridOfCells(column: Column, schema: ColumnSchema): Grid {
  if (schema.kind === "datetime") return gridOf(schema);
  if (column.type === "numeric") return gridOfValues(column.values, gridOf(schema));
  const values = levelNumbers(column.levels, schema).filter(Number.isFinite);
  return { type: "decimals", decimals: values.reduce((most, value) => Math.max(most, placesOf(value)), 0) };
}

export const stepIn = (scope: Scope, name: string): number => stepOf(gridIn(scope, name));

/** Whether a cell is missing, by row. */
export function missingIn(scope: Scope, name: string): (row: number) => boolean {
  const column = columnIn(scope, name);
  if (column.type === "numeric") return (row) => !Number.isFinite(column.values[row]);
  const { codes, levels } = column;
  return (row) => (codes[row] as number) < 0 || (codes[row] as number) >= levels.length;
}

/** A column's cells as values that two tables share: levels by name, numbers. undefined: missing, or a withheld level. */
export function sharedCells(scope: Scope, name: string): (row: number) => string | number | undefined {
  const column = columnIn(scope, name);
  if (column.type === "numeric")
    return (row) => (Number.isFinite(column.values[row]) ? column.values[row] : undefined);
  const common = schemaIn(scope, name).rareLevels === "common";
  const levels = column.levels.map((level) => (common && isCommonLevel(level) ? undefined : level));
  return (row) => levels[column.codes[row] as number];
}
