import type { AlignedColumn } from "../measuring/align.ts";

/**
 * Columns of several tables for Gower's distance as Anonymeter takes it: numbers divided by their range over all tables,
 * |a - b| each; other columns 0 or 1. A missing number is 0 from a missing one and 1 from any other.
 */
export type GowerColumn =
  | {
      readonly type: "numeric";
      readonly values: readonly Float64Array[];
      /** no cell is missing in any table */
      readonly complete: boolean;
    }
  | { readonly type: "coded"; readonly codes: readonly Int32Array[] };

export function gowerColumns(columns: readonly AlignedColumn[]): GowerColumn[] {
  return columns.map((column) => {
    if (column.type === "coded") return { type: "coded", codes: column.codes };
    let [least, most, complete] = [Infinity, -Infinity, true];
    for (const values of column.values) {
      for (const value of values) {
        if (value < least) least = value;
        if (value > most) most = value;
        if (Number.isNaN(value)) complete = false;
      }
    }
    const range = most - least;
    const scale = range > 0 && Number.isFinite(range) ? range : 1;
    const values = column.values.map((side) => side.map((value) => value / scale));
    return { type: "numeric", values, complete };
  });
}

/** Rows taken at a time, so that their distances stay in the nearest cache. */
const TILE = 2048;
const tile = new Float64Array(TILE);

/** Rows of table `to`, the row of table `from` that is asked for, and how many rows `to` has. */
export interface Asked {
  readonly from: number;
  readonly row: number;
  readonly to: number;
  readonly rows: number;
}

/** The row of `to` that is nearest by all `columns`; the first of equal ones. */
export function nearestBy(columns: readonly GowerColumn[], asked: Asked): number {
  let [at, least] = [0, Infinity];
  for (let start = 0; start < asked.rows; start += TILE) {
    const length = fillTile(columns, asked, start);
    for (let i = 0; i < length; i++) {
      const distance = tile[i] as number;
      if (distance < least) [at, least] = [start + i, distance];
    }
  }
  return at;
}

/** For each of the columns `left`, the row of `to` that is nearest by all other columns; the first of equal ones. */
export function nearestWithout(
  columns: readonly GowerColumn[],
  left: readonly number[],
  asked: Asked,
): Int32Array {
  const at = new Int32Array(left.length);
  const least = new Float64Array(left.length).fill(Infinity);
  for (let start = 0; start < asked.rows; start += TILE) {
    const length = fillTile(columns, asked, start);
    left.forEach((k, l) => {
      const better = leastWithout(columns[k] as GowerColumn, asked, start, length, least[l] as number);
      if (better.at < 0) return;
      at[l] = better.at;
      least[l] = better.least;
    });
  }
  return at;
}

/** Distances of the rows from `start` on, in `tile`; how many there are. */
function fillTile(columns: readonly GowerColumn[], { from, row, to, rows }: Asked, start: number): number {
  const length = Math.min(TILE, rows - start);
  tile.fill(0);
  for (const column of columns) {
    if (column.type === "coded") {
      addCode(column.codes[to] as Int32Array, column.codes[from]?.[row] as number, start, length);
    } else {
      const add = column.complete ? addComplete : addNumber;
      add(column.values[to] as Float64Array, column.values[from]?.[row] as number, start, length);
    }
  }
  return length;
}

function addCode(codes: Int32Array, code: number, start: number, length: number): void {
  for (let i = 0; i < length; i++) {
    tile[i] = (tile[i] as number) + Number(codes[start + i] !== code);
  }
}

const apart = (a: number, b: number): number => {
  const distance = Math.abs(a - b);
  return Number.isNaN(distance) ? Number(Number.isNaN(a) !== Number.isNaN(b)) : distance;
};

function addComplete(values: Float64Array, value: number, start: number, length: number): void {
  for (let i = 0; i < length; i++) {
    tile[i] = (tile[i] as number) + Math.abs((values[start + i] as number) - value);
  }
}

function addNumber(values: Float64Array, value: number, start: number, length: number): void {
  for (let i = 0; i < length; i++) {
    tile[i] = (tile[i] as number) + apart(values[start + i] as number, value);
  }
}

/** Two sums that differ by less are the same distance, added up in another order. */
const ROUNDING = 1e-12;

/** The first row of the tile that is nearer than `bar` when `column` is left out; `at` < 0 when none is. */
function leastWithout(
  column: GowerColumn,
  { from, row, to }: Asked,
  start: number,
  length: number,
  bar: number,
): { at: number; least: number } {
  let [at, least] = [-1, bar];
  if (column.type === "coded") {
    const codes = column.codes[to] as Int32Array;
    const code = column.codes[from]?.[row] as number;
    for (let i = 0; i < length; i++) {
      const distance = (tile[i] as number) - Number(codes[start + i] !== code);
      if (distance < least - ROUNDING) [at, least] = [start + i, distance];
    }
    return { at, least };
  }
  const values = column.values[to] as Float64Array;
  const value = column.values[from]?.[row] as number;
  for (let i = 0; i < length; i++) {
    const distance = (tile[i] as number) - apart(values[start + i] as number, value);
    if (distance < least - ROUNDING) [at, least] = [start + i, distance];
  }
  return { at, least };
}
