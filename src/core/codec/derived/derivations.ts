import type { Column, ColumnSchema, NumericColumn, Table } from "../../table/table.ts";
import { remembered } from "../../table/remembered.ts";
import { takeRows } from "../../table/table.ts";
import type { Pulse } from "../../math/breathe.ts";
import { breathe, within } from "../../math/breathe.ts";
import { asList, asRecord, damaged } from "../saved-state.ts";
import type { Forced } from "./forced.ts";
import { forced, forcedBy, loadForced } from "./forced.ts";
import type { Gap } from "./gap.ts";
import { fromGaps, gapDecimals, gapsOf, gapUnit, loadGap } from "./gap.ts";
import type { Lookup } from "./lookup.ts";
import { learnLookup, loadLookup, lookedUp, lookedUpWhereKnown, lookupsIn } from "./lookup.ts";
import type { Relation } from "./relation.ts";
import { loadColumnSchema, savedColumnSchema } from "../columns/table-code.ts";
import { confirmRelation } from "./judged.ts";
import { numbersOf } from "./number-column.ts";
import { loadRelation, related, residualOf } from "./relation.ts";
import { relationsIn } from "./search/relations-in.ts";
import type { Within } from "./within.ts";
import { fromScores, learnWithin, loadWithin, scoresWithin, WITHIN_DECIMALS, withinsIn } from "./within.ts";

export type Derivation = Lookup | Relation | Gap | Within | Forced;

/**
 * Columns that are functions of others: an age band of the age, a BMI of weight and height, a copy; columns that are never
 * below or above others; cells that others decide. They are taken out, or put as what remains, before a table is learned
 * and put back afterwards, so that what holds in the real rows holds in the synthetic ones too.
 */
export interface Derivations {
  /** Parents before the columns that need them; columns are places in the table that was learned from. */
  readonly steps: readonly Derivation[];
  /** The columns that `reduce` takes out; those of partial steps and forced cells stay. */
  readonly taken: ReadonlySet<number>;
  /** The columns of the table that was learned from. */
  readonly schemas: readonly ColumnSchema[];
  /** How many of a reduced table's columns, its last, are what remains of a relation. */
  readonly remaining: number;
  /**
   * A table with the columns of the one that was learned from, without those that follow from others; gaps of orders, ranks within a level, and
   * where columns follow nearly what remains of them (y - f(x)), stand under their names as the last columns.
   */
  reduce(table: Table): Table;
  /**
   * Inverse of `reduce`, also for rows that are made up; columns and schema as they were. `filled`: cells that would be
   * emptied because there is nothing to say stay as they were drawn.
   */
  restore(table: Table, filled?: boolean): Table;
  /** JSON-safe. No number or level in it stands for fewer than 5 rows. */
  save(): Readonly<Record<string, unknown>>;
}

const isPartial = (step: Derivation): boolean =>
  step.kind === "forced" || (step.kind !== "gap" && step.kind !== "within" && step.partial);

export interface DerivationOptions {
  /** Columns that are never taken out, such as the one that rows will be asked for by. */
  readonly keep?: readonly number[];
}

const SEARCHED_ROWS = 5000;
const SEARCHED_CELLS = 600_000;
/** Share of the search that lookups take. */
const LOOKUPS_TAKE = 0.1;

const byRows = remembered<readonly Derivation[]>();

/**
 * Finds lookups (one parent) and formulas (sums, products, ratios, times between dates) on evenly spread rows, and confirms
 * each on the whole table; what was found in the same rows just before is not looked for again. No randomness. Two
 * processor seconds at most on 280 columns of 316 rows or 20 columns of 100,000. Rejects as `pulse` does.
 */
export async function learnDerivations(
  table: Table,
  options: DerivationOptions = {},
  pulse: Pulse = breathe,
): Promise<Derivations> {
  const steps = await byRows(table, JSON.stringify(options), () => searched(table, options, pulse));
  return createDerivations(table.schema.columns, steps);
}

async function searched(table: Table, options: DerivationOptions, pulse: Pulse): Promise<Derivation[]> {
  const sample = spread(table);
  const kept = new Set(options.keep ?? []);
  const { found, free, take, without } = chosenSteps(table.columns.length);
  for (const { column, parent } of await lookupsIn(sample, within(pulse, 0, LOOKUPS_TAKE))) {
    await pulse();
    const lookup = free(column, [parent]) ? learnLookup(table, column, parent) : undefined;
    if (lookup && (lookup.partial || !kept.has(column))) take(lookup, [parent]);
  }
  for (const draft of await relationsIn(sample, without(), within(pulse, LOOKUPS_TAKE, 1))) {
    await pulse();
    const wanted = !kept.has(draft.column) && free(draft.column, draft.parents);
    const relation = wanted ? confirmRelation(draft, table) : undefined;
    if (relation) take(relation, relation.parents);
  }
  for (const draft of withinsIn(sample)) {
    await pulse();
    const wanted = !kept.has(draft.column) && free(draft.column, [draft.parent]);
    const step = wanted ? learnWithin(table, draft) : undefined;
    if (step) take(step, step.parents);
  }
  return ordered(found);
}

