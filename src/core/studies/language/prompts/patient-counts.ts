import { quantileSorted } from "../../../math/statistics.ts";
import { LEAST_SHARED } from "../../../table/rare-levels.ts";

/** The rows that are summarised, and whose they are: row itself where patients have one row each. */
export interface Patients {
  readonly rows: ArrayLike<number>;
  whose(row: number): number;
}

export function patientsOfRows(rows: ArrayLike<number>, patients: Int32Array | undefined): Patients {
  return { rows, whose: (row) => patients?.[row] ?? row };
}

/** Patients who have a row that `holds`. */
export function patientsWith({ rows, whose }: Patients, holds: (row: number) => boolean): number {
  const found = new Set<number>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    if (holds(row)) found.add(whose(row));
  }
  return found.size;
}

/**
 * One value a patient, the median of what the patient has, ascending: nobody counts more than once, however often they
 * came. NaN is left out.
 */
export function valuePerPatient({ rows, whose }: Patients, values: Float64Array): Float64Array {
  const own = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    const before = own.get(whose(row));
    if (before === undefined) own.set(whose(row), [value]);
    else before.push(value);
  }
  return Float64Array.from(own.values(), (some) =>
    some.length === 1
      ? (some[0] as number)
      : quantileSorted(
          some.toSorted((a, b) => a - b),
          0.5,
        ),
  ).sort();
}

/** A quantile that five patients are behind: the mean of the five whose values stand nearest to it in order. */
export function sharedQuantile(sorted: Float64Array, q: number): number {
  const middle = q * (sorted.length - 1);
  const first = Math.min(
    Math.max(0, Math.round(middle) - Math.floor(LEAST_SHARED / 2)),
    Math.max(0, sorted.length - LEAST_SHARED),
  );
  const some = sorted.subarray(first, first + LEAST_SHARED);
  return some.reduce((sum, value) => sum + value, 0) / some.length;
}

/** 1, 2 or 5 times a power of ten, `size` at least. */
export function roundStep(size: number): number {
  if (!(size > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(size));
  const times = [1, 2, 5, 10].find((one) => one * power >= size * (1 - 1e-9)) ?? 10;
  return times * power;
}

/** Percent that shares among so many patients are rounded to, so that a step stands for five of them or more; 0: they are not said. */
export function shareStep(patients: number): number {
  return [1, 5, 10, 25].find((percent) => (percent / 100) * patients >= LEAST_SHARED) ?? 0;
}
