import { mean } from "../../math/statistics.ts";
import type { ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, damaged } from "../saved-state.ts";
import type { Grid } from "../columns/grid.ts";
import { gridOf, snap, stepOf } from "../columns/grid.ts";

/**
 * A number that is w1 x1 + w2 x2 + c of one or two others, or exp of that of their logarithms. `exact`: rounded it is
 * the column, so that nothing of it need be learned; else y - f(x) is learned in its place, to `decimals`.
 */
export interface Relation {
  readonly kind: "relation";
  readonly column: number;
  readonly parents: readonly number[];
  readonly weights: readonly number[];
  readonly constant: number;
  readonly scale: "linear" | "log";
  readonly exact: boolean;
  readonly decimals: number;
  /** Stand in for parents that are missing: their means. */
  readonly means: readonly number[];
  /** No value of the column is below 0. */
  readonly positive: boolean;
}

interface Scored extends Relation {
  /** Error that comes over from the parents: sum of w^2 var(x) / var(y), and what speaks against the relation. */
  readonly amplification: number;
}

/** R² above which a relation is taken as one. */
const LEAST_FIT = 0.995;
/** The same for two dates: one is learned as the time since the other. */
const DATES_FIT = 0.9;
/** Share of the rows whose error the rounding of all columns explains: an identity, not a close regression. */
const BY_ROUNDING = 0.6;
/** R² of standardised columns from which a pair of parents is looked at row by row. */
const WORTH_A_LOOK = 0.75;
const LEAST_ROWS = 60;
const LEAST_VALUES = 13;
const EXACT = 0.998;
const PAIRS_TRIED = 3;

/** Numbers on one scale. */
interface Side {
  readonly scale: Relation["scale"];
  /** table columns that can stand on this scale */
  readonly columns: readonly number[];
  /** per column: values or logarithms; NaN = missing */
  readonly values: readonly Float64Array[];
  /** correlations of the columns, missing cells at the mean; row-major */
  readonly correlation: Float64Array;
}

/** Relations in `sample` among the numeric columns `among`, those that carry the least error over first. */
export function relationsIn(sample: Table, among: readonly number[]): Relation[] {
  const numeric = among.filter((j) => {
    const column = sample.columns[j];
    return column?.type === "numeric" && manyValues(column.values);
  });
  const found = [sideOf(sample, numeric, "linear"), sideOf(sample, numeric, "log")].flatMap((side) =>
    side.columns.flatMap((_, y) => parentsOf(side, y).flatMap((parents) => fit(sample, side, y, parents))),
  );
  return found.sort((a, b) => a.amplification - b.amplification);
}

function manyValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isFinite(value)) seen.add(value);
    if (seen.size >= LEAST_VALUES) return true;
  }
  return false;
}

function sideOf(sample: Table, numeric: readonly number[], scale: Relation["scale"]): Side {
  const raw = (j: number): Float64Array => (sample.columns[j] as NumericColumn).values;
  const columns =
    scale === "linear" ? numeric : numeric.filter((j) => raw(j).every((value) => !(value <= 0)));
  const values = columns.map((j) => (scale === "linear" ? raw(j) : raw(j).map(Math.log)));
  const scores = values.map(standardised);
  const count = columns.length;
  const correlation = new Float64Array(count * count);
  for (let a = 0; a < count; a++)
    for (let b = 0; b <= a; b++) {
      const [x, y] = [scores[a] as Float64Array, scores[b] as Float64Array];
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
      correlation[a * count + b] = correlation[b * count + a] = sum;
    }
  return { scale, columns, values, correlation };
}

/** Of length 1, 0 where missing. */
function standardised(values: Float64Array): Float64Array {
  const middle = mean(values.filter(Number.isFinite));
  const out = values.map((value) => (Number.isFinite(value) ? value - middle : 0));
  const length = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0)) || 1;
  return out.map((value) => value / length);
}