/** Steps of which none follows from its own column, in the order in which they were taken. */
function chosenSteps(columns: number): {
  readonly found: readonly Derivation[];
  free(column: number, parents: readonly number[]): boolean;
  take(step: Derivation, parents: readonly number[]): void;
  /** the columns that no step makes */
  without(): number[];
} {
  const ancestors = new Map<number, Set<number>>();
  const found: Derivation[] = [];
  return {
    found,
    free: (column, parents) =>
      !ancestors.has(column) &&
      !parents.some((parent) => parent === column || ancestors.get(parent)?.has(column)),
    take: (step, parents) => {
      found.push(step);
      ancestors.set(
        step.column,
        new Set(parents.flatMap((parent) => [parent, ...(ancestors.get(parent) ?? [])])),
      );
      for (const above of ancestors.values())
        if (above.has(step.column)) for (const one of ancestors.get(step.column) ?? []) above.add(one);
    },
    without: () => Array.from({ length: columns }, (_, j) => j).filter((j) => !ancestors.has(j)),
  };
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

const parentsOf = (step: Derivation): readonly number[] => {
  if (step.kind === "lookup") return [step.parent];
  return step.kind === "forced" ? forcedBy(step) : step.parents;
};

/** Parents first, and a column before its cells are forced. Steps that wait for each other are left out. */
export function ordered(steps: readonly Derivation[]): Derivation[] {
  let left = [...steps];
  const out: Derivation[] = [];
  for (;;) {
    const waiting = new Set(left.map(({ column }) => column));
    const ready = left.findIndex(
      (step, i) =>
        !parentsOf(step).some((parent) => waiting.has(parent)) &&
        !left.slice(0, i).some(({ column }) => column === step.column),
    );
    if (ready < 0) return out;
    out.push(left[ready] as Derivation);
    left = left.toSpliced(ready, 1);
  }
}

export function createDerivations(
  schemas: readonly ColumnSchema[],
  steps: readonly Derivation[],
): Derivations {
  const taken = new Set(steps.flatMap((step) => (isPartial(step) ? [] : [step.column])));
  const left = schemas.flatMap((_, j) => (taken.has(j) ? [] : [j]));
  const relations = steps.filter((step): step is Relation => step.kind === "relation" && !step.exact);
  const last = [
    ...steps.filter((step): step is Gap => step.kind === "gap"),
    ...steps.filter((step): step is Within => step.kind === "within"),
    ...relations,
  ];
  const schemaOf = (j: number): ColumnSchema => schemas[j] as ColumnSchema;
  const unitOf = (step: Gap): ReturnType<typeof gapUnit> =>
    gapUnit([step.column, ...step.parents].map(schemaOf));

  const decimalsOf = (step: (typeof last)[number]): number => {
    if (step.kind === "within") return WITHIN_DECIMALS;
    return step.kind === "gap" ? gapDecimals(unitOf(step)) : step.decimals;
  };

  const reduce = (table: Table): Table => {
    const residuals = last.map((step): NumericColumn => {
      const of = (j: number): Float64Array => numbersOf(table.columns[j] as Column);
      if (step.kind === "within") {
        const values = scoresWithin(step, of(step.column), table.columns[step.parents[0]] as Column);
        return { type: "numeric", values };
      }
      const values =
        step.kind === "gap"
          ? gapsOf(step, unitOf(step), of(step.column), step.parents.map(of))
          : residualOf(step, table.rows, of);
      return { type: "numeric", values };
    });
    return {
      ...table,
      columns: [...left.map((j) => table.columns[j] as Column), ...residuals],
      schema: {
        ...table.schema,
        columns: [
          ...left.map((j) => table.schema.columns[j] as ColumnSchema),
          ...last.map((step) =>
            residualSchema(
              ownOrRest(table.schema.columns[step.column] as ColumnSchema, taken.has(step.column)),
              decimalsOf(step),
            ),
          ),
        ],
      },
    };
  };

  /** The column that `step` makes of the columns so far. */
  const made = (
    step: Derivation,
    columns: readonly Column[],
    rows: number,
    remains: Column | undefined,
  ): Column => {
    const own = columns[step.column];
    if (step.kind === "forced") return forced(step, own as Column, columns, schemaOf(step.column));
    if (step.kind === "lookup") {
      const parent = columns[step.parent] as Column;
      return step.partial && own ? lookedUpWhereKnown(step, parent, own) : lookedUp(step, parent);
    }
    if (step.kind === "within")
      return {
        type: "numeric",
        values: fromScores(step, numbersOf(remains as Column), columns[step.parents[0]] as Column),
      };
    const of = (j: number): Float64Array => numbersOf(columns[j] as Column);
    const rest = remains && numbersOf(remains);
    const schema = schemaOf(step.column);
    if (step.kind === "relation") {
      const learned = step.partial ? own : undefined;
      return related(step, schema, rows, of, { residual: rest, learned });
    }
    const values = fromGaps(step, schema, unitOf(step), rest as Float64Array, step.parents.map(of));
    return { type: "numeric", values };
  };

  const restore = (table: Table, filled = false): Table => {
    const columns = new Array<Column>(schemas.length);
    left.forEach((j, i) => {
      columns[j] = table.columns[i] as Column;
    });
    for (const step of steps) {
      if (filled && step.kind === "forced" && "gives" in step && step.gives === null) continue;
      const at = last.findIndex((one) => one === step);
      columns[step.column] = made(
        step,
        columns,
        table.rows,
        at < 0 ? undefined : table.columns[left.length + at],
      );
    }
    return { ...table, columns, schema: { ...table.schema, columns: schemas } };
  };

  const save = (): Readonly<Record<string, unknown>> => ({
    version: 1,
    columns: schemas.map(savedColumnSchema),
    steps,
  });
  return { steps, taken, schemas, remaining: relations.length, reduce, restore, save };
}

/** The schema of what remains of a column; one that stays in the table too keeps its name for itself. */
const ownOrRest = (column: ColumnSchema, taken: boolean): ColumnSchema =>
  taken ? column : { ...column, name: `${column.name} (what remains)` };

/** The column's own, with the residual's decimals in place of its kind. */
function residualSchema(column: ColumnSchema, decimals: number): ColumnSchema {
  const { date: _pattern, findings: _counts, limits: _limits, unit: _unit, measure: _of, ...rest } = column;
  return {
    ...rest,
    kind: decimals > 0 ? "decimal" : "integer",
    number: { decimals, decimalMark: ".", thousandsMark: "" },
  };
}

/** Inverse of `Derivations.save`; throws FaultError `model-damaged`. */
export function loadDerivations(saved: unknown): Derivations {
  const state = asRecord(saved, "derived columns");
  if (state["version"] !== 1) return damaged("derived columns");
  const schemas = asList(state["columns"], "derived columns").map(loadColumnSchema);
  const count = schemas.length;
  const steps = asList(state["steps"], "derived columns").map((item): Derivation => {
    const { kind } = asRecord(item, "derived columns");
    if (kind === "lookup") return loadLookup(item, count);
    if (kind === "gap") return loadGap(item, count);
    if (kind === "within") return loadWithin(item, count);
    return kind === "forced" ? loadForced(item, count) : loadRelation(item, count);
  });
  const own = steps.filter(({ kind }) => kind !== "forced").map(({ column }) => column);
  if (new Set(own).size < own.length || ordered(steps).length < steps.length)
    return damaged("derived columns");
  return steps.every((step) => fits(step, schemas))
    ? createDerivations(schemas, steps)
    : damaged("derived columns");
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** Whether the columns of `step` are of the types that it works on. */
function fits(step: Derivation, schemas: readonly ColumnSchema[]): boolean {
  const kindOf = (j: number): string => (schemas[j] as ColumnSchema).kind;
  const numeric = (j: number): boolean => NUMERIC.has(kindOf(j));
  const dated = (j: number): boolean => kindOf(j) === "datetime";
  if (step.kind === "relation") return numeric(step.column) === (step.names === undefined);
  if (step.kind === "within") return numeric(step.column) && !dated(step.column) && !numeric(step.parents[0]);
  if (step.kind === "gap")
    return (
      [step.column, ...step.parents].every(numeric) &&
      step.parents.every((parent) => parent !== step.column && dated(parent) === dated(step.column))
    );
  if (step.kind === "forced")
    return (
      !forcedBy(step).includes(step.column) &&
      (!("like" in step) || numeric(step.like) === numeric(step.column)) &&
      (!("multipleOf" in step) || numeric(step.column)) &&
      (!("gives" in step) || step.gives === null || (typeof step.gives === "number") === numeric(step.column))
    );
  return (
    numeric(step.column) === (step.names === undefined) && (step.levels.length === 0) === numeric(step.parent)
  );
}
