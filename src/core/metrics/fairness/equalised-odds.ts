import { breathe } from "../../math/breathe.ts";
import { measureGap, THRESHOLD } from "./group-gaps.ts";
import type { GapQuestion, GroupRate } from "./group-gaps.ts";
import type { Metric } from "../metric.ts";

/** Of those who have the positive class, and of those who have not: how many are predicted to (Hardt et al. 2016). */
export const errorRates: readonly GroupRate[] = [
  {
    name: "Found, of those who have it",
    unit: "share",
    of: ({ hits, positives }) => ({ value: positives > 0 ? hits / positives : NaN, rows: positives }),
  },
  {
    name: "False alarm, of those who have not",
    unit: "share",
    of: ({ flagged, hits, rows, positives }) => {
      const negatives = rows - positives;
      return { value: negatives > 0 ? (flagged - hits) / negatives : NaN, rows: negatives };
    },
  },
];

const question: GapQuestion = {
  rates: errorRates,
  leastOfClass: 10,
  words: ({ positive, column, own, real }) =>
    `A model of ${positive} trained on synthetic rows finds the cases, or raises false alarms, up to ${own} points more often ` +
    `in one group of ${column} than in another, one trained on real rows up to ${real}; each predicts it for as many patients as have it.`,
};

/** Greatest difference between two groups in the true or the false positive rate. */
export const equalisedOdds: Metric = {
  id: "equalised-odds",
  name: "Equalised odds",
  family: "fairness",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "Whether a model trained on synthetic rows errs in some groups more than one trained on real rows does.",
  reference: "Equalized odds difference: Hardt, Price and Srebro 2016; Fairlearn, Bird et al. 2020",
  scored: false,
  needs: ["unseen"],
  limits: `${THRESHOLD} Whether the model of real rows is fair is not asked.`,
  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    measureGap(question, tables, rng, pulse, valueOnly),
};
