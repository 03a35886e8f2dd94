import type { Derivations } from "../../codec/derived/derivations.ts";
import type { Forced } from "../../codec/derived/forced.ts";
import { forced } from "../../codec/derived/forced.ts";
import { numbersOf } from "../../codec/derived/number-column.ts";
import { related } from "../../codec/derived/relation.ts";
import type { Lookup } from "../../codec/derived/lookup.ts";
import { lookedUpWhereKnown } from "../../codec/derived/lookup.ts";
import type { Rng } from "../../math/rng.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";
import { isMissingCell, takeRows } from "../../table/table.ts";
import { mergeCompleted } from "./complete.ts";
import type { HeldRows, RowSource } from "./row-source.ts";

/** How often rows are completed again whose filled cells do not go with the given ones. */
const TRIES = 5;

/** `rows`: where `given` is only these rows of the table, those that are completed again. */
type Complete = (given: Table, rng: Rng, rows?: readonly number[]) => Promise<Table>;

/**
 * `given` with its missing cells as `complete` makes them, as `related` says and as the rules ask: a county follows from its
 * given city, a city that is filled in lies in the given county. Where none is found that does, the cell stays empty. A
 * cell that a gate leaves empty, as pack-years of those who never smoked, stays so unless `gated` cells are asked for too.
 * `emptied`: what becomes of filled cells that still break a rule.
 */
export async function completeRelated(
  given: Table,
  { related: derivations, holds }: Pick<RowSource, "related" | "holds">,
  rng: Rng,
  complete: Complete,
  gated = false,
  emptied = withoutBroken,
): Promise<Table> {
  const steps = derivations?.steps ?? [];
  const asked = steps.filter(
    (step) => !(gated && step.kind === "forced" && "gives" in step && step.gives === null),
  );
  const lookups = steps.flatMap((step) =>
    step.kind === "lookup" && step.levels.length > 0 && new Set(step.gives).size > 1 ? [step] : [],
  );
  if (lookups.length === 0 && holds === undefined) return complete(given, rng);
  const begun = withLookups(given, lookups, given);
  const settled = (made: Table, before: Table): Table =>
    withDecided(withLookups(made, lookups, before), asked, before);
  let completed = settled(mergeCompleted(begun, await complete(begun, rng)), begun);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const rows = rowsApart(completed, lookups, begun, holds);
    if (rows.length === 0) return completed;
    const some = takeRows(begun, rows);
    const again = mergeCompleted(some, await complete(some, rng.fork(`again ${attempt}`), rows));
    completed = putRows(completed, rows, settled(again, some));
  }
  return emptied(withoutApart(completed, lookups, begun), begun, holds);
}

/** `table` with cells that others decide where those of `begun` are empty: sums of their parts; of two equals, either. */
function withDecided(table: Table, steps: Derivations["steps"], begun: Table): Table {
  const columns = [...table.columns];
  const numbers = (j: number): Float64Array => numbersOf(columns[j] as Column);
  const put = (step: Forced, takes: (row: number) => boolean): void => {
    const own = columns[step.column] as Column;
    const schema = table.schema.columns[step.column] as ColumnSchema;
    columns[step.column] = replaced(own, forced(step, own, columns, schema), takes);
  };
  const wasEmpty = (column: number, row: number): boolean =>
    isMissingCell(begun.columns[column] as Column, row);
  for (const step of steps) {
    if (step.kind === "relation" && step.exact && step.ways.length === 0) {
      const own = columns[step.column] as Column;
      const made = related(step, table.schema.columns[step.column] as ColumnSchema, table.rows, numbers, {});
      columns[step.column] = replaced(own, inLevelsOf(own, made), (row) => wasEmpty(step.column, row));
      continue;
    }
    if (step.kind !== "forced") continue;
    put(step, (row) => wasEmpty(step.column, row));
    if (!("like" in step)) continue;
    const { column, like } = step;
    put({ ...step, column: like, like: column }, (row) => wasEmpty(like, row) && !wasEmpty(column, row));
  }
  return { ...table, columns };
}

/** `column` with the levels of `own`, where both have levels. */
function inLevelsOf(own: Column, column: Column): Column {
  if (own.type !== "coded" || column.type !== "coded") return column;
  const places = column.levels.map((level) => own.levels.indexOf(level));
  return { ...own, codes: column.codes.map((code) => places[code] ?? -1) };
}

