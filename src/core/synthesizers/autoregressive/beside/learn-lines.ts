import type { AnyColumnCode } from "../../../codec/columns/table-code.ts";
import type { TokenRows } from "../../token-rows/rows.ts";
import { rowWidth } from "./line.ts";
import type { Line, LineGroups } from "./line.ts";
import { fitLine, LEAST_IN_GROUP, product } from "./line-fit.ts";
import type { GroupedRows, LineFit } from "./line-fit.ts";
import { tokenScores } from "./scores.ts";

/** Leave-one-out R² above which a line is taken. */
const LEAST_EXPLAINED = 0.3;
/** A line has at most this many parents, and at most one for so many rows. */
const MOST_PARENTS = 32;
const ROWS_A_PARENT = 10;
/** Degrees of freedom that are tried. */
const FREEDOMS = [2, 4, 8, 16, 32, 64, Infinity];

/**
 * The line of each place whose score earlier ones, and with `groups` the row's group, explain by more than .3,
 * leave-one-out; undefined elsewhere.
 */
export function learnLines(data: TokenRows, groups?: LineGroups): (Line | undefined)[] {
  const scores = scoresOf(data);
  const of = groups && groupsOf(data, groups);
  /** what widths go by: errors in parts of their spread, scores where there is no line; NaN at missing */
  const errors: (Float64Array | undefined)[] = [];
  return scores.map((score, place) => {
    if (!score) return undefined;
    const { rows, parents, line, left } = lineAt(data, scores, place, of);
    const own = new Float64Array(data.rows).fill(NaN);
    errors[place] = own;
    if (!line) {
      rows.forEach((row, k) => (own[row] = left[k] as number));
      return undefined;
    }
    const before = Array.from(parents, (parent) => errors[parent] as Float64Array);
    const { freedom, spreads } = spreadOf(left, before, rows, of);
    rows.forEach((row, k) => (own[row] = (left[k] as number) / (spreads[of?.of[row] ?? 0] as number)));
    return { groups, parents, weights: line.weights, shifts: line.shifts, spreads, freedom };
  });
}

/** Scores of the rows at each place of a number; undefined elsewhere. */
export function scoresOf({ codec, places, tokens, rows }: TokenRows): (Float64Array | undefined)[] {
  const width = places.columns.length;
  return places.columns.map((column, place) => {
    const own = tokenScores(codec.code.columns[column] as AnyColumnCode);
    return (
      own && Float64Array.from({ length: rows }, (_, i) => own[tokens[i * width + place] as number] as number)
    );
  });
}

/** The group of each row. */
export const groupsOf = ({ places, tokens, rows }: TokenRows, groups: LineGroups): GroupedRows => ({
  of: Int32Array.from(
    { length: rows },
    (_, i) => groups.of[tokens[i * places.columns.length + groups.place] as number] as number,
  ),
  count: groups.count,
});

/** What is said of a number by the columns before it. */
export interface LineAt {
  /** those where its cell is not missing */
  readonly rows: Int32Array;
  /** the groups of `rows` */
  readonly groups: GroupedRows | undefined;
  readonly parents: Int32Array;
  /** undefined where they explain too little */
  readonly line: LineFit | undefined;
  /** the line's leave-one-out errors at `rows`, the scores themselves where there is no line */
  readonly left: Float64Array;
}

export function lineAt(
  { codec, places, tokens, rows: all }: TokenRows,
  scores: readonly (Float64Array | undefined)[],
  place: number,
  grouped: GroupedRows | undefined,
): LineAt {
  const missing = codec.code.columns[places.columns[place] as number]?.code.missing;
  const rows = Int32Array.from({ length: all }, (_, i) => i).filter(
    (i) => tokens[i * places.columns.length + place] !== missing,
  );
  const parents = nearest(scores, place, Math.min(MOST_PARENTS, Math.floor(rows.length / ROWS_A_PARENT)));
  const at = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  const y = at(scores[place] as Float64Array);
  const groups = grouped && { of: rows.map((row) => grouped.of[row] as number), count: grouped.count };
  const xs = Array.from(parents, (parent) => at(scores[parent] as Float64Array));
  const fit = fitLine(xs, y, groups);
  const explained = fit ? 1 - product(fit.errors, fit.errors) / Math.max(1e-12, product(y, y)) : 0;
  const line = explained > LEAST_EXPLAINED ? fit : undefined;
  return { rows, groups, parents, line, left: line ? line.errors : y };
}

/**
 * nu and each group's s under which `errors`, those of a line at `rows`, are likely as normal ones of variance s^2 v, v by
 * the errors `before` them (`rowWidth`): the least nu whose likelihood is within one standard error of the greatest, since
 * the likelihood hardly changes with it and rows that are alike in all columns come out too alike with a great one.
 */
function spreadOf(
  errors: Float64Array,
  before: readonly Float64Array[],
  rows: Int32Array,
  groups: GroupedRows | undefined,
): { freedom: number; spreads: Float64Array } {
  const n = rows.length;
  const groupAt = (k: number): number => groups?.of[rows[k] as number] ?? 0;
  const known = Array.from(rows, (row) =>
    before.flatMap((values) => (Number.isNaN(values[row]) ? [] : [values[row] as number])),
  );
  const squares = known.map((values) => values.reduce((sum, error) => sum + error * error, 0));
  const tried = FREEDOMS.map((freedom) => {
    const widths = squares.map((sum, k) => rowWidth(freedom, sum, known[k]?.length as number));
    const parts = errors.map((error, k) => (error * error) / (widths[k] as number));
    const variances = meansBy(parts, groupAt, groups?.count ?? 1);
    const losses = parts.map((part, k) => {
      const variance = variances[groupAt(k)] as number;
      return (Math.log(variance * (widths[k] as number)) + part / variance) / 2;
    });
    return { freedom, spreads: variances.map(Math.sqrt), losses, loss: sumOf(losses) / n };
  });
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const chosen = tried.find(({ losses, loss }) => {
    const more = loss - best.loss;
    const apart = losses.map((value, k) => (value - (best.losses[k] as number) - more) ** 2);
    return more <= Math.sqrt(sumOf(apart)) / n;
  });
  return chosen ?? best;
}

/** Mean of `values` in each group, at least 1e-12; that of all where a group has fewer than ten. */
function meansBy(values: Float64Array, groupAt: (k: number) => number, count: number): Float64Array {
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  values.forEach((value, k) => {
    const group = groupAt(k);
    sums[group] = (sums[group] as number) + value;
    rows[group] = (rows[group] as number) + 1;
  });
  const mean = sumOf(values) / values.length;
  return sums.map((sum, group) =>
    Math.max(1e-12, (rows[group] as number) < LEAST_IN_GROUP ? mean : sum / (rows[group] as number)),
  );
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
