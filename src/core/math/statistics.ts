/** Present (not NaN) values in ascending order. */
export function sortedPresent(values: Float64Array): Float64Array {
  let n = 0;
  const present = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) present[n++] = value;
  }
  return present.slice(0, n).sort();
}

/** Quantile `q` in [0, 1] of ascending values, linear between order statistics (type 7, numpy's default). */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number {
  const n = sorted.length;
  if (n === 0) return NaN;
  const at = q * (n - 1);
  const low = Math.floor(at);
  const below = sorted[low] as number;
  const above = sorted[Math.min(low + 1, n - 1)] as number;
  return below + (at - low) * (above - below);
}

export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] as number;
  return values.length > 0 ? total / values.length : NaN;
}

/** Standard deviation with n - 1; 0 for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += ((values[i] as number) - centre) ** 2;
  return Math.sqrt(total / (values.length - 1));
}

/** Moment skewness g1 (scipy.stats.skew with its defaults); 0 for a constant. */
export function skewness(values: ArrayLike<number>): number {
  const n = values.length;
  if (n === 0) return 0;
  const centre = mean(values);
  let second = 0;
  let third = 0;
  for (let i = 0; i < n; i++) {
    const d = (values[i] as number) - centre;
    second += d * d;
    third += d * d * d;
  }
  const spread = Math.sqrt(second / n);
  const skew = third / n / (spread * spread * spread);
  return Number.isFinite(skew) ? skew : 0;
}

/** Coefficient of determination; NaN when the truth does not vary. May be far below 0. */
export function rSquared(truth: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const centre = mean(truth);
  let left = 0;
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    left += ((truth[i] as number) - (predicted[i] as number)) ** 2;
    total += ((truth[i] as number) - centre) ** 2;
  }
  return total > 0 ? 1 - left / total : NaN;
}
