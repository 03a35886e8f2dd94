import { asFault, FaultError } from "../../fault.ts";
import { breathe } from "../../math/breathe.ts";
import { givenEncoding, givenTokens } from "./apply-changes.ts";
import { assemble, type AssembleOptions } from "./assemble.ts";
import { collectCells, type ReadyCells } from "./collect-cells.ts";
import { createDecoder, looksBinary, NotUtf8, type FileDecoder } from "./lines/file-bytes.ts";
import { missingTokens, type MissingTokens } from "../formats/missing-tokens.ts";
import type { ColumnHints } from "../hints.ts";
import type { Repair } from "../repair.ts";
import { RowReader, type RecordWatch, type Written } from "./lines/row-reader.ts";
import type { CollectedFile, ReadRows } from "./rows.ts";
import { ByteSurveyor, type ByteSurvey } from "./lines/survey-bytes.ts";
import type { Dialect, Encoding, Table } from "../table.ts";
import { tellEncoding } from "./lines/tell-encoding.ts";

export interface ReadOptions extends AssembleOptions {
  /** The file's name, for the table and for faults. */
  readonly name: string;
  /** Bytes of the file, where known. */
  readonly total?: number;
  readonly repair?: Repair;
  onProgress?(progress: { bytes: number; rows: number }): void;
  /** What the file says of its columns beside their cells. */
  readonly hints?: ColumnHints;
  /** left out: a text as it was found, of which nothing is known */
  readonly written?: Written;
  /** The row of the names, counted from 1 with blank ones; 0: there are none. Left out: it is found. */
  readonly headerRow?: number;
  /** Follows the file as it is read. */
  readonly watch?: FileWatch;
  /** The same cells by column, which are read in the place of the text unless it is followed. */
  readonly cells?: ReadyCells | undefined;
}

export interface FileWatch {
  /** The file's next characters, once the records that end in them have been told. */
  text(text: string): Promise<void>;
  readonly record: RecordWatch;
}

export interface ReadResult {
  readonly table: Table;
  /** What was done on the way that the person should know, one sentence each. */
  readonly notes: string[];
  /** What the table was made of; other changes make another table of it. */
  readonly collected: CollectedFile;
}

/** What the names of filled tables end in. */
const FILLED = /[-_ .]filled([-_ .]|$)/i;
const FILLED_NOTE =
  "By its name this is a filled table: some of its cells were drawn by a model, not measured. Use the table it was filled from as the real one.";

/** Bytes that are read before the dialect is settled. */
const HEAD = 1 << 18;
/** Bytes between two breaths. */
const PIECE = 1 << 18;
/** Fewest rows of a table. */
const LEAST_ROWS = 2;

