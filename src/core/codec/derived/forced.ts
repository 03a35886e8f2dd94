import type { CodedColumn, Column, ColumnSchema } from "../../table/table.ts";
import type { Grid } from "../columns/grid.ts";
import { gridOf, snap } from "../columns/grid.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, asTexts, damaged } from "../saved-state.ts";

/** What one column must be for a cell to be forced; a missing cell meets only `missing`. */
export type Gate =
  | { readonly column: number; readonly is: "missing" | "present" }
  | { readonly column: number; readonly levels: readonly string[] }
  | { readonly column: number; readonly values: readonly number[] }
  | {
      readonly column: number;
      readonly comparison: "<" | "<=" | ">" | ">=" | "!=";
      readonly value: number;
    };

/** What a forced cell is: missing (null), a constant, what another column of the row is, or the nearest multiple. */
export type Forced = {
  readonly kind: "forced";
  readonly column: number;
  /** all of them */
  readonly when: readonly Gate[];
} & (
  { readonly gives: string | number | null } | { readonly like: number } | { readonly multipleOf: number }
);

/** The columns that must be there before a cell is forced. */
export const forcedBy = (step: Forced): readonly number[] => [
  ...new Set([...step.when.map(({ column }) => column), ...("like" in step ? [step.like] : [])]),
];

/** Whether `gate` is met in a row of its column. */
function meets(gate: Gate, column: Column): (row: number) => boolean {
  const missing = (row: number): boolean =>
    column.type === "numeric" ? !Number.isFinite(column.values[row]) : (column.codes[row] as number) < 0;
  if ("is" in gate) return (row) => missing(row) === (gate.is === "missing");
  if ("levels" in gate) {
    if (column.type !== "coded") return () => false;
    const named = new Set(gate.levels);
    const holds = column.levels.map((level) => named.has(level));
    return (row) => holds[column.codes[row] as number] === true;
  }
  if (column.type !== "numeric") return () => false;
  if ("values" in gate) {
    const named = new Set(gate.values);
    return (row) => named.has(column.values[row] as number);
  }
  const { comparison, value } = gate;
  return (row) => {
    const cell = column.values[row] as number;
    if (!Number.isFinite(cell)) return false;
    if (comparison === "<") return cell < value;
    if (comparison === "<=") return cell <= value;
    if (comparison === ">") return cell > value;
    if (comparison === ">=") return cell >= value;
    return cell !== value;
  };
}

/**
 * `own` with the forced cells where all gates are met. A number that its grid cannot write is left as it is, and so is a
 * missing cell, and a cell beside a missing one that it would be like.
 */
export function forced(step: Forced, own: Column, columns: readonly Column[], schema: ColumnSchema): Column {
  const gates = step.when.map((gate) => meets(gate, columns[gate.column] as Column));
  const all = (row: number): boolean => gates.every((gate) => gate(row));
  const from = "like" in step ? (columns[step.like] as Column) : undefined;
  if (own.type === "numeric") {
    const made = numberMaker(step, own.values, from, gridOf(schema));
    const values = own.values.map((value, row) => (all(row) ? made(row) : value));
    return { type: "numeric", values };
  }
  const made = codeMaker(step, own, from);
  return { ...own, codes: own.codes.map((code, row) => (all(row) ? made(row) : code)) };
}

/** A forced number by row. */
function numberMaker(
  step: Forced,
  values: Float64Array,
  from: Column | undefined,
  grid: Grid,
): (row: number) => number {
  if ("gives" in step && step.gives === null) return () => NaN;
  const cell = (row: number): number => {
    if ("multipleOf" in step) return step.multipleOf * Math.round((values[row] as number) / step.multipleOf);
    if ("gives" in step) return Number(step.gives);
    return from?.type === "numeric" ? (from.values[row] as number) : NaN;
  };
  return (row) => {
    const value = values[row] as number;
    const made = snap(cell(row), grid);
    const written = Math.abs(made - cell(row)) <= 1e-9 * Math.max(1, Math.abs(made));
    return Number.isFinite(value) && written ? made : value;
  };
}

/** A forced level's code by row; a level that the column does not know changes nothing. */
function codeMaker(
  step: Forced,
  { codes, levels }: CodedColumn,
  from: Column | undefined,
): (row: number) => number {
  if ("gives" in step && step.gives === null) return () => -1;
  const place = new Map(levels.map((level, code) => [level, code]));
  const constant = "gives" in step ? place.get(String(step.gives)) : undefined;
  const places = from?.type === "coded" ? from.levels.map((level) => place.get(level)) : [];
  return (row) => {
    const code = codes[row] as number;
    const made = from?.type === "coded" ? places[from.codes[row] as number] : constant;
    return code < 0 ? code : (made ?? code);
  };
}

/** Inverse of a forced step's JSON, in a table of `columns` columns; throws FaultError `model-damaged`. */
export function loadForced(saved: unknown, columns: number): Forced {
  const state = asRecord(saved, "rule");
  const when = asList(state["when"], "rule").map((item) => loadGate(item, columns));
  const column = asIndex(state["column"], columns, "rule");
  if (state["like"] !== undefined)
    return { kind: "forced", column, when, like: asIndex(state["like"], columns, "rule") };
  if (state["multipleOf"] !== undefined) {
    const multipleOf = asNumber(state["multipleOf"], "rule");
    return multipleOf > 0 ? { kind: "forced", column, when, multipleOf } : damaged("rule");
  }
  const { gives } = state;
  const sound = gives === null || typeof gives === "string" || Number.isFinite(gives);
  return sound ? { kind: "forced", column, when, gives: gives as string | number | null } : damaged("rule");
}

function loadGate(saved: unknown, columns: number): Gate {
  const state = asRecord(saved, "rule");
  const column = asIndex(state["column"], columns, "rule");
  if (state["is"] !== undefined) return { column, is: asOneOf(state["is"], ["missing", "present"], "rule") };
  if (state["levels"] !== undefined) return { column, levels: asTexts(state["levels"], "rule") };
  if (state["values"] !== undefined) return { column, values: [...asNumbers(state["values"], "rule")] };
  const comparison = asOneOf(state["comparison"], ["<", "<=", ">", ">=", "!="], "rule");
  return { column, comparison, value: asNumber(state["value"], "rule") };
}
