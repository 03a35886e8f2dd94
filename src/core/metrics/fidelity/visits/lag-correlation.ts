import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import {
  correlationOf,
  productSums,
  ranksOf,
  totalsOf,
  type PatientSums,
} from "../../measuring/courses/weighted-distances.ts";
import { changingNumbers, NO_NUMBERS, pairedNumbers, type NumberColumn } from "./changing-numbers.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";

/** |rho - rho'| of each number with itself at the visit before, Spearman's, over all pairs of visits. */
export const lagCorrelation = courseDistance({
  id: "lag-correlation",
  name: "From visit to visit",
  margin: 0.08,
  range: [0, 2],
  furthest: 1,
  summary: "Whether a number tells the next visit's as well as in real patients.",
  reference: "Lag-1 autocorrelation by Spearman's rho over pairs of visits: Spearman 1904",
  limits:
    "Sees one step and numbers only, over all patients together: what stays between patients counts too.",
  scored: true,
  claim: ({ column }) => ({
    not: "study changes within patients with it",
    because: `${column ?? "a number"} at one visit tells the next as it does in no real patient`,
  }),
  remedy: "Train longer, or choose a method that learns patients over time.",
  sees: (loss) => `correlations from visit to visit off by ${loss.toFixed(2)}`,

  things: async (courses, pulse) => {
    const columns = await changingNumbers(courses, pulse);
    if (columns.length === 0) return NO_NUMBERS;
    const train = courses.sides[TRAIN] as CourseSide;
    const everybody = new Uint16Array(train.patients).fill(1);
    const real = await inTurn(columns, pulse, sumsIn(courses, TRAIN));
    const usual = real.map((sums) => correlationOf(totalsOf(sums, everybody)));
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const each = await inTurn(columns, pulse, sumsIn(courses, side));
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            const rho = correlationOf(totalsOf(sums, weights));
            return Math.abs((usual[i] as number) - (Number.isNaN(rho) ? 0 : rho));
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Rank correlations of numbers with themselves at the visit before are off by ${value.toFixed(2)} on average; ` +
    `in as many held-out patients by ${usual.toFixed(2)}.`,
});

function sumsIn({ sides }: AlignedCourses, side: number): (column: NumberColumn) => PatientSums {
  const own = sides[side] as CourseSide;
  const pairs = visitPairs(own);
  return (column) => {
    const { a, b, whose } = pairedNumbers(column, side, pairs);
    const both =
      (other: Float64Array) =>
      (value: number, i: number): number =>
        Number.isNaN(other[i]) ? NaN : value;
    return productSums(ranksOf(a.map(both(b))), ranksOf(b.map(both(a))), whose, own.patients);
  };
}
