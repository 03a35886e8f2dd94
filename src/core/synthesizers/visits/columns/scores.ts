import type { NumericBins } from "../../../codec/columns/numeric-bins.ts";
import { firstAtLeast } from "../../../codec/columns/cut-bins.ts";
import { normalQuantile } from "../../../math/normal.ts";

/** Places of a distribution that are told apart by their score. */
const MARGIN = 0.002;
/** Pieces of the piecewise-linear code. */
export const PIECES = 6;

/**
 * Where a value lies in its column's distribution, without chance: between the knots of the bins along a line. Values beyond
 * the outermost knots are there.
 */
export interface Scores {
  /** normal score in [-2.88, 2.88]; 0 where nothing is known */
  readonly of: (value: number) => number;
  /** Puts the piecewise-linear code of the value's share, six numbers, into `into` from `at` (Gorishniy et al. 2022). */
  readonly pieces: (value: number, into: Float32Array, at: number) => void;
}

export function scoresOf({ bins, cdf }: NumericBins): Scores {
  const knots: { value: number; share: number }[] = [];
  bins.forEach((bin, b) => {
    const from = cdf[b] as number;
    const width = (cdf[b + 1] as number) - from;
    if (bin.knots.length === 1) knots.push({ value: bin.knots[0] as number, share: from + width / 2 });
    else
      bin.knots.forEach((value, i) => knots.push({ value, share: from + width * (bin.levels[i] as number) }));
  });
  knots.sort((a, b) => a.value - b.value || a.share - b.share);
  const values: number[] = [];
  const shares: number[] = [];
  for (const { value, share } of knots) {
    const least = Math.max(share, shares.at(-1) ?? 0);
    if (values.at(-1) === value) shares[shares.length - 1] = ((shares.at(-1) as number) + least) / 2;
    else {
      values.push(value);
      shares.push(least);
    }
  }
  const points = Float64Array.from(values);
  const us = Float64Array.from(shares);
  const zs = us.map((u) => normalQuantile(Math.min(1 - MARGIN, Math.max(MARGIN, u))));
  const last = points.length - 1;
  const along = (value: number, what: Float64Array): number => {
    const at = firstAtLeast(points, value);
    if (at === 0) return what[0] as number;
    if (at > last) return what[last] as number;
    const low = points[at - 1] as number;
    const share = (value - low) / ((points[at] as number) - low);
    return (what[at - 1] as number) * (1 - share) + (what[at] as number) * share;
  };
  return {
    of: (value) => (last < 0 ? 0 : along(value, zs)),
    pieces: (value, into, at) => {
      const u = last < 0 ? 0.5 : along(value, us);
      for (let k = 0; k < PIECES; k++) into[at + k] = Math.min(1, Math.max(0, PIECES * u - k));
    },
  };
}
