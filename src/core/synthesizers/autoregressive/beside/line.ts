import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import { asIndex, asList, asNumber, asNumbers, asRecord, damaged } from "../../../codec/saved-state.ts";
import type { TokenCodec } from "../../../codec/token.ts";
import type { Places } from "../../token-rows/places.ts";
import type { TokenHead } from "../../token-rows/heads.ts";
import type { Prior } from "./prior.ts";
import { tokenScores } from "./scores.ts";

/** Rows by the level of one column: a line has weights and a spread for each group. */
export interface LineGroups {
  /** the place of the column, before that of any line */
  readonly place: number;
  /** the group of each of its tokens */
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * A number that earlier columns tell in part: the score of its token is b + sum w_k z_k with an error of deviation
 * s sqrt(v), v the row's width (`widthAt`), and b, w and s those of the row's group. The column's networks say what they
 * learn beside that.
 */
export interface Line {
  /** undefined where all rows are one group */
  readonly groups: LineGroups | undefined;
  /** earlier places, rising */
  readonly parents: Int32Array;
  /** groups x parents */
  readonly weights: Float64Array;
  /** b of each group */
  readonly shifts: Float64Array;
  /** s of each group */
  readonly spreads: Float64Array;
  /** nu of the row's width; Infinity where all rows are as wide */
  readonly freedom: number;
}

/** A line as it stands beside its column's networks. */
export interface LinePrior extends Line, Prior {
  /** the head of its column */
  readonly head: TokenHead;
  /** for each parent what each of its tokens adds to the score: groups x tokens */
  readonly additions: readonly Float64Array[];
  /** each parent's scores, NaN at missing, and its own line; undefined for a parent without scores */
  readonly watched: readonly (Watched | undefined)[];
  /** the coefficient that only the missing token has; -1 where there is none */
  readonly missingCoefficient: number;
}

interface Watched {
  readonly scores: Float64Array;
  readonly line: LinePrior | undefined;
}

/** A line's JSON; null where there is none. */
export const savedLine = (line: Line | undefined): unknown =>
  line
    ? {
        ...(line.groups ? { by: line.groups.place, groups: [...line.groups.of] } : {}),
        parents: [...line.parents],
        weights: [...line.weights],
        shifts: [...line.shifts],
        spreads: [...line.spreads],
        freedom: line.freedom === Infinity ? null : line.freedom,
      }
    : null;

/** Inverse of `savedLine` for every place, `counts` their tokens. Throws FaultError `model-damaged`. */
export function loadLines(saved: unknown, counts: readonly number[]): (Line | undefined)[] {
  const items = asList(saved, "lines");
  if (items.length !== counts.length) return damaged("lines");
  return items.map((item, place) => (item === null ? undefined : loadLine(item, place, counts)));
}

function loadLine(item: unknown, place: number, counts: readonly number[]): Line {
  const state = asRecord(item, "lines");
  const groups = state["by"] === undefined ? undefined : loadGroups(state, place, counts);
  const count = groups?.count ?? 1;
  const parents = Int32Array.from(asList(state["parents"], "lines"), (one) => asIndex(one, place, "lines"));
  const weights = asNumbers(state["weights"], "lines", count * parents.length);
  const shifts = asNumbers(state["shifts"], "lines", count);
  const spreads = asNumbers(state["spreads"], "lines", count);
  const freedom = state["freedom"] === null ? Infinity : asNumber(state["freedom"], "lines");
  if (!spreads.every((spread) => spread > 0) || !(freedom > 0)) return damaged("lines");
  return { groups, parents, weights, shifts, spreads, freedom };
}

function loadGroups(
  state: Readonly<Record<string, unknown>>,
  line: number,
  counts: readonly number[],
): LineGroups {
  const place = asIndex(state["by"], line, "lines");
  const tokens = counts[place] as number;
  const of = Int32Array.from(asList(state["groups"], "lines"), (one) => asIndex(one, tokens, "lines"));
  if (of.length !== tokens) return damaged("lines");
  return { place, of, count: Math.max(...of) + 1 };
}

/** `line` beside the networks of column `own`, whose head is `head`; `earlier`: the lines before it. */
export function linePrior(
  line: Line,
  codec: TokenCodec,
  places: Places,
  own: AnyColumnCode,
  head: TokenHead,
  earlier: readonly (LinePrior | undefined)[],
): LinePrior {
  const codes = Array.from(
    line.parents,
    (parent) => codec.code.columns[places.columns[parent] as number] as AnyColumnCode,
  );
  const scores = codes.map((code) => tokenScores(code));
  const additions = scores.map((values, k) => {
    const count = places.counts[line.parents[k] as number] as number;
    const table = new Float64Array(line.spreads.length * count);
    return table.map((_, at) => {
      const weight = line.weights[Math.floor(at / count) * line.parents.length + k] as number;
      return (values?.[at % count] ?? 0) * weight;
    });
  });
  const watched = scores.map((values, k): Watched | undefined => {
    const missing = codes[k]?.code.missing as number;
    const present = values?.map((score, token) => (token === missing ? NaN : score));
    return present && { scores: present, line: earlier[line.parents[k] as number] };
  });
  const prior: LinePrior = {
    ...line,
    head,
    additions,
    watched,
    missingCoefficient: own.code.missing < 0 ? -1 : head.coefficients - 1,
    reads: line.groups ? Int32Array.of(line.groups.place, ...line.parents) : line.parents,
    follows: true,
    add: (tokens, start, coefficients, at) => addLine(prior, tokens, start, coefficients, at),
  };
  return prior;
}

/**
 * Adds the line to a column's coefficients on its basis 3z and 3 (z^2 - 1): the column's shares p, which are about
 * standard normal in z, times N(z; m, s^2 v) / N(z; 0, 1) are the shares of a normal with mean m = b + sum w_k z_k. What the
 * present tokens weigh together stays as it was, so that the line does not say whether a cell is missing.
 */
function addLine(
  line: LinePrior,
  tokens: ArrayLike<number>,
  start: number,
  coefficients: Float32Array | Float64Array,
  at: number,
): void {
  const { head, missingCoefficient } = line;
  const spread = line.spreads[groupAt(line, tokens, start)] as number;
  const precision = 1 / (spread * spread * widthAt(line, tokens, start));
  const first = (middleAt(line, tokens, start) * precision) / 3;
  const second = (1 - precision) / 6;
  coefficients[at] = (coefficients[at] as number) + first;
  coefficients[at + 1] = (coefficients[at + 1] as number) + second;
  if (missingCoefficient < 0) return;
  const balance = presentGain(head, first, second) / 1.5;
  coefficients[at + missingCoefficient] = (coefficients[at + missingCoefficient] as number) + balance;
}

const groupAt = ({ groups }: Line, tokens: ArrayLike<number>, start: number): number =>
  groups ? (groups.of[tokens[start + groups.place] as number] as number) : 0;

/** m = b + sum w_k z_k of the row from `start`. */
function middleAt(line: LinePrior, tokens: ArrayLike<number>, start: number): number {
  const { parents, additions, shifts } = line;
  const group = groupAt(line, tokens, start);
  let middle = shifts[group] as number;
  for (let k = 0; k < parents.length; k++) {
    const table = additions[k] as Float64Array;
    const from = (table.length / shifts.length) * group;
    middle += table[from + (tokens[start + (parents[k] as number)] as number)] as number;
  }
  return middle;
}

/**
 * The width v of the row from `start`: `rowWidth` of its parents' errors, for a parent with a line (z - m) / s, for
 * another z; missing ones do not count.
 */
function widthAt({ parents, watched, freedom }: LinePrior, tokens: ArrayLike<number>, start: number): number {
  if (freedom === Infinity) return 1;
  let [squares, count] = [0, 0];
  for (let k = 0; k < parents.length; k++) {
    const parent = watched[k];
    const score = parent?.scores[tokens[start + (parents[k] as number)] as number] ?? NaN;
    if (!parent || Number.isNaN(score)) continue;
    const { line } = parent;
    const error = line ? errorOf(line, score, tokens, start) : score;
    squares += error * error;
    count++;
  }
  return rowWidth(freedom, squares, count);
}

/** (z - m) / s of a row's `score` z. */
const errorOf = (line: LinePrior, score: number, tokens: ArrayLike<number>, start: number): number =>
  (score - middleAt(line, tokens, start)) / (line.spreads[groupAt(line, tokens, start)] as number);

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
