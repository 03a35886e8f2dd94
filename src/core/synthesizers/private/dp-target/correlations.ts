import { symmetricEigen } from "../../../math/linear/eigen.ts";
import { robustCholesky } from "../../../math/linear/linear-algebra.ts";
import { normalQuantile } from "../../../math/normal.ts";
import type { PrivateRows } from "../../../private/rows/private-rows.ts";

/** A column's distributions given the target's cells, along an order of its tokens. */
export interface Conditional {
  /** P(token | cell), row-major: `cells` rows of `count` */
  readonly shares: Float64Array;
  readonly count: number;
  /** tokens from the lowest to the highest */
  readonly order: Int32Array;
}

/** Smallest eigenvalue that the matrix keeps. */
const LEAST_EIGENVALUE = 0.05;
/** Of the length that a vector of scores has on average. */
const CUT = 0.9;

/** Mean normal score of every token within its cell, E[z | token], laid out as `shares`; and the mean of its square. */
export function meanScores({ shares, count, order }: Conditional, weights: Float64Array): Scores {
  const scores = new Float64Array(shares.length);
  let square = 0;
  weights.forEach((weight, cell) => {
    let below = 0;
    let before = 0;
    for (const token of order) {
      const i = cell * count + token;
      const share = shares[i] as number;
      below = Math.min(1, below + share);
      const after = density(below);
      scores[i] = share > 1e-9 ? (before - after) / share : 0;
      square += weight * share * (scores[i] as number) ** 2;
      before = after;
    }
  });
  return { scores, count, square };
}

export interface Scores {
  readonly scores: Float64Array;
  readonly count: number;
  readonly square: number;
}

/** The normal density at the quantile of `share`. */
function density(share: number): number {
  if (share <= 0 || share >= 1) return 0;
  const z = normalQuantile(share);
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** Noise of one correlation that is expected (standard deviation), by public facts alone. */
export const expectedNoise = (columns: number, rows: number, rho: number): number =>
  columns / (2 * Math.sqrt(rho) * rows);

/**
 * The correlations of normal scores within the target's cells, one matrix for all cells: noisy sums of products of the
 * rows' mean scores, each row cut to a length of .9 sqrt(d) so that the products above the diagonal have length
 * C^2 / sqrt(2) at most; divided by what the bins leave of a score's spread; shrunk by their known noise,
 * tau / (tau + v); made positive definite. Lower Cholesky factor, d x d row-major.
 */
export async function withinCorrelations(
  rows: PrivateRows,
  cells: Int32Array,
  tokens: readonly Int32Array[],
  scores: readonly Scores[],
  { rho, total }: { readonly rho: number; readonly total: number },
): Promise<Float64Array> {
  const d = scores.length;
  const pairs = (d * (d - 1)) / 2;
  const spread = scores.map(({ square }) => Math.sqrt(Math.max(square, 1e-6)));
  const length = CUT * Math.sqrt(d);
  const own = new Float64Array(d);
  const sums = await rows.sums(
    {
      dimensions: pairs,
      norm: length ** 2 / Math.SQRT2,
      vectorOf: (row, into) => {
        const cell = cells[row] as number;
        scores.forEach(({ scores: table, count }, i) => {
          const token = tokens[i]?.[row] ?? -1;
          own[i] =
            cell < 0 || token < 0 ? 0 : (table[cell * count + token] as number) / (spread[i] as number);
        });
        const cut = Math.min(1, length / Math.max(1e-9, Math.hypot(...own)));
        let at = 0;
        for (let i = 1; i < d; i++)
          for (let j = 0; j < i; j++) into[at++] = cut * cut * (own[i] as number) * (own[j] as number);
      },
    },
    rho,
    { what: "Correlations within the target's groups", columns: `${d} × ${d}` },
  );
  const sigma = rows.budget.spent.at(-1)?.sigma ?? 0;
  const scale = total * CUT ** 2;
  const noise = (sigma / scale) ** 2;
  const found = sums.map((sum) => sum / scale);
  const square = found.reduce((sum, value) => sum + value * value, 0) / Math.max(1, pairs);
  const signal = Math.max(0, square - noise);
  const kept = signal / (signal + noise || 1);
  const matrix = new Float64Array(d * d);
  let at = 0;
  for (let i = 0; i < d; i++) {
    matrix[i * d + i] = 1;
    for (let j = 0; j < i; j++)
      matrix[i * d + j] = matrix[j * d + i] = Math.max(-0.95, Math.min(0.95, kept * (found[at++] as number)));
  }
  return factorOf(matrix, d);
}

/** Eigenvalues raised to a least one, diagonal 1, factored. */
function factorOf(matrix: Float64Array, d: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, d);
  const raised = new Float64Array(d * d);
  for (let k = 0; k < d; k++) {
    const value = Math.max(LEAST_EIGENVALUE, values[k] as number);
    for (let i = 0; i < d; i++) {
      const part = value * (vectors[i * d + k] as number);
      for (let j = 0; j <= i; j++)
        raised[i * d + j] = (raised[i * d + j] as number) + part * (vectors[j * d + k] as number);
    }
  }
  const whole = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      const scale = Math.sqrt((raised[i * d + i] as number) * (raised[j * d + j] as number));
      whole[i * d + j] = whole[j * d + i] = i === j ? 1 : (raised[i * d + j] as number) / scale;
    }
  return robustCholesky(whole, d);
}

/** Tokens from the lowest to the highest, missing cells before all. */
export function orderOf({
  count,
  missing,
}: {
  readonly count: number;
  readonly missing: number;
}): Int32Array {
  const tokens = Array.from({ length: count }, (_, token) => token);
  return Int32Array.from(missing < 0 ? tokens : [missing, ...tokens.filter((token) => token !== missing)]);
}
