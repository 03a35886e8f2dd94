import { asFault, FaultError } from "../fault.ts";
import { breathe } from "../math/breathe.ts";
import { applyChanges, givenTokens } from "./apply-changes.ts";
import { assemble } from "./assemble.ts";
import { createDecoder, looksBinary } from "./file-bytes.ts";
import { missingTokens } from "./missing-tokens.ts";
import type { SchemaChange } from "./profile.ts";
import type { Repair } from "./repair.ts";
import { RowReader, type RecordWatch } from "./row-reader.ts";
import type { Table } from "./table.ts";

export interface ReadOptions {
  /** The file's name, for the table and for faults. */
  readonly name: string;
  /** Bytes of the file, where known. */
  readonly total?: number;
  readonly repair?: Repair;
  /** A person's changes to the schema, applied in order to what is inferred. */
  readonly changes?: readonly SchemaChange[];
  onProgress?(progress: { bytes: number; rows: number }): void;
  cancelled?(): boolean;
  /** Follows the file as it is read. */
  readonly watch?: FileWatch;
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
 * Reads a delimited text file as it streams in: encoding, delimiter, quote, line ends, decimal mark, header, missing
 * tokens and kinds are found on the way. Rows are never held as strings; a column keeps codes into its distinct texts,
 * or numbers alone once it has very many of them. Throws FaultError for every file that is no table, with row and line.
 */
export async function readCsv(chunks: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<ReadResult> {
  const pieces = split(chunks, options.name)[Symbol.asyncIterator]();
  try {
    return await read(pieces, options);
  } finally {
    await pieces.return?.(undefined);
  }
}

async function read(pieces: AsyncIterator<Uint8Array>, options: ReadOptions): Promise<ReadResult> {
  const { head, ended } = await readHead(pieces);
  if (head.length === 0) throw new FaultError({ code: "file-empty", file: options.name });
  const looksLike = looksBinary(head);
  if (looksLike !== undefined) {
    throw new FaultError({ code: "file-binary", file: options.name, looksLike });
  }
  const decoder = createDecoder(head);
  const tokens = missingTokens(givenTokens(options.changes ?? []));
  const rows = new RowReader(options.name, tokens, options.repair ?? {}, options.watch?.record);
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
  if (found.rows < LEAST_ROWS) {
    throw new FaultError({ code: "too-few-rows", rows: found.rows, needed: LEAST_ROWS });
  }
  const damaged = decoder.damaged();
  const notes = [
    ...(FILLED.test(options.name) ? [FILLED_NOTE] : []),
    ...found.notes,
    ...(damaged > 0
      ? [`${damaged} characters could not be read as ${decoder.encoding()} and are shown as �.`]
      : []),
  ];
  return assemble(found, {
    name: options.name,
    dialect: { ...found.dialect, bom: decoder.bom, encoding: decoder.encoding() },
    tokens,
    notes,
    wanted: (inferred) => applyChanges(found.names, inferred, options.changes ?? []),
    cancelled: () => options.cancelled?.() === true,
  });
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
