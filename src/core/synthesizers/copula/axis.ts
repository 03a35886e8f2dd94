import type { CodedLevels } from "../../codec/columns/coded-levels.ts";
import { presentTokens } from "./dimensions.ts";

/** Rows by which the mean of a level is drawn towards 0, so that a level of few rows does not go to an end by chance. */
const STEADYING_ROWS = 10;
const ROUNDS = 50;

/**
 * The tokens of a coded column, missing left out, along the line on which its levels differ most: each level is the mean of the other
 * columns' `scores` in its rows, and the levels are ordered by their first principal axis (weighted by rows). A normal
 * variable can only know an order of levels; this is the one that keeps most of what goes with them.
 *
 * `tokens`: the column's token in each row; `scores`: d arrays of the same rows (NaN = missing).
 */
export function orderAlongAxis(
  code: CodedLevels,
  tokens: Int32Array,
  scores: readonly Float64Array[],
): Int32Array {
  const { count, shares } = code;
  const means = scores.map((score) => meansByToken(score, tokens, count));
  let places = Float64Array.from({ length: count }, (_, token) => token - (count - 1) / 2);
  for (let round = 0; round < ROUNDS; round++) {
    const axis = means.map((mean) =>
      mean.reduce((sum, value, t) => sum + value * (places[t] as number) * (shares[t] as number), 0),
    );
    const next = new Float64Array(count);
    means.forEach((mean, k) => {
      for (let t = 0; t < count; t++)
        next[t] = (next[t] as number) + (mean[t] as number) * (axis[k] as number);
    });
    const size = Math.hypot(...next);
    if (!(size > 1e-12)) break;
    places = next.map((value) => value / size);
  }
  return presentTokens(code).sort((a, b) => (places[a] as number) - (places[b] as number) || a - b);
}

function meansByToken(score: Float64Array, tokens: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  for (let i = 0; i < score.length; i++) {
    const value = score[i] as number;
    if (Number.isNaN(value)) continue;
    const token = tokens[i] as number;
    sums[token] = (sums[token] as number) + value;
    rows[token] = (rows[token] as number) + 1;
  }
  return sums.map((sum, token) => sum / ((rows[token] as number) + STEADYING_ROWS));
}
