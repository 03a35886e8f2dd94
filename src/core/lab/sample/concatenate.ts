import type { Column, Table } from "../../table/table.ts";

/** Tables with the same columns and levels, one under the other, with whose rows they are where the first one knows. */
export function concatenate(tables: readonly Table[]): Table {
  const [first] = tables as [Table];
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = first.columns.map((column, i): Column => {
    const parts = tables.map((table) => table.columns[i] as Column);
    if (column.type === "numeric") {
      const values = joined(
        parts.map((part) => (part.type === "numeric" ? part.values : [])),
        new Float64Array(rows),
      );
      return { type: "numeric", values };
    }
    const codes = joined(
      parts.map((part) => (part.type === "coded" ? part.codes : [])),
      new Int32Array(rows),
    );
    return { type: "coded", codes, levels: column.levels };
  });
  const patients =
    first.patients &&
    joined(
      tables.map((table) => table.patients ?? []),
      new Int32Array(rows),
    );
  return { ...first, rows, columns, ...(patients && { patients }) };
}

function joined<A extends Float64Array | Int32Array>(parts: readonly ArrayLike<number>[], into: A): A {
  let at = 0;
  for (const part of parts) {
    into.set(part, at);
    at += part.length;
  }
  return into;
}
