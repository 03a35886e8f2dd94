import type { Schema } from "../../../table/table.ts";

/**
 * One column as tokens 0 .. count-1: bins of numbers or dates, levels, and one token for missing cells where they may be.
 * Everything in it is public or was paid for: it goes into the model file.
 */
export interface NoisyColumn {
  readonly name: string;
  readonly count: number;
  /** how often each token comes, from noisy counts; positive, sums to 1 */
  readonly shares: Float64Array;
  /** the token of missing cells; -1: none */
  readonly missing: number;
  /** tokens have an order (missing apart) */
  readonly ordered: boolean;
}

export interface NoisyColumns {
  /** of the columns that are learned, without anything that was read from cells for free */
  readonly schema: Schema;
  readonly columns: readonly NoisyColumn[];
  /** a noisy count of all rows */
  readonly rows: number;
}
