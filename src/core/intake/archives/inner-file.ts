import { FaultError } from "../../fault.ts";
import type { FileBytes } from "../file.ts";

/** Most bytes of an archive's content that are held at once, for formats that are not read from front to back. */
const MOST_HELD = 1024 ** 3;

/**
 * What stands in an archive as a file of its own. It streams as often as it is asked; `slice` holds its start, and where
 * more is asked for all of it.
 */
export function innerFile(name: string, size: number, pieces: () => AsyncIterable<Uint8Array>): FileBytes {
  let held: Promise<Uint8Array> | undefined;
  const all = (): Promise<Uint8Array> => (held ??= collect(name, pieces()));
  return {
    name,
    size,
    pieces: () => (held === undefined ? pieces() : once(held)),
    slice: async (from, to) => {
      if (held === undefined && to <= HEAD) return (await start(pieces(), HEAD)).subarray(from, to);
      return (await all()).slice(from, to);
    },
    inMemory: async () => fileOfBytes(name, await all()),
  };
}

/** Bytes of the start that are looked at to tell a format. */
export const HEAD = 1 << 16;

export function fileOfBytes(name: string, bytes: Uint8Array): FileBytes {
  return {
    name,
    size: bytes.length,
    pieces: () => once(Promise.resolve(bytes)),
    slice: (from, to) => Promise.resolve(bytes.slice(from, to)),
  };
}

async function* once(bytes: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await bytes;
}

async function start(pieces: AsyncIterable<Uint8Array>, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let found = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    found += piece.length;
    if (found >= length) break;
  }
  return joined(parts, found);
}

async function collect(file: string, pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length <= MOST_HELD) continue;
    throw new FaultError({
      code: "file-refused",
      file,
      format: "archive",
      reason: "What it holds is larger than 1 GB and of a format that is not read from front to back.",
      remedy: "Unpack it yourself and open what is in it.",
    });
  }
  return joined(parts, length);
}

export function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
