import { breathe } from "../../math/breathe.ts";
import { linearScores } from "../../math/regression/design.ts";
import { fitRidgeLogistic } from "../../math/regression/ridge-logistic.ts";
import { learnedRows } from "../measuring/bounds.ts";
import { designOf, takeDesign, variancesOf } from "./logistic-design.ts";
import type { Metric } from "../metric.ts";
import { toldApart } from "./told-apart.ts";
import type { Learn } from "./told-apart.ts";

/** scikit-learn's. */
const TOLERANCE = 1e-4;

/** AUC of logistic regression that tells synthetic rows from held-out real ones, over 5 folds; .5 = it cannot. */
export const c2stLogistic: Metric = {
  id: "c2st-logistic",
  name: "Told apart by single columns",
  family: "fidelity",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How well a linear classifier, which knows no relationships, tells synthetic from held-out real rows.",
  reference:
    "Classifier two-sample test: Lopez-Paz and Oquab 2017, with logistic regression (L2, C = 1) and AUC",
  scored: false,
  limits: "Cannot see anything but shifts of single columns.",
  effort: 1.5,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const how = {
      learn: logistic,
      most: learnedRows(tables.train.columns.length, 3000),
      classifier: "a linear classifier",
      subject: "“Told apart by single columns” is measured on",
      besides: { above: 750, folds: 2 },
    };
    return toldApart(tables, how, rng, pulse, valueOnly);
  },
};

/** A penalty of each column's variance is scikit-learn's C = 1 after StandardScaler. */
const logistic: Learn = (columns, labels) => {
  const design = designOf(columns, { mostLevels: 60, referenceLevel: false });
  const penalties = variancesOf(design);
  return async (inside, outside, pulse) => {
    const truth = Array.from(inside, (row) => labels[row] as number);
    const { weights } = await fitRidgeLogistic(
      takeDesign(design, inside),
      truth,
      penalties,
      pulse,
      TOLERANCE,
    );
    return linearScores(takeDesign(design, outside), weights);
  };
};