/** The best single parent and the best pairs of column y of `side`, as far as they are worth a look. */
function parentsOf({ columns, correlation }: Side, y: number): number[][] {
  const count = columns.length;
  const r = (a: number, b: number): number => correlation[a * count + b] as number;
  let single = -1;
  const pairs: { parents: number[]; fit: number }[] = [];
  for (let a = 0; a < count; a++) {
    if (a === y) continue;
    if (single < 0 || r(y, a) ** 2 > r(y, single) ** 2) single = a;
    for (let b = 0; b < a; b++) {
      if (b === y) continue;
      const apart = 1 - r(a, b) ** 2;
      if (apart < 1e-9) continue;
      const explained = (r(y, a) ** 2 + r(y, b) ** 2 - 2 * r(y, a) * r(y, b) * r(a, b)) / apart;
      if (explained < WORTH_A_LOOK || explained < (pairs.at(-1)?.fit ?? 0)) continue;
      pairs.push({ parents: [a, b], fit: explained });
      pairs.sort((p, q) => q.fit - p.fit);
      if (pairs.length > PAIRS_TRIED) pairs.pop();
    }
  }
  const best = single < 0 ? 0 : r(y, single) ** 2;
  return [
    ...(best >= WORTH_A_LOOK ? [[single]] : []),
    ...pairs.filter(({ fit: explained }) => 1 - explained < (1 - best) / 2).map(({ parents }) => parents),
  ];
}

/** Fits y on `parents` (all by their place in `side`): once, again without outliers, then with rounded weights. */
function fit(sample: Table, side: Side, y: number, parents: readonly number[]): Scored[] {
  const xs = parents.map((k) => side.values[k] as Float64Array);
  const t = side.values[y] as Float64Array;
  const present = indices(t.length, (i) => Number.isFinite(t[i]));
  const rows = present.filter((i) => xs.every((x) => Number.isFinite(x[i])));
  if (rows.length < LEAST_ROWS || rows.length < 0.9 * present.length) return [];
  const first = leastSquares(xs, t, rows);
  if (!first) return [];
  const errors = rows.map((i) => Math.abs((t[i] as number) - linear(xs, first, i)));
  const limit = 3 * middleOf(errors) + 1e-9;
  const inner = rows.filter((_, k) => (errors[k] as number) <= limit);
  const rough = inner.length > 0.6 * rows.length && inner.length > 50 ? leastSquares(xs, t, inner) : first;
  if (!rough) return [];
  const isDate = (k: number): boolean => schemaOf(sample, side.columns[k] as number).kind === "datetime";
  const apart = parents.length === 1 && [y, ...parents].every(isDate);
  const weights = apart ? [1] : rough.weights.map(rounded);
  const rest = rows.map((i) => (t[i] as number) - linear(xs, { weights, constant: 0 }, i));
  const constant = middleOf(rest);
  const raw = (k: number): Float64Array =>
    (sample.columns[side.columns[k] as number] as NumericColumn).values;
  const column = side.columns[y] as number;
  const schema = sample.schema.columns[column] as ColumnSchema;
  const exponent = side.scale === "log";
  const round = exponent ? Math.log(rounded(Math.exp(constant) * 1e4) / 1e4) : rounded(constant);
  return [...new Set([constant, round, 0])].flatMap((c) => {
    const relation: Relation = {
      kind: "relation",
      column,
      parents: parents.map((k) => side.columns[k] as number),
      weights,
      constant: c,
      scale: side.scale,
      exact: false,
      decimals: residualDecimals(schema, weights, side.scale),
      means: parents.map((k) => mean(raw(k).filter(Number.isFinite))),
      positive: raw(y).every((value) => !(value < 0)),
    };
    const checked = check(relation, sample);
    if (!checked) return [];
    const carried = xs.reduce((sum, x, k) => sum + (weights[k] as number) ** 2 * variance(x, rows), 0);
    const odd = weights.filter((weight) => Math.abs(2 * weight - Math.round(2 * weight)) > 1e-9).length;
    const amplification = carried / (variance(t, rows) + 1e-300) + 200 * (1 - checked.fit) + 0.3 * odd;
    return [{ ...relation, exact: checked.exact, amplification }];
  });
}

/** Finer than the column by one place, unless f(x) lies on its grid. */
function residualDecimals(
  schema: ColumnSchema,
  weights: readonly number[],
  scale: Relation["scale"],
): number {
  if (schema.kind === "datetime") return 0;
  const finer = scale === "log" || weights.some((weight) => !Number.isInteger(weight));
  return Math.min(12, (schema.number?.decimals ?? 0) + (finer ? 1 : 0));
}

