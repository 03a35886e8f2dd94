import { robustCholesky, solveLower, solveUpper } from "../../../math/linear/linear-algebra.ts";

/** Ridges that are tried, as shares of the rows: for what all rows have in common, and for what a group has beside it. */
const RIDGES = [1e-4, 1e-3, 1e-2, 1e-1];
const GROUP_RIDGES = [1e-3, 1e-2, 1e-1, Infinity];
/** A group of fewer rows has what all rows have in common: nothing is stored that so few patients say. */
export const LEAST_IN_GROUP = 10;
/** A row keeps at least this share of its own error in a regression of its group. */
const LEAST_KEPT = 0.1;

/** Rows by groups: the group of each row. */
export interface GroupedRows {
  readonly of: Int32Array;
  readonly count: number;
}

export interface LineFit {
  /** groups x parents */
  readonly weights: Float64Array;
  /** the constant of each group */
  readonly shifts: Float64Array;
  /** of each row, leave-one-out */
  readonly errors: Float64Array;
}

/**
 * Ridge regression of `y` on `xs`, without a constant since all are standard scores, with the ridge of the least
 * leave-one-out error. With groups, each group's weights deviate from the common ones by a second ridge regression of what
 * these leave, which has a constant; its ridge, one for all groups, is that of the greatest leave-one-out likelihood of
 * normal errors. Undefined where there are fewer than ten rows more than `xs`, or nothing to learn from.
 */
export function fitLine(
  xs: readonly Float64Array[],
  y: Float64Array,
  groups: GroupedRows | undefined,
): LineFit | undefined {
  if (y.length < xs.length + 10 || (xs.length === 0 && !groups)) return undefined;
  const gram = gramOf(xs, y);
  const common = RIDGES.map((share) => ridgeOf(xs, y, gram, share * y.length)).reduce((a, b) =>
    squaresOf(leftOut(b)) < squaresOf(leftOut(a)) ? b : a,
  );
  if (!groups) return { weights: common.weights, shifts: new Float64Array(1), errors: leftOut(common) };
  return GROUP_RIDGES.map((share) => byGroup(xs, common, groups, share * y.length)).reduce((a, b) =>
    b.loss < a.loss ? b : a,
  );
}

/** Of each row -log p but for a constant, `errors` being normal with the deviation s of those of the row's group. */
export function lossesOf(errors: Float64Array, groups: GroupedRows | undefined): Float64Array {
  const count = groups?.count ?? 1;
  const squares = new Float64Array(count);
  const rows = new Float64Array(count);
  errors.forEach((error, i) => {
    const group = groups?.of[i] ?? 0;
    squares[group] = (squares[group] as number) + error * error;
    rows[group] = (rows[group] as number) + 1;
  });
  const variances = squares.map((sum, group) => Math.max(1e-12, sum / Math.max(1, rows[group] as number)));
  return errors.map((error, i) => {
    const variance = variances[groups?.of[i] ?? 0] as number;
    return (Math.log(variance) + (error * error) / variance) / 2;
  });
}

function byGroup(
  xs: readonly Float64Array[],
  common: Ridge,
  groups: GroupedRows,
  ridge: number,
): LineFit & { readonly loss: number } {
  const d = xs.length;
  const weights = new Float64Array(groups.count * d);
  const shifts = new Float64Array(groups.count);
  const errors = leftOut(common);
  for (let group = 0; group < groups.count; group++) {
    weights.set(common.weights, group * d);
    const rows = Int32Array.from(groups.of.keys()).filter((i) => groups.of[i] === group);
    if (rows.length < LEAST_IN_GROUP) continue;
    const own = deviation(xs, common.residuals, rows, ridge);
    shifts[group] = own.shift;
    for (let k = 0; k < d; k++)
      weights[group * d + k] = (common.weights[k] as number) + (own.weights[k] as number);
    rows.forEach((row, i) => {
      const kept = (common.kept[row] as number) * (own.kept[i] as number);
      errors[row] = (own.residuals[i] as number) / Math.max(LEAST_KEPT, kept);
    });
  }
  const loss = lossesOf(errors, groups).reduce((sum, one) => sum + one, 0);
  return { weights, shifts, errors, loss };
}

/** Ridge regression with a constant of `y` on `xs` at `rows`; the constant alone where `ridge` is infinite. */
function deviation(
  xs: readonly Float64Array[],
  y: Float64Array,
  rows: Int32Array,
  ridge: number,
): Ridge & { readonly shift: number } {
  const n = Math.max(1, rows.length);
  const centred = (values: Float64Array): { mean: number; off: Float64Array } => {
    const own = Float64Array.from(rows, (row) => values[row] as number);
    const mean = own.reduce((sum, value) => sum + value, 0) / n;
    return { mean, off: own.map((value) => value - mean) };
  };
  const outcome = centred(y);
  const inputs = ridge === Infinity ? [] : xs.map(centred);
  const own = inputs.map(({ off }) => off);
  const fit = ridgeOf(own, outcome.off, gramOf(own, outcome.off), ridge);
  const weights = new Float64Array(xs.length);
  weights.set(fit.weights);
  const shift = inputs.reduce((sum, { mean }, k) => sum - mean * (weights[k] as number), outcome.mean);
  return { weights, shift, residuals: fit.residuals, kept: fit.kept.map((share) => share - 1 / n) };
}

interface Ridge {
  readonly weights: Float64Array;
  readonly residuals: Float64Array;
  /** 1 - leverage: what a row's residual is of its error with the row left out */
  readonly kept: Float64Array;
}

const leftOut = ({ residuals, kept }: Ridge): Float64Array =>
  residuals.map((left, i) => left / Math.max(1e-6, kept[i] as number));

/** Leave-one-out errors of a ridge regression without a constant of `y` on `xs`, `ridge` added to their sums of squares. */
export const leftOutErrors = (xs: readonly Float64Array[], y: Float64Array, ridge: number): Float64Array =>
  leftOut(ridgeOf(xs, y, gramOf(xs, y), ridge));

interface Gram {
  readonly products: Float64Array;
  readonly moments: Float64Array;
}

function gramOf(xs: readonly Float64Array[], y: Float64Array): Gram {
  const d = xs.length;
  const products = new Float64Array(d * d);
  const moments = new Float64Array(d);
  xs.forEach((a, i) => {
    for (let k = 0; k <= i; k++)
      products[i * d + k] = products[k * d + i] = product(a, xs[k] as Float64Array);
    moments[i] = product(a, y);
  });
  return { products, moments };
}

/** Ridge regression without a constant of `y` on `xs`, `ridge` added to their sums of squares. */
function ridgeOf(
  xs: readonly Float64Array[],
  y: Float64Array,
  { products, moments }: Gram,
  ridge: number,
): Ridge {
  const d = xs.length;
  const raised = products.map((value, at) => (at % (d + 1) === 0 ? value + ridge : value));
  const factor = robustCholesky(raised, d);
  const weights = moments.slice();
  solveLower(factor, d, weights);
  const row = new Float64Array(d);
  const residuals = new Float64Array(y.length);
  const kept = new Float64Array(y.length);
  for (let r = 0; r < y.length; r++) {
    for (let i = 0; i < d; i++) row[i] = xs[i]?.[r] as number;
    solveLower(factor, d, row);
    residuals[r] = (y[r] as number) - product(row, weights);
    kept[r] = 1 - product(row, row);
  }
  solveUpper(factor, d, weights);
  return { weights, residuals, kept };
}

const squaresOf = (values: Float64Array): number => product(values, values);

/** Sum of the products of two columns' cells. */
export function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
