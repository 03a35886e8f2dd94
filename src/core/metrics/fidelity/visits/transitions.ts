import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import {
  emptySums,
  totalsOf,
  variationOf,
  type PatientSums,
} from "../../measuring/courses/weighted-distances.ts";
import { percentage } from "../../measuring/verdict.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";
import type { CourseColumn } from "../../measuring/courses/aligned-courses.ts";

/** A category of more levels than this has too few of each to follow. */
const MOST_LEVELS = 30;
const LEAST_PAIRS = 30;

/**
 * Distance of each category's transition matrix: total variation of what follows a level (or a gap), weighted by how often
 * train has that level before.
 */
export const transitions = courseDistance({
  id: "transitions",
  name: "Steps between categories",
  margin: 0.05,
  range: [0, 1],
  furthest: 1,
  summary: "Whether categories change, and stay, from visit to visit as in real patients.",
  reference:
    "Transition matrices of first-order Markov chains: Anderson and Goodman 1957; total variation distance",
  limits: `Sees one step, whatever time it took, of categories with at most ${MOST_LEVELS} levels.`,
  scored: true,
  claim: ({ column }) => ({
    not: "study how patients progress with it",
    because: `${column ?? "a category"} changes from visit to visit otherwise than in real ones`,
  }),
  remedy:
    "Where a stage never falls, or nothing follows death, state it as a rule on Rules; else train longer.",
  sees: (loss) => `${percentage(loss, 0)} of steps between categories gone wrong`,

  things: async (courses, pulse) => {
    const columns = changingCategories(courses);
    if (columns.length === 0) return "No category changes from visit to visit.";
    const everybody = new Uint16Array((courses.sides[TRAIN] as CourseSide).patients).fill(1);
    const usual = await inTurn(columns, pulse, (column) =>
      totalsOf(stepCounts(courses, column, TRAIN), everybody),
    );
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const each = await inTurn(columns, pulse, (column) => stepCounts(courses, column, side));
        return (weights) =>
          Float64Array.from(each, (steps, i) => apart(usual[i] as Float64Array, totalsOf(steps, weights)));
      },
    };
  },
  sentence: ({ value, usual }) =>
    `What follows a category at the next visit is distributed ${percentage(value)} apart from training patients; ` +
    `in as many held-out patients ${percentage(usual)}.`,
});

type Category = CourseColumn & { readonly cells: Extract<CourseColumn["cells"], { type: "coded" }> };

/** Categories that change within patients, enough pairs of visits given. */
export function changingCategories({ columns, sides }: AlignedCourses): Category[] {
  const { rows, patients } = sides[TRAIN] as CourseSide;
  if (rows - patients < LEAST_PAIRS) return [];
  return columns.filter(
    (column): column is Category =>
      !column.fixed && column.cells.type === "coded" && column.cells.levels.length <= MOST_LEVELS,
  );
}

/** How often a patient goes from each level to each other: row by row, the last row and column are missing cells. */
export function stepCounts({ sides }: AlignedCourses, { cells }: Category, side: number): PatientSums {
  const own = sides[side] as CourseSide;
  const codes = cells.codes[side] as Int32Array;
  const all = cells.levels.length + 1;
  const place = (row: number): number => {
    const code = codes[row] as number;
    return code < 0 ? all - 1 : code;
  };
  const { previous, next, patient } = visitPairs(own);
  const found = emptySums(own.patients, all * all);
  next.forEach((row, i) => {
    const at = (patient[i] as number) * all * all + place(previous[i] as number) * all + place(row);
    found.sums[at] = (found.sums[at] as number) + 1;
  });
  return found;
}

/** Rows' total variation distances, weighted by train's shares of the rows. */
export function apart(train: Float64Array, other: Float64Array): number {
  const all = Math.sqrt(train.length);
  let [steps, off] = [0, 0];
  for (let row = 0; row < all; row++) {
    const [a, b] = [train, other].map((counts) => counts.subarray(row * all, (row + 1) * all)) as [
      Float64Array,
      Float64Array,
    ];
    const weight = a.reduce((sum, n) => sum + n, 0);
    if (weight === 0) continue;
    steps += weight;
    off += weight * variationOf(a, b);
  }
  return steps > 0 ? off / steps : NaN;
}
