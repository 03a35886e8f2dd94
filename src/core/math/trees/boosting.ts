import { breathe } from "../breathe.ts";
import { MOST_BINS, applyBinning, fitBinning, layOut } from "./bins.ts";
import type { Binning, Feature } from "./bins.ts";
import { TreeGrower, addTree } from "./tree.ts";
import type { Tree } from "./tree.ts";

/** What is predicted: classes 0 .. classes-1, or a number. One entry per row of the features. */
export type Target =
  | { readonly type: "classes"; readonly labels: Int32Array; readonly classes: number }
  | { readonly type: "number"; readonly values: Float64Array };

export interface BoostingSettings {
  readonly iterations: number;
  readonly rate: number;
  readonly mostLeaves: number;
  readonly leastRows: number;
  /** bins of a number, at most 254 */
  readonly mostBins: number;
}

/** scikit-learn's HistGradientBoosting defaults. */
export const boostingDefaults: BoostingSettings = {
  iterations: 100,
  rate: 0.1,
  mostLeaves: 31,
  leastRows: 20,
  mostBins: MOST_BINS,
};

export interface Booster {
  /** Two classes: [P(class 1)]. More: one list of probabilities per class. A number: [its prediction]. */
  predict(features: readonly Feature[]): Float64Array[];
}

export interface BoostedTrees extends Booster {
  /** What the splits on each feature gained, summed over all trees. */
  readonly gains: Float64Array;
}

/**
 * Gradient boosting on histograms (Friedman 2001; Ke et al. 2017, LightGBM): trees grown best-first by second-order gain,
 * at most 254 bins a feature, a learned direction for missing, logistic, softmax or squared loss. No randomness.
 * @param rows the rows of `features` and `target` to learn from
 * @param pulse called after every tree: lets other work through, may throw to cancel
 */
export async function fitBoosting(
  features: readonly Feature[],
  target: Target,
  rows: Int32Array,
  settings: BoostingSettings = boostingDefaults,
  pulse: () => Promise<void> = breathe,
): Promise<BoostedTrees> {
  const binnings = features.map((feature) => fitBinning(feature, rows, settings.mostBins));
  const columns = features.map((feature, f) => applyBinning(feature, binnings[f] as Binning));
  const size = target.type === "classes" ? target.labels.length : target.values.length;
  const grower = new TreeGrower(layOut(binnings, columns), settings, rows.length);
  const start = startingScores(target, rows);
  const scores = start.map((score) => new Float64Array(size).fill(score));
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size).fill(1);
  const rounds: Tree[][] = [];
  const gains = new Float64Array(features.length);
  for (let round = 0; round < settings.iterations; round++) {
    const before = scores.length > 1 ? scores.map((score) => score.slice()) : scores;
    const trees: Tree[] = [];
    for (let k = 0; k < scores.length; k++) {
      setGradients(target, rows, before, k, gradient, hessian);
      trees.push(grower.grow(rows, gradient, hessian, settings.rate, scores[k] as Float64Array));
      await pulse();
    }
    if (trees.every((tree) => tree.splits.length === 1)) break;
    rounds.push(trees);
    addGains(trees, gains);
  }
  return { predict: (given) => predict(given, binnings, start, rounds, target), gains };
}

function addGains(trees: readonly Tree[], gains: Float64Array): void {
  for (const { splits } of trees)
    for (const split of splits)
      if (split) gains[split.feature] = (gains[split.feature] as number) + split.gain;
}

/** One score for two classes or a number, else one per class: log odds, mean, log shares. */
function startingScores(target: Target, rows: Int32Array): number[] {
  if (target.type === "number") {
    let total = 0;
    for (const row of rows) total += target.values[row] as number;
    return [total / rows.length];
  }
  const counts = new Float64Array(target.classes);
  for (const row of rows) {
    const label = target.labels[row] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const share = (k: number): number => Math.max((counts[k] as number) / rows.length, 1e-10);
  if (target.classes === 2) return [Math.log(share(1) / share(0))];
  return Array.from(counts, (_, k) => Math.log(share(k)));
}

function setGradients(
  target: Target,
  rows: Int32Array,
  scores: readonly Float64Array[],
  k: number,
  gradient: Float64Array,
  hessian: Float64Array,
): void {
  const own = scores[k] as Float64Array;
  for (const row of rows) {
    if (target.type === "number") {
      gradient[row] = (own[row] as number) - (target.values[row] as number);
      continue;
    }
    const label = target.labels[row] as number;
    const two = scores.length === 1;
    const p = two ? logistic(own[row] as number) : softmax(scores, k, row);
    gradient[row] = p - (two ? label : label === k ? 1 : 0);
    hessian[row] = Math.max(p * (1 - p), 1e-12);
  }
}

const logistic = (score: number): number => 1 / (1 + Math.exp(-score));

function softmax(scores: readonly Float64Array[], k: number, row: number): number {
  let top = -Infinity;
  for (const score of scores) top = Math.max(top, score[row] as number);
  let total = 0;
  for (const score of scores) total += Math.exp((score[row] as number) - top);
  return Math.exp(((scores[k] as Float64Array)[row] as number) - top) / total;
}

function predict(
  features: readonly Feature[],
  binnings: readonly Binning[],
  start: readonly number[],
  rounds: readonly (readonly Tree[])[],
  target: Target,
): Float64Array[] {
  const columns = features.map((feature, f) => applyBinning(feature, binnings[f] as Binning));
  const first = features[0];
  const rows = !first ? 0 : first.type === "numeric" ? first.values.length : first.codes.length;
  const scores = start.map((score) => new Float64Array(rows).fill(score));
  for (const trees of rounds) {
    trees.forEach((tree, k) => addTree(tree, columns, scores[k] as Float64Array));
  }
  if (target.type === "number") return scores;
  if (scores.length === 1) return [(scores[0] as Float64Array).map(logistic)];
  return scores.map((score, k) => score.map((_, row) => softmax(scores, k, row)));
}
