import { breathe } from "../breathe.ts";
import { robustCholesky, solveFactored } from "../linear/linear-algebra.ts";
import { logistic } from "../logistic.ts";
import { crossProducts, crossSums, linearScores, widthOf } from "./design.ts";
import type { Design } from "./design.ts";

const MOST_STEPS = 30;
const MOST_HALVINGS = 20;
const SETTLED = 1e-9;

export interface LogisticFit {
  /** the intercept, then the design's columns */
  readonly coefficients: Float64Array;
  /** X' W X + ridge at the coefficients: width x width numbers */
  readonly information: Float64Array;
  readonly converged: boolean;
}

/**
 * Logistic regression of 0/1 `labels` by Newton's method (iteratively reweighted least squares), steps halved where the
 * likelihood would fall. Minimises -log likelihood + ridge/2 times the sum of squared coefficients, the intercept free:
 * scikit-learn's LogisticRegression with C = 1 / ridge. With ridge 0 coefficients may run away where columns separate the
 * classes; `converged` is then false.
 * @param pulse called after every step: lets other work through, may throw to cancel
 */
export async function fitLogistic(
  design: Design,
  labels: ArrayLike<number>,
  ridge: number,
  pulse: () => Promise<void> = breathe,
): Promise<LogisticFit> {
  const width = widthOf(design);
  let coefficients: Float64Array = new Float64Array(width);
  let share = 0;
  for (let row = 0; row < design.rows; row++) share += (labels[row] as number) / design.rows;
  coefficients[0] = Math.log(Math.max(share, 1e-10) / Math.max(1 - share, 1e-10));
  let loss = penalisedLoss(design, labels, ridge, coefficients);
  for (let step = 0; ; step++) {
    const { gradient, information } = slopes(design, labels, ridge, coefficients);
    if (step === MOST_STEPS) return { coefficients, information, converged: false };
    const move = gradient.slice();
    solveFactored(robustCholesky(information, width), width, move);
    const decrement = move.reduce((sum, x, i) => sum + x * (gradient[i] as number), 0);
    if (!(decrement > SETTLED)) return { coefficients, information, converged: decrement <= SETTLED };
    let size = 1;
    for (let half = 0; half < MOST_HALVINGS; half++, size /= 2) {
      const tried = coefficients.map((b, i) => b + size * (move[i] as number));
      const reached = penalisedLoss(design, labels, ridge, tried);
      if (reached <= loss) {
        coefficients = tried;
        loss = reached;
        break;
      }
      if (half === MOST_HALVINGS - 1) return { coefficients, information, converged: false };
    }
    await pulse();
  }
}

function penalisedLoss(
  design: Design,
  labels: ArrayLike<number>,
  ridge: number,
  coefficients: Float64Array,
): number {
  const scores = linearScores(design, coefficients);
  let loss = 0;
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] as number;
    loss += Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - score * (labels[row] as number);
  }
  for (let j = 1; j < coefficients.length; j++) loss += (ridge / 2) * (coefficients[j] as number) ** 2;
  return loss;
}

/** Minus the gradient of the loss, and its second derivatives. */
function slopes(
  design: Design,
  labels: ArrayLike<number>,
  ridge: number,
  coefficients: Float64Array,
): { gradient: Float64Array; information: Float64Array } {
  const scores = linearScores(design, coefficients);
  const weights = new Float64Array(scores.length);
  const residuals = scores.map((score, row) => {
    const p = logistic(score);
    weights[row] = Math.max(p * (1 - p), 1e-12);
    return (labels[row] as number) - p;
  });
  const gradient = crossSums(design, residuals);
  const information = crossProducts(design, weights);
  const width = gradient.length;
  for (let j = 1; j < width; j++) {
    gradient[j] = (gradient[j] as number) - ridge * (coefficients[j] as number);
    information[j * width + j] = (information[j * width + j] as number) + ridge;
  }
  return { gradient, information };
}
