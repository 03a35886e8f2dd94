import { normalQuantile } from "../../../math/normal.ts";
import type { NoisyColumn } from "../noisy-columns/noisy-columns.ts";

/** What a network reads of a column's tokens: few numbers that are not 0, token after token. */
export interface SparseTokens {
  readonly count: number;
  /** features of the column */
  readonly width: number;
  /** token t has the features indices[starts[t]] .. indices[starts[t + 1] - 1] */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
  /** sum of the squared features of each token */
  readonly squares: Float64Array;
}

/** Peaks of the hat functions that a column of many ordered tokens is read by. */
const HATS = 6;
/** A token with so much of the rows has a feature of its own; so many of them at most. */
const FREQUENT = 0.03;
const MOST_FREQUENT = 4;

/**
 * Levels, and numbers of few bins: one-hot. Other numbers: hat functions of u, the middle of the token's share of the
 * distribution, half its normal score, and a flag for each of the most frequent tokens and for missing.
 */
export function tokenFeatures({ count, shares, missing, type }: NoisyColumn): SparseTokens {
  const present = missing < 0 ? count : count - 1;
  if (type === "levels" || present <= 2 * HATS) return sparse(count, count, (token) => [[token, 1]]);
  const total = shares.subarray(0, present).reduce((a, b) => a + b, 0);
  const flagged = Array.from({ length: present }, (_, token) => token)
    .filter((token) => (shares[token] as number) > FREQUENT)
    .sort((a, b) => (shares[b] as number) - (shares[a] as number))
    .slice(0, MOST_FREQUENT);
  if (missing >= 0) flagged.push(missing);
  const middles = middlesOf(shares.subarray(0, present), total);
  return sparse(count, HATS + 1 + flagged.length, (token) => {
    const own = flagged.indexOf(token);
    const flag: [number, number][] = own < 0 ? [] : [[HATS + 1 + own, 1]];
    if (token === missing) return flag;
    const u = middles[token] as number;
    const at = u * (HATS - 1);
    const hat = Math.min(HATS - 2, Math.floor(at));
    const score = 0.5 * normalQuantile(Math.min(0.999, Math.max(0.001, u)));
    return [[hat, 1 - (at - hat)], [hat + 1, at - hat], [HATS, score], ...flag];
  });
}

function middlesOf(shares: Float64Array, total: number): Float64Array {
  let below = 0;
  return shares.map((share) => {
    below += share;
    return (below - share / 2) / total;
  });
}

function sparse(
  count: number,
  width: number,
  featuresOf: (token: number) => readonly (readonly [number, number])[],
): SparseTokens {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (let token = 0; token < count; token++) {
    for (const [index, value] of featuresOf(token)) {
      indices.push(index);
      values.push(value);
    }
    starts.push(indices.length);
  }
  const squares = Float64Array.from({ length: count }, (_, token) =>
    values.slice(starts[token], starts[token + 1]).reduce((sum, value) => sum + value * value, 0),
  );
  return {
    count,
    width,
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    squares,
  };
}
