/** Counts of fewer patients than this are not drawn, listed or exported; none at all may be shown. */
export const LEAST_PATIENTS = 5;

export const isSmall = (count: number): boolean => count > 0 && count < LEAST_PATIENTS;

/** How many patients are in bins `from` to `to`, the last not counted; from five on it need not be exact. */
export type PatientsIn = (from: number, to: number) => number;

const sumOf =
  (counts: ArrayLike<number>): PatientsIn =>
  (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += counts[i] as number;
    return sum;
  };

/**
 * Neighbouring bins merged until none holds 1 to 4 patients, so that no total gives one away.
 * @param patientsIn where counts are rows, of which a patient may have many
 * @returns for each merged bin its first bin; a small rest at the end joins the bin before it
 */
export function mergeSmallBins(counts: ArrayLike<number>, patientsIn = sumOf(counts)): number[] {
  const starts: number[] = [];
  for (let i = 0; i < counts.length; i++) if (!isSmall(patientsIn(starts.at(-1) ?? i, i))) starts.push(i);
  while (starts.length > 1 && isSmall(patientsIn(starts.at(-1) as number, counts.length))) starts.pop();
  return starts;
}

const upToFive = (patients: number | undefined): number => Math.min(LEAST_PATIENTS, patients ?? 0);

/**
 * Counts that must keep the bins of another table: those of 1 to 4 patients are pooled, with the smallest others until
 * the pool is large enough, and the pool is shared out in proportion to `like`.
 * @param patientsIn where counts are rows, of which a patient may have many: those in some bins
 */
export function poolSmallCounts(
  counts: Float64Array,
  like: ArrayLike<number>,
  patientsIn = (bins: readonly number[]): number => bins.reduce((sum, i) => sum + (counts[i] as number), 0),
): Float64Array {
  const sizes = counts.map((_, i) => patientsIn([i]));
  const order = Array.from(counts, (_, i) => i)
    .filter((i) => (counts[i] as number) > 0)
    .sort((a, b) => upToFive(sizes[a]) - upToFive(sizes[b]) || (counts[a] as number) - (counts[b] as number));
  const pooled: number[] = [];
  for (const i of order) {
    if (!isSmall(sizes[i] as number) && !isSmall(patientsIn(pooled))) break;
    pooled.push(i);
  }
  if (isSmall(patientsIn(pooled))) return new Float64Array(counts.length);
  const total = pooled.reduce((sum, i) => sum + (counts[i] as number), 0);
  const weight = pooled.reduce((sum, i) => sum + (like[i] as number), 0);
  const shared = counts.slice();
  for (const i of pooled) {
    shared[i] = weight > 0 ? (total * (like[i] as number)) / weight : total / pooled.length;
  }
  return shared;
}
