/** A gap so many times as wide as the numbers before it reach from their median is wide open; so too of their logarithms. */
const WIDE = 3;
const WIDE_IN_LOGARITHMS = 1.5;
/** Least share of the range between the 5% and 95% quantiles that it spans. */
const OF_RANGE = 0.5;
/** Steps of the grid that a wide gap has at least. */
const LEAST_STEPS = 10;

/**
 * Places in the ascending `sorted` before which a gap is wide open, as before a 65526 among ages, looked for outwards from
 * the median. Laboratory values whose tails are long have wide gaps too, but not in their logarithms. `step`: of the grid
 * that they lie on; `logarithms`: false for dates, which have none.
 */
export function wideGaps(sorted: Float64Array, step: number, logarithms = true): number[] {
  const last = sorted.length - 1;
  if (last < 1) return [];
  const half = last >> 1;
  const median = sorted[half] as number;
  const quantile = (share: number): number => sorted[Math.round(share * last)] as number;
  const least = Math.max(LEAST_STEPS * step, OF_RANGE * (quantile(0.95) - quantile(0.05)));
  const isWide = (near: number, far: number, end: number): boolean => {
    const gap = Math.abs(far - near);
    if (gap < least || gap <= WIDE * Math.max(Math.abs(near - median), Math.abs(near - end) / 2))
      return false;
    if (!logarithms || !(Math.min(near, far, median) > 0)) return true;
    return Math.abs(Math.log(far / near)) > WIDE_IN_LOGARITHMS * Math.abs(Math.log(near / median));
  };
  const found: number[] = [];
  for (let i = half + 1; i <= last; i++)
    if (isWide(sorted[i - 1] as number, sorted[i] as number, sorted[0] as number)) found.push(i);
  for (let i = half; i > 0; i--)
    if (isWide(sorted[i] as number, sorted[i - 1] as number, sorted[last] as number)) found.push(i);
  return found;
}
