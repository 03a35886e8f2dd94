import { FaultError } from "../../fault.ts";
import type { CodedColumn, Column, ColumnSchema, Table } from "../../table/table.ts";

/** The same column in several tables, with one list of levels for all when it is coded. */
export type AlignedColumn =
  | { readonly type: "numeric"; readonly schema: ColumnSchema; readonly values: readonly Float64Array[] }
  | {
      readonly type: "coded";
      readonly schema: ColumnSchema;
      readonly levels: readonly string[];
      readonly codes: readonly Int32Array[];
    };

/** Columns of `tables[0]` named in `names`, found by name in every table. Throws `columns-differ`, `kind-mismatch`. */
export function alignColumns(tables: readonly Table[], names: readonly string[]): AlignedColumn[] {
  const places = tables.map((table) => {
    const at = new Map(table.schema.columns.map((column, i) => [column.name, i]));
    const missing = names.filter((name) => !at.has(name));
    if (missing.length > 0) throw new FaultError({ code: "columns-differ", missing, extra: [] });
    return at;
  });
  return names.map((name) => {
    const columns = tables.map((table, t) => table.columns[places[t]?.get(name) as number] as Column);
    const schema = tables[0]?.schema.columns[places[0]?.get(name) as number] as ColumnSchema;
    return alignColumn(columns, schema);
  });
}

function alignColumn(columns: readonly Column[], schema: ColumnSchema): AlignedColumn {
  const numeric = columns.flatMap((column) => (column.type === "numeric" ? [column.values] : []));
  if (numeric.length === columns.length) return { type: "numeric", schema, values: numeric };
  const coded = columns.flatMap((column) => (column.type === "coded" ? [column] : []));
  if (coded.length === columns.length) return { type: "coded", schema, ...shareLevels(coded) };
  throw new FaultError({
    code: "kind-mismatch",
    column: schema.name,
    kind: columns[0]?.type === "numeric" ? "a number" : "a category",
    row: 1,
    value: columns[0]?.type === "numeric" ? "text" : "a number",
    share: 1,
  });
}

function shareLevels(columns: readonly CodedColumn[]): { levels: readonly string[]; codes: Int32Array[] } {
  const first = columns[0]?.levels ?? [];
  if (columns.every((column) => column.levels === first)) {
    return { levels: first, codes: columns.map((column) => column.codes) };
  }
  const at = new Map(first.map((level, i) => [level, i]));
  const codes = columns.map((column) => {
    if (column.levels === first) return column.codes;
    const shared = column.levels.map((level) => {
      const known = at.get(level);
      if (known !== undefined) return known;
      at.set(level, at.size);
      return at.size - 1;
    });
    return column.codes.map((code) => (code < 0 ? -1 : (shared[code] as number)));
  });
  return { levels: [...at.keys()], codes };
}

/** How often each of `levels` codes occurs; missing (-1) is not counted. */
export function countCodes(codes: Int32Array, levels: number): Float64Array {
  const counts = new Float64Array(levels);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number;
    if (code >= 0) counts[code] = (counts[code] as number) + 1;
  }
  return counts;
}
