import type { RawCells } from "../table/read/column-cells.ts";
import type { ReadRows } from "../table/read/rows.ts";
import type { Dialect } from "../table/table.ts";
import { textEncoder } from "../table/formats/text-coding.ts";
import { quoter } from "../table/write-csv.ts";
import { textsOf } from "./cells.ts";

const BLOCK = 5000;

/**
 * Rows as a delimited text, each cell as it is written in them: a file of the cleaned table, whose cells are read as the
 * same ones again. Nothing is kept from running as a formula: they are a person's own cells.
 */
export function* writeRows({ names, cells, rows }: ReadRows, dialect: Dialect): Generator<Uint8Array> {
  const encode = textEncoder(dialect.encoding);
  const quote = quoter(dialect);
  const single = names.length === 1;
  const line = (texts: readonly string[]): string => {
    const text = texts.join(dialect.delimiter);
    return (single && text === "" ? dialect.quote + dialect.quote : text) + dialect.newline;
  };
  const columns = cells.map((column: RawCells) => {
    const { codes, levels } = textsOf(column);
    const written = levels.map(quote);
    return (row: number): string => written[codes[row] as number] as string;
  });
  yield encode((dialect.bom ? "\ufeff" : "") + line(names.map(quote)));
  for (let first = 0; first < rows; first += BLOCK) {
    let text = "";
    for (let row = first; row < Math.min(first + BLOCK, rows); row++)
      text += line(columns.map((cell) => cell(row)));
    yield encode(text);
  }
}
