import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { emptySums, type PatientSums } from "../../measuring/courses/weighted-distances.ts";
import { changingNumbers, NO_NUMBERS, type NumberColumn } from "./changing-numbers.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";

/** |ICC - ICC'| of each number that changes: how much of its variance is between patients. */
export const intraclassCorrelation = courseDistance({
  id: "intraclass-correlation",
  name: "What stays within patients",
  margin: 0.1,
  range: [0, 2],
  furthest: 1,
  summary: "Whether a patient's values are as alike as those of a real patient.",
  reference: "ICC(1): Shrout and Fleiss 1979; groups of unequal size: Donner 1986",
  limits: "Sees how alike the visits of a patient are, whatever their order.",
  scored: false,

  things: async (courses, pulse) => {
    const columns = await changingNumbers(courses, pulse);
    if (columns.length === 0) return NO_NUMBERS;
    const train = courses.sides[TRAIN] as CourseSide;
    const everybody = new Uint16Array(train.patients).fill(1);
    const real = await inTurn(columns, pulse, (column) => momentSums(courses, column, TRAIN));
    const usual = real.map((sums) => iccOf(sums, everybody));
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const each = await inTurn(columns, pulse, (column) => momentSums(courses, column, side));
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            const icc = iccOf(sums, weights);
            return Math.abs((usual[i] as number) - (Number.isNaN(icc) ? 0 : icc));
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `The share of numbers' variance that lies between patients (ICC) is off by ${value.toFixed(2)} on average; ` +
    `in as many held-out patients by ${usual.toFixed(2)}.`,
});

/** n, sum and sum of squares of each patient's values. */
export function momentSums({ sides }: AlignedCourses, { cells }: NumberColumn, side: number): PatientSums {
  const own = sides[side] as CourseSide;
  const values = cells.values[side] as Float64Array;
  const known = values.filter((value) => !Number.isNaN(value));
  const centre = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
  const found = emptySums(own.patients, 3);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const from = 3 * (own.whose[row] as number);
    const off = value - centre;
    [1, off, off * off].forEach((term, k) => {
      found.sums[from + k] = (found.sums[from + k] as number) + term;
    });
  });
  return found;
}

/**
 * ICC(1) of a one-way analysis of variance, patients as groups, each as often as `weights` says: (MSB - MSW) / (MSB +
 * (n0 - 1) MSW), n0 = (N - sum n² / N) / (k - 1). NaN where a patient never has two values, or nothing varies.
 */
export function iccOf({ sums }: PatientSums, weights: Uint16Array): number {
  let [k, n, squaredSizes, total, squares, within] = [0, 0, 0, 0, 0, 0];
  for (let p = 0; p < weights.length; p++) {
    const weight = weights[p] as number;
    const [size, sum, square] = [sums[3 * p], sums[3 * p + 1], sums[3 * p + 2]] as [number, number, number];
    if (weight === 0 || size === 0) continue;
    k += weight;
    n += weight * size;
    squaredSizes += weight * size * size;
    total += weight * sum;
    squares += weight * square;
    within += weight * (square - (sum * sum) / size);
  }
  if (k < 2 || n <= k) return NaN;
  const between = (squares - (total * total) / n - within) / (k - 1);
  const meanWithin = within / (n - k);
  const size = (n - squaredSizes / n) / (k - 1);
  const icc = (between - meanWithin) / (between + (size - 1) * meanWithin);
  return Number.isFinite(icc) ? Math.max(-1, Math.min(1, icc)) : NaN;
}
