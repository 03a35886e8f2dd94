/**
 * What stands beside the networks of a place and adds to its logits: what plain statistics of few rows say for certain,
 * so that the networks only learn what is left.
 */
export interface Prior {
  /** The earlier places that it reads. */
  readonly reads: Int32Array;
  /** Whether it carries what follows from earlier numbers, so that the networks need not. */
  readonly follows: boolean;
  /** Adds what it says of the row from `start` of `tokens` to a column's coefficients, which begin at `at`. */
  add(tokens: ArrayLike<number>, start: number, coefficients: Float32Array | Float64Array, at: number): void;
}
