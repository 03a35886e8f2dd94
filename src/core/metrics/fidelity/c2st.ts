import { fitBoosting, type BoostingSettings } from "../../math/trees/boosting.ts";
import { breathe } from "../../math/breathe.ts";
import { boostingFor, learnedRows } from "../measuring/bounds.ts";
import { featuresOf, stackFeatures, takeFeatures } from "../measuring/features.ts";
import { METHOD_DEVELOPMENT, type Metric } from "../metric.ts";
import { toldApart } from "./told-apart.ts";
import type { Learn } from "./told-apart.ts";

/** AUC of gradient boosting that tells synthetic rows from held-out real ones, over 5 folds; .5 = it cannot. */
export const c2st: Metric = {
  id: "c2st",
  name: "Told apart",
  family: "fidelity",
  better: "lower",
  ideal: 0.5,
  margin: 0.05,
  range: [0, 1],
  summary: "How well a classifier tells a synthetic row from a real one that was held out.",
  reference: "Classifier two-sample test: Lopez-Paz and Oquab 2017, with gradient boosting and AUC",
  scored: true,
  relations: true,
  limits:
    "A classifier of another kind, or one given derived columns, may tell rows apart that this one cannot.",
  board: "Fidelity",
  effort: 4,
  claim: () => ({
    not: "draw conclusions about real patients from it",
    because: "a classifier can tell its rows from real ones",
  }),
  bears: {
    use: () => METHOD_DEVELOPMENT,
    holds: ({ value, verdict }) => value <= 2 / 3 && verdict !== "cannot-tell",
  },

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const how = {
      learn: boostingBy(),
      most: learnedRows(tables.train.columns.length, 2000),
      classifier: "a classifier",
      subject: "“Told apart” is measured on",
      besides: { above: 750, folds: 2 },
    };
    return toldApart(tables, how, rng, pulse, valueOnly);
  },
};

/** Gradient boosting, synthetic rows as the second class. */
export const boostingBy =
  (settings?: BoostingSettings): Learn =>
  (columns, labels) => {
    const features = stackFeatures(featuresOf(columns, 0), featuresOf(columns, 1));
    const target = { type: "classes", labels, classes: 2 } as const;
    return async (inside, outside, pulse) => {
      const by = settings ?? boostingFor(features.length);
      const booster = await fitBoosting(features, target, inside, by, pulse);
      return booster.predict(takeFeatures(features, outside))[0] ?? [];
    };
  };
