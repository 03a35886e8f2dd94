import type { Table } from "../table/table.ts";
import { storedColumns, type StoredCell, type StoredColumn } from "./stored-columns.ts";
import type { TableWriter, Writing, Written } from "./table-writer.ts";

/** One array of objects. Numbers are numbers, dates texts as in the source, missing cells null. */
export const jsonWriter: TableWriter = (writing, blocks) =>
  objects(writing, blocks, { before: "[\n", between: ",\n", after: "\n]\n" });

/** One object on each line. */
export const ndjsonWriter: TableWriter = (writing, blocks) =>
  objects(writing, blocks, { before: "", between: "\n", after: "\n" });

interface Marks {
  readonly before: string;
  readonly between: string;
  readonly after: string;
}

async function* objects(
  { schema }: Writing,
  blocks: AsyncIterable<Table>,
  { before, between, after }: Marks,
): AsyncGenerator<Written> {
  const encoder = new TextEncoder();
  const keys = schema.columns.map(({ name }, i) => `${i === 0 ? "{" : ", "}${JSON.stringify(name)}: `);
  let columns: readonly StoredColumn[] | undefined;
  let rows = 0;
  yield { bytes: encoder.encode(before), rows };
  for await (const block of blocks) {
    columns ??= storedColumns(schema, block);
    const cells = columns.map((column, i) => writtenCells(column, block, i));
    const lines = Array.from({ length: block.rows }, (_, row) => {
      let line = "";
      for (let i = 0; i < keys.length; i++)
        line += (keys[i] as string) + (cells[i] as (row: number) => string)(row);
      return `${line}}`;
    });
    const text = (rows > 0 && lines.length > 0 ? between : "") + lines.join(between);
    rows += block.rows;
    yield { bytes: encoder.encode(text), rows };
  }
  yield { bytes: encoder.encode(rows === 0 && before === "" ? "" : after), rows };
}

function writtenCells(column: StoredColumn, block: Table, i: number): (row: number) => string {
  const given = block.columns[i] as Table["columns"][number];
  if (column.type === "date" || column.type === "datetime") {
    const texts = column.texts(given);
    return (row) => nullOr(texts(row));
  }
  const cells = column.cells(given);
  const seen = new Map<StoredCell, string>();
  return (row) => {
    const cell = cells(row);
    if (typeof cell !== "string") return String(cell);
    let text = seen.get(cell);
    if (text === undefined) {
      text = JSON.stringify(cell);
      if (seen.size < 10_000) seen.set(cell, text);
    }
    return text;
  };
}

const nullOr = (text: string): string => (text === "" ? "null" : JSON.stringify(text));
