import { unzlibSync } from "fflate";
import { FaultError } from "../../../fault.ts";
import type { FileBytes } from "../../file.ts";
import { ByteCursor } from "../byte-cursor.ts";
import { SAV } from "./sav-dictionary.ts";

const HEADER = 24;
const TRAILER = 24;
const ENTRY = 24;
/** Most bytes of a block, of which SPSS writes 4,190,208. */
const MOST_BLOCK = 1 << 25;
const MOST_BLOCKS = 1 << 20;
/** Most bytes of all blocks together. */
const MOST_UNPACKED = 2 ** 31;
/** Room beyond what a block says, so that one which is longer shows. */
const SLACK = 64;

/** The byte codes of a file whose rows are zlib blocks (.zsav; PSPP, “ZLIB Data Records”). Throws FaultError `file-damaged`. */
export async function* unpacked(
  file: FileBytes,
  dataAt: number,
  littleEndian: boolean,
): AsyncGenerator<Uint8Array, undefined> {
  const cursor = new ByteCursor(file, SAV);
  cursor.littleEndian = littleEndian;
  try {
    await cursor.skip(dataAt, "its dictionary");
    await cursor.need(HEADER, "the header of its rows");
    cursor.at += 8;
    const trailerAt = cursor.uint64();
    const trailerLength = cursor.uint64();
    if (trailerAt < dataAt + HEADER || trailerAt + trailerLength > file.size || trailerLength < TRAILER) {
      throw cursor.damaged("The list of its blocks lies beyond its end: it is cut off.");
    }
    const blocks = await blocksOf(file, trailerAt, trailerLength, littleEndian, cursor);
    for (const { packed, plain } of blocks) {
      await cursor.need(packed, "its rows");
      yield inflated(cursor.take(packed), plain, cursor);
    }
  } finally {
    await cursor.close();
  }
  return undefined;
}

async function blocksOf(
  file: FileBytes,
  at: number,
  length: number,
  littleEndian: boolean,
  cursor: ByteCursor,
): Promise<{ readonly packed: number; readonly plain: number }[]> {
  const bytes = await file.slice(at, at + Math.min(length, TRAILER + ENTRY * MOST_BLOCKS));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const many = bytes.length < TRAILER ? -1 : view.getInt32(20, littleEndian);
  if (many < 0 || bytes.length < TRAILER + ENTRY * many)
    throw cursor.damaged("The list of its blocks is not whole.");
  let whole = 0;
  return Array.from({ length: many }, (_, i) => {
    const entry = TRAILER + ENTRY * i;
    const plain = view.getInt32(entry + 16, littleEndian);
    const packed = view.getInt32(entry + 20, littleEndian);
    if (plain < 0 || plain > MOST_BLOCK || packed < 0 || packed > MOST_BLOCK) {
      throw cursor.damaged(`Block ${i + 1} of its rows says that it has ${plain} bytes.`);
    }
    whole += plain;
    if (whole > MOST_UNPACKED) throw tooLarge(file.name);
    return { packed, plain };
  });
}

const tooLarge = (file: string): FaultError =>
  new FaultError({
    code: "file-refused",
    file,
    format: SAV,
    reason: "Its rows have more than 2 GB when they are unpacked.",
    remedy: "Save fewer columns or rows of it, then open that file.",
  });

function inflated(packed: Uint8Array, plain: number, cursor: ByteCursor): Uint8Array {
  try {
    const bytes = unzlibSync(packed, { out: new Uint8Array(plain + SLACK) });
    if (bytes.length !== plain)
      throw cursor.damaged("A block of its rows is shorter or longer than it says.");
    if (adler32(bytes) !== checksumOf(packed))
      throw cursor.damaged("The checksum of a block of its rows is wrong.");
    return bytes;
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw cursor.damaged("A block of its rows cannot be unpacked.");
  }
}

/** The last four bytes of a zlib stream (RFC 1950). */
function checksumOf(packed: Uint8Array): number {
  const at = packed.length - 4;
  return new DataView(packed.buffer, packed.byteOffset, packed.length).getUint32(at, false);
}

/** Sums that stay below 2^32 for so many bytes. */
const SUMMED = 3800;
const PRIME = 65_521;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let from = 0; from < bytes.length; from += SUMMED) {
    const to = Math.min(bytes.length, from + SUMMED);
    for (let i = from; i < to; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= PRIME;
    b %= PRIME;
  }
  return b * 65_536 + a;
}
