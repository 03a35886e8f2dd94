/** Two-sample Kolmogorov-Smirnov statistic of ascending values (scipy.stats.ks_2samp); NaN when either is empty. */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length === 0 || b.length === 0) return NaN;
  return Math.abs(largestGap(a, b, 1 / a.length, 1 / b.length, 0));
}

/**
 * Kolmogorov-Smirnov over all cells, missing as a value of its own: the greater of the statistics with missing put
 * before and after every number, so that it does not matter where one puts it.
 * @param a, b ascending present values; `rowsA`, `rowsB` the cells they come from, missing included
 */
export function kolmogorovSmirnovWithMissing(
  a: ArrayLike<number>,
  rowsA: number,
  b: ArrayLike<number>,
  rowsB: number,
): number {
  if (rowsA === 0 || rowsB === 0) return NaN;
  const atom = (rowsA - a.length) / rowsA - (rowsB - b.length) / rowsB;
  const after = Math.abs(largestGap(a, b, 1 / rowsA, 1 / rowsB, 0));
  const before = Math.abs(largestGap(a, b, 1 / rowsA, 1 / rowsB, atom));
  return Math.max(after, before, Math.abs(atom));
}

/** The gap of greatest size between two step functions that rise by `stepA`, `stepB` at each value from `start`. */
function largestGap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  stepA: number,
  stepB: number,
  start: number,
): number {
  let i = 0;
  let j = 0;
  let worst = start;
  while (i < a.length || j < b.length) {
    const x = Math.min(
      i < a.length ? (a[i] as number) : Infinity,
      j < b.length ? (b[j] as number) : Infinity,
    );
    while (i < a.length && (a[i] as number) <= x) i++;
    while (j < b.length && (b[j] as number) <= x) j++;
    const gap = start + i * stepA - j * stepB;
    if (Math.abs(gap) > Math.abs(worst)) worst = gap;
  }
  return worst;
}

/** What two samples of one continuous distribution differ by on average: sqrt(pi/2) ln 2 (Kolmogorov's mean). */
export function kolmogorovSmirnovNoise(rowsA: number, rowsB: number): number {
  return 0.8687 * Math.sqrt(1 / rowsA + 1 / rowsB);
}

/** 1-Wasserstein distance of two ascending samples, the area between their distribution functions (scipy.stats.wasserstein_distance). */
export function wasserstein(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return overSteps(a, b, (below, other) => Math.abs(below / a.length - other / b.length));
}

/**
 * What the 1-Wasserstein distance of two samples of one distribution is on average: the area under
 * sqrt(2 F (1 - F) / pi (1/n + 1/m)), F that of both samples together (the normal approximation at each point).
 */
export function wassersteinNoise(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const scale = Math.sqrt((2 / Math.PI) * (1 / a.length + 1 / b.length));
  const total = a.length + b.length;
  return (
    scale *
    overSteps(a, b, (below, other) => {
      const share = (below + other) / total;
      return Math.sqrt(share * (1 - share));
    })
  );
}

/** The integral of `height`, given how many of each sample lie at or below, between the least and the greatest value. */
function overSteps(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  height: (below: number, other: number) => number,
): number {
  let i = 0;
  let j = 0;
  let last = NaN;
  let area = 0;
  while (i < a.length || j < b.length) {
    const x = Math.min(
      i < a.length ? (a[i] as number) : Infinity,
      j < b.length ? (b[j] as number) : Infinity,
    );
    if (i + j > 0 && x > last) area += (x - last) * height(i, j);
    while (i < a.length && (a[i] as number) <= x) i++;
    while (j < b.length && (b[j] as number) <= x) j++;
    last = x;
  }
  return area;
}

/** Total variation distance of two lists of counts over the same levels; NaN when either is empty. */
export function totalVariation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const totalA = sum(a);
  const totalB = sum(b);
  if (totalA === 0 || totalB === 0) return NaN;
  let gap = 0;
  const levels = Math.max(a.length, b.length);
  for (let i = 0; i < levels; i++) gap += Math.abs((a[i] ?? 0) / totalA - (b[i] ?? 0) / totalB);
  return gap / 2;
}

/** What the total variation distance of two samples of one distribution is on average, by the normal approximation. */
export function totalVariationNoise(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const totalA = sum(a);
  const totalB = sum(b);
  const scale = Math.sqrt((2 / Math.PI) * (1 / totalA + 1 / totalB));
  let noise = 0;
  const levels = Math.max(a.length, b.length);
  for (let i = 0; i < levels; i++) {
    const p = ((a[i] ?? 0) + (b[i] ?? 0)) / (totalA + totalB);
    noise += Math.sqrt(p * (1 - p));
  }
  return (noise * scale) / 2;
}

function sum(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  return total;
}
