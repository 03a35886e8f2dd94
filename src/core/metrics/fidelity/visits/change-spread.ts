import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { emptySums, totalsOf, type PatientSums } from "../../measuring/courses/weighted-distances.ts";
import { quantileSorted, sortedPresent } from "../../../math/statistics.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { changesOf, changingNumbers, NO_NUMBERS, type NumberColumn } from "./changing-numbers.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";

/** A twentieth or 20 times of the real spread: no ratio counts as further off. */
const MOST = Math.log(20);

/** Share of train's changes on either side whose size does not count: few great ones would be most of the spread. */
const OUTER = 0.025;

/**
 * |log of the ratio| of the standard deviations of a number's change from visit to visit, changes beyond the outer 2.5% of
 * train's on either side counted as those (a winsorized standard deviation: Wilcox 2012).
 */
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

  things: async (courses, pulse) => {
    const columns = await changingNumbers(courses, pulse);
    const everybody = new Uint16Array((courses.sides[TRAIN] as CourseSide).patients).fill(1);
    const numbers = await inTurn(columns, pulse, (column): Known[] => {
      const limits = limitsOf(courses, column);
      const usual = spreadOf(totalsOf(sumsOf(courses, { column, limits }, TRAIN), everybody));
      return usual > 0 ? [{ column, limits, usual }] : [];
    });
    const known = numbers.flat();
    if (known.length === 0) return NO_NUMBERS;
    return {
      names: known.map(({ column }) => column.name),
      distancesOf: async (side) => {
        const each = await inTurn(known, pulse, (number) => sumsOf(courses, number, side));
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            const spread = spreadOf(totalsOf(sums, weights));
            const off = Math.abs(Math.log(spread / (known[i]?.usual ?? NaN)));
            return spread > 0 ? Math.min(MOST, off) : MOST;
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `The spread of numbers' changes from visit to visit is off by a factor of ${Math.exp(value).toFixed(2)} on average; ` +
    `in as many held-out patients by one of ${Math.exp(usual).toFixed(2)}.`,
});

interface Known {
  readonly column: NumberColumn;
  /** changes beyond these count as these */
  readonly limits: readonly [number, number];
  /** train's spread of changes */
  readonly usual: number;
}

/** Train's outer quantiles of changes; none where fewer than that change at all. */
function limitsOf({ sides }: AlignedCourses, column: NumberColumn): [number, number] {
  const { values } = changesOf(column, TRAIN, visitPairs(sides[TRAIN] as CourseSide));
  const sorted = sortedPresent(values);
  const [low, high] = [quantileSorted(sorted, OUTER), quantileSorted(sorted, 1 - OUTER)];
  return low < high ? [low, high] : [-Infinity, Infinity];
}

/** n, sum and sum of squares of each patient's changes. */
function sumsOf(
  { sides }: AlignedCourses,
  { column, limits: [low, high] }: Pick<Known, "column" | "limits">,
  side: number,
): PatientSums {
  const own = sides[side] as CourseSide;
  const { values, whose } = changesOf(column, side, visitPairs(own));
  const found = emptySums(own.patients, 3);
  values.forEach((change, i) => {
    if (Number.isNaN(change)) return;
    const value = Math.max(low, Math.min(high, change));
    const from = 3 * (whose[i] as number);
    [1, value, value * value].forEach((term, k) => {
      found.sums[from + k] = (found.sums[from + k] as number) + term;
    });
  });
  return found;
}

/** Standard deviation (n - 1) from n, sum and sum of squares; NaN below two. */
function spreadOf(totals: Float64Array): number {
  const [n = 0, sum = 0, squares = 0] = totals;
  const left = squares - (sum * sum) / n;
  return n > 1 ? Math.sqrt(left > 1e-12 * squares ? left / (n - 1) : 0) : NaN;
}
