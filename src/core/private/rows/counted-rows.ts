import type { Table } from "../../table/table.ts";
import type { NoiseSource } from "../noise/noise-source.ts";
import { keyedHash } from "./keyed-hash.ts";

/**
 * Rows of which no patient has more than `most`, by chance, ascending; every row where each is a patient of its own. Each
 * row has a lot that depends on a secret key, its patient and its place among the patient's rows: which rows of a patient
 * count says nothing of, and does not change with, any other patient. Throws RangeError where `most` is no whole number of
 * at least 1.
 */
export function countedRows({ rows, patients }: Table, most: number, noise: NoiseSource): Int32Array {
  if (!Number.isInteger(most) || most < 1)
    throw new RangeError(`${most} rows of a patient cannot count: it has to be a whole number, 1 or more.`);
  if (patients === undefined) return Int32Array.from({ length: rows }, (_, i) => i);
  const key = Uint32Array.from({ length: 4 }, () => noise.bits());
  const rowsOf = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const whose = patients[row] as number;
    const own = rowsOf.get(whose);
    if (own) own.push(row);
    else rowsOf.set(whose, [row]);
  }
  const taken: number[] = [];
  for (const [whose, own] of rowsOf)
    for (const row of own.length > most ? drawn(own, most, whose, key) : own) taken.push(row);
  return Int32Array.from(taken).sort();
}

/** The `most` rows of one patient with the least lots. */
function drawn(own: readonly number[], most: number, whose: number, key: Uint32Array): number[] {
  const lots = own.map((row, i) => {
    const [low, high] = keyedHash(key, whose, i);
    return { row, lot: high * 2 ** 21 + (low >>> 11) };
  });
  lots.sort((one, other) => one.lot - other.lot);
  return lots.slice(0, most).map(({ row }) => row);
}

/** `rows`, those of a patient together. */
export function unitsOf({ patients }: Pick<Table, "patients">, rows: Int32Array): Int32Array[] {
  if (patients === undefined) return Array.from(rows, (row) => Int32Array.of(row));
  const units = new Map<number, number[]>();
  for (const row of rows) {
    const whose = patients[row] as number;
    const own = units.get(whose);
    if (own === undefined) units.set(whose, [row]);
    else own.push(row);
  }
  return [...units.values()].map((own) => Int32Array.from(own));
}
