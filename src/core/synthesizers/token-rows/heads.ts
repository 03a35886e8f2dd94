import type { AnyColumnCode } from "../../codec/columns/table-code.ts";
import { normalQuantile } from "../../math/normal.ts";

/**
 * How the coefficients that a network yields for one column become the logits of its tokens:
 * logits = offset + coefficients . basis, or offset + coefficients where there is no basis.
 */
export interface TokenHead {
  readonly classes: number;
  readonly coefficients: number;
  /** coefficients x classes, row-major */
  readonly basis?: Float32Array;
  /** what the logits are without a network: `offsetOf` the column's shares */
  readonly offset: Float32Array;
}

/** Numbers of more tokens than this get a smooth basis. */
export const MOST_FREE_TOKENS = 12;
const BUMPS = 8;
const FLAGGED_SHARE = 0.02;
const MOST_FLAGS = 6;
/** Rows added to every token's count, so that no logit is minus infinity. */
const SMOOTHING = 0.3;

/** Log of each token's smoothed share in a table of `rows` rows. */
export function offsetOf(shares: Float64Array, rows: number): Float32Array {
  const total = rows + SMOOTHING * shares.length;
  return Float32Array.from(shares, (share) => Math.log((share * rows + SMOOTHING) / total));
}

/**
 * The head of one column. Levels, codes and numbers of at most 12 tokens have no basis. Others have a smooth one over u,
 * the middle of a bin's share of the distribution, and z its normal score: 3z, 3(z^2 - 1), eight bumps
 * 1.5 exp(-(8(u - m))^2 / 2), and 1.5 at each of up to six spikes of more than 2% and at missing. `scores`, where there
 * is a line, stand for z.
 */
export function headOf(column: AnyColumnCode, offset: Float32Array, scores?: Float64Array): TokenHead {
  const { count, shares, missing } = column.code;
  if (column.type === "coded" || column.nominal || count <= MOST_FREE_TOKENS)
    return { classes: count, coefficients: count, offset };
  const { cdf, bins } = column.code;
  const rowsOfBasis: Float32Array[] = [];
  const add = (of: (u: number, z: number, token: number) => number): void => {
    const row = new Float32Array(count);
    for (let token = 0; token < bins.length; token++) {
      const u = ((cdf[token] as number) + (cdf[token + 1] as number)) / 2;
      row[token] = of(u, normalQuantile(Math.min(0.999, Math.max(0.001, u))), token);
    }
    rowsOfBasis.push(row);
  };
  const scoreOf = (z: number, token: number): number => scores?.[token] ?? z;
  add((_u, z, token) => 3 * scoreOf(z, token));
  add((_u, z, token) => 3 * (scoreOf(z, token) ** 2 - 1));
  for (let k = 0; k < BUMPS; k++) {
    const centre = (k + 0.5) / BUMPS;
    add((u) => 1.5 * Math.exp(-0.5 * ((u - centre) * BUMPS) ** 2));
  }
  const flagged = bins
    .flatMap((bin, i) => (bin.knots.length === 1 && (shares[i] as number) > FLAGGED_SHARE ? [i] : []))
    .sort((a, b) => (shares[b] as number) - (shares[a] as number))
    .slice(0, MOST_FLAGS);
  if (missing >= 0) flagged.push(missing);
  for (const flag of flagged) {
    const row = new Float32Array(count);
    row[flag] = 1.5;
    rowsOfBasis.push(row);
  }
  const basis = new Float32Array(rowsOfBasis.length * count);
  rowsOfBasis.forEach((row, i) => basis.set(row, i * count));
  return { classes: count, coefficients: rowsOfBasis.length, basis, offset };
}
