import { FaultError } from "../fault.ts";
import { readCsv, type ReadOptions, type ReadResult } from "../table/read/read-csv.ts";
import type { FileBytes, FileFormat, OpenedFile, Sheet, SheetChoice, SheetText } from "./file.ts";
import { openFile } from "./open-file.ts";

export interface ReadFileOptions extends Omit<ReadOptions, "name" | "hints" | "written" | "headerRow"> {
  readonly choice?: SheetChoice | undefined;
}

export interface ReadFile extends ReadResult {
  readonly format: FileFormat;
  /** “Excel workbook, sheet Visits” */
  readonly storedAs: string;
  readonly sheets: readonly Sheet[];
  /** the table that was read, where the file holds several */
  readonly sheet?: string;
}

/**
 * Reads a table of a file of any format. Rejects with FaultError: as `openFile`, `readCsv` and the format's reader do, and
 * `several-sheets` where there are several tables and none was chosen.
 */
export async function readFile(file: FileBytes, options: ReadFileOptions = {}): Promise<ReadFile> {
  const opened = await openFile(file);
  return readOpened(file, opened, options);
}

/** As `readFile`, of a file that has been opened before. */
export async function readOpened(
  file: FileBytes,
  opened: OpenedFile,
  { choice = {}, ...options }: ReadFileOptions = {},
): Promise<ReadFile> {
  const { sheets, format, words } = opened;
  const text = await opened.text(choice);
  const { table, notes, collected } = await readCsv(
    again(() => text.pieces()),
    {
      ...options,
      name: file.name,
      ...layoutOf(text, choice),
    },
  );
  const several = sheets.filter((sheet) => sheet.table).length > 1;
  const sheet = several ? choice.sheet : undefined;
  return {
    table,
    collected,
    notes: [...text.notes, ...notes],
    format,
    storedAs: sheet === undefined ? words : `${words}, ${format === "xlsx" ? "sheet" : "table"} ${sheet}`,
    sheets,
    ...(sheet !== undefined && { sheet }),
  };
}

/** How the text of a sheet is to be read. A reader that makes its own text has the names on its first line. */
export function layoutOf(
  { hints, written, cells }: SheetText,
  { headerRow }: SheetChoice,
): Pick<ReadOptions, "hints" | "written" | "headerRow" | "cells"> {
  return {
    hints,
    ...(cells && { cells }),
    ...(written !== undefined && { written }),
    ...(written === undefined && headerRow !== undefined && { headerRow }),
  };
}

/** Read from its start at each iteration. */
export const again = (pieces: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => ({
  [Symbol.asyncIterator]: () => pieces()[Symbol.asyncIterator](),
});

/** The table with most rows, the first of equals. Throws FaultError `no-sheet`. */
export function largestSheet(file: string, sheets: readonly Sheet[]): Sheet {
  const tables = sheets.filter(({ table }) => table);
  const size = ({ rows = 0, columns = 1 }: Sheet): number => rows * columns;
  const largest = tables.toSorted((a, b) => size(b) - size(a))[0];
  if (largest !== undefined) return largest;
  throw new FaultError({
    code: "no-sheet",
    file,
    holds: sheets.map(({ name }) => name).join(", ") || "nothing",
  });
}
