import { isPrivate, maskCell } from "../table/formats/cells.ts";
import type { ColumnSchema } from "../table/table.ts";
import { readCsv } from "../table/read/read-csv.ts";
import type { FirstRows } from "../table/read/lines/first-rows.ts";
import { writeRecords } from "./write-records.ts";

/**
 * `found` with bullets in the place of identifiers and free text below the row `from` (0: in every row), which are told
 * by the rows themselves; of columns that cannot be told apart all are masked. What stands above is as it was.
 */
export async function masked(found: FirstRows, from: number): Promise<FirstRows> {
  const hidden = await privateColumns(found, from);
  const cells = found.cells.map((row, i) =>
    i < from ? row : row.map((cell, column) => (hidden(column) ? maskCell(cell) : cell)),
  );
  const { header } = found;
  return { ...found, cells, names: header === 0 ? [] : (cells[header - 1] ?? []) };
}

async function privateColumns({ cells }: FirstRows, from: number): Promise<(column: number) => boolean> {
  const width = cells.reduce((most, row) => Math.max(most, row.length), 0);
  const given = from === 0 ? [] : (cells[from - 1] ?? []);
  const names = Array.from({ length: width }, (_, i) => given[i]?.trim() || `Column ${i + 1}`);
  const rows = cells
    .slice(from)
    .filter((row) => row.some((cell) => cell.trim() !== ""))
    .map((row) => names.map((_, i) => row[i] ?? ""));
  try {
    const text = { [Symbol.asyncIterator]: () => writeRecords([[names, ...rows]]) };
    const { columns } = (await readCsv(text, { name: "", headerRow: 1 })).table.schema;
    if (columns.length !== width) return () => true;
    const hidden = columns.map(
      (schema, i) =>
        isPrivate(schema) && !(isFreeText(schema) && rows.every((row) => !LETTER.test(row[i] ?? ""))),
    );
    return (column) => hidden[column] ?? true;
  } catch {
    return () => true;
  }
}

const LETTER = /\p{L}/u;

/** No number of anybody: "130/74" is free text before it is split. */
const isFreeText = ({ role, identifies }: ColumnSchema): boolean =>
  role !== "identifier" && identifies?.what === "free-text";
