import type { AnyColumnCode } from "../codec/table-code.ts";
import { asIndex, asList, asNumber, asNumbers, asRecord, damaged } from "../codec/damaged.ts";
import type { TokenCodec } from "../codec/token.ts";
import { robustCholesky, solveLower, solveUpper } from "../math/linear-algebra.ts";
import { normalQuantile } from "../math/normal.ts";
import type { AutoregressiveData, Places } from "./autoregressive-data.ts";
import { MOST_FREE_TOKENS } from "./autoregressive-heads.ts";
import type { TokenHead } from "./autoregressive-heads.ts";

/**
 * A number that earlier numbers nearly tell: the normal score of its token is sum w_k z_k with an error of deviation
 * `spread`. The column's networks say what they learn beside that (`lineFor`).
 */
export interface Line {
  /** earlier places, rising */
  readonly parents: Int32Array;
  readonly weights: Float64Array;
  readonly spread: number;
}

/** A line as it is added to its column's coefficients. */
export interface PlannedLine extends Line {
  /** for each parent what each of its tokens adds to the score */
  readonly additions: readonly Float64Array[];
  /** the coefficient that only the missing token has; -1 where there is none */
  readonly missingCoefficient: number;
}

/** A line's JSON; null where there is none. */
export const savedLine = (line: Line | undefined): unknown =>
  line ? { parents: [...line.parents], weights: [...line.weights], spread: line.spread } : null;

/** Inverse of `savedLine` for every place, undefined for a model without lines; throws FaultError `model-damaged`. */
export function loadLines(saved: unknown, places: number): (Line | undefined)[] {
  if (saved === undefined) return new Array<undefined>(places).fill(undefined);
  const items = asList(saved, "lines");
  if (items.length !== places) return damaged("lines");
  return items.map((item, place) => {
    if (item === null) return undefined;
    const state = asRecord(item, "lines");
    const parents = Int32Array.from(asList(state["parents"], "lines"), (one) => asIndex(one, place, "lines"));
    const spread = asNumber(state["spread"], "lines");
    if (!(spread > 0)) return damaged("lines");
    return { parents, weights: asNumbers(state["weights"], "lines", parents.length), spread };
  });
}

/** Normal scores of a number's tokens, missing ones 0; undefined for levels, codes and numbers of few tokens. */
export function tokenScores(column: AnyColumnCode): Float64Array | undefined {
  if (column.type !== "numeric" || column.nominal || column.code.count <= MOST_FREE_TOKENS) return undefined;
  const { cdf, bins, count } = column.code;
  return Float64Array.from({ length: count }, (_, token) => {
    if (token >= bins.length) return 0;
    const u = ((cdf[token] as number) + (cdf[token + 1] as number)) / 2;
    return normalQuantile(Math.min(0.999, Math.max(0.001, u)));
  });
}

/** `line` ready to be added to the coefficients of `head`, the head of column `own`. */
export function planLine(
  line: Line,
  codec: TokenCodec,
  places: Places,
  own: AnyColumnCode,
  head: TokenHead,
): PlannedLine {
  const additions = Array.from(line.parents, (parent, k) => {
    const scores = tokenScores(codec.code.columns[places.columns[parent] as number] as AnyColumnCode);
    const weight = line.weights[k] as number;
    return scores?.map((score) => score * weight) ?? new Float64Array(places.counts[parent] as number);
  });
  return { ...line, additions, missingCoefficient: own.code.missing < 0 ? -1 : head.coefficients - 1 };
}

/**
 * Adds the line to a column's coefficients on its basis 3z and 3 (z^2 - 1): the column's shares p, which are standard
 * normal in z, times N(z; m, s^2) / N(z; 0, 1) are the shares of a normal with mean m = sum w_k z_k and deviation s. What
 * the present tokens weigh together stays as it was, so that the line does not say whether a cell is missing.
 */
export function addLine(
  { parents, additions, spread, missingCoefficient }: PlannedLine,
  head: TokenHead,
  tokens: ArrayLike<number>,
  start: number,
  coefficients: Float32Array | Float64Array,
  at = 0,
): void {
  let middle = 0;
  for (let k = 0; k < parents.length; k++)
    middle += additions[k]?.[tokens[start + (parents[k] as number)] as number] as number;
  const precision = 1 / (spread * spread);
  const first = (middle * precision) / 3;
  const second = (1 - precision) / 6;
  coefficients[at] = (coefficients[at] as number) + first;
  coefficients[at + 1] = (coefficients[at + 1] as number) + second;
  if (missingCoefficient < 0) return;
  const balance = presentGain(head, first, second) / 1.5;
  coefficients[at + missingCoefficient] = (coefficients[at + missingCoefficient] as number) + balance;
}

/** log of the present tokens' weight with the two coefficients, less without; the missing token is the last. */
function presentGain({ basis, classes, offset }: TokenHead, first: number, second: number): number {
  let [before, after, most] = [0, 0, -Infinity];
  const gainOf = (k: number): number =>
    first * (basis?.[k] as number) + second * (basis?.[classes + k] as number);
  for (let k = 0; k < classes - 1; k++) most = Math.max(most, gainOf(k));
  for (let k = 0; k < classes - 1; k++) {
    const weight = Math.exp(offset[k] as number);
    before += weight;
    after += weight * Math.exp(gainOf(k) - most);
  }
  return most + Math.log(after / before);
}

/** Leave-one-out R² above which a line is taken. */
const LEAST_EXPLAINED = 0.5;
/** A line has at most this many parents, and at most one for so many rows. */
const MOST_PARENTS = 32;
const ROWS_A_PARENT = 10;
/** Ridges that are tried, as shares of the rows. */
const RIDGES = [1e-4, 1e-3, 1e-2, 1e-1];

/** The line of each place whose score earlier ones explain by more than half, leave-one-out; undefined elsewhere. */
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
  return codes.map((code, place) => {
    const y = scores[place];
    if (!y) return undefined;
    const missing = code.code.missing;
    const present = Int32Array.from({ length: rows }, (_, i) => i).filter(
      (i) => tokens[i * width + place] !== missing,
    );
    const parents = nearest(
      scores,
      place,
      Math.min(MOST_PARENTS, Math.floor(present.length / ROWS_A_PARENT)),
    );
    const xs = Array.from(parents, (parent) => scores[parent] as Float64Array);
    const fit = ridge(xs, y, present);
    return fit && fit.explained > LEAST_EXPLAINED
      ? { parents, weights: fit.weights, spread: fit.spread }
      : undefined;
  });
}

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
  readonly spread: number;
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
    const left = leftOut(factor, weights, xs, y, rows);
    const explained = 1 - left / Math.max(1e-12, total);
    if (best && best.explained >= explained) continue;
    solveUpper(factor, d, weights);
    best = { weights, explained, spread: Math.sqrt(left / n) };
  }
  return best;
}

/** Sum of squared leave-one-out errors of a regression with the Cholesky `factor` and its half-solved `half`. */
function leftOut(
  factor: Float64Array,
  half: Float64Array,
  xs: readonly Float64Array[],
  y: Float64Array,
  rows: Int32Array,
): number {
  const d = xs.length;
  const row = new Float64Array(d);
  let sum = 0;
  for (const r of rows) {
    for (let i = 0; i < d; i++) row[i] = xs[i]?.[r] as number;
    solveLower(factor, d, row);
    const error = (y[r] as number) - product(row, half);
    sum += (error / Math.max(1e-6, 1 - product(row, row))) ** 2;
  }
  return sum;
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
