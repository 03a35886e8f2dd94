import { FaultError } from "../../fault.ts";
import type { ColumnHint } from "../../table/hints.ts";
import type { Written } from "../../table/read/lines/row-reader.ts";
import { patientRows } from "../../table/read/assemble.ts";
import { readCsv, type ReadOptions, type ReadResult } from "../../table/read/read-csv.ts";
import type { FileBytes, SheetChoice } from "../file.ts";
import { readFile, type ReadFileOptions } from "../read-file.ts";
import { joinTables } from "./join-tables.ts";
import type { JoinChoice } from "./join.ts";
import { joinSide, type JoinSide } from "./side.ts";

/** A file, or a table of one, that is joined to another. */
export interface JoinedFile {
  readonly file: FileBytes;
  readonly choice?: SheetChoice | undefined;
  /** left out: the likeliest key, and the first and last of several values */
  readonly join?: JoinChoice | ((left: JoinSide, right: JoinSide) => JoinChoice | undefined) | undefined;
}

/** What is needed to read a text that was made of several files, beside its bytes. Plain data. */
export interface MadeText {
  readonly hints: readonly (readonly [name: string, hint: ColumnHint])[];
  readonly written?: Written;
  readonly notes: readonly string[];
}

export interface JoinedText extends MadeText {
  pieces(): AsyncIterable<Uint8Array>;
  /** “visits.csv + labs.csv” */
  readonly name: string;
  /** “2 files, joined” */
  readonly storedAs: string;
}

/** A table as a side of a join, with what the person should know of how it was read. Rejects as `readFile`. */
export async function readSide(
  file: FileBytes,
  options: ReadFileOptions,
): Promise<{ side: JoinSide; notes: readonly string[] }> {
  const read = await readFile(file, options);
  const others = read.passedOver.length + 1;
  const passed =
    others === 1
      ? []
      : [`${file.name} holds ${others} tables; “${read.sheet ?? ""}”, the largest, was read.`];
  const [only] = read.sheets;
  const name = read.sheet ?? (only !== undefined && /\.zip$/i.test(file.name) ? only.name : file.name);
  const { totals } = patientRows(read.collected);
  const labels = [...new Set(totals.map(({ label }) => label))].filter((label) => label !== "");
  const summed =
    totals.length === 0
      ? []
      : [
          `${totals.length === 1 ? "1 row" : `${totals.length} rows`} of totals or remarks in ${name} ${totals.length === 1 ? "is" : "are"} left out${labels.length === 0 ? "" : `: ${labels.map((label) => `“${label}”`).join(", ")}`}.`,
        ];
  return {
    side: joinSide(read.collected, name),
    notes: [...passed, ...summed, ...read.notes],
  };
}

/** The text of `left` with each of `rights` joined to what was before. Rejects as `readFile`, and with `join-impossible`. */
export async function joinFiles(
  left: JoinedFile,
  rights: readonly JoinedFile[],
  options: Omit<ReadFileOptions, "choice" | "changes">,
): Promise<JoinedText> {
  const first = await readSide(left.file, { ...options, choice: left.choice });
  let { side } = first;
  const notes = [...first.notes];
  const names = [side.name];
  let text: (MadeText & { pieces(): AsyncIterable<Uint8Array> }) | undefined;
  for (const [i, right] of rights.entries()) {
    const read = await readSide(right.file, { ...options, choice: right.choice });
    const choice = typeof right.join === "function" ? right.join(side, read.side) : right.join;
    const joined = joinTables(side, read.side, choice);
    names.push(read.side.name);
    notes.push(...read.notes.map((note) => `${read.side.name}: ${note}`), ...joined.notes);
    text = { pieces: () => joined.pieces(), ...madeOf(joined.hints, joined.written, []) };
    if (i === rights.length - 1) continue;
    const { collected } = await readMade(text.pieces, text, { name: side.name });
    side = joinSide(collected, side.name);
  }
  if (text === undefined) throw new FaultError({ code: "bad-use", message: "There is nothing to join." });
  return {
    ...text,
    notes,
    name: names.join(" + "),
    storedAs: `${names.length === 2 ? "Two" : String(names.length)} tables, joined: ${names.join(", ")}`,
  };
}

const madeOf = (hints: JoinSide["hints"], written: Written | undefined, notes: string[]): MadeText => ({
  hints: [...(hints ?? [])],
  ...(written && { written }),
  notes,
});

/** Reads a text that was made here; its names stand on its first line. Rejects as `readCsv`. */
export async function readMade(
  pieces: () => AsyncIterable<Uint8Array>,
  made: MadeText,
  options: ReadOptions,
): Promise<ReadResult> {
  const source = { [Symbol.asyncIterator]: () => pieces()[Symbol.asyncIterator]() };
  const read = await readCsv(source, { ...options, ...layoutOfMade(made) });
  return { ...read, notes: [...made.notes, ...read.notes] };
}

/** How a text that was made here is read. */
export const layoutOfMade = ({
  hints,
  written,
}: MadeText): Pick<ReadOptions, "hints" | "written" | "headerRow"> => ({
  hints: new Map(hints),
  ...(written === undefined ? { headerRow: 1 } : { written }),
});
