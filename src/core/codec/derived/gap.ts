import type { ColumnSchema } from "../../table/table.ts";
import { LEAST_SHARED } from "../columns/column-code.ts";
import type { Grid } from "../columns/grid.ts";
import { gridOf, snap, stepOf } from "../columns/grid.ts";
import { asIndex, asList, asNumber, asOneOf, asRecord, damaged } from "../saved-state.ts";

/**
 * A number or date that is never below its parents (`above`), or never above them (`below`): the gap between it and the
 * nearest of those that are there is learned in its place, so that the order holds in every row that is made up.
 */
export interface Gap {
  readonly kind: "gap";
  readonly column: number;
  readonly parents: readonly number[];
  /** per parent: never equal to it either */
  readonly strict: readonly boolean[];
  readonly side: "above" | "below";
  /** Stands for the parents where all of them are missing: the column's own near end, a mean of five values. */
  readonly standIn: number;
  /** The column's far end and the greatest gap, means of five values: no made-up value lies beyond. */
  readonly edge: number;
  readonly greatest: number;
}

/** What gaps are counted in: numbers as they are, or steps of the finest grid of a family of dates. */
export type GapUnit = Grid;

/** The unit of a gap between columns of these schemas. */
export function gapUnit(schemas: readonly ColumnSchema[]): GapUnit {
  const grids = schemas.map(gridOf);
  if (schemas[0]?.kind === "datetime")
    return grids.reduce((finest, grid) => (stepOf(grid) < stepOf(finest) ? grid : finest));
  const decimals = grids.map((grid) => (grid.type === "decimals" ? grid.decimals : 0));
  return { type: "decimals", decimals: Math.max(...decimals) };
}

/** Decimals of a gap in that unit. */
export const gapDecimals = (unit: GapUnit): number => (unit.type === "decimals" ? unit.decimals : 0);

/** Where `value` lies on a line on which the unit is 1. */
function placeOf(value: number, unit: GapUnit): number {
  if (unit.type === "interval") return value / unit.milliseconds;
  if (unit.type !== "month" && unit.type !== "year") return value;
  const date = new Date(value);
  return unit.type === "year" ? date.getUTCFullYear() : 12 * date.getUTCFullYear() + date.getUTCMonth();
}

function valueAt(place: number, unit: GapUnit): number {
  if (unit.type === "interval") return place * unit.milliseconds;
  if (unit.type !== "month" && unit.type !== "year") return place;
  const months = Math.round(unit.type === "year" ? 12 * place : place);
  return Date.UTC(Math.floor(months / 12), months - 12 * Math.floor(months / 12));
}

/** The parent that is nearest in row `i`; NaN where none is there. */
function nearest({ side }: Gap, parents: readonly Float64Array[], i: number): number {
  let found = NaN;
  for (const values of parents) {
    const value = values[i] as number;
    if (!Number.isFinite(value)) continue;
    if (!(side === "above" ? value <= found : value >= found)) found = value;
  }
  return found;
}

/** The gap in each row, in `unit`; missing where the column is. */
export function gapsOf(
  step: Gap,
  unit: GapUnit,
  values: Float64Array,
  parents: readonly Float64Array[],
): Float64Array {
  const sign = step.side === "above" ? 1 : -1;
  const grid = { type: "decimals", decimals: gapDecimals(unit) } as const;
  return values.map((value, i) => {
    if (!Number.isFinite(value)) return NaN;
    const from = nearest(step, parents, i);
    const base = Number.isFinite(from) ? from : step.standIn;
    return snap(sign * (placeOf(value, unit) - placeOf(base, unit)), grid);
  });
}

/**
 * The column from its parents and its gap, on its own grid: never beyond a parent, one step of the grid away from those
 * it is never equal to. What would lie beyond the learned range is drawn in, as far as the gap goes of the greatest one.
 */
export function fromGaps(
  step: Gap,
  schema: ColumnSchema,
  unit: GapUnit,
  gaps: Float64Array,
  parents: readonly Float64Array[],
): Float64Array {
  const grid = gridOf(schema);
  const sign = step.side === "above" ? 1 : -1;
  const edge = placeOf(step.edge, unit);
  return gaps.map((gap, i) => {
    if (!Number.isFinite(gap)) return NaN;
    const from = nearest(step, parents, i);
    const base = placeOf(Number.isFinite(from) ? from : step.standIn, unit);
    const own = Number.isFinite(from) ? Math.max(0, gap) : gap;
    const far = base + sign * own;
    const room = Math.max(0, sign * (edge - base));
    const drawnIn = sign * (far - edge) > 0 ? base + sign * room * Math.min(1, own / step.greatest) : far;
    const value = snap(valueAt(drawnIn, unit), grid);
    return Number.isFinite(from) ? clearOf(value, step, grid, parents, i) : value;
  });
}

