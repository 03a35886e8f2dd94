import type { CodedLevels } from "../../codec/columns/coded-levels.ts";
import type { NumericBins } from "../../codec/columns/numeric-bins.ts";
import type { TableCode } from "../../codec/columns/table-code.ts";
import { normalCdf, normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";

/**
 * One normal variable of the copula: a column's value, whether a coded column has one of its levels, or whether it is
 * missing.
 */
export interface Dimension {
  readonly column: number;
  readonly part: "value" | "missing";
  /** bins + 1 rising shares, 0 .. 1. */
  readonly edges: Float64Array;
  /** The same as normal scores; infinite at both ends. */
  readonly cuts: Float64Array;
  /** 1 for a bin that holds one value or level; the others are intervals of numbers. */
  readonly whole: Uint8Array;
  /** Values of coded columns: the token that bin k stands for, -1 where another dimension says which. */
  readonly levels?: Int32Array;
  /** Values of coded columns: the bin of each token, -1 where the dimension says nothing of it. */
  readonly places?: Int32Array;
  /** Mean normal score of each bin. */
  readonly means: Float64Array;
  /** Coefficients of `scoreOf` on Hermite polynomials 1 .. TERMS, orthonormal under the normal distribution. */
  readonly hermite: Float64Array;
}

/**
 * How the levels of a coded column become normal variables: one cut at their shares in an order of its tokens, missing
 * left out (undefined: the most frequent first), or for each but one whether it is that one ("each").
 */
export type LevelCoding = Int32Array | "each" | undefined;

/** Terms that are kept of Mehler's series. */
export const TERMS = 40;

/** The dimensions of a table; `codings[j]` is how coded column j stands in them. */
export function dimensionsOf(code: TableCode, codings: readonly LevelCoding[]): readonly Dimension[] {
  return code.columns.flatMap((column, j): Dimension[] => {
    const { missing, shares, count } = column.code;
    const absent = missing >= 0 ? (shares[missing] as number) : 0;
    const values =
      column.type === "coded" ? codedValues(j, column.code, codings[j]) : numericValue(j, column.code);
    const both = missing >= 0 && count > 1;
    return [
      ...values,
      ...(both ? [dimensionFor(j, "missing", Float64Array.of(0, 1 - absent, 1), Uint8Array.of(1, 1))] : []),
    ];
  });
}

function numericValue(column: number, { bins, cdf }: NumericBins): Dimension[] {
  const whole = Uint8Array.from(bins, ({ knots }) => (knots.length === 1 ? 1 : 0));
  const varies = bins.length > 1 || whole[0] === 0;
  return varies ? [dimensionFor(column, "value", cdf, whole)] : [];
}

function codedValues(column: number, code: CodedLevels, coding: LevelCoding): Dimension[] {
  if (coding === "each") return levelByLevel(column, code);
  const order = coding ?? presentTokens(code);
  if (order.length < 2) return [];
  const places = new Int32Array(code.count).fill(-1);
  order.forEach((token, k) => (places[token] = k));
  const shares = Array.from(order, (token) => code.shares[token] as number);
  return [cutAt(column, shares, order, places)];
}

/**
 * Whether it is the rarest level; if not, whether the next; and so on: each is asked of the rows that the rarer ones left.
 * The last question stands first and the rarest last, so that a row is written by the last one that says yes.
 */
function levelByLevel(column: number, code: CodedLevels): Dimension[] {
  const rising = [...presentTokens(code)].reverse();
  const share = (token: number): number => code.shares[token] as number;
  const questions = rising.slice(0, -1).map((token, k): Dimension => {
    const others = rising.slice(k + 1);
    const places = new Int32Array(code.count).fill(-1);
    for (const other of others) places[other] = 0;
    places[token] = 1;
    const otherwise = others.length === 1 ? (others[0] as number) : -1;
    const rest = others.reduce((sum, other) => sum + share(other), 0);
    return cutAt(column, [rest, share(token)], Int32Array.of(otherwise, token), places);
  });
  return questions.reverse();
}

function cutAt(column: number, shares: readonly number[], levels: Int32Array, places: Int32Array): Dimension {
  const edges = new Float64Array(shares.length + 1);
  shares.forEach((share, k) => (edges[k + 1] = (edges[k] as number) + share));
  const present = edges[shares.length] as number;
  const cut = edges.map((edge) => edge / present);
  cut[shares.length] = 1;
  const whole = new Uint8Array(shares.length).fill(1);
  return { ...dimensionFor(column, "value", cut, whole), levels, places };
}

/** The tokens of a coded column but the missing one, the most frequent first. */
export const presentTokens = ({ count, missing }: CodedLevels): Int32Array =>
  Int32Array.from({ length: count }, (_, token) => token).filter((token) => token !== missing);

export function dimensionFor(
  column: number,
  part: Dimension["part"],
  edges: Float64Array,
  whole: Uint8Array,
): Dimension {
  const cuts = edges.map((edge) => normalQuantile(Math.min(1, Math.max(0, edge))));
  const { means, hermite } = coefficients(cuts, whole);
  return { column, part, edges, cuts, whole, means, hermite };
}

const bell = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);

