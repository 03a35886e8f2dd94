import { writeRows } from "../../cleaning/write-rows.ts";
import type { ReadRows } from "../../table/read/rows.ts";
import type { Table } from "../../table/table.ts";

/**
 * A file to fill in, of a table whose cells were cleaned: its own file has other cells. The cleaned rows are written in the
 * same dialect; rows of totals and lines that are no rows are not in it, so the table that belongs to it has none.
 */
export function cleanedFile(
  rows: ReadRows,
  table: Table,
): { readonly source: AsyncIterable<Uint8Array>; readonly table: Table; readonly headerRow: number } {
  const { dialect } = table.schema;
  const source = {
    async *[Symbol.asyncIterator]() {
      yield* await Promise.resolve(writeRows(rows, dialect));
    },
  };
  const { reading } = table;
  const skipped = { above: 0, blank: 0, ragged: 0 };
  const own = reading && { ...reading, skipped, totals: [] };
  return { source, headerRow: 1, table: own === undefined ? table : { ...table, reading: own } };
}
