import { breathe } from "../breathe.ts";
import { logistic } from "../logistic.ts";
import { crossSums, linearScores, widthOf } from "./design.ts";
import type { Design } from "./design.ts";

/** Weights in the order intercept, numbers, levels of each code. */
export interface LogisticModel {
  readonly weights: Float64Array;
  /** whether the gradient became as small as asked */
  readonly converged: boolean;
}

const MOST_STEPS = 50;
const MOST_DIRECTIONS = 100;
/** Mean gradient at which weights are exact to about six digits. */
const TOLERANCE = 1e-7;

/**
 * Logistic regression: the weights w that minimise sum log(1 + exp(-y x'w)) + 1/2 sum penalty_j w_j² (scikit-learn's
 * LogisticRegression with C = 1 / penalty; its intercept has no penalty). Truncated Newton steps: conjugate gradients on the
 * Hessian, preconditioned by its diagonal, halved until the loss falls (Lin, Weng & Keerthi 2008; Nocedal & Wright 2006,
 * algorithm 7.1). Done when the mean gradient is below `tolerance`. Separable rows without a penalty: weights grow until the steps
 * are used up, the scores are right. For designs too wide for the matrix of `logistic-regression.ts`, which standard errors need.
 * @param labels 0 or 1, one per row
 * @param penalties one per weight; 0 for the intercept
 * @param pulse called after every product with the design; may throw to cancel
 */
export async function fitRidgeLogistic(
  design: Design,
  labels: ArrayLike<number>,
  penalties: Float64Array,
  pulse: () => Promise<void> = breathe,
  tolerance: number = TOLERANCE,
): Promise<LogisticModel> {
  const { rows } = design;
  const size = widthOf(design);
  const weights = new Float64Array(size);
  let margins = new Float64Array(rows);
  let loss = lossOf(margins, labels, weights, penalties);
  const residual = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  for (let step = 0; step < MOST_STEPS; step++) {
    for (let i = 0; i < rows; i++) {
      const p = logistic(margins[i] as number);
      residual[i] = p - (labels[i] as number);
      curvature[i] = p * (1 - p);
    }
    const gradient = crossSums(design, residual);
    for (let j = 0; j < size; j++)
      gradient[j] = (gradient[j] as number) + (penalties[j] as number) * (weights[j] as number);
    await pulse();
    if (largest(gradient) <= tolerance * rows) return { weights, converged: true };
    const direction = await newtonDirection(design, curvature, gradient, penalties, pulse);
    const along = linearScores(design, direction);
    let reach = 1;
    for (; reach > 1e-6; reach /= 2) {
      const tried = weights.map((w, j) => w + reach * (direction[j] as number));
      const moved = margins.map((m, i) => m + reach * (along[i] as number));
      const next = lossOf(moved, labels, tried, penalties);
      if (next < loss) {
        weights.set(tried);
        margins = moved;
        loss = next;
        break;
      }
    }
    await pulse();
    if (reach <= 1e-6) return { weights, converged: largest(gradient) <= 1000 * tolerance * rows };
  }
  return { weights, converged: false };
}

/** An approximate solution d of (X' C X + penalties) d = -gradient. */
async function newtonDirection(
  design: Design,
  curvature: Float64Array,
  gradient: Float64Array,
  penalties: Float64Array,
  pulse: () => Promise<void>,
): Promise<Float64Array> {
  const size = gradient.length;
  const scale = diagonal(design, curvature).map((d, j) => 1 / Math.max(d + (penalties[j] as number), 1e-12));
  const direction = new Float64Array(size);
  const rest = gradient.map((g) => -g);
  let conditioned = rest.map((r, j) => r * (scale[j] as number));
  const search = Float64Array.from(conditioned);
  let energy = dot(rest, conditioned);
  const start = Math.sqrt(dot(gradient, gradient));
  const enough = Math.min(0.1, Math.sqrt(start / Math.max(1, design.rows))) * start;
  for (let k = 0; k < MOST_DIRECTIONS && Math.sqrt(dot(rest, rest)) > enough; k++) {
    const product = crossSums(
      design,
      linearScores(design, search).map((m, i) => m * (curvature[i] as number)),
    );
    for (let j = 0; j < size; j++)
      product[j] = (product[j] as number) + (penalties[j] as number) * (search[j] as number);
    const bend = dot(search, product);
    if (!(bend > 1e-14 * energy)) break;
    const length = energy / bend;
    for (let j = 0; j < size; j++) {
      direction[j] = (direction[j] as number) + length * (search[j] as number);
      rest[j] = (rest[j] as number) - length * (product[j] as number);
    }
    conditioned = rest.map((r, j) => r * (scale[j] as number));
    const next = dot(rest, conditioned);
    for (let j = 0; j < size; j++)
      search[j] = (conditioned[j] as number) + (next / energy) * (search[j] as number);
    energy = next;
    await pulse();
  }
  return direction;
}

/** The diagonal of X' C X. */
function diagonal(design: Design, curvature: Float64Array): Float64Array {
  const squares = { ...design, numbers: design.numbers.map((column) => column.map((x) => x * x)) };
  return crossSums(squares, curvature);
}

function lossOf(
  margins: Float64Array,
  labels: ArrayLike<number>,
  weights: Float64Array,
  penalties: Float64Array,
): number {
  let loss = 0;
  for (let i = 0; i < margins.length; i++) {
    const signed = labels[i] === 1 ? -(margins[i] as number) : (margins[i] as number);
    loss += signed > 0 ? signed + Math.log1p(Math.exp(-signed)) : Math.log1p(Math.exp(signed));
  }
  for (let j = 0; j < weights.length; j++)
    loss += ((penalties[j] as number) * (weights[j] as number) ** 2) / 2;
  return loss;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
}

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
