import { shareLevels } from "./rare-levels.ts";
import type { Column, ColumnSchema, Table } from "./table.ts";

const NEVER_LEARNED: ReadonlySet<string> = new Set(["identifier", "text"]);

/**
 * `table` without the value labels that say something of single patients: those of levels that fewer than five have (and of
 * levels that nobody has, or the gap would show them), and all of a column that is not learned, whose labels may be names.
 */
export function withSharedLabels(table: Table): Table {
  if (table.schema.columns.every(({ valueLabels }) => valueLabels === undefined)) return table;
  const columns = table.schema.columns.map((schema, i): ColumnSchema => {
    const { valueLabels, ...rest } = schema;
    if (valueLabels === undefined) return schema;
    const known = knownLevels(schema, table.columns[i] as Column, table.patients);
    const shared = valueLabels.filter(({ label }) => known.has(label));
    return shared.length > 0 ? { ...rest, valueLabels: shared } : rest;
  });
  return { ...table, schema: { ...table.schema, columns } };
}

function knownLevels(
  { kind, role }: ColumnSchema,
  column: Column,
  patients: Int32Array | undefined,
): ReadonlySet<string> {
  if (column.type !== "coded" || role === "omit" || role === "identifier" || NEVER_LEARNED.has(kind))
    return new Set();
  const { known } = shareLevels(column, patients);
  return new Set(column.levels.filter((_, level) => known[level] === 1));
}
