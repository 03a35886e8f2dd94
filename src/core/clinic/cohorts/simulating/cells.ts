import { mean } from "../../../math/statistics.ts";
import type { Column, Table } from "../../../table/table.ts";

/** A column by its name. Throws Error where there is none. */
export function columnNamed(table: Table, name: string): Column {
  const found = table.columns[table.schema.columns.findIndex((column) => column.name === name)];
  if (found === undefined) throw new Error(`There is no column ${name}.`);
  return found;
}

/** Its numbers, NaN where missing, or its places in levels, -1 where missing. */
export function cellsOf(table: Table, name: string): Float64Array | Int32Array {
  const column = columnNamed(table, name);
  return column.type === "numeric" ? column.values : column.codes;
}

export const rowsWhere = (table: Table, which: (row: number) => boolean = () => true): number[] =>
  Array.from({ length: table.rows }, (_, row) => row).filter(which);

export const known = (values: Iterable<number>): number[] =>
  Array.from(values).filter((value) => !Number.isNaN(value));

/** Mean of those that are known; NaN of none. */
export const meanKnown = (values: Iterable<number>): number => mean(known(values));

/** The known cells of some rows. */
export function pick(table: Table, name: string, rows: readonly number[]): number[] {
  const cells = cellsOf(table, name);
  return known(rows.map((row) => cells[row] as number));
}
