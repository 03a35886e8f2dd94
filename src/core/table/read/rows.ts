import { type RawCells } from "./column-cells.ts";
import type { MissingTokens } from "../formats/missing-tokens.ts";
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
  /** What lines below the names say of the columns, and the file's format. */
  readonly hints: ColumnHints;
  /** Characters that the encoding does not have (�), and where the first one stands. */
  readonly damage?: Damage;
  /** Lines that are no rows of the table. */
  readonly skipped: SkippedLines;
  /** What totals rows of another length are called. */
  readonly shortTotals: readonly string[];
}

/** A file that was read to its end: what tables can be made of without reading it again. */
export interface CollectedFile {
  readonly name: string;
  readonly dialect: Dialect;
  readonly tokens: MissingTokens;
  readonly notes: readonly string[];
  readonly rows: ReadRows;
  /** every row is one of the table, and none of totals */
  readonly typed?: boolean;
}

/** What tells numbers, dates and missing cells from other texts. */
export interface CellReading {
  readonly tokens: MissingTokens;
  readonly context: NumberContext;
}

/** Changes rows, cells and columns before kinds are told. Throws FaultError `step-impossible`. */
export type CleanRows = (rows: ReadRows, reading: CellReading) => ReadRows;

export interface Damage {
  readonly places: number;
  readonly line: number;
  readonly column: string;
}
