import type { Rng } from "../../math/rng.ts";
import { LEAST_SHARED } from "./column-code.ts";
import type { Grid } from "./grid.ts";
import { snap } from "./grid.ts";

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
export function decimalsOf(value: number, most: number): number {
  for (let k = 0; k < most; k++)
    if (Math.abs(round(value, k) - value) <= 1e-9 * Math.max(1, Math.abs(value))) return k;
  return most;
}

type DecimalGrid = Extract<Grid, { readonly decimals: number }>;

/** Share of the grid's numbers that show k decimals, for each k up to its own. */
function chancesOn(grid: DecimalGrid): readonly number[] {
  const step = grid.type === "multiple" ? grid.of : 10 ** -grid.decimals;
  const offset = grid.type === "multiple" ? grid.offset : 0;
  const cycle = 10 ** grid.decimals;
  if (cycle > MOST_CYCLE) return grid.decimals === 0 ? [1] : tenths(grid.decimals);
  const shown = new Array<number>(grid.decimals + 1).fill(0);
  for (let i = 0; i < cycle; i++) {
    const k = decimalsOf(snap(offset + i * step, grid), grid.decimals);
    shown[k] = (shown[k] as number) + 1 / cycle;
  }
  return shown;
}

const MOST_CYCLE = 10_000;
const tenths = (most: number): number[] =>
  Array.from({ length: most + 1 }, (_, k) => (k === 0 ? 1 : 0.9) * 10 ** (k - most));

/**
 * Weights for numbers on `grid`. Decimals that fewer than five numbers show count as the next coarser. Of numbers rounded
 * to k decimals a tenth end in a zero by chance, of halves every second; the weights take that into account.
 */
export function learnFineness(values: Float64Array, grid: DecimalGrid): Fineness {
  const most = grid.decimals;
  const chances = chancesOn(grid);
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
      byChance +=
        (weights[finer] as number) *
        (finer === most ? (chances[k] as number) : (k === 0 ? 1 : 0.9) * 10 ** (k - finer));
    const shownAs = k === most ? (chances[k] as number) : k === 0 ? 1 : 0.9;
    weights[k] = shownAs > 0 ? Math.max(0, (shown[k] as number) - byChance) / shownAs : 0;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? weights.map((weight) => weight / total) : [...weights.slice(0, -1), 1];
}

/**
 * `value` rounded to decimals drawn by `fineness`, to more where that would leave [low, high], and to the finest in use
 * where all would; all decimals together are those of `grid`.
 */
export function roundFinely(
  value: number,
  [low, high]: readonly [number, number],
  fineness: Fineness,
  grid: Grid,
  rng: Rng,
): number {
  const finest = fineness.findLastIndex((weight) => weight > 0);
  const single = fineness.filter((weight) => weight > 0).length < 2;
  for (let k = single ? finest : rng.weighted(fineness); k < finest; k++) {
    if (!((fineness[k] as number) > 0)) continue;
    const rounded = round(value, k);
    if (rounded >= low && rounded <= high) return rounded;
  }
  return finest === fineness.length - 1 ? snap(value, grid) : round(value, finest);
}
