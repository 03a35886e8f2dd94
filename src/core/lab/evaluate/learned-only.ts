import { FaultError } from "../../fault.ts";
import type { Tables } from "../../metrics/metric.ts";
import { withPatients } from "../../table/split.ts";
import { timeColumn } from "../../visits/courses.ts";
import { learnedColumns, selectColumns, type ColumnSchema, type Table } from "../../table/table.ts";

/**
 * The three tables with the columns that train learns from, found by name; the real ones know whose row each is, and so do
 * synthetic ones where patients go through time.
 */
export function learnedOnly({ train, holdout, synthetic }: Tables): Tables {
  const names = learnedColumns(train.schema).map((i) => (train.schema.columns[i] as ColumnSchema).name);
  if (names.length === 0) throw new FaultError({ code: "no-columns-to-learn" });
  const pick = (table: Table): Table => {
    const at = new Map(table.schema.columns.map((column, i) => [column.name, i]));
    const missing = names.filter((name) => !at.has(name));
    if (missing.length > 0) throw new FaultError({ code: "columns-differ", missing, extra: [] });
    return selectColumns(
      table,
      names.map((name) => at.get(name) as number),
    );
  };
  if (synthetic.rows === 0) throw new FaultError({ code: "too-few-rows", rows: 0, needed: 1 });
  const whose = (table: Table): Table => pick(table.patients ? table : withPatients(table));
  const over = timeColumn(train.schema) !== undefined;
  return {
    train: whose(train),
    holdout: whose(holdout),
    synthetic: over ? whose(synthetic) : pick(synthetic),
  };
}