interface Line {
  readonly weights: readonly number[];
  readonly constant: number;
}

const linear = (xs: readonly Float64Array[], { weights, constant }: Line, i: number): number =>
  xs.reduce((sum, x, k) => sum + (weights[k] as number) * (x[i] as number), constant);

/** Least squares on one or two columns at `rows`. */
function leastSquares(
  xs: readonly Float64Array[],
  t: Float64Array,
  rows: readonly number[],
): Line | undefined {
  const centre = (x: Float64Array): number =>
    rows.reduce((sum, i) => sum + (x[i] as number) / rows.length, 0);
  const middles = xs.map(centre);
  const target = centre(t);
  const product = (a: Float64Array, am: number, b: Float64Array, bm: number): number =>
    rows.reduce((sum, i) => sum + ((a[i] as number) - am) * ((b[i] as number) - bm), 0);
  const [x, z] = xs as [Float64Array, Float64Array | undefined];
  const [xm, zm] = middles as [number, number | undefined];
  const xx = product(x, xm, x, xm);
  const xt = product(x, xm, t, target);
  if (!(xx > 0)) return undefined;
  if (!z || zm === undefined) {
    const weight = xt / xx;
    return { weights: [weight], constant: target - weight * xm };
  }
  const zz = product(z, zm, z, zm);
  const xz = product(x, xm, z, zm);
  const zt = product(z, zm, t, target);
  const determinant = xx * zz - xz * xz;
  if (!(determinant > 1e-10 * xx * zz)) return undefined;
  const a = (xt * zz - zt * xz) / determinant;
  const b = (zt * xx - xt * xz) / determinant;
  return { weights: [a, b], constant: target - a * xm - b * zm };
}

/** The nearest whole, half or inverse whole number, where it is within .4%. */
function rounded(value: number): number {
  const inverse = 1 / Math.round(1 / value);
  for (const near of [Math.round(value), Math.round(2 * value) / 2, inverse])
    if (near !== 0 && Number.isFinite(near) && Math.abs(value - near) < 0.004 * Math.abs(near)) return near;
  return value;
}

/** Mean of the five numbers in the middle. */
function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const from = Math.max(0, Math.floor((sorted.length - 5) / 2));
  return mean(sorted.subarray(from, from + 5));
}

function variance(values: Float64Array, rows: readonly number[]): number {
  const middle = rows.reduce((sum, i) => sum + (values[i] as number) / rows.length, 0);
  return rows.reduce((sum, i) => sum + ((values[i] as number) - middle) ** 2 / rows.length, 0);
}

function indices(count: number, keep: (i: number) => boolean): number[] {
  const out: number[] = [];
  for (let i = 0; i < count; i++) if (keep(i)) out.push(i);
  return out;
}

/** What the relation gives at each row of its parents' values, missing ones at their means. */
function predicted(relation: Relation, parents: readonly Float64Array[]): Float64Array {
  const { weights, constant, scale, means } = relation;
  const rows = parents[0]?.length ?? 0;
  const out = new Float64Array(rows).fill(constant);
  parents.forEach((x, k) => {
    const weight = weights[k] as number;
    for (let i = 0; i < rows; i++) {
      const given = x[i] as number;
      const usable = scale === "log" ? given > 0 : Number.isFinite(given);
      const value = usable ? given : (means[k] as number);
      out[i] = (out[i] as number) + weight * (scale === "log" ? Math.log(value) : value);
    }
  });
  return scale === "log" ? out.map(Math.exp) : out;
}

const valuesAt = (table: Table, columns: readonly number[]): Float64Array[] =>
  columns.map((j) => (table.columns[j] as NumericColumn).values);

interface Checked {
  /** R² on the rows that have all of it */
  readonly fit: number;
  readonly exact: boolean;
}

