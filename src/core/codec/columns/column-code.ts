import type { Rng } from "../../math/rng.ts";
import { LEAST_SHARED } from "../../table/rare-levels.ts";

/**
 * How one column is cut into tokens 0 .. count-1, a missing token last where the train table has missing cells.
 * A cell is a number either way: a value (NaN = missing) in numeric columns; in coded ones a code into the code's own
 * levels, -1 where it is missing and their number where its level is none of them.
 */
export interface ColumnCode {
  readonly count: number;
  /** Share of the train rows in each token; sums to 1. */
  readonly shares: Float64Array;
  /** The missing token, -1 where there is none. */
  readonly missing: number;
  /** A number that the train table did not have falls to the nearest bin; see `CodedLevels` for a level. */
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

export { LEAST_SHARED };

/** A count as a model keeps it: rows of one to four patients count as 2.5, so that no share stands for so few. */
export const keptCount = (rows: number, patients = rows): number =>
  patients > 0 && patients < LEAST_SHARED ? 2.5 : rows;
