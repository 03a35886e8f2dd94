import type { Lookup } from "../codec/derived/lookup.ts";
import { learnLookup } from "../codec/derived/lookup.ts";
import { asList, asNumbers, asRecord, damaged } from "../codec/saved-state.ts";
import { LEAST_SHARED } from "../table/rare-levels.ts";
import type { Table } from "../table/table.ts";
import type { Constraint } from "./constraint.ts";
import { roundingExplains } from "./judging/formula.ts";
import { columnIn, missingIn, placeOf, scopeOf, sharedCells } from "./judging/scope.ts";
import type { SharedCellOf } from "./judging/tuples.ts";
import { createTuples } from "./judging/tuples.ts";

/** A cell as two tables share it: a level's name, a number, or null for missing. */
export type SharedCell = string | number | null;

/**
 * What a rule takes from the training rows beside its text; plain data, and nothing in it stands for fewer than five
 * patients. Most kinds take nothing.
 */
export interface LearnedRule {
  /** combinations: the tuples that at least five patients have, cells in the order of the rule's columns */
  readonly known?: readonly (readonly SharedCell[])[];
  /** follows: what a value of the column that is followed from gives */
  readonly gives?: readonly (readonly [from: SharedCell, cell: SharedCell])[];
  /** follows, from a number in steps: `gives[k]` between `edges[k - 1]` <= x < `edges[k]` */
  readonly steps?: Pick<Lookup, "edges" | "gives">;
  /** formula: whether the rounding of the columns it is made of explains what does not fit */
  readonly rounded?: boolean;
}

/** Learns from the rows of `train` what `constraint` needs. Throws FaultError `unknown-column`. */
export function learnedRule(constraint: Constraint, train: Table): LearnedRule {
  switch (constraint.kind) {
    case "combinations": {
      const scope = scopeOf(train);
      const cells = constraint.columns.map((name) => sharedCells(scope, name));
      const tuples = countTuples(cells, train);
      return { known: tuples.flatMap(({ patients, cells: own }) => (patients >= LEAST_SHARED ? [own] : [])) };
    }
    case "follows":
      return learnedFollows(constraint.column, constraint.from, train);
    case "formula":
      return { rounded: roundingExplains(constraint, train) };
    default:
      return {};
  }
}

interface CountedTuple {
  readonly cells: readonly (string | number)[];
  readonly patients: number;
}

/** Tuples without a missing or withheld cell, with how many patients have each. */
function countTuples(cells: readonly SharedCellOf[], { rows, patients }: Table): CountedTuple[] {
  const tuples = createTuples();
  const first = new Map<number, number>();
  const counts = new Map<number, number>();
  const seen = new Set<number>();
  for (let row = 0; row < rows; row++) {
    const tuple = tuples.add(cells, row);
    if (tuple < 0) continue;
    if (!first.has(tuple)) first.set(tuple, row);
    const pair = tuple * 2 ** 31 + (patients?.[row] ?? 0);
    if (patients && seen.has(pair)) continue;
    if (patients) seen.add(pair);
    counts.set(tuple, (counts.get(tuple) ?? 0) + 1);
  }
  return [...first].map(([tuple, row]) => ({
    cells: cells.map((cell) => cell(row) as string | number),
    patients: counts.get(tuple) as number,
  }));
}

/** Steps along a number where there are such; else what most patients with the same value have, five at least. */
function learnedFollows(column: string, from: string, train: Table): LearnedRule {
  const scope = scopeOf(train);
  const numeric = columnIn(scope, from).type === "numeric";
  const lookup = numeric ? learnLookup(train, placeOf(scope, column), placeOf(scope, from)) : undefined;
  if (lookup) return { steps: { edges: lookup.edges, gives: lookup.gives } };
  const own = sharedCells(scope, column);
  const missing = missingIn(scope, column);
  const orMissing: SharedCellOf = (row) => (missing(row) ? NaN : own(row));
  const best = new Map<string | number, CountedTuple>();
  for (const tuple of countTuples([sharedCells(scope, from), orMissing], train)) {
    const [key] = tuple.cells as [string | number];
    if (tuple.patients > (best.get(key)?.patients ?? LEAST_SHARED - 1)) best.set(key, tuple);
  }
  return {
    gives: [...best].map(([key, { cells }]) => [
      key,
      Number.isNaN(cells[1]) ? null : (cells[1] as SharedCell),
    ]),
  };
}

/** Inverse of a learned rule's JSON; throws FaultError `model-damaged`. */
export function loadLearnedRule(saved: unknown): LearnedRule {
  const what = "rules";
  const state = asRecord(saved, what);
  const cell = (value: unknown): SharedCell =>
    value === null || typeof value === "string" || (typeof value === "number" && Number.isFinite(value))
      ? value
      : damaged(what);
  const cells = (value: unknown): SharedCell[] => asList(value, what).map(cell);
  const pair = (value: unknown): [SharedCell, SharedCell] => {
    const both = cells(value);
    return both.length === 2 ? [both[0] as SharedCell, both[1] as SharedCell] : damaged(what);
  };
  const steps = state["steps"] === undefined ? undefined : asRecord(state["steps"], what);
  const edges = steps && [...asNumbers(steps["edges"], what)];
  const gives = steps && cells(steps["gives"]);
  if (edges && gives?.length !== edges.length + 1) return damaged(what);
  return {
    ...(state["known"] !== undefined && { known: asList(state["known"], what).map(cells) }),
    ...(state["gives"] !== undefined && { gives: asList(state["gives"], what).map(pair) }),
    ...(edges && gives && { steps: { edges, gives } }),
    ...(state["rounded"] !== undefined && { rounded: state["rounded"] === true }),
  };
}
