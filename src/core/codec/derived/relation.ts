import { snap } from "../columns/grid.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, asTexts, damaged } from "../saved-state.ts";
import type { CodedColumn, Column, ColumnSchema, Table } from "../../table/table.ts";
import { shareLevels } from "../../table/rare-levels.ts";
import { gridOf } from "../columns/grid.ts";
import { decimalsAsWritten, isNumbers, numbersOf } from "./number-column.ts";
import type { Term } from "./term.ts";
import { columnsOf, evaluate, lineTerm, loadTerm } from "./term.ts";

/**
 * A number that is a formula of others. It asks something of the rows in which the formula has a value. `exact`: there
 * the formula, rounded as the column is, is the column, so that nothing of it need be learned; else y - f(x) is learned
 * in its place, to `decimals`. `partial`: the column's own cells are missing, or there, where the formula's are not; it
 * is learned too, tells which cells are missing, and stands where the formula has no value.
 */
export interface Relation {
  readonly kind: "relation";
  readonly column: number;
  /** the columns that `equals` names, rising */
  readonly parents: readonly number[];
  readonly equals: Term;
  readonly exact: boolean;
  readonly partial: boolean;
  readonly decimals: number;
  /**
   * The numbers of decimals that the column is written with, where there are several: a cell is rounded to those of the
   * cell that was learned. Empty else, and where the relation is not partial.
   */
  readonly ways: readonly number[];
  /** No value of the column is below 0. */
  readonly positive: boolean;
  /** The column's levels where it is one of levels that are numbers; five patients or more share each. */
  readonly names?: readonly string[];
}

/** A relation of `column` in `table` before it is known how it holds. */
export function draftRelation(table: Table, column: number, equals: Term, decimals: number): Relation {
  const own = table.columns[column] as Column;
  const names = own.type === "coded" ? sharedLevels(own, table.patients) : undefined;
  return {
    kind: "relation",
    column,
    parents: columnsOf(equals),
    equals,
    exact: false,
    partial: true,
    decimals,
    ways: [],
    positive: numbersOf(own).every((value) => !(value < 0)),
    ...(names && { names }),
  };
}

function sharedLevels(column: CodedColumn, patients: Int32Array | undefined): string[] {
  const { known } = shareLevels(column, patients);
  return column.levels.filter((_, code) => known[code] === 1);
}

/** Cells that may be missing in one and not in the other before a column is learned beside its formula. */
const SAME_MISSING = 0.998;

/**
 * A formula that a person set, held to from here on whatever `table` says of it. Undefined where the column is no number,
 * stands in its own formula, or where the formula names no column or one without numbers.
 */
export function setRelation(table: Table, column: number, equals: Term): Relation | undefined {
  const parents = columnsOf(equals);
  const own = table.columns[column];
  const numeric = [column, ...parents].every((j) => {
    const one = table.columns[j];
    return one !== undefined && isNumbers(one);
  });
  if (!own || !numeric || parents.length === 0 || parents.includes(column)) return undefined;
  const made = evaluate(equals, (j) => numbersOf(table.columns[j] as Column), table.rows);
  const cells = numbersOf(own);
  const same = made.filter((value, i) => Number.isFinite(value) === Number.isFinite(cells[i])).length;
  const partial = same < SAME_MISSING * table.rows;
  return { ...draftRelation(table, column, equals, 0), exact: true, partial };
}

type Numbers = (column: number) => Float64Array;

/**
 * y - f(x), on the relation's decimals. Where either is missing it is too, but for partial relations: which cells are
 * missing is known there, and what remains is that of another row, in turn.
 */
export function residualOf(relation: Relation, rows: number, numbers: Numbers): Float64Array {
  const made = evaluate(relation.equals, numbers, rows);
  const grid = { type: "decimals", decimals: relation.decimals } as const;
  const rest = numbers(relation.column).map((value, i) => snap(value - (made[i] as number), grid));
  const known = rest.filter(Number.isFinite);
  if (!relation.partial || known.length === 0) return rest;
  const lent = known.length / (rows - known.length);
  let filled = 0;
  return rest.map((value) =>
    Number.isFinite(value) ? value : (known[Math.floor(filled++ * lent) % known.length] as number),
  );
}

