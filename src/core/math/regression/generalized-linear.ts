import { breathe } from "../breathe.ts";
import { crossProducts, crossSums, linearScores, widthOf } from "./design.ts";
import type { Design } from "./design.ts";
import { inverseDiagonal, robustCholesky, solveFactored } from "../linear/linear-algebra.ts";
import { fitLogistic } from "./logistic-regression.ts";

/** Coefficients of a regression (column 0: the intercept, where there is one) and their standard errors. */
export interface Estimates {
  readonly coefficients: Float64Array;
  readonly errors: Float64Array;
  readonly converged: boolean;
}

/** Maximum likelihood logistic regression of 0/1 `labels`; errors from the expected information (statsmodels' Logit). */
export async function logisticRegression(
  design: Design,
  labels: ArrayLike<number>,
  pulse: () => Promise<void> = breathe,
): Promise<Estimates> {
  const { coefficients, information, converged } = await fitLogistic(design, labels, 0, pulse);
  const width = widthOf(design);
  const errors = inverseDiagonal(robustCholesky(information, width), width).map(Math.sqrt);
  return { coefficients, errors, converged };
}

/** Ordinary least squares, or with a `ridge` on all but the intercept; errors with n - width (statsmodels' OLS). */
export function linearRegression(design: Design, values: Float64Array, ridge = 0): Estimates {
  const width = widthOf(design);
  const products = crossProducts(design, new Float64Array(design.rows).fill(1));
  for (let j = 1; j < width; j++) products[j * width + j] = (products[j * width + j] as number) + ridge;
  const factor = robustCholesky(products, width);
  const coefficients = crossSums(design, values);
  solveFactored(factor, width, coefficients);
  const fitted = linearScores(design, coefficients);
  const left = fitted.reduce((sum, fit, row) => sum + ((values[row] as number) - fit) ** 2, 0);
  const variance = left / (design.rows - width);
  const errors = inverseDiagonal(factor, width).map((x) => Math.sqrt(x * variance));
  return { coefficients, errors, converged: variance > 0 && Number.isFinite(variance) };
}
