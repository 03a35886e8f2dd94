import type { Rng } from "./rng.ts";
import { quantileSorted } from "./statistics.ts";

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Normal quantiles of two-sided 95% and 90% intervals. */
export const Z95 = 1.959964;
export const Z90 = 1.644854;

/** Wilson's score interval for `successes` of `trials` (Wilson 1927). */
export function wilson(successes: number, trials: number, z: number = Z95): Bounds {
  if (trials === 0) return { low: 0, high: 1 };
  const p = successes / trials;
  const z2 = z * z;
  const centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (z / (1 + z2 / trials)) * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/** Central interval of resampled values that holds `share` of them; values that are not numbers do not count. */
export function percentileInterval(values: readonly number[], share: number): Bounds {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  return {
    low: quantileSorted(sorted, (1 - share) / 2),
    high: quantileSorted(sorted, (1 + share) / 2),
  };
}

/**
 * How often each of `n` rows is drawn when `n` rows are drawn with replacement. With `whose` the rows of a patient are
 * drawn together, as many patients as there are (cluster bootstrap: Davison and Hinkley 1997, section 3.8).
 */
export function bootstrapWeights(n: number, rng: Rng, whose?: ArrayLike<number>): Uint16Array {
  const weights = new Uint16Array(n);
  if (whose !== undefined) {
    const places = new Map<number, number>();
    const place = Array.from({ length: n }, (_, row) => {
      const patient = whose[row] as number;
      const known = places.get(patient) ?? places.size;
      places.set(patient, known);
      return known;
    });
    const drawn = bootstrapWeights(places.size, rng);
    return Uint16Array.from(place, (patient) => drawn[patient] as number);
  }
  for (let i = 0; i < n; i++) {
    const row = rng.integer(n);
    weights[row] = (weights[row] as number) + 1;
  }
  return weights;
}

/** Standard error from the estimates with each group of rows left out in turn (delete-a-group jackknife). */
export function jackknifeError(estimates: readonly number[]): number {
  const groups = estimates.length;
  if (groups < 2) return 0;
  const centre = estimates.reduce((a, b) => a + b, 0) / groups;
  const spread = estimates.reduce((sum, estimate) => sum + (estimate - centre) ** 2, 0);
  return Math.sqrt((spread * (groups - 1)) / groups);
}
