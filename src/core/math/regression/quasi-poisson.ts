import { inverse, robustCholesky, solveFactored } from "../linear/linear-algebra.ts";
import { crossProducts, crossSums, linearScores, widthOf } from "./design.ts";
import type { Design } from "./design.ts";

const MOST_STEPS = 25;
/** Change of the deviance, relative to it, at which the fit has settled. R's glm has 1e-8. */
const SETTLED = 1e-10;

export interface QuasiPoissonFit {
  readonly coefficients: Float64Array;
  /** inverse of X' W X, row-major; times the dispersion it is the coefficients' covariance */
  readonly unscaled: Float64Array;
  readonly fitted: Float64Array;
  /** of each row, 0 to 1 */
  readonly leverages: Float64Array;
  /** Pearson's statistic over n - width; NaN where no row is to spare */
  readonly dispersion: number;
  readonly converged: boolean;
}

/**
 * Log-linear regression of counts with variance dispersion * mean (McCullagh and Nelder 1989, ch. 9), by iteratively
 * reweighted least squares; R: glm(family = quasipoisson).
 * @param counts 0 or more, one of each row
 * @param weights prior weights, above 0; 1 unless given
 */
export function quasiPoisson(
  design: Design,
  counts: ArrayLike<number>,
  weights: ArrayLike<number> = new Float64Array(design.rows).fill(1),
): QuasiPoissonFit {
  const width = widthOf(design);
  let fitted = Float64Array.from({ length: design.rows }, (_, row) => (counts[row] as number) + 0.1);
  let deviance = Infinity;
  let coefficients: Float64Array = new Float64Array(width);
  let factor: Float64Array = new Float64Array(0);
  let converged = false;
  for (let step = 0; step < MOST_STEPS && !converged; step++) {
    const own = fitted.map((mean, row) => mean * (weights[row] as number));
    const working = own.map((w, row) => {
      const mean = fitted[row] as number;
      return w * (Math.log(mean) + ((counts[row] as number) - mean) / mean);
    });
    factor = robustCholesky(crossProducts(design, own), width);
    coefficients = crossSums(design, working);
    solveFactored(factor, width, coefficients);
    fitted = linearScores(design, coefficients).map((score) => Math.max(Number.MIN_VALUE, Math.exp(score)));
    const now = devianceOf(counts, fitted, weights);
    converged = Math.abs(now - deviance) <= SETTLED * (Math.abs(now) + 0.1);
    if (!Number.isFinite(now)) break;
    deviance = now;
  }
  factor = robustCholesky(
    crossProducts(
      design,
      fitted.map((mean, row) => mean * (weights[row] as number)),
    ),
    width,
  );
  const unscaled = inverse(factor, width);
  const pearson = fitted.reduce(
    (sum, mean, row) => sum + ((weights[row] as number) * ((counts[row] as number) - mean) ** 2) / mean,
    0,
  );
  return {
    coefficients,
    unscaled,
    fitted,
    leverages: leveragesOf(design, unscaled, fitted, weights),
    dispersion: design.rows > width ? pearson / (design.rows - width) : NaN,
    converged,
  };
}

function devianceOf(counts: ArrayLike<number>, fitted: Float64Array, weights: ArrayLike<number>): number {
  return fitted.reduce((sum, mean, row) => {
    const count = counts[row] as number;
    const part = count > 0 ? count * Math.log(count / mean) - (count - mean) : mean;
    return sum + 2 * (weights[row] as number) * part;
  }, 0);
}

function leveragesOf(
  design: Design,
  unscaled: Float64Array,
  fitted: Float64Array,
  weights: ArrayLike<number>,
): Float64Array {
  return fitted.map((mean, row) => mean * (weights[row] as number) * spreadAt(rowOf(design, row), unscaled));
}

/** A row of the design as the width numbers that the coefficients go with. */
export function rowOf({ numbers, factors }: Design, row: number): number[] {
  const cells = [1, ...numbers.map((values) => values[row] as number)];
  for (const { codes, levels } of factors)
    for (let level = 0; level < levels; level++) cells.push(codes[row] === level ? 1 : 0);
  return cells;
}

/** x' V x: with `unscaled` and the dispersion the variance of the linear predictor at `x`. */
export function spreadAt(x: readonly number[], unscaled: Float64Array): number {
  let sum = 0;
  x.forEach((a, i) => {
    if (a === 0) return;
    x.forEach((b, j) => {
      if (b !== 0) sum += a * b * (unscaled[i * x.length + j] as number);
    });
  });
  return sum;
}
