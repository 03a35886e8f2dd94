import { namesBirth, namesContact, namesPostcode } from "../column-names.ts";
import { cellFormatter } from "./format-cell.ts";
import type { Column, ColumnSchema, Table } from "../table.ts";

/** Columns whose cells are not shown: identifiers, free text, and what was left out because it points to a person. */
export function isPrivate({ kind, role, name, identifies }: ColumnSchema): boolean {
  return (
    kind === "identifier" ||
    kind === "text" ||
    role === "identifier" ||
    (role === "omit" && identifies !== undefined) ||
    (role === "omit" && (namesBirth(name) || namesPostcode(name) || namesContact(name)))
  );
}

const SHOWN = 16;

/** The cell with every letter and digit as a bullet, at most 16 characters of it. */
export function maskCell(text: string): string {
  const short = text
    .replace(/\s+/g, " ")
    .slice(0, SHOWN)
    .replace(/[\p{L}\p{N}]/gu, "•");
  return text.length > SHOWN ? `${short}…` : short;
}

/**
 * `count` rows from `from` on as they are written in the source, row by row; fewer at the end of the table. `mask`
 * puts bullets in the place of identifiers and free text.
 */
export function formatCells(
  table: Table,
  from: number,
  count: number,
  { mask }: { mask: boolean },
): string[][] {
  const start = Math.max(0, Math.min(from, table.rows));
  const end = Math.min(start + Math.max(0, count), table.rows);
  const formatters = table.columns.map((column: Column, i) => {
    const schema = table.schema.columns[i] as ColumnSchema;
    const format = cellFormatter(column, schema);
    if (!mask || !isPrivate(schema)) return format;
    return (row: number): string => {
      const text = format(row);
      return text === schema.missingToken ? text : maskCell(text);
    };
  });
  return Array.from({ length: end - start }, (_, i) => formatters.map((format) => format(start + i)));
}
