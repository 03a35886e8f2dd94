import { breathe } from "../../math/breathe.ts";
import { symmetricEigen } from "../../math/linear/eigen.ts";
import { cholesky } from "../../math/linear/linear-algebra.ts";
import type { Dimension } from "./dimensions.ts";

/** Pairs of columns that both are present in fewer rows than this are taken as unrelated. */
const LEAST_PAIRS = 20;
/** Least eigenvalue of the correlation that is used. */
const FLOOR = 1e-4;
/** Greatest size of one correlation. */
const MOST = 0.999;

/**
 * The covariance of g_i(Z_i) and g_j(Z_j) where the normal Z_i and Z_j correlate by `rho`: Mehler's series
 * sum c_ik c_jk rho^k.
 */
export function covarianceAt(a: Dimension, b: Dimension, rho: number): number {
  let sum = 0;
  let power = 1;
  for (let k = 0; k < a.hermite.length; k++) {
    power *= rho;
    sum += (a.hermite[k] as number) * (b.hermite[k] as number) * power;
  }
  return sum;
}

/** What the cut series may be off where the covariance hardly rises any more. */
const SLACK = 2e-6;
/** Steps in which the correlation is sought outwards from 0. */
const STRIDE = MOST / 32;

/**
 * The weakest correlation of the normals that gives `covariance`: outwards from 0 until it is passed, then bisection.
 * Where it is never passed, the strongest. The true covariance rises with the correlation, but the cut series ripples
 * near 1 where levels are rare, so that a search from the ends would stop there.
 */
export function latentCorrelation(a: Dimension, b: Dimension, covariance: number): number {
  const side = Math.sign(covariance);
  const reached = (size: number): boolean =>
    side * covarianceAt(a, b, side * size) >= side * covariance - SLACK;
  let high = STRIDE;
  while (high < MOST && !reached(high)) high += STRIDE;
  if (high >= MOST && !reached(MOST)) return side * MOST;
  let low = high - STRIDE;
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return side * Math.min(MOST, (low + high) / 2);
}

/**
 * Correlations of the normals behind `dimensions` (d x d, row-major) from the scores of `rows` rows (NaN = missing),
 * yielding the share done. Missing cells: complete pairs, their Pearson correlation.
 */
export async function* latentCorrelations(
  dimensions: readonly Dimension[],
  scores: readonly Float64Array[],
): AsyncGenerator<number, Float64Array, void> {
  const d = dimensions.length;
  const matrix = new Float64Array(d * d);
  const absent = scores.map((score) => score.some(Number.isNaN));
  for (let i = 0; i < d; i++) {
    matrix[i * d + i] = 1;
    for (let j = 0; j < i; j++) {
      const [a, b] = [dimensions[i] as Dimension, dimensions[j] as Dimension];
      const [x, y] = [scores[i] as Float64Array, scores[j] as Float64Array];
      const own = a.column === b.column;
      const covariance = own
        ? 0
        : absent[i] === true || absent[j] === true
          ? completePairs(x, y) * Math.sqrt(varianceOf(a) * varianceOf(b))
          : meanProduct(x, y);
      const rho = own ? 0 : latentCorrelation(a, b, covariance);
      matrix[i * d + j] = matrix[j * d + i] = rho;
    }
    await breathe();
    yield (i + 1) / d;
  }
  return matrix;
}

const varianceOf = ({ hermite }: Dimension): number => hermite.reduce((sum, c) => sum + c * c, 0);

function meanProduct(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
  return sum / Math.max(1, x.length);
}

function completePairs(x: Float64Array, y: Float64Array): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    const product = a * b;
    if (Number.isNaN(product)) continue;
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += product;
  }
  if (n < LEAST_PAIRS) return 0;
  const size = (sxx - (sx * sx) / n) * (syy - (sy * sy) / n);
  return size > 1e-12 * n * n ? (sxy - (sx * sy) / n) / Math.sqrt(size) : 0;
}

/** The recipe's share of the identity for d dimensions and n rows. */
export const shrinkageFor = (d: number, rows: number): number => Math.min(0.5, d / (rows + d) / 2);

/**
 * The lower Cholesky factor of (1 - shrinkage) `matrix` + shrinkage I. Where that is not positive definite, because its
 * entries come from different rows, its eigenvalues are raised to a floor first and its diagonal scaled back to 1.
 */
export function correlationFactor(matrix: Float64Array, d: number, shrinkage: number): Float64Array {
  const shrunk = matrix.map((value, at) => (at % (d + 1) === 0 ? 1 : (1 - shrinkage) * value));
  const factor = cholesky(shrunk, d);
  if (factor && smallestPivot(factor, d) > FLOOR) return factor;
  const raised = raise(shrunk, d);
  return cholesky(raised, d) ?? identity(d);
}

function smallestPivot(factor: Float64Array, d: number): number {
  let least = Infinity;
  for (let i = 0; i < d; i++) least = Math.min(least, (factor[i * d + i] as number) ** 2);
  return least;
}

function raise(matrix: Float64Array, d: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, d);
  const out = new Float64Array(d * d);
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++)
        sum +=
          (vectors[i * d + k] as number) *
          Math.max(FLOOR, values[k] as number) *
          (vectors[j * d + k] as number);
      out[i * d + j] = sum;
    }
  const size = Float64Array.from({ length: d }, (_, i) => Math.sqrt(out[i * d + i] as number));
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      const value = (out[i * d + j] as number) / ((size[i] as number) * (size[j] as number));
      out[i * d + j] = out[j * d + i] = i === j ? 1 + 1e-9 : value;
    }
  return out;
}

function identity(d: number): Float64Array {
  const out = new Float64Array(d * d);
  for (let i = 0; i < d; i++) out[i * d + i] = 1;
  return out;
}
