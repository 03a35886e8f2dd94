import { FaultError } from "../fault.ts";
import type { Table } from "../table/table.ts";
import type { ExportFormat } from "./formats.ts";
import { MOST_XLSX_COLUMNS, MOST_XLSX_ROWS } from "./xlsx/limits.ts";
import type { TableWriter, Writing, Written } from "./table-writer.ts";
import { csvWriter, tsvWriter } from "./write-delimited.ts";

/** Each format's writer, loaded when it is asked for. */
const WRITERS: Readonly<Record<ExportFormat, () => Promise<TableWriter>>> = {
  csv: () => Promise.resolve(csvWriter),
  tsv: () => Promise.resolve(tsvWriter),
  json: async () => (await import("./write-json.ts")).jsonWriter,
  ndjson: async () => (await import("./write-json.ts")).ndjsonWriter,
  xlsx: async () => (await import("./xlsx/write-xlsx.ts")).xlsxWriter,
  parquet: async () => (await import("./write-parquet.ts")).parquetWriter,
  sav: async () => (await import("./statistics/write-sav.ts")).savWriter,
  xpt: async () => (await import("./statistics/write-xpt.ts")).xptWriter,
};

/** Fetches every writer now, for a page that will be cut off from its host. */
export async function fetchWriters(): Promise<void> {
  await Promise.all(Object.values(WRITERS).map((load) => load()));
}

/** Throws FaultError `export-impossible` where `format` has no room for so large a table. */
export function checkExport(format: ExportFormat, rows: number, columns: number): void {
  if (format !== "xlsx" || (rows <= MOST_XLSX_ROWS && columns <= MOST_XLSX_COLUMNS)) return;
  const over =
    rows > MOST_XLSX_ROWS
      ? `${rows.toLocaleString("en")} rows were asked for; a sheet has room for ${MOST_XLSX_ROWS.toLocaleString("en")} below its names.`
      : `It has ${columns.toLocaleString("en")} columns; a sheet has room for ${MOST_XLSX_COLUMNS.toLocaleString("en")}.`;
  throw new FaultError({
    code: "export-impossible",
    format: "an Excel workbook",
    reason: over,
    remedy: rows > MOST_XLSX_ROWS ? "Ask for fewer rows, or write CSV or Parquet." : "Write CSV or Parquet.",
  });
}

/** The table in `blocks` as a file of `format`. Rejects with FaultError `export-impossible`. */
export async function* writeTable(
  format: ExportFormat,
  writing: Writing,
  blocks: AsyncIterable<Table>,
): AsyncGenerator<Written> {
  checkExport(format, writing.rows, writing.schema.columns.length);
  const write = await WRITERS[format]();
  yield* write(writing, blocks);
}
