import { quantileSorted } from "../../../math/statistics.ts";
import { LEAST_SHARED } from "../../../table/rare-levels.ts";

/** The rows that are summarised, and whose they are: row itself where patients have one row each. */
export interface Patients {
  readonly rows: ArrayLike<number>;
  /** one row a patient: nothing need be gathered */
  readonly single: boolean;
  whose(row: number): number;
}

export function patientsOfRows(rows: ArrayLike<number>, patients: Int32Array | undefined): Patients {
  return { rows, single: patients === undefined, whose: (row) => patients?.[row] ?? row };
}

/** Patients who have a row that `holds`; counted up to `most`. */
export function patientsWith(
  { rows, single, whose }: Patients,
  holds: (row: number) => boolean,
  most = Infinity,
): number {
  if (single) {
    let count = 0;
    for (let i = 0; i < rows.length && count < most; i++) if (holds(rows[i] as number)) count++;
    return count;
  }
  const found = new Set<number>();
  for (let i = 0; i < rows.length && found.size < most; i++) {
    const row = rows[i] as number;
    if (holds(row)) found.add(whose(row));
  }
  return found.size;
}

/**
 * One value a patient, the median of what the patient has, ascending: nobody counts more than once, however often they
 * came. NaN is left out.
 */
export function valuePerPatient(some: Patients, values: Float64Array): Float64Array {
  const { rows, whose } = some;
  if (some.single) return finite(some, values, 1);
  const own = new Map<number, number[]>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    const before = own.get(whose(row));
    if (before === undefined) own.set(whose(row), [value]);
    else before.push(value);
  }
  return Float64Array.from(own.values(), (all) =>
    all.length === 1
      ? (all[0] as number)
      : quantileSorted(
          all.toSorted((a, b) => a - b),
          0.5,
        ),
  ).sort();
}

/** The values of the rows times `sign`, ascending, without NaN. */
function finite({ rows }: Patients, values: Float64Array, sign: number): Float64Array {
  const found = new Float64Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i] as number] as number;
    if (Number.isFinite(value)) found[count++] = sign * value;
  }
  return found.slice(0, count).sort();
}

/** Each patient's least value, ascending, and the negative of each one's greatest, ascending too. */
export function endsOfPatients(
  some: Patients,
  values: Float64Array,
): { readonly least: Float64Array; readonly greatest: Float64Array } {
  const { rows, whose } = some;
  if (some.single) return { least: finite(some, values, 1), greatest: finite(some, values, -1) };
  const least = new Map<number, number>();
  const greatest = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number;
    const value = values[row] as number;
    if (!Number.isFinite(value)) continue;
    const patient = whose(row);
    least.set(patient, Math.min(value, least.get(patient) ?? Infinity));
    greatest.set(patient, Math.min(-value, greatest.get(patient) ?? Infinity));
  }
  return {
    least: Float64Array.from(least.values()).sort(),
    greatest: Float64Array.from(greatest.values()).sort(),
  };
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
