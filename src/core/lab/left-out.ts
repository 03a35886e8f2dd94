import { mostlyWithheld, shareLevels } from "../table/rare-levels.ts";
import { withPatients } from "../table/split.ts";
import { selectColumns, type Column, type ColumnSchema, type Schema, type Table } from "../table/table.ts";

/**
 * How a column of the synthetic table comes about. `learned`: from the model. `id-text`, `id-number`: fresh made-up ids
 * that have nothing to do with the source's. `empty`: every cell is missing, so that code written for the source runs.
 */
export type Filling = "learned" | "id-text" | "id-number" | "empty";

/** One per column of `table`. Numbers are made up where the source's ids were whole numbers. */
export function fillings(table: Table): Filling[] {
  return table.schema.columns.map((column, i) => filling(column, table.columns[i] as Column));
}

function filling({ kind, role }: ColumnSchema, column: Column): Filling {
  if (role === "identifier" || kind === "identifier") return wholeNumbers(column) ? "id-number" : "id-text";
  return role === "omit" || kind === "text" ? "empty" : "learned";
}

/**
 * The columns that a synthesizer sees, and which rows are one patient's. Identifiers and free text are never among them,
 * whatever their role says.
 */
export function learnedTable(table: Table): Table {
  const how = fillings(table);
  return selectColumns(
    withPatients(table),
    how.flatMap((filling, i) => (filling === "learned" ? [i] : [])),
  );
}

/** What stays with a run whose table has columns left out for their rare levels; undefined where it has none. */
export function leftOutNotice(table: Table): string | undefined {
  const { patients } = withPatients(table);
  const names = table.schema.columns.flatMap(({ name, kind, role }, i) => {
    const column = table.columns[i] as Column;
    if (role !== "omit" || (kind !== "category" && kind !== "boolean") || column.type !== "coded") return [];
    return mostlyWithheld(column, shareLevels(column, patients)) ? [`“${name}”`] : [];
  });
  if (names.length === 0) return undefined;
  const shown =
    names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
  const [are, come, their] = names.length > 1 ? ["are", "come", "their"] : ["is", "comes", "its"];
  return `${shown} ${are} left out and ${come} out empty: more than half of ${their} cells have a level that fewer than 5 patients share.`;
}

function wholeNumbers(column: Column): boolean {
  if (column.type === "numeric") return true;
  return column.levels.length > 0 && column.levels.every((level) => /^\d+$/.test(level));
}

const NUMERIC: ReadonlySet<string> = new Set(["integer", "decimal", "datetime"]);

function madeUpIds(kind: ColumnSchema["kind"], style: Filling, rows: number, first: number): Column {
  if (NUMERIC.has(kind)) {
    return { type: "numeric", values: Float64Array.from({ length: rows }, (_, i) => first + i + 1) };
  }
  const id = (n: number): string => (style === "id-number" ? String(n) : `SYN-${String(n).padStart(6, "0")}`);
  return {
    type: "coded",
    codes: Int32Array.from({ length: rows }, (_, i) => i),
    levels: Array.from({ length: rows }, (_, i) => id(first + i + 1)),
  };
}

function emptyColumn(kind: ColumnSchema["kind"], rows: number): Column {
  return NUMERIC.has(kind)
    ? { type: "numeric", values: new Float64Array(rows).fill(NaN) }
    : { type: "coded", codes: new Int32Array(rows).fill(-1), levels: [] };
}

/**
 * `sampled` (learned columns, in the order of `schema`) with the left-out columns back in their places. `first` is the
 * number of rows that came before, so that ids run on from chunk to chunk.
 */
export function putBack(sampled: Table, schema: Schema, filling: readonly Filling[], first: number): Table {
  const learned = sampled.columns.values();
  const columns = schema.columns.map(({ kind }, i): Column => {
    const how = filling[i] as Filling;
    if (how === "learned") return learned.next().value as Column;
    return how === "empty" ? emptyColumn(kind, sampled.rows) : madeUpIds(kind, how, sampled.rows, first);
  });
  return { name: sampled.name, rows: sampled.rows, columns, schema };
}
