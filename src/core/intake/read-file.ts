import { FaultError } from "../fault.ts";
import { readCsv, type ReadOptions, type ReadResult } from "../table/read/read-csv.ts";
import type { FileBytes, FileFormat, OpenedFile, Sheet, SheetChoice, SheetText } from "./file.ts";
import { openFile } from "./open-file.ts";

export interface ReadFileOptions extends Omit<ReadOptions, "name" | "hints" | "written" | "headerRow"> {
  readonly choice?: SheetChoice | undefined;
  /** Of several tables the largest is read where none was chosen; `passedOver` names the others. */
  readonly largest?: boolean;
}

export interface ReadTable extends ReadResult {
  readonly format: FileFormat;
  /** “Excel workbook, sheet Visits” */
  readonly storedAs: string;
  readonly sheets: readonly Sheet[];
  /** the table that was read, where the file holds several */
  readonly sheet?: string;
  readonly passedOver: readonly string[];
}

/**
 * Reads a table of a file of any format. Rejects with FaultError: as `openFile`, `readCsv` and the format's reader do, and
 * `several-sheets` where there are several tables and none was chosen.
 */
export async function readFile(file: FileBytes, options: ReadFileOptions = {}): Promise<ReadTable> {
  const opened = await openFile(file);
  return readOpened(file, opened, options);
}

/** As `readFile`, of a file that has been opened before. */
export async function readOpened(
  file: FileBytes,
  opened: OpenedFile,
  { choice: asked = {}, largest = false, ...options }: ReadFileOptions = {},
): Promise<ReadTable> {
  const { sheets, format } = opened;
  const tables = sheets.filter((sheet) => sheet.table);
  const several = tables.length > 1;
  const taken =
    asked.sheet ?? opened.usual ?? (several && largest ? largestSheet(file.name, sheets).name : undefined);
  const choice = { ...asked, ...(taken !== undefined && { sheet: taken }) };
  const text = await opened.text(choice);
  const { onProgress } = options;
  const rows = (sheets.find(({ name }) => name === taken) ?? tables[0])?.rows;
  const read = await readCsv(
    again(() => text.pieces()),
    {
      ...options,
      name: file.name,
      ...layoutOf(text, choice),
      ...(text.cells && { cells: text.cells }),
      ...(onProgress && { onProgress: (told) => onProgress(ofFile(told, file, rows)) }),
    },
  );
  return {
    ...read,
    notes: [...text.notes, ...read.notes],
    format,
    storedAs: storedAs(opened, several ? taken : undefined),
    sheets,
    ...(several && taken !== undefined && { sheet: taken }),
    passedOver:
      asked.sheet === undefined && opened.usual === undefined && several
        ? tables.flatMap(({ name }) => (name === taken ? [] : [name]))
        : [],
  };
}

/** “Excel workbook, sheet Visits” */
export function storedAs({ format, words }: OpenedFile, sheet: string | undefined): string {
  return sheet === undefined ? words : `${words}, ${format === "xlsx" ? "sheet" : "table"} ${sheet}`;
}

/** How far reading is in bytes of the file, where what is read are not these but what was made of them. */
function ofFile(
  { bytes, rows }: { bytes: number; rows: number },
  { size }: FileBytes,
  all: number | undefined,
): { bytes: number; rows: number } {
  const done = all === undefined || all === 0 ? bytes / size : rows / all;
  return { bytes: Math.round(size * Math.min(1, done)), rows };
}

/** The text that `readFile` reads of a file, and how it is read, to follow it once more. */
export async function textOfFile(
  file: FileBytes,
  { choice = {}, largest = false }: Pick<ReadFileOptions, "choice" | "largest"> = {},
): Promise<Pick<ReadOptions, "written" | "headerRow"> & { readonly source: AsyncIterable<Uint8Array> }> {
  const opened = await openFile(file);
  const several = opened.sheets.filter((sheet) => sheet.table).length > 1;
  const take = several && largest && choice.sheet === undefined && opened.usual === undefined;
  const taken = take ? { ...choice, sheet: largestSheet(file.name, opened.sheets).name } : choice;
  const text = await opened.text(taken);
  const { hints: _told, ...layout } = layoutOf(text, taken);
  return { source: again(() => text.pieces()), ...layout };
}

/** How the text of a sheet is to be read. A reader that makes its own text has the names on its first line. */
function layoutOf(
  { hints, written }: SheetText,
  { headerRow }: SheetChoice,
): Pick<ReadOptions, "hints" | "written" | "headerRow"> {
  return {
    hints,
    ...(written !== undefined && { written }),
    ...(written === undefined && headerRow !== undefined && { headerRow }),
  };
}

/** Read from its start at each iteration. */
const again = (pieces: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => ({
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
