import { TRAIN, type CourseSide } from "../../measuring/courses/aligned-courses.ts";
import { kolmogorovBeside } from "../../measuring/courses/weighted-distances.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { percentage } from "../../measuring/verdict.ts";
import { changesOf, changingNumbers, NO_NUMBERS } from "./changing-numbers.ts";
import { courseDistance } from "./course-distance.ts";

/** Kolmogorov-Smirnov distance of each number's change from visit to visit. */
export const changeShapes = courseDistance({
  id: "change-shapes",
  name: "Changes from visit to visit",
  margin: 0.05,
  range: [0, 1],
  furthest: 1,
  summary: "Whether numbers change from visit to visit as in real patients, staying the same included.",
  reference: "Kolmogorov-Smirnov distance of within-patient changes: Kolmogorov 1933, Smirnov 1948",
  limits: "Sees single steps: not what they add up to, nor how long they took.",
  scored: false,

  things: (courses) => {
    const columns = changingNumbers(courses);
    if (columns.length === 0) return NO_NUMBERS;
    const pairs = courses.sides.map((side: CourseSide) => visitPairs(side));
    const changes = (side: number) =>
      columns.map((column) => changesOf(column, side, pairs[side] as (typeof pairs)[number]));
    const train = changes(TRAIN);
    return {
      names: columns.map(({ name }) => name),
      distancesOf: (side) => {
        const each = changes(side).map((own, i) =>
          kolmogorovBeside(train[i]?.values ?? new Float64Array(0), own),
        );
        return (weights) => Float64Array.from(each, (apart) => apart(weights));
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Numbers' changes from visit to visit are distributed ${percentage(value)} apart from those of training patients; ` +
    `those of as many held-out patients ${percentage(usual)}.`,
});
