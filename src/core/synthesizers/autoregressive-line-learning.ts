import type { AnyColumnCode } from "../codec/table-code.ts";
import { robustCholesky, solveLower, solveUpper } from "../math/linear-algebra.ts";
import type { AutoregressiveData } from "./autoregressive-data.ts";
import { rowWidth } from "./autoregressive-line.ts";
import type { Line } from "./autoregressive-line.ts";
import { tokenScores } from "./autoregressive-scores.ts";

/** Leave-one-out R² above which a line is taken. */
const LEAST_EXPLAINED = 0.3;
/** A line has at most this many parents, and at most one for so many rows. */
const MOST_PARENTS = 32;
const ROWS_A_PARENT = 10;
/** Ridges that are tried, as shares of the rows. */
const RIDGES = [1e-4, 1e-3, 1e-2, 1e-1];
/** Degrees of freedom that are tried. */
const FREEDOMS = [2, 4, 8, 16, 32, 64, Infinity];

/** The line of each place whose score earlier ones explain by more than .3, leave-one-out; undefined elsewhere. */
export function learnLines(data: AutoregressiveData): (Line | undefined)[] {
  const { codec, places, tokens, rows } = data;
  const width = places.columns.length;
  const codes = places.columns.map((column) => codec.code.columns[column] as AnyColumnCode);
  const scores = codes.map((code, place) => {
    const own = tokenScores(code);
    return (
      own && Float64Array.from({ length: rows }, (_, i) => own[tokens[i * width + place] as number] as number)
    );
  });
  /** what widths go by: errors in parts of their spread, scores where there is no line; NaN at missing */
  const errors: (Float64Array | undefined)[] = [];
  return codes.map((code, place) => {
    const y = scores[place];
    if (!y) return undefined;
    const present = Int32Array.from({ length: rows }, (_, i) => i).filter(
      (i) => tokens[i * width + place] !== code.code.missing,
    );
    const most = Math.min(MOST_PARENTS, Math.floor(present.length / ROWS_A_PARENT));
    const parents = nearest(scores, place, most);
    const xs = Array.from(parents, (parent) => scores[parent] as Float64Array);
    const fit = ridge(xs, y, present);
    const own = new Float64Array(rows).fill(NaN);
    errors[place] = own;
    if (!fit || fit.explained <= LEAST_EXPLAINED) {
      for (const row of present) own[row] = y[row] as number;
      return undefined;
    }
    const before = Array.from(parents, (parent) => errors[parent] as Float64Array);
    const { freedom, spread } = spreadOf(fit.errors, before, present);
    present.forEach((row, k) => (own[row] = (fit.errors[k] as number) / spread));
    return { parents, weights: fit.weights, spread, freedom, scores: "power" };
  });
}

/**
 * nu and s under which `errors`, those of a line at `rows`, are likely as normal ones of variance s^2 v, v by the errors
 * `before` them (`rowWidth`): the least nu whose likelihood is within one standard error of the greatest, since the
 * likelihood hardly changes with it and rows that are alike in all columns come out too alike with a great one.
 */
function spreadOf(
  errors: Float64Array,
  before: readonly Float64Array[],
  rows: Int32Array,
): { freedom: number; spread: number } {
  const n = rows.length;
  const known = Array.from(rows, (row) =>
    before.flatMap((values) => (Number.isNaN(values[row]) ? [] : [values[row] as number])),
  );
  const squares = known.map((values) => values.reduce((sum, error) => sum + error * error, 0));
  const tried = FREEDOMS.map((freedom) => {
    const widths = squares.map((sum, k) => rowWidth(freedom, sum, known[k]?.length as number));
    const parts = errors.map((error, k) => (error * error) / (widths[k] as number));
    const variance = Math.max(1e-12, sumOf(parts) / n);
    const losses = parts.map((part, k) => (Math.log(variance * (widths[k] as number)) + part / variance) / 2);
    return { freedom, spread: Math.sqrt(variance), losses, loss: sumOf(losses) / n };
  });
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const chosen = tried.find(({ losses, loss }) => {
    const more = loss - best.loss;
    const apart = losses.map((value, k) => (value - (best.losses[k] as number) - more) ** 2);
    return more <= Math.sqrt(sumOf(apart)) / n;
  });
  return chosen ?? best;
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

/** At most `most` of the places before `place` that have scores, those that correlate most, rising. */
function nearest(scores: readonly (Float64Array | undefined)[], place: number, most: number): Int32Array {
  const y = scores[place] as Float64Array;
  const strength = scores
    .slice(0, place)
    .map((x) => (x ? Math.abs(product(x, y)) / Math.sqrt(product(x, x)) : -1));
  return Int32Array.from(strength.flatMap((size, k) => (size >= 0 ? [k] : [])))
    .sort((a, b) => (strength[b] as number) - (strength[a] as number) || a - b)
    .slice(0, most)
    .sort();
}

interface Ridge {
  readonly weights: Float64Array;
  /** leave-one-out */
  readonly explained: number;
  /** of each row, leave-one-out */
  readonly errors: Float64Array;
}

/** Ridge regression without a constant of `y` on `xs` at `rows`, with the ridge of the least leave-one-out error. */
function ridge(xs: readonly Float64Array[], y: Float64Array, rows: Int32Array): Ridge | undefined {
  const d = xs.length;
  const n = rows.length;
  if (d === 0 || n < d + 10) return undefined;
  const gram = new Float64Array(d * d);
  const moment = new Float64Array(d);
  xs.forEach((a, i) => {
    for (let k = 0; k <= i; k++)
      gram[i * d + k] = gram[k * d + i] = productAt(a, xs[k] as Float64Array, rows);
    moment[i] = productAt(a, y, rows);
  });
  const total = productAt(y, y, rows);
  let best: Ridge | undefined;
  for (const share of RIDGES) {
    const raised = gram.map((value, at) => (at % (d + 1) === 0 ? value + share * n : value));
    const factor = robustCholesky(raised, d);
    const weights = moment.slice();
    solveLower(factor, d, weights);
    const errors = leftOut(factor, weights, xs, y, rows);
    const explained = 1 - product(errors, errors) / Math.max(1e-12, total);
    if (best && best.explained >= explained) continue;
    solveUpper(factor, d, weights);
    best = { weights, explained, errors };
  }
  return best;
}

/** Leave-one-out errors of a regression with the Cholesky `factor` and its half-solved `half`. */
function leftOut(
  factor: Float64Array,
  half: Float64Array,
  xs: readonly Float64Array[],
  y: Float64Array,
  rows: Int32Array,
): Float64Array {
  const d = xs.length;
  const row = new Float64Array(d);
  return Float64Array.from(rows, (r) => {
    for (let i = 0; i < d; i++) row[i] = xs[i]?.[r] as number;
    solveLower(factor, d, row);
    const error = (y[r] as number) - product(row, half);
    return error / Math.max(1e-6, 1 - product(row, row));
  });
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function productAt(a: Float64Array, b: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const i of rows) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