/** `value` moved on along the grid until it is on the right side of every parent. */
function clearOf(value: number, step: Gap, grid: Grid, parents: readonly Float64Array[], i: number): number {
  const sign = step.side === "above" ? 1 : -1;
  const clear = (at: number): boolean =>
    parents.every((values, k) => {
      const parent = values[i] as number;
      if (!Number.isFinite(parent)) return true;
      return step.strict[k] === true ? sign * (at - parent) > 0 : sign * (at - parent) >= 0;
    });
  let out = value;
  for (let tries = 0; tries < 4 && !clear(out); tries++) out = neighbour(out, grid, sign);
  return out;
}

/** The grid's next value above (sign 1) or below. */
function neighbour(value: number, grid: Grid, sign: number): number {
  if (grid.type !== "month" && grid.type !== "year") return snap(value + sign * stepOf(grid), grid);
  const place = placeOf(snap(value, grid), grid);
  return valueAt(place + sign, grid);
}

/** What a gap is learned from. */
export interface GapColumns {
  readonly column: number;
  readonly parents: readonly number[];
  readonly strict: readonly boolean[];
  readonly side: Gap["side"];
}

/** Learns a gap's ends; undefined where fewer than five patients show one of them. */
export function learnGap(
  columns: GapColumns,
  schemas: readonly ColumnSchema[],
  values: Float64Array,
  parents: readonly Float64Array[],
  patients?: Int32Array,
): Gap | undefined {
  const schema = schemas[columns.column] as ColumnSchema;
  const unit = gapUnit([columns.column, ...columns.parents].map((j) => schemas[j] as ColumnSchema));
  const grid = gridOf(schema);
  const low = endOf(values, "low", patients);
  const high = endOf(values, "high", patients);
  if (low === undefined || high === undefined) return undefined;
  const near = columns.side === "above" ? low : high;
  const edge = columns.side === "above" ? high : low;
  const draft: Gap = { kind: "gap", ...columns, standIn: snap(near, grid), edge, greatest: 1 };
  const gaps = gapsOf(draft, unit, values, parents);
  const beside = gaps.map((gap, i) => (Number.isFinite(nearest(draft, parents, i)) ? gap : NaN));
  const greatest = endOf(beside, "high", patients);
  if (greatest === undefined) return undefined;
  return {
    ...draft,
    greatest: Math.max(greatest, stepOf({ type: "decimals", decimals: gapDecimals(unit) })),
  };
}

/** Mean of the most extreme values of five patients, one of each. */
function endOf(values: Float64Array, end: "low" | "high", patients?: Int32Array): number | undefined {
  const order = Int32Array.from(values.keys()).filter((i) => Number.isFinite(values[i]));
  const sign = end === "low" ? 1 : -1;
  order.sort((a, b) => sign * ((values[a] as number) - (values[b] as number)));
  const seen = new Set<number>();
  let sum = 0;
  for (const row of order) {
    const patient = patients?.[row] ?? row;
    if (seen.has(patient)) continue;
    seen.add(patient);
    sum += values[row] as number;
    if (seen.size === LEAST_SHARED) return sum / LEAST_SHARED;
  }
  return undefined;
}

/** Inverse of a gap's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadGap(saved: unknown, columns: number): Gap {
  const state = asRecord(saved, "order");
  const parents = asList(state["parents"], "order").map((item) => asIndex(item, columns, "order"));
  const strict = asList(state["strict"], "order").map((item) =>
    typeof item === "boolean" ? item : damaged("order"),
  );
  const greatest = asNumber(state["greatest"], "order");
  if (parents.length === 0 || strict.length !== parents.length || !(greatest > 0)) return damaged("order");
  return {
    kind: "gap",
    column: asIndex(state["column"], columns, "order"),
    parents,
    strict,
    side: asOneOf(state["side"], ["above", "below"], "order"),
    standIn: asNumber(state["standIn"], "order"),
    edge: asNumber(state["edge"], "order"),
    greatest,
  };
}
