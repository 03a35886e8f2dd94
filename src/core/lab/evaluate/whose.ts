import { LEAST_PATIENTS } from "../small-cells.ts";

/** Some of the patients who have something: up to five, which is as many as need be told apart. */
export type Some = readonly number[];

/**
 * Up to five different patients of each of `parts` things.
 * @param partOf the thing that a row has, negative for none
 * @param patients whose row it is; each its own where that is not said
 */
export function somePatients(
  rows: number,
  parts: number,
  partOf: (row: number) => number,
  patients: ArrayLike<number> | undefined,
): Some[] {
  const found: number[][] = Array.from({ length: parts }, () => []);
  for (let row = 0; row < rows; row++) {
    const own = found[partOf(row)];
    const patient = patients?.[row] ?? row;
    if (own !== undefined && own.length < LEAST_PATIENTS && !own.includes(patient)) own.push(patient);
  }
  return found;
}

/** How many patients there are among several; from five on it is at least five. */
export const patientsAmong = (all: readonly Some[]): number => new Set(all.flat()).size;

/** Some of the patients of ascending values in each bin between `edges`; those beyond the ends count in the end bins. */
export function patientsBetween(
  sorted: Float64Array,
  patients: ArrayLike<number> | undefined,
  edges: readonly number[],
): Some[] {
  const last = edges.length - 2;
  let bin = 0;
  const binAt = (i: number): number => {
    while (bin < last && (sorted[i] as number) >= (edges[bin + 1] as number)) bin++;
    return bin;
  };
  return somePatients(sorted.length, last + 1, binAt, patients);
}
