import { createReadStream, rmSync } from "node:fs";
import { access, constants, open, readFile as readWhole, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import {
  cleaningBy,
  FaultError,
  fileOfBytes,
  patientRows,
  readFile,
  type CleanedRows,
  type Cleaning,
  type CollectedFile,
  type FileBytes,
  type SheetChoice,
  type Table,
} from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { Repair } from "../core/table/repair.ts";

/** The system's own short code: ENOENT, EACCES ... */
const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** The short code in words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const words: Readonly<Record<string, string>> = {
    ENOENT: "There is no such file or folder.",
    EACCES: "It may not be accessed.",
    EISDIR: "It is a folder.",
    ENOTDIR: "A part of its path is a file, not a folder.",
    EEXIST: "A part of its path is a file, not a folder.",
    ENOSPC: "The disk is full.",
    EDQUOT: "There is no room left for this user's files.",
    EFBIG: "The disk takes no file that large.",
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

function unreadable(path: string, error: unknown): FaultError {
  return error instanceof FaultError
    ? error
    : new FaultError({ code: "file-unreadable", file: path, reason: reasonOf(error) });
}

function unwritable(path: string, error: unknown): FaultError {
  return error instanceof FaultError
    ? error
    : new FaultError({ code: "file-unwritable", file: path, reason: reasonOf(error) });
}

/** The file at `path` piece by piece. Rejects with FaultError. */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) yield piece as Uint8Array;
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The file at `path` as the readers of files see it. A pipe, which can be read once, is held. Rejects with FaultError. */
export async function fileAt(path: string): Promise<FileBytes> {
  try {
    const there = await stat(path);
    if (!there.isFile()) return fileOfBytes(basename(path), await collected(piecesOf(path)));
    return {
      name: basename(path),
      size: there.size,
      pieces: () => piecesOf(path),
      slice: (from, to) => sliceOf(path, from, to),
    };
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

async function sliceOf(path: string, from: number, to: number): Promise<Uint8Array> {
  const file = await open(path, "r");
  try {
    const bytes = new Uint8Array(Math.max(0, to - from));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file.close();
  }
}

/** A table that was read: what its cleaning steps did, and its rows before them. */
export interface ReadAt {
  readonly table: Table;
  readonly notes: string[];
  readonly cleaning: Cleaning;
  readonly rows: CleanedRows["rows"];
}

/** How a table is read. */
export interface ReadHow {
  readonly changes?: readonly SchemaChange[];
  readonly repair?: Repair;
  readonly choice?: SheetChoice;
  /** false: `changes` have every step, those that reading would do by itself too */
  readonly automatic?: boolean;
}

const stored = new WeakMap<Table, { readonly rows: number; readonly columns: number }>();

/** Rows and columns of the file that a table was read from, before cleaning. */
export const storedSize = (table: Table): { readonly rows: number; readonly columns: number } =>
  stored.get(table) ?? { rows: table.rows, columns: table.columns.length };

/**
 * Reads a table of the file at `path`, of any format; of several the one that is named, else the largest, and a note says so.
 * Throws FaultError.
 */
export async function readTable(
  path: string,
  { changes = [], repair = {}, choice = {}, automatic = true }: ReadHow = {},
): Promise<ReadAt> {
  const cleaning = cleaningBy(changes, { automatic });
  const { table, notes, collected, passedOver, ...read } = await readFile(await fileAt(path), {
    changes: cleaning.changes,
    clean: cleaning.clean,
    repair,
    choice,
    largest: true,
  });
  if (passedOver.length === 0) return readAs({ table, notes, collected }, cleaning);
  const others = `${passedOver.slice(0, 8).join(", ")}${passedOver.length > 8 ? ` and ${passedOver.length - 8} more` : ""}`;
  const note = `${basename(path)} holds ${passedOver.length + 1} tables; “${read.sheet}”, the largest, was read. Others are named with --sheet: ${others}.`;
  return readAs({ table, notes: [note, ...notes], collected }, cleaning);
}

/** What was read, with its rows before cleaning. */
export function readAs(
  { table, notes, collected }: { table: Table; notes: string[]; collected: CollectedFile },
  cleaning: Cleaning,
): ReadAt {
  const rows = patientRows(collected).whole;
  stored.set(table, { rows: rows.rows, columns: rows.names.length });
  return { table, notes, cleaning, rows };
}

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readWhole(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Finds out before the work begins, not after it, that no file can be written at `path`. Throws FaultError. */
export async function checkFolder(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory() === true)
    throw new FaultError({ code: "file-unwritable", file: path, reason: "It is a folder." });
  try {
    await access(there === undefined || there.isFile() ? dirname(path) : path, constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

export const writeBytes = (path: string, bytes: Uint8Array | string): Promise<void> =>
  writeChunks(path, [{ bytes }]);

type Chunks =
  AsyncIterable<{ bytes: Uint8Array | string }> | Iterable<{ readonly bytes: Uint8Array | string }>;

/**
 * Writes `chunks` to `path`, which appears only once they are all written; the next is asked for once the one before is
 * written. What is no file but a device or a pipe (/dev/stdout) is written to as it stands.
 */
export async function writeChunks(path: string, chunks: Chunks): Promise<void> {
  try {
    const there = await stat(path).catch(() => undefined);
    if (there === undefined || there.isFile())
      await writeWhole(await realpath(path).catch(() => path), chunks);
    else await pourInto(path, chunks);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** What ends a program from outside, and the number each adds to 128 in its exit status. */
const ENDINGS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

async function writeWhole(path: string, chunks: Chunks): Promise<void> {
  const partial = `${path}.part`;
  const ended = (signal: keyof typeof ENDINGS): never => {
    rmSync(partial, { force: true });
    return process.exit(128 + ENDINGS[signal]);
  };
  const signals = Object.keys(ENDINGS) as (keyof typeof ENDINGS)[];
  for (const signal of signals) process.once(signal, ended);
  try {
    await pourInto(partial, chunks);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  } finally {
    for (const signal of signals) process.off(signal, ended);
  }
}

/** Ends quietly when nobody reads on (`| head`); then no further chunk is made. */
async function pourInto(path: string, chunks: Chunks): Promise<void> {
  const file = await open(path, "w");
  try {
    // `write` may write less than it is given and say so only in its answer.
    for await (const { bytes } of chunks) await file.writeFile(bytes);
  } catch (error) {
    if (codeOf(error) !== "EPIPE") throw error;
  } finally {
    await file.close();
  }
}
