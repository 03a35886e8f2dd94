import { pearson } from "../../math/scores/association.ts";
import { mean } from "../../math/statistics.ts";
import type { Table } from "../../table/table.ts";
import { columnNamed } from "./simulating/cells.ts";

/** Whether a row counts. */
export type Which = (row: number) => boolean;

/**
 * Rows of a table as what is planted is looked for in them: columns by name, levels by their text, since a synthetic table may
 * know fewer levels or in another order. Rows of a patient are together and in the order of time.
 */
export interface PlantedRows {
  readonly count: number;
  /** Cells as numbers, NaN = missing; Yes and No as 1 and 0. Throws Error for a column that is not there. */
  readonly number: (name: string) => (row: number) => number;
  /** Whether the cell has one of these levels; never where it is missing. */
  readonly is: (name: string, ...levels: readonly string[]) => Which;
  /** The patient's row after or before, -1 for none. */
  readonly next: (row: number) => number;
  readonly before: (row: number) => number;
}

export function plantedRows(table: Table): PlantedRows {
  const whose = patientsOf(table);
  const same = (row: number, other: number): number =>
    whose !== undefined && other >= 0 && other < table.rows && whose[row] === whose[other] ? other : -1;
  return {
    count: table.rows,
    number: (name) => {
      const cells = columnNamed(table, name);
      if (cells.type === "numeric") return (row) => cells.values[row] as number;
      const values = cells.levels.map((level) => (level === "Yes" ? 1 : level === "No" ? 0 : NaN));
      return (row) => values[cells.codes[row] as number] ?? NaN;
    },
    is: (name, ...levels) => {
      const cells = columnNamed(table, name);
      if (cells.type === "numeric") throw new Error(`${name} has no levels.`);
      const wanted = new Set(levels.map((level) => cells.levels.indexOf(level)).filter((code) => code >= 0));
      return (row) => wanted.has(cells.codes[row] as number);
    },
    next: (row) => same(row, row + 1),
    before: (row) => same(row, row - 1),
  };
}

function patientsOf({ patients, schema, columns }: Table): ArrayLike<number> | undefined {
  if (patients !== undefined) return patients;
  const id = columns[schema.columns.findIndex(({ role }) => role === "identifier")];
  return id?.type === "coded" ? id.codes : id?.values;
}

/** The first row of each patient, as level 3 shows the patient. */
export const firstOf =
  (rows: PlantedRows): Which =>
  (row) =>
    rows.before(row) < 0;

/** Change of a column to the patient's next row; NaN where there is none. */
export function changeToNext(rows: PlantedRows, name: string): (row: number) => number {
  const value = rows.number(name);
  return (row) => (rows.next(row) < 0 ? NaN : value(rows.next(row)) - value(row));
}

const everyRow: Which = () => true;

const rowsOf = ({ count }: PlantedRows, which: Which): number[] =>
  Array.from({ length: count }, (_, row) => row).filter(which);

/** Mean of what is known of `value` in the rows that count; NaN of none. */
export function meanIn(rows: PlantedRows, value: (row: number) => number, which: Which = everyRow): number {
  const known = rowsOf(rows, which)
    .map(value)
    .filter((one) => !Number.isNaN(one));
  return known.length === 0 ? NaN : mean(known);
}

/** Share of the rows that count which have `what`. */
export const shareIn = (rows: PlantedRows, what: Which, which: Which = everyRow): number =>
  meanIn(rows, (row) => (what(row) ? 1 : 0), which);

/** Correlation of two values where both are known. */
export function correlationIn(
  rows: PlantedRows,
  a: (row: number) => number,
  b: (row: number) => number,
  which: Which = everyRow,
): number {
  const known = rowsOf(rows, which).filter((row) => !Number.isNaN(a(row) + b(row)));
  return pearson(Float64Array.from(known, a), Float64Array.from(known, b));
}

/** Slope of the least squares line of `b` on `a`. */
export function slopeIn(
  rows: PlantedRows,
  a: (row: number) => number,
  b: (row: number) => number,
  which: Which = everyRow,
): number {
  const both: Which = (row) => which(row) && !Number.isNaN(a(row) + b(row));
  const [x, y] = [meanIn(rows, a, both), meanIn(rows, b, both)];
  const product = meanIn(rows, (row) => (a(row) - x) * (b(row) - y), both);
  return product / meanIn(rows, (row) => (a(row) - x) ** 2, both);
}

/** Odds of `what` where `with` holds over those where it does not. */
export function oddsRatioIn(rows: PlantedRows, what: Which, having: Which, which: Which = everyRow): number {
  const odds = (share: number): number => share / (1 - share);
  const at = (yes: boolean): number => shareIn(rows, what, (row) => which(row) && having(row) === yes);
  return odds(at(true)) / odds(at(false));
}
