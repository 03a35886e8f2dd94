import type { Term } from "../term.ts";
import { lineTerm, UNITS } from "../term.ts";
import type { Candidate } from "./candidates.ts";
import { completeRows, spreadRows } from "./candidates.ts";
import { addedConstants, factors, rounded } from "./constants.ts";
import type { Line } from "./line.ts";
import { along, leastSquares, middleOf, plainWeight } from "./line.ts";

export type Scale = "linear" | "log";

/** A formula that may hold. */
export interface Draft {
  readonly column: number;
  readonly equals: Term;
}

const LEAST_ROWS = 12;
/** Rows that weights are learned from. */
const FIT_ROWS = 1000;
const WORTH_A_FIT = 0.98;
/** Weights are less sure than the rows say where a parent was rounded: 1 stands for .95 too. */
const ROUGHLY = 0.06;

/** Share of y's deviation below which what a parent adds is the arithmetic's own. */
const NEGLIGIBLE = 1e-6;

export const scaled = (values: Float64Array, scale: Scale): Float64Array =>
  scale === "linear" ? values : values.map((value) => (value > 0 ? Math.log(value) : NaN));

/** Formulas of `y` as a line of `parents`, or of their logarithms: once, without outliers, with the weights a person would have taken; a date that a number tells goes by days. */
export function fitted(y: Candidate, parents: readonly Candidate[], scale: Scale): Draft[] {
  const xs = parents.map(({ values }) => scaled(values, scale));
  const t = scaled(y.values, scale);
  const all = completeRows([t, ...xs]);
  if (all.length < LEAST_ROWS) return [];
  const rows = spreadRows(all, FIT_ROWS);
  const line = withoutOutliers(xs, t, rows);
  if (!line || line.fit < WORTH_A_FIT) return [];
  const least = line.shares.map((share, k) => (share < NEGLIGIBLE ? Infinity : (line.doubts[k] as number)));
  const unit = y.date && !parents.some(({ date }) => date) ? UNITS.days : 1;
  const inUnits = (weight: number, doubt: number): number => unit * plainWeight(weight / unit, doubt / unit);
  const plain = line.weights.map((weight, k) => inUnits(weight, least[k] as number));
  const roughly = line.weights.map((weight, k) =>
    inUnits(weight, Math.max(least[k] as number, (ROUGHLY / 3.5) * Math.abs(weight))),
  );
  const choices = [plain, ...(String(roughly) === String(plain) ? [] : [roughly])];
  return choices.flatMap((weights) => formulas(y, parents, weights, scale, all));
}

/** Least squares, again on the rows that are not far from it. */
export function withoutOutliers(
  xs: readonly Float64Array[],
  t: Float64Array,
  rows: readonly number[],
): Line | undefined {
  const first = leastSquares(xs, t, rows);
  if (!first) return undefined;
  const errors = rows.map((i) => Math.abs((t[i] as number) - along(xs, first.weights, i) - first.constant));
  const limit = 3 * middleOf(errors) + 1e-9;
  const inner = rows.filter((_, k) => (errors[k] as number) <= limit);
  const enough = inner.length > 0.6 * rows.length && inner.length > LEAST_ROWS;
  return (enough ? leastSquares(xs, t, inner) : undefined) ?? first;
}

/** The formulas with these weights; parents of weight 0 are left out. */
export function formulas(
  y: Candidate,
  parents: readonly Candidate[],
  weights: readonly number[],
  scale: Scale,
  rows: readonly number[],
): Draft[] {
  const kept = parents.flatMap((parent, k) =>
    weights[k] === 0 ? [] : [{ parent, weight: weights[k] as number }],
  );
  if (kept.length === 0 || !kept.every(({ weight }) => Number.isFinite(weight))) return [];
  const columns = kept.map(({ parent }) => parent.column);
  const own = kept.map(({ weight }) => weight);
  const at = (i: number): number =>
    scale === "linear"
      ? along(
          kept.map(({ parent }) => parent.values),
          own,
          i,
        )
      : kept.reduce((product, { parent, weight }) => product * (parent.values[i] as number) ** weight, 1);
  const made = Float64Array.from(rows, at);
  const beside = { y: Float64Array.from(rows, (i) => y.values[i] as number), made, step: y.step };
  const terms: Term[] =
    scale === "log"
      ? factors(beside).map((factor) => lineTerm(columns, own, factor, scale))
      : addedConstants(beside).map(({ constant, down }) =>
          rounded(lineTerm(columns, own, constant, scale), down),
        );
  return terms.map((equals) => ({ column: y.column, equals }));
}
