import type { Column, ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { takeRows } from "../../table/table.ts";
import { asList, asRecord, damaged } from "../saved-state.ts";
import type { Lookup } from "./lookup.ts";
import { learnLookup, loadLookup, lookedUp, lookedUpWhereKnown, lookupsIn } from "./lookup.ts";
import type { Relation } from "./relation.ts";
import { loadColumnSchema, savedColumnSchema } from "../columns/table-code.ts";
import { confirmRelation } from "./judged.ts";
import { numbersOf } from "./number-column.ts";
import { loadRelation, related, residualOf } from "./relation.ts";
import { relationsIn } from "./search/relations-in.ts";

export type Derivation = Lookup | Relation;

/**
 * Columns that are functions of others: an age band of the age, a BMI of weight and height, a copy. They are taken out
 * before a table is learned and put back afterwards, so that the identity holds in the synthetic rows too.
 */
export interface Derivations {
  /** Parents before the columns that need them; columns are places in the table that was learned from. */
  readonly steps: readonly Derivation[];
  /** The columns that `reduce` takes out; those of partial steps stay. */
  readonly taken: ReadonlySet<number>;
  /** How many of a reduced table's columns, its last, are what remains of a relation. */
  readonly remaining: number;
  /**
   * A table with the columns of the one that was learned from, without those that follow from others; where they follow
   * nearly, what remains (y - f(x)) stands under their name as the last columns.
   */
  reduce(table: Table): Table;
  /** Inverse of `reduce`, also for rows that are made up; columns and schema as they were. */
  restore(table: Table): Table;
  /** JSON-safe. No number or level in it stands for fewer than 5 rows. */
  save(): Readonly<Record<string, unknown>>;
}

const isPartial = (step: Derivation): boolean => step.partial;

export interface DerivationOptions {
  /** Columns that are never taken out, such as the one that rows will be asked for by. */
  readonly keep?: readonly number[];
  /** Whether numbers that follow from numbers are looked for too; true unless said. */
  readonly relations?: boolean;
}

const SEARCHED_ROWS = 5000;
const SEARCHED_CELLS = 600_000;

/**
 * Finds lookups (one parent) and formulas (sums, products, ratios, times between dates) on evenly spread rows, and confirms
 * each on the whole table. No randomness. 100,000 rows of 50 columns take a few seconds at most.
 */
export function learnDerivations(table: Table, options: DerivationOptions = {}): Derivations {
  const sample = spread(table);
  const kept = new Set(options.keep ?? []);
  const ancestors = new Map<number, Set<number>>();
  const free = (column: number, parents: readonly number[]): boolean =>
    !ancestors.has(column) &&
    !parents.some((parent) => parent === column || ancestors.get(parent)?.has(column));
  const found: Derivation[] = [];
  const take = (step: Derivation, parents: readonly number[]): void => {
    found.push(step);
    ancestors.set(
      step.column,
      new Set(parents.flatMap((parent) => [parent, ...(ancestors.get(parent) ?? [])])),
    );
    for (const above of ancestors.values())
      if (above.has(step.column)) for (const one of ancestors.get(step.column) ?? []) above.add(one);
  };
  for (const { column, parent } of lookupsIn(sample)) {
    const lookup = free(column, [parent]) ? learnLookup(table, column, parent) : undefined;
    if (lookup && (lookup.partial || !kept.has(column))) take(lookup, [parent]);
  }
  const rest = table.columns.flatMap((_, j) => (ancestors.has(j) ? [] : [j]));
  for (const draft of options.relations === false ? [] : relationsIn(sample, rest)) {
    const wanted = !kept.has(draft.column) && free(draft.column, draft.parents);
    const relation = wanted ? confirmRelation(draft, table) : undefined;
    if (relation) take(relation, relation.parents);
  }
  return createDerivations(table.schema.columns, ordered(found));
}

/**
 * Only lookups beside levels, each held to where the parent has a level of its own: what a model that learns all columns
 * has to keep, a county beside its city.
 */
export function learnLookups(table: Table): Derivations {
  const { steps } = learnDerivations(table, { relations: false });
  const beside = steps.flatMap((step) =>
    step.kind === "lookup" && step.levels.length > 0 ? [{ ...step, partial: true }] : [],
  );
  return createDerivations(table.schema.columns, beside);
}

/** At most 5,000 rows, evenly spread; fewer where there are many columns. */
function spread(table: Table): Table {
  const most = Math.max(500, Math.min(SEARCHED_ROWS, Math.floor(SEARCHED_CELLS / table.columns.length)));
  if (table.rows <= most) return table;
  return takeRows(
    table,
    Int32Array.from({ length: most }, (_, i) => Math.floor((i * table.rows) / most)),
  );
}

const parentsOf = (step: Derivation): readonly number[] =>
  step.kind === "lookup" ? [step.parent] : step.parents;

/** Parents first. */
function ordered(steps: readonly Derivation[]): Derivation[] {
  const left = new Set(steps);
  const waiting = new Set(steps.map(({ column }) => column));
  const out: Derivation[] = [];
  for (let before = -1; before < out.length && left.size > 0;) {
    before = out.length;
    for (const step of left) {
      if (parentsOf(step).some((parent) => waiting.has(parent))) continue;
      out.push(step);
      left.delete(step);
      waiting.delete(step.column);
    }
  }
  return out;
}

function createDerivations(schemas: readonly ColumnSchema[], steps: readonly Derivation[]): Derivations {
  const taken = new Set(steps.flatMap((step) => (isPartial(step) ? [] : [step.column])));
  const left = schemas.flatMap((_, j) => (taken.has(j) ? [] : [j]));
  const remaining = steps.filter((step): step is Relation => step.kind === "relation" && !step.exact);
  const reduce = (table: Table): Table => {
    const residuals = remaining.map((step): NumericColumn => {
      const values = residualOf(step, table.rows, (j) => numbersOf(table.columns[j] as Column));
      return { type: "numeric", values };
    });
    return {
      ...table,
      columns: [...left.map((j) => table.columns[j] as Column), ...residuals],
      schema: {
        ...table.schema,
        columns: [
          ...left.map((j) => table.schema.columns[j] as ColumnSchema),
          ...remaining.map((step) => residualSchema(table.schema.columns[step.column] as ColumnSchema, step)),
        ],
      },
    };
  };

  const restore = (table: Table): Table => {
    const columns = new Array<Column>(schemas.length);
    left.forEach((j, i) => {
      columns[j] = table.columns[i] as Column;
    });
    for (const step of steps) {
      if (step.kind === "lookup") {
        const parent = columns[step.parent] as Column;
        const own = columns[step.column];
        columns[step.column] =
          step.partial && own ? lookedUpWhereKnown(step, parent, own) : lookedUp(step, parent);
        continue;
      }
      const at = remaining.indexOf(step);
      const residual = at < 0 ? undefined : numbersOf(table.columns[left.length + at] as Column);
      const learned = step.partial ? columns[step.column] : undefined;
      const schema = schemas[step.column] as ColumnSchema;
      const of = (j: number): Float64Array => numbersOf(columns[j] as Column);
      columns[step.column] = related(step, schema, table.rows, of, { residual, learned });
    }
    return { ...table, columns, schema: { ...table.schema, columns: schemas } };
  };

  const save = (): Readonly<Record<string, unknown>> => ({
    version: 1,
    columns: schemas.map(savedColumnSchema),
    steps,
  });
  return { steps, taken, remaining: remaining.length, reduce, restore, save };
}

/** The column's own, with the residual's decimals in place of its kind. */
function residualSchema(column: ColumnSchema, step: Relation): ColumnSchema {
  const { date: _pattern, findings: _counts, ...rest } = column;
  return {
    ...rest,
    kind: step.decimals > 0 ? "decimal" : "integer",
    number: { decimals: step.decimals, decimalMark: ".", thousandsMark: "" },
  };
}

/** Inverse of `Derivations.save`; throws FaultError `model-damaged`. */
export function loadDerivations(saved: unknown): Derivations {
  const state = asRecord(saved, "derived columns");
  if (state["version"] !== 1) return damaged("derived columns");
  const schemas = asList(state["columns"], "derived columns").map(loadColumnSchema);
  const steps = asList(state["steps"], "derived columns").map((item): Derivation => {
    const { kind } = asRecord(item, "derived columns");
    return kind === "lookup" ? loadLookup(item, schemas.length) : loadRelation(item, schemas.length);
  });
  const columns = new Set(steps.map(({ column }) => column));
  if (columns.size < steps.length || ordered(steps).length < steps.length) return damaged("derived columns");
  const numeric = (j: number): boolean => NUMERIC.has((schemas[j] as ColumnSchema).kind);
  for (const step of steps) {
    const sound =
      step.kind === "relation"
        ? numeric(step.column) === (step.names === undefined)
        : numeric(step.column) === (step.names === undefined) &&
          (step.levels.length === 0) === numeric(step.parent);
    if (!sound) return damaged("derived columns");
  }
  return createDerivations(schemas, steps);
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);
