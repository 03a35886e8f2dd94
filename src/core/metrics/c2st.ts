import { fitBoosting } from "../math/boosting/boosting.ts";
import type { Feature } from "../math/boosting/bins.ts";
import { breathe } from "../math/breathe.ts";
import { bootstrapWeights, percentileInterval } from "../math/intervals.ts";
import type { Rng } from "../math/rng.ts";
import { rankOrder, rocAuc } from "../math/roc-auc.ts";
import type { Table } from "../table/table.ts";
import { alignColumns } from "./align.ts";
import { atMost, boostingFor, columnNames, drawnNote, learnedRows } from "./bounds.ts";
import { featuresOf, stackFeatures, takeFeatures } from "./features.ts";
import type { Interval, Metric, Pulse } from "./metric.ts";
import { judged, percentage, skipped } from "./verdict.ts";

const FOLDS = 5;
const RESAMPLES = 200;
const LEAST_ROWS = 30;

/** AUC of gradient boosting that tells synthetic rows from held-out real ones, over 5 folds; .5 = it cannot. */
export const c2st: Metric = {
  id: "c2st",
  name: "Told apart",
  family: "fidelity",
  better: "lower",
  ideal: 0.5,
  range: [0, 1],
  summary: "How well a classifier tells a synthetic row from a real one that was held out.",
  reference: "Classifier two-sample test: Lopez-Paz and Oquab 2017, with gradient boosting and AUC",
  scored: true,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    const size = Math.min(holdout.rows, synthetic.rows, train.rows);
    if (size < LEAST_ROWS) {
      return skipped(`The smallest of the three tables has ${size} rows; at least ${LEAST_ROWS} are needed.`);
    }
    const most = learnedRows(train.columns.length, 3000);
    const own = await tellApart(holdout, synthetic, most, rng.fork("synthetic"), pulse);
    const reference = await tellApart(holdout, train, most, rng.fork("holdout"), pulse);
    return {
      ...judged(
        own.auc,
        own.interval(0.95),
        { value: reference.auc, interval: reference.interval(0.9) },
        (auc) => 100 * (1 - 2 * Math.max(0, auc - 0.5)),
      ),
      sentence:
        `Shown a synthetic and a held-out real row, a classifier picks the synthetic one ${percentage(own.auc)} ` +
        `of the time; chance is 50%, and for two real samples it is ${percentage(reference.auc)}.`,
      ...drawnNote("“Told apart” is measured on", [holdout, synthetic], most),
    };
  },
};

/** Cross-validated AUC of `a` (label 0) against `b` (label 1), as many rows of each. */
async function tellApart(
  a: Table,
  b: Table,
  most: number,
  rng: Rng,
  pulse: Pulse,
): Promise<{ auc: number; interval(share: number): Interval }> {
  const size = Math.min(a.rows, b.rows, most);
  const sides = [atMost(a, size, rng.fork("a")), atMost(b, size, rng.fork("b"))];
  const columns = alignColumns(sides, columnNames(a));
  const features = stackFeatures(featuresOf(columns, 0), featuresOf(columns, 1));
  const labels = Int32Array.from({ length: 2 * size }, (_, row) => (row < size ? 0 : 1));
  const scores = await crossValidated(features, labels, rng.fork("folds"), pulse);
  const order = rankOrder(scores);
  const resampled: number[] = [];
  const draws = rng.fork("resamples");
  for (let i = 0; i < RESAMPLES; i++) {
    resampled.push(rocAuc(scores, labels, bootstrapWeights(scores.length, draws), order));
    await pulse();
  }
  return {
    auc: rocAuc(scores, labels, undefined, order),
    interval: (share) => percentileInterval(resampled, share),
  };
}

/** For every row the score of a classifier that did not see it; folds are stratified by label. */
async function crossValidated(
  features: readonly Feature[],
  labels: Int32Array,
  rng: Rng,
  pulse: Pulse,
): Promise<Float64Array> {
  const fold = new Uint8Array(labels.length);
  const seen = [0, 0];
  for (const row of rng.permutation(labels.length)) {
    const label = labels[row] as 0 | 1;
    fold[row] = (seen[label] as number) % FOLDS;
    seen[label] = (seen[label] as number) + 1;
  }
  const scores = new Float64Array(labels.length);
  const all = Int32Array.from(labels.keys());
  for (let f = 0; f < FOLDS; f++) {
    const inside = all.filter((row) => fold[row] !== f);
    const outside = all.filter((row) => fold[row] === f);
    const booster = await fitBoosting(
      features,
      { type: "classes", labels, classes: 2 },
      inside,
      boostingFor(features.length),
      pulse,
    );
    const [predicted] = booster.predict(takeFeatures(features, outside));
    outside.forEach((row, i) => (scores[row] = predicted?.[i] as number));
  }
  return scores;
}
