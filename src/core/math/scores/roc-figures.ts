import { rankOrder } from "./roc-auc.ts";

export interface RocFigures {
  /** chance that a positive has the higher score, ties half */
  readonly auc: number;
  /** greatest TPR - FPR over all thresholds (Youden's J, the two-sample Kolmogorov-Smirnov statistic of one side) */
  readonly advantage: number;
  /** for each of `falseShares`, the greatest TPR of a threshold with at most that FPR */
  readonly caught: readonly number[];
}

/**
 * Figures of the ROC curve of `scores` (label 1 = positive), as scikit-learn's roc_curve gives them. NaN when a class is
 * absent. `weights` counts rows (a bootstrap's draws); 1 each by default. `order` is `rankOrder(scores)`.
 */
export function rocFigures(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  falseShares: readonly number[],
  weights?: ArrayLike<number>,
  order: Int32Array = rankOrder(scores),
): RocFigures {
  const total = [0, 0];
  const weightOf = (row: number): number => (weights ? (weights[row] as number) : 1);
  for (const row of order) {
    const side = labels[row] === 1 ? 1 : 0;
    total[side] = (total[side] as number) + weightOf(row);
  }
  const [negatives, positives] = total as [number, number];
  if (negatives === 0 || positives === 0)
    return { auc: NaN, advantage: NaN, caught: falseShares.map(() => NaN) };
  let [hits, falls, area, advantage] = [0, 0, 0, 0];
  const caught = falseShares.map(() => 0);
  for (let i = order.length - 1; i >= 0;) {
    const score = scores[order[i] as number] as number;
    let [tiedHits, tiedFalls] = [0, 0];
    do {
      const row = order[i--] as number;
      if (labels[row] === 1) tiedHits += weightOf(row);
      else tiedFalls += weightOf(row);
    } while (i >= 0 && (scores[order[i] as number] as number) === score);
    area += tiedFalls * (hits + tiedHits / 2);
    hits += tiedHits;
    falls += tiedFalls;
    advantage = Math.max(advantage, hits / positives - falls / negatives);
    for (let k = 0; k < caught.length; k++) {
      if (falls <= (falseShares[k] as number) * negatives) caught[k] = hits / positives;
    }
  }
  return { auc: area / (positives * negatives), advantage, caught };
}
