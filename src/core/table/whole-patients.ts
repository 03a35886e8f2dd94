import type { Rng } from "../math/rng.ts";
import { takeRows, type Table } from "./table.ts";

/**
 * Rows of one patient are alike: where some of them are learned from, or serve as the population, and others are scored, a
 * model or a measure knows the patient again, and two real samples are told apart. So whatever cuts a table cuts between
 * patients (the blocked cross-validation of Roberts et al. 2017).
 */

/** Each row's part, 0 to `parts` - 1, about equally large and drawn at random; rows of one patient are in one part. */
export function partsOf(rows: number, parts: number, rng: Rng, whose?: Int32Array): Uint8Array {
  const part = new Uint8Array(rows);
  if (whose === undefined) {
    rng.permutation(rows).forEach((row, i) => (part[row] = i % parts));
    return part;
  }
  const filled = new Uint32Array(parts);
  for (const own of patientsInRandomOrder(rows, rng, whose)) {
    const least = filled.indexOf(Math.min(...filled));
    for (const row of own) part[row] = least;
    filled[least] = (filled[least] as number) + own.length;
  }
  return part;
}

/** All rows in random order, those of one patient beside each other. */
export const rowsInRandomOrder = (rows: number, rng: Rng, whose?: Int32Array): Int32Array =>
  whose === undefined
    ? rng.permutation(rows)
    : Int32Array.from(patientsInRandomOrder(rows, rng, whose).flat());

/** Two tables of as many different rows of `table`, drawn at random, at most `most` each; no patient is in both. */
export function halvesOf(table: Table, most: number, rng: Rng): [Table, Table] {
  const { rows, patients } = table;
  const order = rng.permutation(rows);
  const half = patients && partsOf(rows, 2, rng, patients);
  const [a, b] = [0, 1].map((side) =>
    half ? order.filter((row) => half[row] === side) : order.subarray(side * (rows >> 1), rows),
  ) as [Int32Array, Int32Array];
  const size = Math.min(most, half ? Math.min(a.length, b.length) : rows >> 1);
  return [takeRows(table, a.slice(0, size)), takeRows(table, b.slice(0, size))];
}

/** The rows of each patient, patients in random order. */
function patientsInRandomOrder(rows: number, rng: Rng, whose: Int32Array): number[][] {
  const of = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    const patient = whose[row] as number;
    const own = of.get(patient);
    if (own === undefined) of.set(patient, [row]);
    else own.push(row);
  }
  const all = [...of.values()];
  return Array.from(rng.permutation(all.length), (i) => all[i] as number[]);
}
