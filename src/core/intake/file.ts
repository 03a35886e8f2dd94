import type { ColumnHints } from "../table/hints.ts";
import type { ReadyCells } from "../table/read/collect-cells.ts";
import type { Written } from "../table/read/lines/row-reader.ts";

/** A file as its readers see it, in the page's worker and in the terminal alike. */
export interface FileBytes {
  readonly name: string;
  readonly size: number;
  /** Its bytes from the start, at each call. */
  pieces(): AsyncIterable<Uint8Array>;
  /** The bytes from `from` up to `to`. */
  slice(from: number, to: number): Promise<Uint8Array>;
  /** The same file where every slice is at hand: given by what streams out of an archive. */
  inMemory?(): Promise<FileBytes>;
}

/** What can be opened, told by content and never by a name's ending alone. */
export type FileFormat =
  "delimited" | "xlsx" | "parquet" | "json" | "ndjson" | "fhir" | "sav" | "xpt" | "sas7bdat" | "dta" | "zip";

/** One table that a file holds: a sheet, a file of an archive, a resource type. */
export interface Sheet {
  readonly name: string;
  readonly rows?: number;
  readonly columns?: number;
  /** what a person should know to choose: “header in row 3, below a title”, “a list of labels” */
  readonly note?: string;
  /** the ViewDefinition (SQL on FHIR) that it is taken by, as JSON */
  readonly view?: string;
  /** false: a chart, a text, nothing to open */
  readonly table: boolean;
}

/** How a person wants a sheet read; what is left out is found. */
export interface SheetChoice {
  readonly sheet?: string;
  /** the row of the names, counted from 1; 0: there are none */
  readonly headerRow?: number;
  /** a ViewDefinition (SQL on FHIR) as JSON, in the place of the sheet's own */
  readonly view?: string;
}

/**
 * A table as delimited text, whatever it was stored as: the file itself where it is such a text, else UTF-8 with commas,
 * names on the first line, numbers in full, dates as ISO, labels in the place of codes, missing empty.
 */
export interface SheetText {
  pieces(): AsyncIterable<Uint8Array>;
  /** the same cells without a text around them, where the format has them by column: see `ReadOptions.cells` */
  readonly cells?: ReadyCells;
  readonly hints: ColumnHints;
  /** see `ReadOptions.written`; left out where it is the file itself */
  readonly written?: Written;
  /** what was done on the way that the person should know, one sentence each */
  readonly notes: readonly string[];
}

export interface OpenedFile {
  readonly format: FileFormat;
  /** “Excel workbook” */
  readonly words: string;
  readonly sheets: readonly Sheet[];
  /** the table that is read where none is chosen; left out: the only one, or one has to be chosen */
  readonly usual?: string;
  /**
   * The first rows of a table as they stand, and the row of its names, from 1 (0: none); left out where its text has them.
   * Throws FaultError `unknown-sheet`.
   */
  firstRows?(
    choice: SheetChoice,
    rows: number,
  ): { readonly cells: readonly (readonly string[])[]; readonly header: number };
  /** Rejects with FaultError `unknown-sheet`, `several-sheets`, `file-damaged`, `file-refused`. */
  text(choice: SheetChoice): Promise<SheetText>;
}
