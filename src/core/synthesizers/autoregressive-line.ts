import type { AnyColumnCode } from "../codec/table-code.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, damaged } from "../codec/damaged.ts";
import type { TokenCodec } from "../codec/token.ts";
import type { Places } from "./autoregressive-data.ts";
import type { TokenHead } from "./autoregressive-heads.ts";
import { tokenScores } from "./autoregressive-scores.ts";
import type { ScoreKind } from "./autoregressive-scores.ts";

/**
 * A number that earlier numbers tell in part: the score of its token is sum w_k z_k with an error of deviation
 * `spread` sqrt(v), v the row's width (`widthAt`). The column's networks say what they learn beside that.
 */
export interface Line {
  /** earlier places, rising */
  readonly parents: Int32Array;
  readonly weights: Float64Array;
  readonly spread: number;
  /** nu of the row's width; Infinity where all rows are as wide */
  readonly freedom: number;
  readonly scores: ScoreKind;
}

/** A line as it is added to its column's coefficients. */
export interface PlannedLine extends Line {
  /** for each parent what each of its tokens adds to the score */
  readonly additions: readonly Float64Array[];
  /** each parent's scores, NaN at missing, and its own line; undefined for a parent without scores */
  readonly watched: readonly (Watched | undefined)[];
  /** the coefficient that only the missing token has; -1 where there is none */
  readonly missingCoefficient: number;
}

interface Watched {
  readonly scores: Float64Array;
  readonly line: PlannedLine | undefined;
}

/** A line's JSON; null where there is none. */
export const savedLine = (line: Line | undefined): unknown =>
  line
    ? {
        parents: [...line.parents],
        weights: [...line.weights],
        spread: line.spread,
        freedom: line.freedom === Infinity ? null : line.freedom,
        scores: line.scores,
      }
    : null;

/**
 * Inverse of `savedLine` for every place, undefined for a model without lines; those of before version 4 have normal
 * scores and rows of one width. Throws FaultError `model-damaged`.
 */
export function loadLines(saved: unknown, places: number): (Line | undefined)[] {
  if (saved === undefined) return new Array<undefined>(places).fill(undefined);
  const items = asList(saved, "lines");
  if (items.length !== places) return damaged("lines");
  return items.map((item, place) => {
    if (item === null) return undefined;
    const state = asRecord(item, "lines");
    const parents = Int32Array.from(asList(state["parents"], "lines"), (one) => asIndex(one, place, "lines"));
    const weights = asNumbers(state["weights"], "lines", parents.length);
    const spread = asNumber(state["spread"], "lines");
    const freedom = (state["freedom"] ?? null) === null ? Infinity : asNumber(state["freedom"], "lines");
    if (!(spread > 0) || !(freedom > 0)) return damaged("lines");
    const scores = asOneOf(state["scores"] ?? "normal", ["power", "normal"], "lines");
    return { parents, weights, spread, freedom, scores };
  });
}

/** `line` ready to be added to the coefficients of `head`, the head of column `own`; `earlier`: the lines before it. */
export function planLine(
  line: Line,
  codec: TokenCodec,
  places: Places,
  own: AnyColumnCode,
  head: TokenHead,
  earlier: readonly (PlannedLine | undefined)[],
): PlannedLine {
  const codes = Array.from(
    line.parents,
    (parent) => codec.code.columns[places.columns[parent] as number] as AnyColumnCode,
  );
  const scores = codes.map((code) => tokenScores(code, line.scores));
  const additions = scores.map((values, k) => {
    const weight = line.weights[k] as number;
    const count = places.counts[line.parents[k] as number] as number;
    return values?.map((score) => score * weight) ?? new Float64Array(count);
  });
  const watched = scores.map((values, k): Watched | undefined => {
    const missing = codes[k]?.code.missing as number;
    const present = values?.map((score, token) => (token === missing ? NaN : score));
    return present && { scores: present, line: earlier[line.parents[k] as number] };
  });
  return {
    ...line,
    additions,
    watched,
    missingCoefficient: own.code.missing < 0 ? -1 : head.coefficients - 1,
  };
}

/**
 * Adds the line to a column's coefficients on its basis 3z and 3 (z^2 - 1): the column's shares p, which are about
 * standard normal in z, times N(z; m, s^2 v) / N(z; 0, 1) are the shares of a normal with mean m = sum w_k z_k. What the
 * present tokens weigh together stays as it was, so that the line does not say whether a cell is missing.
 */
export function addLine(
  line: PlannedLine,
  head: TokenHead,
  tokens: ArrayLike<number>,
  start: number,
  coefficients: Float32Array | Float64Array,
  at = 0,
): void {
  const { spread, missingCoefficient } = line;
  const precision = 1 / (spread * spread * widthAt(line, tokens, start));
  const first = (middleAt(line, tokens, start) * precision) / 3;
  const second = (1 - precision) / 6;
  coefficients[at] = (coefficients[at] as number) + first;
  coefficients[at + 1] = (coefficients[at + 1] as number) + second;
  if (missingCoefficient < 0) return;
  const balance = presentGain(head, first, second) / 1.5;
  coefficients[at + missingCoefficient] = (coefficients[at + missingCoefficient] as number) + balance;
}

/** m = sum w_k z_k of the row from `start`. */
function middleAt({ parents, additions }: PlannedLine, tokens: ArrayLike<number>, start: number): number {
  let middle = 0;
  for (let k = 0; k < parents.length; k++)
    middle += additions[k]?.[tokens[start + (parents[k] as number)] as number] as number;
  return middle;
}

/**
 * The width v of the row from `start`: `rowWidth` of its parents' errors, for a parent with a line (z - m) / s, for
 * another z; missing ones do not count.
 */
function widthAt(
  { parents, watched, freedom }: PlannedLine,
  tokens: ArrayLike<number>,
  start: number,
): number {
  if (freedom === Infinity) return 1;
  let [squares, count] = [0, 0];
  for (let k = 0; k < parents.length; k++) {
    const parent = watched[k];
    const score = parent?.scores[tokens[start + (parents[k] as number)] as number] ?? NaN;
    if (!parent || Number.isNaN(score)) continue;
    const { line } = parent;
    const error = line ? (score - middleAt(line, tokens, start)) / line.spread : score;
    squares += error * error;
    count++;
  }
  return rowWidth(freedom, squares, count);
}

/**
 * (nu + Q) / (nu + d): how the variance of one coordinate of a multivariate t with nu degrees of freedom goes by the d
 * before it, Q their squared errors (Kotz & Nadarajah 2004, section 1.11): a row that was far from what was expected
 * is so in other columns too.
 */
export const rowWidth = (freedom: number, squares: number, count: number): number =>
  freedom === Infinity ? 1 : (freedom + squares) / (freedom + count);

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
