import type { Rng } from "../../math/rng.ts";
import { LEAST_SHARED } from "./column-code.ts";

/**
 * How finely a column's numbers are written: `weights[k]` is the share that is rounded to k decimals. An age column
 * with one 60.667 among whole years is so drawn in whole years, not in thousandths.
 */
export type Fineness = readonly number[];

const round = (value: number, decimals: number): number => {
  const scaled = value * 10 ** decimals;
  return Math.abs(scaled) < 2 ** 53 ? Math.round(scaled) / 10 ** decimals : value;
};

/** Least decimals that write `value`, at most `most`. */
function decimalsOf(value: number, most: number): number {
  for (let k = 0; k < most; k++)
    if (Math.abs(round(value, k) - value) <= 1e-9 * Math.max(1, Math.abs(value))) return k;
  return most;
}

/**
 * Weights for numbers of at most `most` decimals. Decimals that fewer than five numbers show count as the next coarser.
 * Of numbers rounded to k decimals a tenth end in a zero by chance; the weights take that into account.
 */
export function learnFineness(values: Float64Array, most: number): Fineness {
  const shown = new Array<number>(most + 1).fill(0);
  for (const value of values) {
    const k = decimalsOf(value, most);
    shown[k] = (shown[k] as number) + 1;
  }
  for (let k = most; k > 0; k--)
    if ((shown[k] as number) < LEAST_SHARED) {
      shown[k - 1] = (shown[k - 1] as number) + (shown[k] as number);
      shown[k] = 0;
    }
  const weights = new Array<number>(most + 1).fill(0);
  for (let k = most; k >= 0; k--) {
    let byChance = 0;
    for (let finer = k + 1; finer <= most; finer++)
      byChance += (weights[finer] as number) * (k === 0 ? 1 : 0.9) * 10 ** (k - finer);
    weights[k] = Math.max(0, (shown[k] as number) - byChance) / (k === 0 ? 1 : 0.9);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.map((weight) => weight / total) : [...weights.slice(0, -1), 1];
}

/**
 * `value` rounded to decimals drawn by `fineness`, to more where that would leave [low, high], and to the finest in use
 * where all would.
 */
export function roundFinely(value: number, low: number, high: number, fineness: Fineness, rng: Rng): number {
  const finest = fineness.findLastIndex((weight) => weight > 0);
  const single = fineness.filter((weight) => weight > 0).length < 2;
  for (let k = single ? finest : rng.weighted(fineness); k < finest; k++) {
    if (!((fineness[k] as number) > 0)) continue;
    const rounded = round(value, k);
    if (rounded >= low && rounded <= high) return rounded;
  }
  return round(value, finest);
}