/**
 * With g(z) = z in intervals and the bin's mean in whole bins: c_k = E[g(Z) he_k(Z)]. Uses
 * E[1(a < Z < b) he_k] = (phi(a) he_(k-1)(a) - phi(b) he_(k-1)(b)) / sqrt(k) and z he_k = sqrt(k+1) he_(k+1) + sqrt(k) he_(k-1).
 */
function coefficients(cuts: Float64Array, whole: Uint8Array): { means: Float64Array; hermite: Float64Array } {
  const ends = Array.from(cuts, atCut);
  const means = new Float64Array(whole.length);
  const hermite = new Float64Array(TERMS);
  const inside = new Float64Array(TERMS + 2);
  for (let bin = 0; bin < whole.length; bin++) {
    const below = ends[bin] as Float64Array;
    const above = ends[bin + 1] as Float64Array;
    for (let k = 0; k < inside.length; k++) inside[k] = (below[k] as number) - (above[k] as number);
    const share = Math.max(inside[0] as number, 1e-300);
    means[bin] = (inside[1] as number) / share;
    for (let k = 1; k <= TERMS; k++) {
      const term =
        whole[bin] === 1
          ? (means[bin] as number) * (inside[k] as number)
          : Math.sqrt(k + 1) * (inside[k + 1] as number) + Math.sqrt(k) * (inside[k - 1] as number);
      hermite[k - 1] = (hermite[k - 1] as number) + term;
    }
  }
  return { means, hermite };
}

/** Entry 0: P(Z > z); entry k: phi(z) he_(k-1)(z) / sqrt(k). */
function atCut(z: number): Float64Array {
  const out = new Float64Array(TERMS + 2);
  if (z === -Infinity) out[0] = 1;
  if (!Number.isFinite(z)) return out;
  out[0] = normalCdf(-z);
  let before = 0;
  let now = bell(z);
  for (let k = 1; k < out.length; k++) {
    out[k] = now / Math.sqrt(k);
    const next = (z * now - Math.sqrt(k - 1) * before) / Math.sqrt(k);
    before = now;
    now = next;
  }
  return out;
}

/**
 * g of every cell: the mean score of a whole bin, the score of a number in an interval; NaN where it is missing, or of a
 * level that the dimension says nothing of.
 */
export function scoresOf(
  { part, whole, means, places }: Dimension,
  code: NumericBins | CodedLevels,
  cells: Float64Array | Int32Array,
  rng: Rng,
): Float64Array {
  const scores = new Float64Array(cells.length);
  if (part === "missing") {
    for (let i = 0; i < cells.length; i++)
      scores[i] = means[isMissing(cells[i] as number, code) ? 1 : 0] as number;
    return scores;
  }
  if ("bins" in code) {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] as number;
      if (!Number.isFinite(cell)) {
        scores[i] = NaN;
        continue;
      }
      const bin = code.binOf(cell);
      scores[i] = whole[bin] === 1 ? (means[bin] as number) : normalQuantile(code.positionOf(cell, rng));
    }
    return scores;
  }
  const byToken = Float64Array.from(places ?? [], (place) => means[place] ?? NaN);
  for (let i = 0; i < cells.length; i++) scores[i] = byToken[code.tokenOf(cells[i] as number)] as number;
  return scores;
}

const isMissing = (cell: number, code: NumericBins | CodedLevels): boolean =>
  "bins" in code ? !Number.isFinite(cell) : code.tokenOf(cell) === code.missing;

/** The bin that share `u` in (0, 1) lies in. */
export function binAt(edges: Float64Array, u: number): number {
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle + 1] as number) <= u) low = middle + 1;
    else high = middle;
  }
  return low;
}
