import type { AlignedCourses } from "../../measuring/courses/aligned-courses.ts";

const LEAST_PATIENTS = 20;

/** Why courses of so few patients cannot be learned from or scored on; undefined when they can. */
export function tooFewCourses({ sides }: AlignedCourses): string | undefined {
  const words = ["training", "held-out", "synthetic"];
  const at = sides.findIndex(({ patients }) => patients < LEAST_PATIENTS);
  return at < 0
    ? undefined
    : `There are fewer than ${LEAST_PATIENTS} ${words[at] as string} patients with visits.`;
}
