import { createReadStream, rmSync } from "node:fs";
import { access, constants, open, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { FaultError, readCsv, type Table } from "../core/lab/lab.ts";
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

/** Reads the CSV file at `path`. Throws FaultError. */
export async function readTable(
  path: string,
  changes: readonly SchemaChange[] = [],
  repair: Repair = {},
): Promise<{ table: Table; notes: string[] }> {
  const pieces = { [Symbol.asyncIterator]: () => piecesOf(path) };
  return readCsv(pieces, { name: basename(path), changes, repair });
}

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
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
