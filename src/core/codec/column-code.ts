import type { Rng } from "../math/rng.ts";

/**
 * How one column is cut into tokens 0 .. count-1, a missing token last where the train table has missing cells.
 * A cell is a number either way: a value (NaN = missing) in numeric columns, a code into the levels (-1 = missing)
 * in coded ones.
 */
export interface ColumnCode {
  readonly count: number;
  /** Share of the train rows in each token; sums to 1. */
  readonly shares: Float64Array;
  /** The missing token, -1 where there is none. */
  readonly missing: number;
  /** Cells that the train table did not have fall to the nearest bin, the pooled levels, or the most frequent token. */
  tokenOf(cell: number): number;
  /** A cell of that token, drawn within it. */
  cellOf(token: number, rng: Rng): number;
}

/** The token that most train rows have. */
export function mostFrequent(shares: Float64Array): number {
  let best = 0;
  for (let i = 1; i < shares.length; i++) if ((shares[i] as number) > (shares[best] as number)) best = i;
  return best;
}
