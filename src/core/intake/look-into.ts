import { asFault, type Fault } from "../fault.ts";
import { firstRows, type FirstRows } from "../table/read/lines/first-rows.ts";
import type { FileBytes, OpenedFile, Sheet, SheetChoice } from "./file.ts";
import { masked } from "./masked-rows.ts";
import { openFile } from "./open-file.ts";
import { largestSheet } from "./read-file.ts";

/** A file and the tables in it, or why it cannot be opened. */
export interface LookedInto {
  readonly name: string;
  readonly bytes: number;
  /** “Excel workbook” */
  readonly words: string;
  readonly sheets: readonly Sheet[];
  /** names of the columns of its largest table, where they are at hand */
  readonly names: readonly string[];
  readonly fault?: Fault;
}

/** Rows among which the names are looked for. */
const TITLES = 40;
/** Rows by which the columns are told that are masked. */
const SEEN = 200;

/** What a file holds. Never rejects. */
export async function lookInto(file: FileBytes): Promise<LookedInto> {
  const said = { name: file.name, bytes: file.size };
  try {
    const { words, sheets } = await openFile(file);
    const tables = sheets.filter(({ table }) => table);
    const sheet = tables.length > 1 ? { sheet: largestSheet(file.name, sheets).name } : {};
    const { names } = await firstRowsOf(file, sheet, TITLES).catch(() => ({ names: [] }));
    return { ...said, words, sheets, names };
  } catch (error) {
    return { ...said, words: "", sheets: [], names: [], fault: asFault(error) };
  }
}

/** The first rows of a table as they stand, with what is above its names. Rejects as `openFile` and its readers do. */
export async function firstRowsOf(file: FileBytes, choice: SheetChoice, rows: number): Promise<FirstRows> {
  return rowsOf(await openFile(file), choice, rows);
}

/** As `firstRowsOf`, with bullets in the place of identifiers and free text below the names. */
export async function maskedRowsOf(file: FileBytes, choice: SheetChoice, rows: number): Promise<FirstRows> {
  const opened = await openFile(file);
  const seen = await rowsOf(opened, choice, SEEN);
  const { headerRow: _chosen, ...found } = choice;
  const own = choice.headerRow === undefined ? seen : await rowsOf(opened, found, SEEN);
  const { cells, ...rest } = await masked(seen, Math.min(own.header, seen.header));
  return { ...rest, cells: cells.slice(0, Math.max(rows, choice.headerRow ?? 0)) };
}

async function rowsOf(opened: OpenedFile, choice: SheetChoice, rows: number): Promise<FirstRows> {
  const seen = opened.firstRows?.(choice, Math.max(rows, choice.headerRow ?? 0));
  if (seen !== undefined) return { ...seen, names: seen.cells[seen.header - 1] ?? [] };
  const text = await opened.text(choice);
  return firstRows(text.pieces(), rows, { written: text.written, headerRow: choice.headerRow });
}

/** What two files that were brought together may be, by the names of their columns. */
export function pairOf(one: LookedInto, other: LookedInto): { shared: readonly string[]; alike: boolean } {
  const has = new Set(other.names);
  const shared = one.names.filter((name) => has.has(name));
  return {
    shared,
    alike: shared.length > 0 && shared.length === Math.max(one.names.length, other.names.length),
  };
}
