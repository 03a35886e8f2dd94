import { cellFormatter } from "./formats/format-cell.ts";
import type { Column, ColumnSchema, DateFormat, Dialect, Schema, Table } from "./table.ts";
import { textEncoder } from "./formats/text-coding.ts";
import { codeOf } from "./formats/value-codes.ts";

/** Rows as bytes of a delimited text file, in chunks of any size. */
export interface CsvWriter {
  /** Byte order mark, if the source had one, and the line of names. */
  header(): Uint8Array;
  /** The rows of `table`, whose columns are those of the schema. */
  rows(table: Table): Uint8Array;
}

export interface WriterOptions {
  /** The table that the model was trained on, where it is at hand: its texts are written as they were in its file. */
  readonly source?: Table;
}

/**
 * A writer in the source's dialect: delimiter, quote, line ends, decimal and thousands mark, decimals, date pattern,
 * missing token, encoding; labelled levels as their codes. Quotes stand only where a cell needs them.
 *
 * A text that a spreadsheet would run as a formula is written with ' before it, unless it stood in that very column of
 * `source` (for a name: among its names; so too its missing token and date pattern). Numbers are never touched. A model
 * opened from a file comes without a source, so nothing of its vocabulary stays live.
 */
export function createCsvWriter(schema: Schema, options: WriterOptions = {}): CsvWriter {
  const { dialect } = schema;
  const encode = textEncoder(dialect.encoding);
  const quote = quoter(dialect);
  const known = new Set(options.source?.schema.columns.map(({ name }) => name));
  const columns = schema.columns.map((column) =>
    columnWriter(column, options.source, dialect, quote, codeOf(column)),
  );
  return {
    header() {
      const names = schema.columns.map(({ name }) => quote(known.has(name) ? name : guard(name)));
      return encode((dialect.bom ? "\ufeff" : "") + names.join(dialect.delimiter) + dialect.newline);
    },
    rows(table) {
      const formatters = table.columns.map((column, i) => (columns[i] as ColumnWriter)(column));
      const single = formatters.length === 1;
      const lines = new Array<string>(table.rows);
      for (let row = 0; row < table.rows; row++) {
        let line = "";
        for (let i = 0; i < formatters.length; i++) {
          if (i > 0) line += dialect.delimiter;
          line += (formatters[i] as (row: number) => string)(row);
        }
        lines[row] = single && line === "" ? dialect.quote + dialect.quote : line;
      }
      return encode(lines.length === 0 ? "" : lines.join(dialect.newline) + dialect.newline);
    },
  };
}

/** How the cells of each column are written into the text it was read from: quoted and guarded as `createCsvWriter` does, labels as labels. */
export function cellWriters(schema: Schema, { source }: WriterOptions): ColumnWriter[] {
  const quote = quoter(schema.dialect);
  return schema.columns.map((column) => columnWriter(column, source, schema.dialect, quote));
}

/** The column `name` of the source: its levels, and how it is described. */
function sourceColumn(
  source: Table | undefined,
  name: string,
): { readonly levels: ReadonlySet<string>; readonly schema: ColumnSchema | undefined } {
  const i = source?.schema.columns.findIndex((column) => column.name === name) ?? -1;
  const column = source?.columns[i];
  return {
    levels: new Set(column?.type === "coded" ? column.levels : []),
    schema: source?.schema.columns[i],
  };
}

/** `schema` with a missing token that stays a text. */
function withSafeToken(schema: ColumnSchema, source: ColumnSchema | undefined): ColumnSchema {
  const { missingToken } = schema;
  return missingToken === source?.missingToken ? schema : { ...schema, missingToken: guard(missingToken) };
}

/** Cells of one chunk's column -> row -> text, quoted and guarded. */
export type ColumnWriter = (column: Column) => (row: number) => string;

/** All texts that dates are written with. */
const wordsOf = (date: DateFormat | undefined): string =>
  [
    date?.pattern ?? "",
    ...(date?.coarser ?? []).map(({ pattern }) => pattern),
    ...(date?.months ?? []),
    ...(date?.offsets ?? []),
  ].join("\u0000");

/** Texts are made once per level, and once for all chunks that share their levels; numbers one by one. */
function columnWriter(
  given: ColumnSchema,
  source: Table | undefined,
  dialect: Dialect,
  quote: (text: string) => string,
  code: (level: string) => string = (level) => level,
): ColumnWriter {
  const { levels: known, schema: knownSchema } = sourceColumn(source, given.name);
  const schema = withSafeToken(given, knownSchema);
  const words = wordsOf(schema.date);
  const dated = schema.kind === "datetime" && words !== wordsOf(knownSchema?.date);
  const missing = quote(schema.missingToken);
  const marks = (schema.number?.decimalMark ?? ".") + (schema.number?.thousandsMark ?? "");
  const bare = missing === schema.missingToken && !(marks + words).includes(dialect.delimiter);
  let levels: readonly string[] | undefined;
  let texts: readonly string[] = [];
  return (column) => {
    if (column.type === "numeric") {
      const format = cellFormatter(column, schema);
      if (dated) return (row) => quote(guard(format(row)));
      return bare ? format : (row) => quote(format(row));
    }
    if (column.levels !== levels) {
      levels = column.levels;
      texts = levels.map((level) => quote(known.has(level) ? code(level) : guard(code(level))));
    }
    const written = texts;
    return (row) => written[column.codes[row] as number] ?? missing;
  };
}

const NUMBER = /^[+-]?(\d[\d.,' ]*)([eE][+-]?\d+)?$/;
const SIGNS = /^[+-]+$/;

/**
 * `text` with ' before it when a spreadsheet would run it: = + - @ (full width too), tab and line ends, also behind a
 * double quote, which a spreadsheet takes off whatever the file's own quote is; but no number or grade.
 */
export function guard(text: string): string {
  if (!/^"*[=+\-@\t\r\n＝＋－＠]/.test(text) || NUMBER.test(text) || SIGNS.test(text)) return text;
  return `'${text}`;
}

/** `text` in quotes where it needs them. */
export function quoter({ delimiter, quote }: Dialect): (text: string) => string {
  const twice = quote + quote;
  return (text) => {
    const needed =
      text.includes(delimiter) ||
      text.includes(quote) ||
      text.includes("\n") ||
      text.includes("\r") ||
      text.startsWith(" ") ||
      text.endsWith(" ");
    return needed ? quote + text.split(quote).join(twice) + quote : text;
  };
}
