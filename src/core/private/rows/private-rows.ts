import type { Table } from "../../table/table.ts";
import type { Budget } from "../accounting/spend.ts";
import type { NoiseSource } from "../noise/noise-source.ts";
import type { SampledPlan, SampledSteps } from "./sampled-plan.ts";

/** A table of counts: every row is in one cell or in none (-1). */
export interface CountQuery {
  readonly cells: number;
  readonly cellOf: (row: number) => number;
}

/** A sum of vectors, one of each row; longer ones are cut to `norm`. */
export interface SumQuery {
  readonly dimensions: number;
  readonly norm: number;
  /** writes the vector of `row` */
  readonly vectorOf: (row: number, vector: Float64Array) => void;
}

/** What the ledger says of a query. */
export interface Purpose {
  readonly what: string;
  readonly columns: string;
}

/** What one answer says of the watched unit: `signal` has mean `others`, and `length` more where it was counted. */
export interface Observation {
  readonly what: string;
  /** the answer along what the unit adds to it */
  readonly signal: number;
  /** the same of all others, without noise: what is known to whoever knows every other patient */
  readonly others: number;
  /** L2 norm of what the unit adds to the answer; in the mean, where chance decides whether it is asked */
  readonly length: number;
  readonly sigma: number;
}

/** For an audit: the unit of one row (all rows of its patient) is looked for in every answer. */
export interface WatchedRow {
  readonly row: number;
  /** whether the unit counts */
  readonly counted: boolean;
  readonly told: (observation: Observation) => void;
}

/**
 * The only door to patients that a method with a guarantee has: every answer is noisy, entered in the ledger, and of rows
 * of which no patient has more than `rowsPerPatient`. Neighbours: one unit added or removed.
 */
export interface PrivateRows {
  readonly budget: Budget;
  readonly table: Table;
  readonly unit: "patient" | "row";
  readonly rowsPerPatient: number;
  readonly noise: NoiseSource["kind"];
  /** Several tables as one Gaussian mechanism, each at rho / queries.length. Whole numbers, negative ones too. */
  counts(queries: readonly CountQuery[], rho: number, purpose: Purpose): Promise<Float64Array[]>;
  /** Noisy sums, in multiples of 2^-10. */
  sums(query: SumQuery, rho: number, purpose: Purpose): Promise<Float64Array>;
  /**
   * The exponential mechanism: index of one of `scores`, of which one unit changes each by at most `sensitivity`. Costs
   * rho = epsilon^2 / 8. The scores may be read from the patients (`exact`); nothing of them may be kept.
   */
  choose(scores: ArrayLike<number>, sensitivity: number, rho: number, purpose: Purpose): number;
  /** Counts without noise: for the scores of `choose` alone. */
  exact(query: CountQuery): Float64Array;
  /** The rows that count, for `exact` work: for the scores of `choose` alone. */
  readonly counted: Int32Array;
  /**
   * Which of the keys that rows have are shared by enough units to be told: those whose noisy count is beyond a threshold
   * that a key of one unit passes with probability `delta` at most (stability histogram). Noisy counts beside.
   */
  keys(
    keyOf: (row: number) => string | undefined,
    rho: number,
    delta: number,
    purpose: Purpose,
  ): Promise<Map<string, number>>;
  /**
   * Noisy sums over Poisson samples of the units, for learning step by step. Throws where the plan costs more than is left;
   * what it came to is entered once, when it ends.
   */
  sampled(plan: SampledPlan, purpose: Purpose): SampledSteps;
}
