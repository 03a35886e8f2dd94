import { TRAIN, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { durationsOf } from "../../measuring/courses/patient-summaries.ts";
import { kolmogorovBeside } from "../../measuring/courses/weighted-distances.ts";
import { percentage } from "../../measuring/verdict.ts";
import { courseDistance } from "./course-distance.ts";

/** Kolmogorov-Smirnov distance of the times from the first visit to the last. */
export const courseDurations = courseDistance({
  id: "course-durations",
  name: "Length of courses",
  margin: 0.1,
  range: [0, 1],
  furthest: 1,
  summary: "Whether patients are seen for as long as real ones.",
  reference: "Kolmogorov-Smirnov distance of durations: Kolmogorov 1933, Smirnov 1948",
  limits: "Sees the time from the first visit to the last, not what is between.",
  scored: false,

  things: async ({ sides }) => ({
    names: ["durations"],
    whole: true,
    distancesOf: async (side) => {
      const [train, own] = [sides[TRAIN], sides[side]] as [CourseSide, CourseSide];
      const whose = Int32Array.from({ length: own.patients }, (_, patient) => patient);
      const apart = kolmogorovBeside(durationsOf(train), { values: durationsOf(own), whose });
      return (weights) => Float64Array.of(apart(weights));
    },
  }),
  sentence: ({ value, usual }) =>
    `Times from the first visit to the last are distributed ${percentage(value)} apart from those of training patients; ` +
    `those of as many held-out patients ${percentage(usual)}.`,
});
