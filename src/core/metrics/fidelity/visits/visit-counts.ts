import { TRAIN, type AlignedCourses, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import type { Distances } from "../../measuring/courses/over-patients.ts";
import { kolmogorovBeside } from "../../measuring/courses/weighted-distances.ts";
import { percentage } from "../../measuring/verdict.ts";
import { courseDistance } from "./course-distance.ts";

/** Kolmogorov-Smirnov distance of the visits per patient. */
export const visitCounts = courseDistance({
  id: "visit-counts",
  name: "Visits per patient",
  margin: 0.1,
  range: [0, 1],
  furthest: 1,
  summary: "Whether patients have as many visits as real ones.",
  reference: "Kolmogorov-Smirnov distance of visits per patient: Kolmogorov 1933, Smirnov 1948",
  limits: "Sees how many visits there are, not when they are, nor who has them.",
  scored: true,
  ofStrangers: true,
  claim: () => ({
    not: "study patients over time with it",
    because: "patients have more or fewer visits than real ones",
  }),
  remedy:
    "Choose a method that learns patients over time, or train longer. Where visits are cut by the end of follow-up, mark that column.",
  sees: (loss) => `${percentage(loss, 0)} of patients with too many or too few visits`,

  things: async (courses) => ({
    names: ["visits per patient"],
    whole: true,
    distancesOf: async (side) => distancesOf(courses, side),
  }),
  sentence: ({ value, usual }, { sides }) => {
    const [real, , made] = sides.map(({ rows, patients }) => (rows / Math.max(1, patients)).toFixed(1));
    return (
      `Training patients have ${real} visits on average and synthetic ones ${made}; their distributions are ` +
      `${percentage(value)} apart, and ${percentage(usual)} for as many held-out patients.`
    );
  },
});

function distancesOf({ sides }: AlignedCourses, side: number): Distances {
  const [train, own] = [sides[TRAIN], sides[side]] as [CourseSide, CourseSide];
  const apart = kolmogorovBeside(visitsOf(train), {
    values: visitsOf(own),
    whose: Int32Array.from({ length: own.patients }, (_, patient) => patient),
  });
  return (weights) => Float64Array.of(apart(weights));
}

const visitsOf = ({ starts, patients }: CourseSide): Float64Array =>
  Float64Array.from({ length: patients }, (_, p) => (starts[p + 1] as number) - (starts[p] as number));
