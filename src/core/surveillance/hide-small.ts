/** Counts of fewer patients than this are not shown. */
export const LEAST_SHOWN = 5;

const isSmall = (count: number): boolean => count > 0 && count < LEAST_SHOWN;

/**
 * Counts with NaN where 1 to 4 patients are behind one, and where those of 1 to 4 could be worked out by taking all others
 * from their sum: then the smallest of the others is hidden too.
 * @param patients different ones behind each count
 */
export function shownCounts(counts: ArrayLike<number>, patients: ArrayLike<number>): number[] {
  const shown = Array.from(counts, (count, i) => (isSmall(patients[i] as number) ? NaN : count));
  const hidden = shown.reduce(
    (sum, count, i) => sum + (Number.isNaN(count) ? (patients[i] as number) : 0),
    0,
  );
  if (!isSmall(hidden)) return shown;
  const least = shown.reduce(
    (found, count, i) => (count > 0 && !(count >= (shown[found] ?? Infinity)) ? i : found),
    -1,
  );
  return least < 0 ? shown : shown.with(least, NaN);
}

/** Counts rounded to whole fives, so that nothing can be worked out from them and other counts of the same rows. */
export const roundedCounts = (shown: readonly number[]): number[] =>
  shown.map((count) => LEAST_SHOWN * Math.round(count / LEAST_SHOWN));
