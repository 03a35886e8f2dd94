import { publicColumn, type PublicFacts } from "../../../private/public/public-facts.ts";
import type { ColumnSchema, Schema } from "../../../table/table.ts";
import { learnedColumns } from "../../../table/table.ts";
import { targetsOf } from "./joint-target.ts";

/** Of rho, for the tables of the target where no correlations are asked for. */
const TABLES = 0.7;
/** Cells of a table of a target of two levels and a column of four bins. */
const CELLS = 8;

/**
 * Columns that are better left out, so that the noise of a table of the target with any other stays below what a cell of it
 * holds on average; none where all have room. By what is public alone: those whose levels nobody declared first, then
 * numbers without a known range, the last of the table before its first; never a target or a column marked sensitive.
 * `rows`: about how many.
 */
export function columnsToDrop(schema: Schema, facts: PublicFacts, rows: number, rho: number): string[] {
  const most = Math.max(1, Math.floor(2 * TABLES * rho * (rows / CELLS) ** 2));
  const targets = new Set(targetsOf(schema));
  const others = learnedColumns(schema).filter((i) => !targets.has(i));
  const cost = (i: number): number => {
    const column = schema.columns[i] as ColumnSchema;
    if (column.role === "sensitive") return -1;
    const { range, levels } = publicColumn(facts, column.name);
    if (column.kind === "boolean" || range !== undefined || levels !== undefined) return 0;
    return column.kind === "integer" || column.kind === "decimal" || column.kind === "datetime" ? 1 : 2;
  };
  const dearest = others.filter((i) => cost(i) >= 0).sort((a, b) => cost(b) - cost(a) || b - a);
  return dearest
    .slice(0, Math.max(0, others.length - most))
    .sort((a, b) => a - b)
    .map((i) => (schema.columns[i] as ColumnSchema).name);
}
