import { rankOrder } from "./roc-auc.ts";

/**
 * Average precision, the area under the precision-recall curve by steps (scikit-learn's average_precision_score): the sum
 * of precision times the rise in recall over falling scores, tied scores together. NaN when no label is 1.
 */
export function averagePrecision(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
  order: Int32Array = rankOrder(scores),
): number {
  let positives = 0;
  let taken = 0;
  let sum = 0;
  for (let i = order.length - 1; i >= 0;) {
    const score = scores[order[i] as number] as number;
    let own = 0;
    for (; i >= 0 && (scores[order[i] as number] as number) === score; i--) {
      const row = order[i] as number;
      const weight = weights ? (weights[row] as number) : 1;
      taken += weight;
      if (labels[row] === 1) own += weight;
    }
    positives += own;
    if (own > 0) sum += (own * positives) / taken;
  }
  return positives > 0 ? sum / positives : NaN;
}

/** Mean squared distance of probabilities from 0/1 labels (Brier 1950), rows counted by `weights`. */
export function brierScore(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = weights ? (weights[i] as number) : 1;
    sum += weight * ((probabilities[i] as number) - (labels[i] === 1 ? 1 : 0)) ** 2;
    total += weight;
  }
  return sum / total;
}
