/** An AUC with its standard error. */
export interface AucWithError {
  readonly value: number;
  readonly error: number;
}

/**
 * Chance that one of `positives` has the higher score than one of `negatives`, ties half, with DeLong's standard error
 * (DeLong et al. 1988); rows of one patient count as one (Obuchowski 1997). The error is at least that of half a row more.
 * NaN where a side is empty.
 */
export function aucWithError(
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
  whose: { readonly positives?: Int32Array | undefined; readonly negatives?: Int32Array | undefined } = {},
): AucWithError {
  const [m, n] = [positives.length, negatives.length];
  if (m === 0 || n === 0) return { value: NaN, error: NaN };
  const above = placements(positives, negatives);
  const below = placements(negatives, positives).map((share) => 1 - share);
  const value = above.reduce((a, b) => a + b, 0) / m;
  const variance = spread(above, value, whose.positives) + spread(below, value, whose.negatives);
  return { value, error: Math.max(Math.sqrt(variance), 0.5 / Math.min(m, n)) };
}

/** For each value the share of `among` below it, ties half. */
function placements(values: ArrayLike<number>, among: ArrayLike<number>): Float64Array {
  const sorted = Float64Array.from(among).sort();
  return Float64Array.from(
    values,
    (value) => (rank(sorted, value, false) + rank(sorted, value, true)) / 2 / sorted.length,
  );
}

function rank(sorted: Float64Array, value: number, withEqual: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = sorted[middle] as number;
    if (at < value || (withEqual && at === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Variance of the mean of `values`, between patients. */
function spread(values: Float64Array, centre: number, whose: Int32Array | undefined): number {
  const sums = new Map<number, number>();
  values.forEach((value, row) => {
    const patient = whose?.[row] ?? row;
    sums.set(patient, (sums.get(patient) ?? 0) + value - centre);
  });
  if (sums.size < 2) return 0;
  const total = [...sums.values()].reduce((sum, d) => sum + d * d, 0);
  return (total * sums.size) / (sums.size - 1) / values.length ** 2;
}
