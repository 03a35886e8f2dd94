import { breathe } from "../../math/breathe.ts";
import { measureGap } from "./group-gaps.ts";
import type { GapQuestion, GroupRate } from "./group-gaps.ts";
import type { Metric } from "../metric.ts";

/** Mean predicted probability less the share that has the class: calibration in the large. */
export const calibration: GroupRate = {
  name: "Predicted less observed",
  unit: "number",
  of: ({ probability, positives, rows }) => ({
    value: rows > 0 ? (probability - positives) / rows : NaN,
    rows,
  }),
};

const question: GapQuestion = {
  rates: [calibration],
  leastOfClass: 0,
  words: ({ positive, column, own, real }) =>
    `A model trained on synthetic rows over- or underestimates ${positive} by up to ${own} points more in one group of ` +
    `${column} than in another; one trained on real rows ${real}.`,
};

/** Greatest difference between two groups in predicted less observed risk. */
export const groupCalibration: Metric = {
  id: "group-calibration",
  name: "Calibration within groups",
  family: "fairness",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 2],
  summary:
    "Whether risks predicted by a model trained on synthetic rows are too high or too low for some groups.",
  reference: "Calibration within groups: Kleinberg, Mullainathan and Raghavan 2017; Pleiss et al. 2017",
  scored: false,
  needs: ["unseen"],
  limits:
    "Compares one model learned from synthetic rows with one learned from real rows; whether the real one is fair is not asked.",
  compute: (tables, rng, pulse = breathe, valueOnly = false) =>
    measureGap(question, tables, rng, pulse, valueOnly),
};
