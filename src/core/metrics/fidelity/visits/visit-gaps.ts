import { TRAIN } from "../../measuring/courses/aligned-courses.ts";
import { kolmogorovBeside } from "../../measuring/courses/weighted-distances.ts";
import { visitPairs } from "../../measuring/courses/visit-pairs.ts";
import { percentage } from "../../measuring/verdict.ts";
import { courseDistance } from "./course-distance.ts";

/** Kolmogorov-Smirnov distance of the times from one visit to the next. */
export const visitGaps = courseDistance({
  id: "visit-gaps",
  name: "Time between visits",
  margin: 0.1,
  range: [0, 1],
  furthest: 1,
  summary: "Whether visits follow each other as fast as those of real patients.",
  reference: "Kolmogorov-Smirnov distance of gaps: Kolmogorov 1933, Smirnov 1948",
  limits: "Sees all gaps together: not whose they are, nor whether they lengthen.",
  scored: true,
  claim: () => ({
    not: "study when patients are seen with it",
    because: "visits follow each other faster or slower than real ones",
  }),
  remedy: "Train longer, or see on Data whether the time is read as you mean it.",
  sees: (loss) => `${percentage(loss, 0)} of gaps too long or too short`,

  things: async ({ sides }) => {
    const gaps = sides.map((side) => visitPairs(side));
    const train = gaps[TRAIN]?.gap ?? new Float64Array(0);
    if (!train.some((gap) => !Number.isNaN(gap))) return "No training patient has two visits with a time.";
    return {
      names: ["gaps"],
      whole: true,
      distancesOf: async (side) => {
        const { gap, patient } = gaps[side] as ReturnType<typeof visitPairs>;
        const apart = kolmogorovBeside(train, { values: gap, whose: patient });
        return (weights) => Float64Array.of(apart(weights));
      },
    };
  },
  sentence: ({ value, usual }) =>
    `Times from one visit to the next are distributed ${percentage(value)} apart from those of training patients; ` +
    `those of as many held-out patients ${percentage(usual)}.`,
});
