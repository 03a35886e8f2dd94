/** Counts of fewer patients than this are not drawn, listed or exported; none at all may be shown. */
export const LEAST_PATIENTS = 5;

export const isSmall = (count: number): boolean => count > 0 && count < LEAST_PATIENTS;

/**
 * Neighbouring bins merged until none holds 1 to 4 patients, so that no total gives one away.
 * @returns for each merged bin its first bin; a small rest at the end joins the bin before it
 */
export function mergeSmallBins(counts: ArrayLike<number>): number[] {
  const starts: number[] = [];
  let open = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!isSmall(open)) {
      starts.push(i);
      open = 0;
    }
    open += counts[i] as number;
  }
  while (isSmall(open) && starts.length > 1) {
    starts.pop();
    open = 0;
    for (let i = starts.at(-1) as number; i < counts.length; i++) open += counts[i] as number;
  }
  return starts;
}

/**
 * Counts that must keep the bins of another table: those of 1 to 4 patients are pooled, with the smallest others until
 * the pool is large enough, and the pool is shared out in proportion to `like`.
 */
export function poolSmallCounts(counts: Float64Array, like: ArrayLike<number>): Float64Array {
  const order = Array.from(counts, (_, i) => i)
    .filter((i) => (counts[i] as number) > 0)
    .sort((a, b) => (counts[a] as number) - (counts[b] as number));
  const pooled: number[] = [];
  let total = 0;
  for (const i of order) {
    if (!isSmall(counts[i] as number) && !isSmall(total)) break;
    pooled.push(i);
    total += counts[i] as number;
  }
  if (isSmall(total)) return new Float64Array(counts.length);
  const weight = pooled.reduce((sum, i) => sum + (like[i] as number), 0);
  const shared = counts.slice();
  for (const i of pooled) {
    shared[i] = weight > 0 ? (total * (like[i] as number)) / weight : total / pooled.length;
  }
  return shared;
}