interface Own {
  /** y - f(x), where the relation is not exact */
  readonly residual?: Float64Array | undefined;
  /** the column as it was learned, where the relation is partial */
  readonly learned?: Column | undefined;
}

/** The column from its parents and what was learned of it, in the form that its source writes. */
export function related(
  relation: Relation,
  schema: ColumnSchema,
  rows: number,
  numbers: Numbers,
  { residual, learned }: Own,
): Column {
  const grid = gridOf(schema);
  const made = evaluate(relation.equals, numbers, rows).map((value, i) => {
    const rest = residual ? (residual[i] as number) : 0;
    if (!Number.isFinite(value) || (Number.isNaN(rest) && !relation.partial)) return NaN;
    const near =
      relation.names || relation.ways.length > 0 ? value + (rest || 0) : snap(value + (rest || 0), grid);
    return relation.positive ? Math.max(0, near) : near;
  });
  if (relation.names) return asLevels(relation.names, made, learned);
  if (learned?.type !== "numeric") return { type: "numeric", values: made };
  const values = learned.values.map((own, i) => {
    const value = made[i] as number;
    if (!Number.isFinite(own) || !Number.isFinite(value)) return own;
    if (relation.ways.length === 0) return value;
    return snap(value, { type: "decimals", decimals: decimalsAsWritten(own, relation.ways) });
  });
  return { type: "numeric", values };
}

/** Numbers as the levels that write them; a number that no level writes is missing. */
function asLevels(names: readonly string[], made: Float64Array, learned: Column | undefined): Column {
  const levels = learned?.type === "coded" ? learned.levels : names;
  const place = new Map(levels.map((level, code) => [Number(level), code]));
  const nearest = (value: number): number => place.get(Math.round(value * 1e9) / 1e9) ?? -1;
  if (learned?.type !== "coded")
    return { type: "coded", levels, codes: Int32Array.from(made, (value) => nearest(value)) };
  const codes = learned.codes.map((own, i) =>
    own >= 0 && Number.isFinite(made[i]) ? nearest(made[i] as number) : own,
  );
  return { type: "coded", levels, codes };
}

/** Inverse of a relation's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadRelation(saved: unknown, columns: number): Relation {
  const state = asRecord(saved, "relation");
  const equals =
    state["weights"] === undefined ? loadTerm(state["equals"], columns) : olderTerm(state, columns);
  const column = asIndex(state["column"], columns, "relation");
  const parents = columnsOf(equals);
  if (parents.length === 0 || parents.includes(column)) return damaged("relation");
  const exact = state["exact"] === true;
  if (state["names"] !== undefined && !exact) return damaged("relation");
  return {
    kind: "relation",
    column,
    parents,
    equals,
    exact,
    partial: state["partial"] === true,
    decimals: asIndex(state["decimals"], 31, "relation"),
    ways: (state["ways"] === undefined ? [] : asList(state["ways"], "relation")).map((way) =>
      asIndex(way, 31, "relation"),
    ),
    positive: state["positive"] === true,
    ...(state["names"] !== undefined && { names: asTexts(state["names"], "relation") }),
  };
}

/** The formula of a model that was saved as weights. */
function olderTerm(state: Readonly<Record<string, unknown>>, columns: number): Term {
  const parents = asList(state["parents"], "relation").map((item) => asIndex(item, columns, "relation"));
  const weights = [...asNumbers(state["weights"], "relation", parents.length)];
  const constant = asNumber(state["constant"], "relation");
  const scale = asOneOf(state["scale"], ["linear", "log"], "relation");
  return lineTerm(parents, weights, scale === "log" ? Math.exp(constant) : constant, scale);
}
