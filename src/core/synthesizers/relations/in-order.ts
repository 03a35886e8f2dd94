import { FaultError } from "../../fault.ts";
import type { Column, ColumnSchema, Table } from "../../table/table.ts";

const NUMBERS: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

/** `table` with the columns that a model was learned from, in their order. Throws FaultError `columns-differ`. */
export function inOrderOf(schemas: readonly ColumnSchema[], table: Table): Table {
  const names = table.schema.columns.map(({ name }) => name);
  const at = schemas.map(({ name, kind }) => {
    const found = names.indexOf(name);
    return (table.columns[found]?.type === "numeric") === NUMBERS.has(kind) ? found : -1;
  });
  const missing = schemas.flatMap(({ name }, i) => ((at[i] as number) < 0 ? [name] : []));
  const extra = names.filter((_, i) => !at.includes(i));
  if (missing.length > 0 || extra.length > 0)
    throw new FaultError({ code: "columns-differ", missing, extra });
  const columns = at.map((i) => table.columns[i] as Column);
  const schema = { ...table.schema, columns: at.map((i) => table.schema.columns[i] as ColumnSchema) };
  return { ...table, columns, schema };
}
