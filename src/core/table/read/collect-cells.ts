import { FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import type { MissingTokens } from "../formats/missing-tokens.ts";
import type { NumberContext } from "../formats/number-marks.ts";
import { ColumnCells } from "./column-cells.ts";
import { namedRow } from "./lines/header.ts";
import type { ReadRows } from "./rows.ts";

/** The cells of a table whose file has columns already: no text is made of them only to be cut up again. */
export interface ReadyCells {
  readonly names: readonly string[];
  /** Rows that follow each other: for each column its cells as texts, "" = missing. From the first at each call. */
  blocks(): AsyncIterable<CellBlock>;
}

export interface CellBlock {
  readonly rows: number;
  /** The texts of column `column`, row after row; asked for one column after another. */
  texts(column: number): ((row: number) => string) | Promise<(row: number) => string>;
}

/** Cells between two breaths. */
const PIECE = 1 << 14;

export interface CollectOptions {
  onProgress?(rows: number): void;
  cancelled?(): boolean;
}

/** All cells by column, as `RowReader` gathers them from a text. Throws FaultError `too-many-columns`, `cancelled`. */
export async function collectCells(
  { names: given, blocks }: ReadyCells,
  tokens: MissingTokens,
  { onProgress, cancelled }: CollectOptions = {},
): Promise<ReadRows> {
  const { names, notes } = namedRow(given);
  const context: NumberContext = { decimalComma: false, dayFirst: false };
  const columns = names.map(() => new ColumnCells(tokens, context));
  let rows = 0;
  for await (const block of blocks()) {
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i] as ColumnCells;
      const text = await block.texts(i);
      for (let row = 0; row < block.rows;) {
        for (const end = Math.min(block.rows, row + PIECE); row < end; row++) column.push(text(row).trim());
        await breathe();
        if (cancelled?.() === true) throw new FaultError({ code: "cancelled" });
      }
      onProgress?.(rows + Math.floor((block.rows * (i + 1)) / columns.length));
    }
    rows += block.rows;
  }
  return {
    names,
    cells: columns.map((column) => column.done()),
    rows,
    dialect: { delimiter: ",", quote: '"', newline: "\n" },
    context,
    hints: new Map(),
    notes,
    skipped: { above: 0, blank: 0, ragged: 0 },
    shortTotals: [],
  };
}
