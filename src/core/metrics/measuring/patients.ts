import { wilson, type Bounds } from "../../math/intervals.ts";
import type { Table } from "../../table/table.ts";

/** Counts of fewer patients than this are neither shown nor listed. */
export const LEAST_PATIENTS = 5;

/** 1 to 4: there are some, and too few to tell of. */
export const isFew = (patients: number): boolean => patients > 0 && patients < LEAST_PATIENTS;

/**
 * Different patients in each place; rows, where a row is a patient.
 * @param places a row's place, -1 for none
 * @param whose `Table.patients`
 */
export function patientsIn(places: Int32Array, size: number, whose?: Int32Array): Float64Array {
  const counts = new Float64Array(size);
  const seen = whose && Array.from({ length: size }, () => new Set<number>());
  for (let row = 0; row < places.length; row++) {
    const place = places[row] as number;
    if (place < 0) continue;
    if (seen) seen[place]?.add((whose as Int32Array)[row] as number);
    else counts[place] = (counts[place] as number) + 1;
  }
  return seen ? Float64Array.from(seen, ({ size: patients }) => patients) : counts;
}

/** Different patients of the rows that `holds`; rows, where a row is a patient. */
export function patientsWhere(rows: number, holds: (row: number) => boolean, whose?: Int32Array): number {
  const places = Int32Array.from({ length: rows }, (_, row) => (holds(row) ? 0 : -1));
  return patientsIn(places, 1, whose)[0] as number;
}

/** Different patients of a table; its rows, where a row is a patient. */
export const patientsOf = ({ patients, rows }: Pick<Table, "patients" | "rows">): number =>
  patients ? new Set(patients).size : rows;

/**
 * Different patients per row, 1 where a row is a patient. Rows of one patient are alike: counts times this have about the
 * noise of as many independent rows.
 */
export const patientsPerRow = (table: Table): number => (table.rows > 0 ? patientsOf(table) / table.rows : 1);

/**
 * Wilson's interval of a share of rows, as wide as so many patients make it.
 * @param worth `patientsPerRow` of the table
 */
export const shareOfRows = (successes: number, rows: number, worth: number, z?: number): Bounds =>
  wilson(successes * worth, rows * worth, z);

/** Takes a row, and with `whose` all rows of its patient, out of the nearest ones: `distances` to the rows of its table. */
export function lookPast(row: number, distances: Float32Array, whose?: Int32Array): void {
  distances[row] = Infinity;
  if (whose === undefined) return;
  const own = whose[row];
  for (let other = 0; other < distances.length; other++)
    if (whose[other] === own) distances[other] = Infinity;
}
