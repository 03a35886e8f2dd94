import type { CourseSide } from "./aligned-courses.ts";

/** Each visit but the first of a patient, with the one before it. */
export interface VisitPairs {
  /** rows of the earlier visit */
  readonly previous: Int32Array;
  /** rows of the later visit */
  readonly next: Int32Array;
  /** time from one to the other; NaN where one is not known */
  readonly gap: Float64Array;
  readonly patient: Int32Array;
}

/** Pairs of visits that follow each other, patient after patient. */
export function visitPairs({ starts, times, whose, rows, patients }: CourseSide): VisitPairs {
  const next = new Int32Array(rows - patients);
  let at = 0;
  for (let patient = 0; patient < patients; patient++)
    for (let row = (starts[patient] as number) + 1; row < (starts[patient + 1] as number); row++)
      next[at++] = row;
  const previous = next.map((row) => row - 1);
  const gap = Float64Array.from(next, (row) => (times[row] as number) - (times[row - 1] as number));
  return { previous, next, gap, patient: next.map((row) => whose[row] as number) };
}
