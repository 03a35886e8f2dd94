import type { Schema, Table } from "../table/table.ts";
import { createCsvWriter } from "../table/write-csv.ts";
import type { TableWriter, Writing, Written } from "./table-writer.ts";

/** In the dialect of the source. */
export const csvWriter: TableWriter = (writing, blocks) => delimited(writing.schema, writing, blocks);

/** As `csvWriter`, with tabs between the cells. */
export const tsvWriter: TableWriter = (writing, blocks) =>
  delimited({ ...writing.schema, dialect: { ...writing.schema.dialect, delimiter: "\t" } }, writing, blocks);

async function* delimited(
  schema: Schema,
  { source }: Writing,
  blocks: AsyncIterable<Table>,
): AsyncGenerator<Written> {
  const writer = createCsvWriter(schema, source === undefined ? {} : { source });
  yield { bytes: writer.header(), rows: 0 };
  let rows = 0;
  for await (const block of blocks) {
    const bytes = writer.rows(block);
    rows += block.rows;
    yield { bytes, rows };
  }
}