/** How well the relation holds in `table`; undefined where it is no identity. */
function check(relation: Relation, table: Table): Checked | undefined {
  const parents = valuesAt(table, relation.parents);
  const [y] = valuesAt(table, [relation.column]) as [Float64Array];
  const made = predicted(relation, parents);
  const grids = [relation.column, ...relation.parents].map((j) => gridOf(schemaOf(table, j)));
  const [grid, ...parentGrids] = grids as [Grid, ...Grid[]];
  const rows: number[] = [];
  let [hit, rounding, sameMissing] = [0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const complete = parents.every((x) => Number.isFinite(x[i]));
    if (Number.isFinite(y[i]) === complete) sameMissing++;
    if (!complete || !Number.isFinite(y[i])) continue;
    rows.push(i);
    const [given, whole] = [y[i] as number, made[i] as number];
    const near = snap(whole, grid);
    if (Math.abs(near - given) <= 1e-9 * Math.max(1, Math.abs(near))) hit++;
    let tolerance = stepOf(grid) / 2 + 1e-9 * Math.abs(whole);
    parents.forEach((x, k) => {
      const slope =
        (relation.weights[k] as number) * (relation.scale === "log" ? whole / (x[i] as number) : 1);
      tolerance += (Math.abs(slope) * stepOf(parentGrids[k] as Grid)) / 2;
    });
    if (Math.abs(given - whole) <= tolerance) rounding++;
  }
  if (rows.length < LEAST_ROWS) return undefined;
  const error = rows.reduce((sum, i) => sum + ((y[i] as number) - (made[i] as number)) ** 2 / rows.length, 0);
  const fitted = 1 - error / variance(y, rows);
  const dates = areDates(relation, table);
  if (!(fitted > (dates ? DATES_FIT : LEAST_FIT))) return undefined;
  if (!dates && rounding < BY_ROUNDING * rows.length) return undefined;
  return { fit: fitted, exact: hit > EXACT * rows.length && sameMissing > EXACT * y.length };
}

const schemaOf = (table: Table, j: number): ColumnSchema => table.schema.columns[j] as ColumnSchema;

/** One date some time after another. */
const areDates = ({ column, parents, weights, scale }: Relation, table: Table): boolean =>
  scale === "linear" &&
  parents.length === 1 &&
  weights[0] === 1 &&
  [column, ...parents].every((j) => schemaOf(table, j).kind === "datetime");

/** `relation` as it holds on the whole table, or undefined where it does not. */
export function confirmRelation(relation: Relation, table: Table): Relation | undefined {
  const values = valuesAt(table, [relation.column, ...relation.parents]);
  if (relation.scale === "log" && values.some((column) => column.some((value) => value <= 0)))
    return undefined;
  const checked = check(relation, table);
  const positive = (values[0] as Float64Array).every((value) => !(value < 0));
  return checked && { ...relation, exact: checked.exact, positive };
}

/** y - f(x), on the relation's decimals; missing where y is. */
export function residualOf(
  relation: Relation,
  y: Float64Array,
  parents: readonly Float64Array[],
): Float64Array {
  const made = predicted(relation, parents);
  const grid = { type: "decimals", decimals: relation.decimals } as const;
  return y.map((value, i) => snap(value - (made[i] as number), grid));
}

/** The column from its parents and, where it is not exact, its residual; on the column's own grid. */
export function related(
  relation: Relation,
  schema: ColumnSchema,
  parents: readonly Float64Array[],
  residual?: Float64Array,
): Float64Array {
  const grid = gridOf(schema);
  return predicted(relation, parents).map((value, i) => {
    const complete = residual ? true : parents.every((x) => Number.isFinite(x[i]));
    if (!complete) return NaN;
    const whole = snap(value + (residual?.[i] ?? 0), grid);
    return relation.positive ? Math.max(0, whole) : whole;
  });
}

/** Inverse of a relation's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadRelation(saved: unknown, columns: number): Relation {
  const state = asRecord(saved, "relation");
  const parents = asList(state["parents"], "relation").map((item) => asIndex(item, columns, "relation"));
  if (parents.length === 0 || parents.length > 2) return damaged("relation");
  return {
    kind: "relation",
    column: asIndex(state["column"], columns, "relation"),
    parents,
    weights: [...asNumbers(state["weights"], "relation", parents.length)],
    constant: asNumber(state["constant"], "relation"),
    scale: asOneOf(state["scale"], ["linear", "log"], "relation"),
    exact: state["exact"] === true,
    decimals: asIndex(state["decimals"], 31, "relation"),
    means: [...asNumbers(state["means"], "relation", parents.length)],
    positive: state["positive"] === true,
  };
}
