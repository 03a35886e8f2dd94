import {
  TRAIN,
  type AlignedCourses,
  type CourseColumn,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { emptySums, totalsOf, type PatientSums } from "../../measuring/courses/weighted-distances.ts";
import { percentage } from "../../measuring/verdict.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import { courseDistance } from "./course-distance.ts";

/** Visits after a gap, and after a value, that train needs, and patients who have them. */
const [LEAST_PAIRS, LEAST_PATIENTS] = [20, 10];

/** Difference of a column's missing rates after a visit without, and after one with a value; the mean of both. */
export const missingRuns = courseDistance({
  id: "missing-runs",
  name: "Gaps that go on",
  margin: 0.05,
  range: [0, 1],
  furthest: 1,
  summary: "Whether what is missing at a visit is missing at the next as often as in real patients.",
  reference: "Transition probabilities of missing flags: Diggle and Kenward 1994",
  limits: "Sees one column and one step at a time; cells missing together at a visit are in “Missing cells”.",
  scored: false,

  things: async (courses, pulse) => {
    const gaps = await inTurn(courses.columns, pulse, (column) => hasGaps(courses, column));
    const columns = courses.columns.filter((_, i) => gaps[i]);
    if (columns.length === 0) return "Too few cells are missing at some visits and not at others.";
    const everybody = new Uint16Array((courses.sides[TRAIN] as CourseSide).patients).fill(1);
    const usual = await inTurn(columns, pulse, (column) =>
      ratesOf(totalsOf(sumsOf(courses, column, TRAIN), everybody)),
    );
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const each = await inTurn(columns, pulse, (column) => sumsOf(courses, column, side));
        return (weights) =>
          Float64Array.from(each, (sums, i) => {
            const [after, otherwise] = ratesOf(totalsOf(sums, weights));
            const [a, b] = usual[i] as readonly [number, number];
            return (Math.abs(a - after) + Math.abs(b - otherwise)) / 2;
          });
      },
    };
  },
  sentence: ({ value, usual }) =>
    `How often a gap follows a gap, and a value, is off by ${percentage(value)} on average; ` +
    `in as many held-out patients by ${percentage(usual)}.`,
});

const isMissing = ({ cells }: CourseColumn, side: number, row: number): boolean =>
  cells.type === "numeric"
    ? Number.isNaN(cells.values[side]?.[row])
    : (cells.codes[side]?.[row] as number) < 0;

/** Changing columns with enough visits that follow a gap, and that follow a value, of enough patients. */
function hasGaps({ sides }: AlignedCourses, column: CourseColumn): boolean {
  if (column.fixed) return false;
  const { previous, patient } = visitPairs(sides[TRAIN] as CourseSide);
  return [true, false].every((missing) => {
    const after = [...previous.keys()].filter(
      (i) => isMissing(column, TRAIN, previous[i] as number) === missing,
    );
    return after.length >= LEAST_PAIRS && new Set(after.map((i) => patient[i])).size >= LEAST_PATIENTS;
  });
}

/** Pairs after a gap, of them missing; pairs after a value, of them missing. */
function sumsOf({ sides }: AlignedCourses, column: CourseColumn, side: number): PatientSums {
  const own = sides[side] as CourseSide;
  const { previous, next, patient } = visitPairs(own);
  const found = emptySums(own.patients, 4);
  next.forEach((row, i) => {
    const from = 4 * (patient[i] as number) + (isMissing(column, side, previous[i] as number) ? 0 : 2);
    found.sums[from] = (found.sums[from] as number) + 1;
    if (isMissing(column, side, row)) found.sums[from + 1] = (found.sums[from + 1] as number) + 1;
  });
  return found;
}

/** Missing after a gap and after a value; 0 where there is none before. */
function ratesOf(totals: Float64Array): [number, number] {
  const [gaps = 0, both = 0, values = 0, one = 0] = totals;
  return [gaps > 0 ? both / gaps : 0, values > 0 ? one / values : 0];
}
