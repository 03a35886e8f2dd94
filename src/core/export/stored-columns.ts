import { cellFormatter } from "../table/formats/format-cell.ts";
import { isDated, levelOf } from "../table/formats/dates/tokens.ts";
import { codeOf } from "../table/formats/value-codes.ts";
import type { Column, ColumnSchema, Schema, Table } from "../table/table.ts";

/**
 * What the cells of a column are in a format that has types. `date`: whole days; `datetime`: moments, both in
 * milliseconds since 1970-01-01T00:00 without a zone.
 */
export type StoredType = "text" | "boolean" | "integer" | "decimal" | "date" | "datetime";

export type StoredCell = string | number | boolean | null;

export interface StoredColumn {
  readonly schema: ColumnSchema;
  readonly type: StoredType;
  /** Row -> cell of one block's column; null = missing. `text` where the cell has no value of `type`, as "<5" has none. */
  cells(column: Column): (row: number) => StoredCell;
  /** Row -> the cell as a text file would have it, "" = missing. */
  texts(column: Column): (row: number) => string;
}

/**
 * The columns as formats with types store them. Levels are stored as their codes. `first`: the first block; its levels
 * are those of all blocks.
 */
export function storedColumns(schema: Schema, first: Table | undefined): StoredColumn[] {
  return schema.columns.map((column, i) => storedColumn(column, first?.columns[i]));
}

function storedColumn(schema: ColumnSchema, first: Column | undefined): StoredColumn {
  const type = storedType(schema, first);
  const bare = { ...schema, missingToken: "" };
  const texts = (column: Column): ((row: number) => string) =>
    cellFormatter(column.type === "coded" ? withCodes(column, schema) : column, bare);
  return { schema, type, texts, cells: (column) => cellsOf(column, schema, type, texts) };
}

/** The column with its codes in the place of its labels. */
function withCodes(column: Column & { type: "coded" }, schema: ColumnSchema): Column {
  const code = codeOf(schema);
  return code === undefined ? column : { ...column, levels: column.levels.map(code) };
}

/** The most digits of a whole number that every reader keeps exactly. */
const WHOLE = /^(0|-?[1-9]\d{0,14})$/;
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

function storedType(schema: ColumnSchema, first: Column | undefined): StoredType {
  const { kind, role } = schema;
  if (kind === "datetime") return timeType(schema);
  if (kind === "integer" || kind === "decimal") return kind;
  if (role === "identifier" || kind === "identifier" || kind === "text" || schema.measure === "code")
    return "text";
  if (first?.type !== "coded" || first.levels.length === 0) return "text";
  const code = codeOf(schema) ?? ((level: string) => level);
  const levels = first.levels.map(code);
  if (levels.every((level) => TRUTH.has(level.toLowerCase()))) return "boolean";
  return levels.every((level) => WHOLE.test(level)) ? "integer" : "text";
}

/** Times of day, and dates of which some are less than a day ("2019-05"), are no moments. */
function timeType({ date }: ColumnSchema): StoredType {
  const pattern = date?.pattern ?? "YYYY-MM-DD HH:mm:ss";
  const level = levelOf(pattern);
  if (!isDated(pattern) || level === "year" || level === "month" || (date?.coarser ?? []).length > 0)
    return "text";
  return level === "day" && !/00:00/.test(pattern) ? "date" : "datetime";
}

function cellsOf(
  column: Column,
  schema: ColumnSchema,
  type: StoredType,
  texts: (column: Column) => (row: number) => string,
): (row: number) => StoredCell {
  const text = texts(column);
  if (column.type === "numeric") {
    const { values } = column;
    const limits = new Map((schema.limits ?? []).map((limit) => [limit.value, limit.text]));
    const round = rounding(schema);
    return (row) => {
      const value = values[row] as number;
      if (!Number.isFinite(value)) return null;
      return type === "text" ? text(row) : (limits.get(value) ?? round(value));
    };
  }
  const { codes } = column;
  const stored = Array.from(column.levels, (_, level) => storedLevel(column, schema, type, level));
  return (row) => stored[codes[row] as number] ?? null;
}

function storedLevel(
  column: Column & { type: "coded" },
  schema: ColumnSchema,
  type: StoredType,
  level: number,
): StoredCell {
  const label = column.levels[level] as string;
  const written = codeOf(schema)?.(label) ?? label;
  if (type === "boolean") return TRUTH.get(written.toLowerCase()) ?? written;
  return type === "integer" && WHOLE.test(written) ? Number(written) : written;
}

/** Values to the decimals of the source, so that 71.3 is not 71.30000000000001. */
function rounding({ kind, number }: ColumnSchema): (value: number) => number {
  if (kind === "datetime") return (value) => value;
  if (kind === "integer") return Math.round;
  const decimals = number?.decimals;
  if (decimals === undefined || decimals > 15) return (value) => value;
  return (value) => Number(value.toFixed(decimals));
}
