import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { emptySums, totalsOf, type PatientSums } from "../../measuring/courses/weighted-distances.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { changesOf, changingNumbers, NO_NUMBERS, type NumberColumn } from "./changing-numbers.ts";
import { courseDistance } from "./course-distance.ts";

/** A twentieth or 20 times of the real spread: no ratio counts as further off. */
const MOST = Math.log(20);

/** |log of the ratio| of the standard deviations of a number's change from visit to visit. */
export const changeSpread = courseDistance({
  id: "change-spread",
  name: "Size of changes",
  margin: 0.15,
  range: [0, MOST],
  furthest: Math.LN2 * 2,
  summary:
    "Whether numbers move within patients as much as in real ones, rather than staying near their mean.",
  reference: "Log ratio of the standard deviations of changes between visits; amplitude: SDV issue 951",
  limits: "Sees how far numbers move, not when, nor in which direction; single great changes weigh much.",
  scored: true,
  claim: ({ column }) => ({
    not: "study changes within patients with it",
    because: `${column ?? "numbers"} within a patient changes more or less than in real ones`,
  }),
  remedy:
    "Train longer, or choose a method that draws each visit from what may follow rather than from its mean.",
  sees: (loss) => `changes ${((Math.exp(loss) - 1) * 100).toFixed(0)}% larger or smaller`,

  things: (courses) => {
    const columns = changingNumbers(courses);
    const train = courses.sides[TRAIN] as CourseSide;
    const everybody = new Uint16Array(train.patients).fill(1);
    const spreads = sumsOf(courses, columns, TRAIN).map((sums) => spreadOf(totalsOf(sums, everybody)));
    const varying = columns.filter((_, i) => (spreads[i] as number) > 0);
    if (varying.length === 0) return NO_NUMBERS;
    const usual = spreads.filter((spread) => spread > 0);
    return {
      names: varying.map(({ name }) => name),
      distancesOf: (side) => {
        const each = sumsOf(courses, varying, side);
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            const spread = spreadOf(totalsOf(sums, weights));
            return spread > 0 ? Math.min(MOST, Math.abs(Math.log(spread / (usual[i] as number)))) : MOST;
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `The spread of numbers' changes from visit to visit is off by a factor of ${Math.exp(value).toFixed(2)} on average; ` +
    `in as many held-out patients by one of ${Math.exp(usual).toFixed(2)}.`,
});

/** n, sum and sum of squares of each patient's changes. */
function sumsOf({ sides }: AlignedCourses, columns: readonly NumberColumn[], side: number): PatientSums[] {
  const own = sides[side] as CourseSide;
  const pairs = visitPairs(own);
  return columns.map((column) => {
    const { values, whose } = changesOf(column, side, pairs);
    const found = emptySums(own.patients, 3);
    values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      const from = 3 * (whose[i] as number);
      [1, value, value * value].forEach((term, k) => {
        found.sums[from + k] = (found.sums[from + k] as number) + term;
      });
    });
    return found;
  });
}

/** Standard deviation (n - 1) from n, sum and sum of squares; NaN below two. */
function spreadOf(totals: Float64Array): number {
  const [n, sum, squares] = totals as unknown as [number, number, number];
  const left = squares - (sum * sum) / n;
  return n > 1 ? Math.sqrt(left > 1e-12 * squares ? left / (n - 1) : 0) : NaN;
}
