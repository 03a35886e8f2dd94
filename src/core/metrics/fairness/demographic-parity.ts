import { breathe } from "../../math/breathe.ts";
import { measureGap, THRESHOLD } from "./group-gaps.ts";
import type { GapQuestion, GroupRate } from "./group-gaps.ts";
import type { Metric } from "../metric.ts";

/** How often the positive class is predicted (Dwork et al. 2012: statistical parity). */
export const predictedPositive: GroupRate = {
  name: "Predicted positive",
  unit: "share",
  of: ({ flagged, rows }) => ({ value: rows > 0 ? flagged / rows : NaN, rows }),
};

const question: GapQuestion = {
  rates: [predictedPositive],
  leastOfClass: 0,
  words: ({ positive, column, own, real }) =>
    `A model trained on synthetic rows predicts ${positive} for groups of ${column} at shares up to ${own} points apart, ` +
    `one trained on real rows up to ${real}; each predicts it for as many patients as have it.`,
};

/** Greatest difference between two groups in how often the positive class is predicted. */
export const demographicParity: Metric = {
  id: "demographic-parity",
  name: "Demographic parity",
  family: "fairness",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "Whether a model trained on synthetic rows predicts the outcome for some groups more often than one trained on real rows does.",
  reference: "Demographic parity difference: Dwork et al. 2012; Fairlearn, Bird et al. 2020",
  scored: false,
  needs: ["unseen"],
  limits: `${THRESHOLD} Whether the model of real rows is fair is not asked.`,
  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    measureGap(question, tables, rng, pulse, valueOnly),
};
