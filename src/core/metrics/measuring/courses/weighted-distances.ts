import { sortedPresent } from "../../../math/statistics.ts";

/** Each row's value and patient. */
export interface OfPatients {
  readonly values: Float64Array;
  readonly whose: Int32Array;
}

/**
 * Kolmogorov-Smirnov statistic of present values against `train`, rows counted as often as their patient in `weights`; 1
 * where there are none, NaN where train has none.
 */
export function kolmogorovBeside(
  train: Float64Array,
  { values, whose }: OfPatients,
): (weights: Uint16Array) => number {
  const reference = sortedPresent(train);
  const present = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const rows = present.sort((a, b) => (values[a] as number) - (values[b] as number));
  const patients = rows.map((row) => whose[row] as number);
  const [below, upTo] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  /** 1 where the next value is another */
  const last = new Uint8Array(rows.length);
  let [i, j] = [0, 0];
  rows.forEach((row, at) => {
    const value = values[row] as number;
    while (i < reference.length && (reference[i] as number) < value) i++;
    j = Math.max(j, i);
    while (j < reference.length && (reference[j] as number) <= value) j++;
    below[at] = i / reference.length;
    upTo[at] = j / reference.length;
    last[at] = at + 1 === rows.length || values[rows[at + 1] as number] !== value ? 1 : 0;
  });
  return (weights) => {
    if (reference.length === 0) return NaN;
    let total = 0;
    for (const patient of patients) total += weights[patient] as number;
    if (total === 0) return 1;
    let [sum, before, worst] = [0, 0, 0];
    for (let at = 0; at < patients.length; at++) {
      sum += weights[patients[at] as number] as number;
      if (last[at] === 0) continue;
      if (sum === before) continue;
      worst = Math.max(
        worst,
        Math.abs(before / total - (below[at] as number)),
        Math.abs(sum / total - (upTo[at] as number)),
      );
      before = sum;
    }
    return worst;
  };
}

/** Numbers of each patient that add up over patients: patient p's are `sums[p * width ...]`. */
export interface PatientSums {
  readonly width: number;
  readonly sums: Float64Array;
}

export const emptySums = (patients: number, width: number): PatientSums => ({
  width,
  sums: new Float64Array(patients * width),
});

/** The numbers of all patients together, each counted as often as `weights` says. */
export function totalsOf({ width, sums }: PatientSums, weights: Uint16Array): Float64Array {
  const totals = new Float64Array(width);
  for (let patient = 0; patient < weights.length; patient++) {
    const weight = weights[patient] as number;
    if (weight === 0) continue;
    const from = patient * width;
    for (let k = 0; k < width; k++) totals[k] = (totals[k] as number) + weight * (sums[from + k] as number);
  }
  return totals;
}

/** How often each code comes among a patient's rows; missing (-1) is a level of its own behind the others. */
export function codeCounts(
  codes: Int32Array,
  whose: Int32Array,
  levels: number,
  patients: number,
): PatientSums {
  const found = emptySums(patients, levels + 1);
  codes.forEach((code, row) => {
    const at = (whose[row] as number) * (levels + 1) + (code < 0 ? levels : code);
    found.sums[at] = (found.sums[at] as number) + 1;
  });
  return found;
}

/** Total variation distance of two lists of counts; 1 where the second is empty, NaN where the first is. */
export function variationOf(train: ArrayLike<number>, other: ArrayLike<number>): number {
  let [a, b, off] = [0, 0, 0];
  for (let k = 0; k < train.length; k++) {
    a += train[k] as number;
    b += other[k] as number;
  }
  if (a === 0) return NaN;
  if (b === 0) return 1;
  for (let k = 0; k < train.length; k++) off += Math.abs((train[k] as number) / a - (other[k] as number) / b);
  return off / 2;
}

/** Ranks of present values from 1, equal values at the middle of theirs; NaN stays. */
export function ranksOf(values: Float64Array): Float64Array {
  const rows = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  rows.sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let from = 0; from < rows.length;) {
    let to = from + 1;
    while (to < rows.length && values[rows[to] as number] === values[rows[from] as number]) to++;
    for (let at = from; at < to; at++) ranks[rows[at] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Sums for Pearson's r of x and y over the rows where both are known. */
export function productSums(
  x: Float64Array,
  y: Float64Array,
  whose: Int32Array,
  patients: number,
): PatientSums {
  const found = emptySums(patients, 6);
  const [a, b] = [middleOf(x), middleOf(y)];
  for (let row = 0; row < x.length; row++) {
    const [dx, dy] = [(x[row] as number) - a, (y[row] as number) - b];
    if (Number.isNaN(dx) || Number.isNaN(dy)) continue;
    const from = (whose[row] as number) * 6;
    const { sums } = found;
    sums[from] = (sums[from] as number) + 1;
    sums[from + 1] = (sums[from + 1] as number) + dx;
    sums[from + 2] = (sums[from + 2] as number) + dy;
    sums[from + 3] = (sums[from + 3] as number) + dx * dx;
    sums[from + 4] = (sums[from + 4] as number) + dy * dy;
    sums[from + 5] = (sums[from + 5] as number) + dx * dy;
  }
  return found;
}

function middleOf(values: Float64Array): number {
  let [n, sum] = [0, 0];
  for (const value of values)
    if (!Number.isNaN(value)) {
      n++;
      sum += value;
    }
  return n > 0 ? sum / n : 0;
}

/** Pearson's r from the totals of `productSums`; NaN where one side does not vary. */
export function correlationOf(totals: Float64Array): number {
  const [n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0] = totals;
  const [vx, vy] = [xx - (x * x) / n, yy - (y * y) / n];
  const [leastX, leastY] = [1e-12 * xx, 1e-12 * yy];
  return vx > leastX && vy > leastY ? (xy - (x * y) / n) / Math.sqrt(vx * vy) : NaN;
}
