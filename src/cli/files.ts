import { createReadStream, rmSync } from "node:fs";
import { access, constants, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { FaultError, readCsv, type Table } from "../core/lab/lab.ts";
import type { SchemaChange } from "../core/table/profile.ts";
import type { Repair } from "../core/table/repair.ts";

/** The system's own short code (ENOENT, EACCES ...) in words. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words: Readonly<Record<string, string>> = {
    ENOENT: "There is no such file or folder.",
    EACCES: "It may not be accessed.",
    EISDIR: "It is a folder.",
    ENOSPC: "The disk is full.",
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
  try {
    await access(dirname(path), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory() === true)
    throw new FaultError({ code: "file-unwritable", file: path, reason: "It is a folder." });
}

export async function writeBytes(path: string, bytes: Uint8Array | string): Promise<void> {
  try {
    await writeFile(path, bytes);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes `chunks` to `path`, which appears only once they are all written. */
export async function writeChunks(path: string, chunks: AsyncIterable<{ bytes: Uint8Array }>): Promise<void> {
  const partial = `${path}.part`;
  const interrupted = (): never => {
    rmSync(partial, { force: true });
    return process.exit(130);
  };
  process.once("SIGINT", interrupted);
  try {
    const file = await open(partial, "w");
    try {
      for await (const { bytes } of chunks) await file.write(bytes);
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw unwritable(path, error);
  } finally {
    process.off("SIGINT", interrupted);
  }
}
