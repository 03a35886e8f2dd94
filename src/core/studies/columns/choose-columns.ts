import { createRng } from "../../math/rng.ts";
import { alignColumns } from "../../metrics/measuring/align.ts";
import { columnNames } from "../../metrics/measuring/bounds.ts";
import { taskOf } from "../../metrics/measuring/prediction-task.ts";
import { relevance } from "../../metrics/utility/relevance.ts";
import { selectColumns, targetColumn, type Table } from "../../table/table.ts";

/** The first `fixed` of `order` are in every subset. */
export interface ColumnOrder {
  readonly fixed: number;
  readonly order: readonly number[];
}

/** What no subset can do without: the target, with its follow-up, and what says when a visit was. */
export function keptColumns({ schema }: Table): number[] {
  const target = targetColumn(schema);
  const survival = target !== undefined && schema.columns[target]?.survival !== undefined;
  return schema.columns.flatMap((column, i) =>
    i === target || column.course !== undefined || (survival && column.survival !== undefined) ? [i] : [],
  );
}

/** Columns in a random order, or those that go strongest with the target first: beginnings are nested subsets. */
export function columnOrder(train: Table, by: "random" | "importance", seed: number): ColumnOrder {
  const kept = keptColumns(train);
  const others = train.columns.flatMap((_, i) => (kept.includes(i) ? [] : [i]));
  const shuffled = Array.from(
    createRng(seed).fork("columns").permutation(others.length),
    (at) => others[at] as number,
  );
  const ordered = by === "random" ? shuffled : byImportance(train, others);
  return { fixed: kept.length, order: [...kept, ...ordered] };
}

/** By Pearson's r, Cramér's V or the correlation ratio with the target, in the rows learned from; ties as they stand in the table. */
function byImportance(train: Table, others: readonly number[]): number[] {
  const target = targetColumn(train.schema);
  const columns = alignColumns([train, train, train], columnNames(train));
  const found = target === undefined ? undefined : columns[target];
  const task = found && taskOf(found);
  const [explained] = task === undefined || "reason" in task ? [] : task.targets;
  if (explained === undefined) return [...others];
  const strength = new Map(
    others.map((i) => {
      const column = columns[i];
      return [i, column === undefined ? 0 : relevance(column, 0, explained)] as const;
    }),
  );
  return others.toSorted((a, b) => (strength.get(b) ?? 0) - (strength.get(a) ?? 0));
}

/** The first `count` columns of the order, as they stand in the table. */
export const takeColumns = (table: Table, { order }: ColumnOrder, count: number): Table =>
  selectColumns(
    table,
    order.slice(0, count).toSorted((a, b) => a - b),
  );
