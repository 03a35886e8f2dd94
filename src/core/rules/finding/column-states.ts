import { isCommonLevel, LEAST_SHARED } from "../../table/rare-levels.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import type { Expression } from "../expression.ts";

/**
 * A value of a column that rules can name: a level, a number that comes often, a missing cell. `rest` are the other
 * numbers together; `unnamed` are levels that are too many, or those that withheld ones have in common.
 */
export type State =
  | { readonly type: "level"; readonly level: string }
  | { readonly type: "value"; readonly value: number }
  | { readonly type: "rest" | "missing" | "unnamed" };

/** A column's rows by state. */
export interface ColumnStates {
  readonly name: string;
  readonly states: readonly State[];
  /** the state of each row */
  readonly codes: Uint8Array;
  /** rows of each state */
  readonly counts: Float64Array;
  /** index of the missing state, -1 where every row has a cell */
  readonly missing: number;
  /** numbers of five values or more: they stand in an order */
  readonly ordered: boolean;
}

/** Two columns, the rows that have each pair of their states, and those that chance would give. */
export interface StatePairs {
  readonly a: ColumnStates;
  readonly b: ColumnStates;
  /** rows, states of a x states of b */
  readonly joint: Float64Array;
  /** 1 for pairs that no row has though chance would give many */
  readonly absent: Uint8Array;
}

/** Levels that are named at most; numbers of up to so many values have a state for each. */
const MOST_LEVELS = 40;
const MOST_VALUES = 12;
/** Share of the cells that a value of another number has to be a state, and how many such values. */
const SPIKE = 0.1;
const MOST_SPIKES = 3;
const ORDERED_FROM = 5;

/**
 * Column j of `table` by states, each shared by five patients or more; undefined where it has only one. `table` has its
 * rare levels withheld already.
 */
export function columnStates(table: Table, j: number): ColumnStates | undefined {
  const column = table.columns[j] as Column;
  const schema = table.schema.columns[j] as ColumnSchema;
  const raw = column.type === "coded" ? ofLevels(column, schema) : ofNumbers(column.values, schema);
  const shared = patientsOf(raw.codes, raw.states.length, table.patients);
  const missingAt = raw.states.findIndex(({ type }) => type === "missing");
  const rest = raw.states.findIndex(({ type }) => type === "rest" || type === "unnamed");
  const states = raw.states.map((state, k): State => {
    const few = (shared[k] as number) < LEAST_SHARED && k !== missingAt && k !== rest;
    return few ? { type: "unnamed" } : state;
  });
  const counts = new Float64Array(states.length);
  for (const code of raw.codes) counts[code] = (counts[code] as number) + 1;
  if (counts.filter((count) => count > 0).length < 2) return undefined;
  const present = states.filter(({ type }) => type === "value" || type === "rest").length;
  return {
    name: schema.name,
    states,
    codes: raw.codes,
    counts,
    missing: missingAt >= 0 && (counts[missingAt] as number) > 0 ? missingAt : -1,
    ordered: column.type === "numeric" && present >= ORDERED_FROM,
  };
}

interface RawStates {
  readonly states: readonly State[];
  readonly codes: Uint8Array;
}

function ofLevels(
  { codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] },
  { rareLevels }: ColumnSchema,
): RawStates {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  const named = [...levels.keys()]
    .filter((k) => !(rareLevels === "common" && isCommonLevel(levels[k] as string)))
    .sort((a, b) => (counts[b] as number) - (counts[a] as number) || a - b)
    .slice(0, MOST_LEVELS);
  const [missing, unnamed] = [named.length, named.length + 1];
  const place = new Uint8Array(levels.length).fill(unnamed);
  named.forEach((level, k) => {
    place[level] = k;
  });
  return {
    states: [
      ...named.map((level): State => ({ type: "level", level: levels[level] as string })),
      { type: "missing" },
      { type: "unnamed" },
    ],
    codes: Uint8Array.from(codes, (code) => (code < 0 ? missing : (place[code] as number))),
  };
}

/** Single moments have no name: a rule that named one would be about the days that happen to be in the file. */
function ofNumbers(values: Float64Array, { kind }: ColumnSchema): RawStates {
  const counts = new Map<number, number>();
  let present = 0;
  for (const value of kind === "datetime" ? [] : values) {
    if (!Number.isFinite(value)) continue;
    present++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const few = counts.size <= MOST_VALUES;
  const named = [...counts]
    .filter(([, count]) => count >= (few ? LEAST_SHARED : Math.max(LEAST_SHARED, SPIKE * present)))
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, few ? MOST_VALUES : MOST_SPIKES)
    .map(([value]) => value)
    .sort((a, b) => a - b);
  const place = new Map(named.map((value, k) => [value, k]));
  const [missing, rest] = [named.length, named.length + 1];
  return {
    states: [
      ...named.map((value): State => ({ type: "value", value })),
      { type: "missing" },
      { type: "rest" },
    ],
    codes: Uint8Array.from(values, (value) =>
      Number.isFinite(value) ? (place.get(value) ?? rest) : missing,
    ),
  };
}

/** Different patients of each of `count` states. */
function patientsOf(codes: Uint8Array, count: number, patients: Int32Array | undefined): Float64Array {
  const out = new Float64Array(count);
  const seen = new Set<number>();
  codes.forEach((code, row) => {
    if (patients) {
      const key = (patients[row] as number) * count + code;
      if (seen.has(key)) return;
      seen.add(key);
    }
    out[code] = (out[code] as number) + 1;
  });
  return out;
}

/** What names the states `which` of a column, or undefined where some of them have no name. */
export function stateWords({ name, states }: ColumnStates, which: readonly number[]): Expression | undefined {
  const chosen = which.map((k) => states[k] as State);
  if (chosen.length === 0 || chosen.some(({ type }) => type === "unnamed")) return undefined;
  const column: Expression = { type: "column", name };
  const parts: Expression[] = [];
  if (chosen.some(({ type }) => type === "missing")) parts.push({ type: "missing", column: name });
  if (chosen.some(({ type }) => type === "rest")) {
    const apart = states.flatMap((state, k) =>
      state.type === "value" && !which.includes(k) ? [state.value] : [],
    );
    parts.push(
      apart.length === 0
        ? { type: "not", of: { type: "missing", column: name } }
        : apart.length === 1
          ? compared(column, "!=", number(apart[0] as number))
          : { type: "not", of: { type: "in", of: column, options: apart.map(number) } },
    );
  } else {
    const options = chosen.flatMap((state): Expression[] => {
      if (state.type === "level") return [{ type: "text", value: state.level }];
      return state.type === "value" ? [number(state.value)] : [];
    });
    const [only] = options;
    if (only)
      parts.push(options.length === 1 ? compared(column, "=", only) : { type: "in", of: column, options });
  }
  return parts.length === 1 ? parts[0] : { type: "or", parts };
}

const number = (value: number): Expression => ({ type: "number", value });

const compared = (left: Expression, comparison: "=" | "!=", right: Expression): Expression => ({
  type: "compare",
  operands: [left, right],
  comparisons: [comparison],
});
