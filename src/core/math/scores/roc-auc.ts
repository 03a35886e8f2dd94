/**
 * Area under the ROC curve: the chance that a row with label 1 has the higher score, ties counted half (scikit-learn's
 * roc_auc_score). NaN when one class is absent, or when a score is none. `weights` counts rows (a bootstrap's draws); 1 each by default.
 */
export function rocAuc(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
  order: Int32Array = rankOrder(scores),
): number {
  let positives = 0;
  let negatives = 0;
  let wins = 0;
  for (let i = 0; i < scores.length; i++) if (Number.isNaN(scores[i])) return NaN;
  for (let i = 0; i < order.length;) {
    const score = scores[order[i] as number] as number;
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (; i < order.length && (scores[order[i] as number] as number) === score; i++) {
      const row = order[i] as number;
      const weight = weights ? (weights[row] as number) : 1;
      if (labels[row] === 1) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    wins += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  return positives > 0 && negatives > 0 ? wins / (positives * negatives) : NaN;
}

/** Row numbers by ascending score; give it to `rocAuc` when the same scores are weighed many times. */
export function rankOrder(scores: ArrayLike<number>): Int32Array {
  return Int32Array.from({ length: scores.length }, (_, i) => i).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
}
