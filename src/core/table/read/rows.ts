import { type RawCells } from "./column-cells.ts";
import type { NumberContext } from "../formats/number-marks.ts";
import type { ColumnHints } from "../hints.ts";
import type { SkippedLines } from "../reading.ts";
import type { Dialect } from "../table.ts";

/** All rows of a file, by column. */
export interface ReadRows {
  readonly names: readonly string[];
  readonly cells: readonly RawCells[];
  readonly rows: number;
  readonly dialect: Pick<Dialect, "delimiter" | "quote" | "newline">;
  readonly context: NumberContext;
  readonly notes: readonly string[];
  /** What lines below the names say of the columns. */
  readonly hints: ColumnHints;
  /** Characters that the encoding does not have (�), and where the first one stands. */
  readonly damage?: Damage;
  /** Lines that are no rows of the table. */
  readonly skipped: SkippedLines;
  /** What totals rows of another length are called. */
  readonly shortTotals: readonly string[];
}

export interface Damage {
  readonly places: number;
  readonly line: number;
  readonly column: string;
}
