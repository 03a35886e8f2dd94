import type { Rng } from "../../math/rng.ts";

/**
 * Draws rows of tokens place by place. What each token of a parent adds to a child's first layer is worked out once,
 * so that no network is run: a place costs one addition for each parent and two small layers.
 */
export interface Sampler {
  readonly places: number;
  readonly members: number;
  readonly counts: readonly number[];
  /**
   * Weights of the tokens at `place` by one member's network, given the row's tokens before it (`tokens` from
   * `start`); they are written to `weights`, and their sum is returned.
   */
  weigh(tokens: Int32Array, start: number, place: number, member: number, weights: Float64Array): number;
  /** The earlier places that the tokens at `place` depend on. */
  parentsOf(place: number): Int32Array;
  /** Room for the weights of any place. */
  room(): Float64Array;
  /** `rows` rows of tokens, rows x places. */
  draw(rows: number, rng: Rng): Promise<Int32Array>;
}

/** The first token at which the cumulated weights pass `at`. */
export function tokenAt(weights: Float64Array, count: number, at: number): number {
  let left = at;
  let last = 0;
  for (let k = 0; k < count; k++) {
    const weight = weights[k] as number;
    if (weight <= 0) continue;
    last = k;
    left -= weight;
    if (left < 0) return k;
  }
  return last;
}
