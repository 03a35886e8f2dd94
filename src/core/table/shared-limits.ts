import { LEAST_SHARED } from "./rare-levels.ts";
import type { Column, ColumnSchema, Limit, Table } from "./table.ts";

/**
 * `table` without the limits that fewer than five patients have: such a text is theirs, like a rare level, and is not
 * written again. Its cells keep their number beyond the limit.
 */
export function withSharedLimits(table: Table): Table {
  if (table.schema.columns.every(({ limits }) => limits === undefined)) return table;
  const columns = table.schema.columns.map((schema, j): ColumnSchema => {
    const { limits, ...rest } = schema;
    const shared =
      limits?.filter((limit) => isShared(limit, table.columns[j] as Column, table.patients)) ?? [];
    return shared.length > 0 ? { ...rest, limits: shared } : rest;
  });
  return { ...table, schema: { ...table.schema, columns } };
}

function isShared({ value }: Limit, column: Column, patients: Int32Array | undefined): boolean {
  if (column.type !== "numeric") return false;
  const whose = new Set<number>();
  for (let row = 0; row < column.values.length && whose.size < LEAST_SHARED; row++)
    if (column.values[row] === value) whose.add(patients?.[row] ?? row);
  return whose.size >= LEAST_SHARED;
}