/**
 * Reads a delimited text file as it streams in, a second and third time where it is not UTF-8 (`chunks` begins anew each
 * time that it is iterated): encoding, delimiter, quote, line ends, decimal mark, header, missing
 * tokens and kinds are found on the way. Rows are never held as strings; a column keeps codes into its distinct texts,
 * or numbers alone once it has very many of them. Throws FaultError for every file that is no table, with row and line.
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ReadResult> {
  if (options.cells !== undefined && options.watch === undefined) return readCells(options.cells, options);
  const given = givenEncoding(options.changes ?? []);
  try {
    return await readOnce(chunks, options, given);
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error;
    const survey = await surveyed(chunks, options);
    return readOnce(chunks, options, encodingOf(survey, options));
  }
}

async function readOnce(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
  encoding: Encoding | undefined,
): Promise<ReadResult> {
  const pieces = split(chunks, options.name)[Symbol.asyncIterator]();
  try {
    return await read(pieces, options, encoding);
  } finally {
    await pieces.return?.(undefined);
  }
}

/** What the bytes of the whole file say of its encoding. */
async function surveyed(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ByteSurvey> {
  const surveyor = new ByteSurveyor();
  for await (const piece of split(chunks, options.name)) {
    surveyor.add(piece);
    await breathe();
    if (options.cancelled?.() === true) throw new FaultError({ code: "cancelled" });
  }
  return surveyor.done();
}

/** The encoding that a person chose, or that can be told. Throws FaultError `encoding-unclear`. */
function encodingOf(survey: ByteSurvey, { name, repair }: ReadOptions): Encoding {
  if (repair?.encoding !== undefined) return repair.encoding;
  const { encoding, readings } = tellEncoding(survey);
  if (encoding !== undefined) return encoding;
  throw new FaultError({
    code: "encoding-unclear",
    file: name,
    line: survey.line,
    words: survey.cells.length,
    readings: readings.map(({ encoding: as, sample }) => ({ encoding: as, sample: [...sample] })),
  });
}

async function read(
  pieces: AsyncIterator<Uint8Array>,
  options: ReadOptions,
  encoding: Encoding | undefined,
): Promise<ReadResult> {
  const { head, ended } = await readHead(pieces);
  if (head.length === 0) throw new FaultError({ code: "file-empty", file: options.name });
  const looksLike = looksBinary(head);
  if (looksLike !== undefined) {
    throw new FaultError({ code: "file-binary", file: options.name, looksLike });
  }
  const decoder = createDecoder(head, encoding);
  const typed = options.written === "typed";
  const tokens = missingTokens(givenTokens(options.changes ?? []) ?? (typed ? [] : undefined));
  const rows = new RowReader(options.name, tokens, options.repair ?? {}, {
    ...(options.watch && { watch: options.watch.record }),
    written: options.written,
    headerRow: options.headerRow,
  });
  let bytes = head.length;
  const first = decoder.decode(head, ended);
  rows.start(first, ended);
  await options.watch?.text(first);
  for (let done = ended; !done;) {
    options.onProgress?.({ bytes, rows: rows.count });
    await breathe();
    if (options.cancelled?.() === true) throw new FaultError({ code: "cancelled" });
    const next = await pieces.next();
    done = next.done === true;
    const piece = next.done === true ? new Uint8Array(0) : next.value;
    bytes += piece.length;
    const text = decoder.decode(piece, done);
    rows.feed(text, done);
    await options.watch?.text(text);
  }
  options.onProgress?.({ bytes, rows: rows.count });
  const found = rows.finish();
  const notes = encodingNotes(decoder, encoding, found.damage);
  return made(found, options, { tokens, typed, notes, bom: decoder.bom, encoding: decoder.encoding });
}

/** As `readCsv`, of a file whose cells need no text around them. */
async function readCells(cells: ReadyCells, options: ReadOptions): Promise<ReadResult> {
  const tokens = missingTokens(givenTokens(options.changes ?? []) ?? []);
  const bytes = options.total ?? 0;
  const found = await collectCells(cells, tokens, {
    onProgress: (rows) => options.onProgress?.({ bytes, rows }),
    ...(options.cancelled && { cancelled: () => options.cancelled?.() === true }),
  });
  return made(found, options, { tokens, typed: true, notes: [], bom: false, encoding: "utf-8" });
}

interface Found extends Pick<Dialect, "bom" | "encoding"> {
  readonly tokens: MissingTokens;
  readonly typed: boolean;
  readonly notes: readonly string[];
}

async function made(found: ReadRows, options: ReadOptions, how: Found): Promise<ReadResult> {
  const { tokens, typed, bom, encoding } = how;
  if (found.rows < LEAST_ROWS) {
    throw new FaultError({ code: "too-few-rows", rows: found.rows, needed: LEAST_ROWS });
  }
  const collected: CollectedFile = {
    name: options.name,
    dialect: { ...found.dialect, bom, encoding },
    tokens,
    notes: [...(FILLED.test(options.name) ? [FILLED_NOTE] : []), ...how.notes, ...found.notes],
    typed,
    rows: { ...found, hints: bothHints(found.hints, options.hints) },
  };
  return { ...(await assemble(collected, options)), collected };
}

/** What lines below the names say of the columns, and above that what the file's format says. */
function bothHints(below: ColumnHints, given: ColumnHints | undefined): ColumnHints {
  const both = new Map(below);
  given?.forEach((hint, name) => both.set(name, { ...both.get(name), ...hint }));
  return both;
}

/**
 * What a person must know of how bytes were read: an encoding that the file does not show by itself, and bytes that are
 * no character. Without `asked` the bytes were good, and what is damaged came damaged.
 */
function encodingNotes(
  { encoding }: FileDecoder,
  asked: Encoding | undefined,
  damage: ReadRows["damage"],
): readonly string[] {
  const foreign = asked === undefined || asked === "utf-8" ? [] : [`The file was read as ${encoding}.`];
  if (damage === undefined) return foreign;
  const { places, line, column } = damage;
  const where = `on line ${line.toLocaleString("en")}, in “${column}”`;
  const many = places.toLocaleString("en");
  const said =
    asked === undefined
      ? `${places === 1 ? "One character of the file is" : `${many} characters of the file are`} �, lost before it was saved`
      : `${places === 1 ? "One character is" : `${many} characters are`} not valid ${encoding} and ${places === 1 ? "is" : "are"} shown as �`;
  return [...foreign, `${said}${places === 1 ? ", " : ", the first "}${where}.`];
}

async function readHead(pieces: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; ended: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD) {
    const next = await pieces.next();
    if (next.done === true) return { head: concat(parts, length), ended: true };
    parts.push(next.value);
    length += next.value.length;
  }
  return { head: concat(parts, length), ended: false };
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The chunks in pieces that take a few milliseconds each; what fails below is a file that cannot be read. */
async function* split(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Uint8Array, undefined> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await source.next();
      if (next.done === true) return undefined;
      for (let at = 0; at < next.value.length; at += PIECE) yield next.value.subarray(at, at + PIECE);
    }
  } catch (error) {
    const fault = asFault(error);
    throw fault.code === "unexpected"
      ? new FaultError({ code: "file-unreadable", file: name, reason: fault.message })
      : error;
  } finally {
    await source.return?.(undefined);
  }
}
