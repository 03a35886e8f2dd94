import {
  TRAIN,
  type AlignedCourses,
  type CourseColumn,
  type CourseSide,
} from "../../measuring/courses/aligned-courses.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
import type { Pulse } from "../../metric.ts";
import { visitPairs, type VisitPairs } from "../../measuring/courses/visit-pairs.ts";

/** Pairs of visits with a number at both, and patients who have one, that train needs. */
const [LEAST_PAIRS, LEAST_PATIENTS] = [30, 10];

export type NumberColumn = CourseColumn & {
  readonly cells: Extract<CourseColumn["cells"], { type: "numeric" }>;
};

/** Numbers that change within patients, with enough pairs of visits in train. */
export async function changingNumbers(
  { columns, sides }: AlignedCourses,
  pulse: Pulse,
): Promise<NumberColumn[]> {
  const train = sides[TRAIN] as CourseSide;
  const pairs = visitPairs(train);
  const numbers = columns.filter(
    (column): column is NumberColumn => !column.fixed && column.cells.type === "numeric",
  );
  const enough = await inTurn(numbers, pulse, (column) => {
    const { a, b, whose } = pairedNumbers(column, TRAIN, pairs);
    const known = [...whose.keys()].filter((i) => !Number.isNaN((a[i] as number) - (b[i] as number)));
    return known.length >= LEAST_PAIRS && new Set(known.map((i) => whose[i])).size >= LEAST_PATIENTS;
  });
  return numbers.filter((_, i) => enough[i]);
}

export const NO_NUMBERS =
  "No number changes from visit to visit in enough patients: 30 pairs of visits of 10 patients are needed.";

/** A number at the earlier and at the later visit of each pair. */
export function pairedNumbers(
  { cells }: NumberColumn,
  side: number,
  { previous, next, patient }: VisitPairs,
): { a: Float64Array; b: Float64Array; whose: Int32Array } {
  const values = cells.values[side] as Float64Array;
  return {
    a: Float64Array.from(previous, (row) => values[row] as number),
    b: Float64Array.from(next, (row) => values[row] as number),
    whose: patient,
  };
}

/** Change from the earlier to the later visit of each pair; NaN where one is missing. */
export function changesOf(
  column: NumberColumn,
  side: number,
  pairs: VisitPairs,
): { values: Float64Array; whose: Int32Array } {
  const { a, b, whose } = pairedNumbers(column, side, pairs);
  return { values: b.map((value, i) => value - (a[i] as number)), whose };
}