/** Which rules a row breaks with cells that were filled in. */
function brokenByFilled(
  table: Table,
  begun: Table,
  { rules, broken }: HeldRows,
): (row: number) => readonly number[] {
  const breaks = broken(table);
  return (row) =>
    breaks(row).filter((k) => {
      const rule = rules[k] as HeldRows["rules"][number];
      return !rule.empties && rule.columns.some((j) => isMissingCell(begun.columns[j] as Column, row));
    });
}

/** `table` without the filled cells of rules that they break. */
export function withoutBroken(table: Table, begun: Table, holds: HeldRows | undefined): Table {
  if (holds === undefined) return table;
  const breaks = brokenByFilled(table, begun, holds);
  const emptied = table.columns.map(() => new Set<number>());
  for (let row = 0; row < table.rows; row++)
    for (const k of breaks(row))
      for (const j of holds.rules[k]?.columns ?? [])
        if (isMissingCell(begun.columns[j] as Column, row)) emptied[j]?.add(row);
  const columns = table.columns.map((column, j): Column => {
    const rows = emptied[j] as Set<number>;
    if (rows.size === 0) return column;
    return column.type === "numeric"
      ? { type: "numeric", values: column.values.map((value, row) => (rows.has(row) ? NaN : value)) }
      : { ...column, codes: column.codes.map((code, row) => (rows.has(row) ? -1 : code)) };
  });
  return { ...table, columns };
}

const cellOf = (column: Column, row: number): number =>
  (column.type === "numeric" ? column.values[row] : column.codes[row]) as number;

/** `table` with looked up cells where those of `begun` are empty. */
function withLookups(table: Table, lookups: readonly Lookup[], begun: Table): Table {
  const columns = [...table.columns];
  for (const lookup of lookups) {
    const own = columns[lookup.column] as Column;
    const made = lookedUpWhereKnown(lookup, columns[lookup.parent] as Column, own);
    const before = begun.columns[lookup.column] as Column;
    columns[lookup.column] = replaced(own, made, (row) => isMissingCell(before, row));
  }
  return { ...table, columns };
}

/** `column` with the cells of `other`, which has the same levels, in the rows that `takes`. */
function replaced(column: Column, other: Column, takes: (row: number) => boolean): Column {
  if (column.type === "numeric" && other.type === "numeric")
    return {
      type: "numeric",
      values: column.values.map((value, row) => (takes(row) ? (other.values[row] as number) : value)),
    };
  if (column.type === "coded" && other.type === "coded")
    return {
      ...column,
      codes: column.codes.map((code, row) => (takes(row) ? (other.codes[row] as number) : code)),
    };
  return column;
}

/** Rows in which a parent was filled in and a given cell is not what it leads to, or a filled cell breaks a rule. */
function rowsApart(
  table: Table,
  lookups: readonly Lookup[],
  begun: Table,
  holds: HeldRows | undefined,
): number[] {
  const apart = lookups.map((lookup) => apartIn(table, lookup, begun));
  const breaks = holds && brokenByFilled(table, begun, holds);
  if (breaks) apart.push((row) => breaks(row).length > 0);
  return Array.from({ length: table.rows }, (_, row) => row).filter((row) => apart.some((is) => is(row)));
}

function apartIn(table: Table, lookup: Lookup, begun: Table): (row: number) => boolean {
  const own = table.columns[lookup.column] as Column;
  const made = lookedUpWhereKnown(lookup, table.columns[lookup.parent] as Column, own);
  const before = begun.columns[lookup.parent] as Column;
  return (row) => isMissingCell(before, row) && !Object.is(cellOf(own, row), cellOf(made, row));
}

/** `table` with `some` in place of its rows at `rows`. */
export function putRows(table: Table, rows: readonly number[], some: Table): Table {
  const at = new Map(rows.map((row, k) => [row, k]));
  const columns = table.columns.map((column, j): Column => {
    const from = some.columns[j] as Column;
    if (column.type === "numeric" && from.type === "numeric")
      return {
        type: "numeric",
        values: column.values.map((value, row) => from.values[at.get(row) ?? -1] ?? value),
      };
    if (column.type === "coded" && from.type === "coded")
      return { ...column, codes: column.codes.map((code, row) => from.codes[at.get(row) ?? -1] ?? code) };
    return column;
  });
  return { ...table, columns };
}

function withoutApart(table: Table, lookups: readonly Lookup[], begun: Table): Table {
  const columns = [...table.columns];
  for (const lookup of lookups) {
    const is = apartIn({ ...table, columns }, lookup, begun);
    const parent = columns[lookup.parent] as Column;
    if (parent.type === "coded")
      columns[lookup.parent] = { ...parent, codes: parent.codes.map((code, row) => (is(row) ? -1 : code)) };
  }
  return { ...table, columns };
}
