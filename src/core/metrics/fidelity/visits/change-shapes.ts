import { TRAIN } from "../../measuring/courses/aligned-courses.ts";
import { kolmogorovBeside } from "../../measuring/courses/weighted-distances.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { percentage } from "../../measuring/verdict.ts";
import { changesOf, changingNumbers, NO_NUMBERS, type NumberColumn } from "./changing-numbers.ts";
import { inTurn } from "../../measuring/courses/over-patients.ts";
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

  things: async (courses, pulse) => {
    const columns = await changingNumbers(courses, pulse);
    if (columns.length === 0) return NO_NUMBERS;
    const pairs = courses.sides.map((side) => visitPairs(side));
    const changes = (column: NumberColumn, side: number) =>
      changesOf(column, side, pairs[side] as (typeof pairs)[number]);
    return {
      names: columns.map(({ name }) => name),
      distancesOf: async (side) => {
        const each = await inTurn(columns, pulse, (column) =>
          kolmogorovBeside(changes(column, TRAIN).values, changes(column, side)),
        );
        return (weights) => Float64Array.from(each, (apart) => apart(weights));
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Numbers' changes from visit to visit are distributed ${percentage(value)} apart from those of training patients; ` +
    `those of as many held-out patients ${percentage(usual)}.`,
});
