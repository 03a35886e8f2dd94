import type { PublicColumn, PublicFacts } from "../../private/public/public-facts.ts";
import { learnedColumns, type ColumnSchema, type Schema } from "../../table/table.ts";

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** What of `facts` still fits: a column may have been left out, or read as another kind, since it was declared. */
export function fittingFacts(schema: Schema, { columns }: PublicFacts): PublicFacts {
  const learned = new Map(
    learnedColumns(schema).flatMap((at) => {
      const column = schema.columns[at];
      return column === undefined ? [] : [[column.name, column] as const];
    }),
  );
  return { columns: columns.flatMap((one) => fitting(learned.get(one.name), one)) };
}

function fitting(
  schema: ColumnSchema | undefined,
  { name, range, levels, missing }: PublicColumn,
): PublicColumn[] {
  if (schema === undefined) return [];
  const numeric = NUMERIC.has(schema.kind);
  const fits: PublicColumn = {
    name,
    ...(numeric && range && range.from < range.to && { range }),
    ...(!numeric && levels && levels.values.length > 0 && { levels }),
    ...(missing !== undefined && { missing }),
  };
  return Object.keys(fits).length > 1 ? [fits] : [];
}
