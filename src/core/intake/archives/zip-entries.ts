import { FaultError } from "../../fault.ts";
import type { FileBytes } from "../file.ts";
import { checkUnpacked, damaged, inflated } from "./unpack.ts";
import { Crc32 } from "../../math/crc32.ts";

/** One file of a zip archive, as its table of contents says. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
  readonly encrypted: boolean;
}

const END = 0x06054b50;
const END64_LOCATOR = 0x07064b50;
const END64 = 0x06064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65_535;
/** Most bytes of a table of contents. */
const LARGEST_DIRECTORY = 64 * 1024 ** 2;
const MOST_ENTRIES = 1000;
/** Bytes read at once. */
const STEP = 1 << 20;

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * The files of a zip archive (APPNOTE 6.3, zip64 included), without its folders. Rejects with FaultError `file-damaged`, and
 * with `file-refused` for more than 1,000 and for names that lead out of the archive.
 */
export async function zipEntries(file: FileBytes, format: string): Promise<ZipEntry[]> {
  const { count, size, start } = await endOfDirectory(file, format);
  if (count > MOST_ENTRIES)
    throw refused(
      file.name,
      format,
      `It says it holds ${count.toLocaleString("en")} files; at most 1,000 are looked at.`,
    );
  if (size > LARGEST_DIRECTORY || start + size > file.size)
    throw damaged(file.name, format, "Its table of contents lies outside the file.");
  const bytes = await file.slice(start, start + size);
  const view = viewOf(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== CENTRAL)
      throw damaged(file.name, format, "Its table of contents is broken.");
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged(file.name, format, "Its table of contents is broken.");
    const entry = entryAt(view, bytes, at, nameLength, extraLength);
    checkName(file.name, format, entry.name);
    if (!entry.name.endsWith("/")) entries.push(entry);
    at = next;
  }
  return entries;
}

function entryAt(
  view: DataView,
  bytes: Uint8Array,
  at: number,
  nameLength: number,
  extraLength: number,
): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength), (flags & 0x800) !== 0);
  const plain = {
    size: view.getUint32(at + 24, true),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  const extra = at + 46 + nameLength;
  return {
    name,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    encrypted: (flags & 1) !== 0,
    ...withLarge(plain, view, extra, extra + extraLength),
  };
}

type Sizes = Pick<ZipEntry, "size" | "packed" | "offset">;

/** Numbers that do not fit into 32 bits stand in the zip64 field, in this order. */
function withLarge(plain: Sizes, view: DataView, from: number, to: number): Sizes {
  const found = { ...plain };
  for (let at = from; at + 4 <= to;) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1) {
      let next = at + 4;
      for (const key of ["size", "packed", "offset"] as const) {
        if (found[key] !== 0xffffffff || next + 8 > Math.min(to, at + 4 + length)) continue;
        found[key] = Number(view.getBigUint64(next, true));
        next += 8;
      }
    }
    at += 4 + length;
  }
  return found;
}

/** Names are UTF-8 where they say so or can be read as that, else single bytes. */
function nameOf(bytes: Uint8Array, utf8: boolean): string {
  try {
    return new TextDecoder("utf-8", { fatal: !utf8 }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** An archive that names a path out of itself was made to harm whoever unpacks it. */
function checkName(file: string, format: string, name: string): void {
  const path = name.replaceAll("\\", "/");
  if (
    !path.startsWith("/") &&
    !/^[A-Za-z]:/.test(path) &&
    !path.split("/").includes("..") &&
    !path.includes("\0")
  )
    return;
  throw refused(
    file,
    format,
    `It holds a file named “${name.slice(0, 60)}”, which leads out of the archive.`,
  );
}

export const refused = (
  file: string,
  format: string,
  reason: string,
  remedy = "Unpack it yourself and open the table that is in it.",
): FaultError => new FaultError({ code: "file-refused", file, format, reason, remedy });

/** Where the table of contents stands: told at the end of the file, before a comment. */
async function endOfDirectory(
  file: FileBytes,
  format: string,
): Promise<{ count: number; size: number; start: number }> {
  const from = Math.max(0, file.size - 22 - LONGEST_COMMENT);
  const bytes = await file.slice(from, file.size);
  const view = viewOf(bytes);
  let end = view.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw damaged(file.name, format, "It is cut off: its table of contents is missing.");
  const found = {
    count: view.getUint16(end + 10, true),
    size: view.getUint32(end + 12, true),
    start: view.getUint32(end + 16, true),
  };
  const large = found.count === 0xffff || found.size === 0xffffffff || found.start === 0xffffffff;
  if (!large || end < 20 || view.getUint32(end - 20, true) !== END64_LOCATOR) return found;
  const at = Number(view.getBigUint64(end - 12, true));
  const record = at + 56 <= file.size ? viewOf(await file.slice(at, at + 56)) : undefined;
  if (record === undefined || record.getUint32(0, true) !== END64)
    throw damaged(file.name, format, "Its table of contents is broken.");
  return {
    count: Number(record.getBigUint64(32, true)),
    size: Number(record.getBigUint64(40, true)),
    start: Number(record.getBigUint64(48, true)),
  };
}

/** What is packed in an entry, checked against its size and checksum. Rejects with FaultError `file-damaged` and `file-refused`. */
export async function* entryPieces(
  file: FileBytes,
  entry: ZipEntry,
  format: string,
): AsyncGenerator<Uint8Array> {
  const { name, method, packed, size, crc } = entry;
  if (entry.encrypted)
    throw refused(
      file.name,
      format,
      "It is protected with a password.",
      "Unpack it with the password and open what is in it.",
    );
  if (method !== 0 && method !== 8)
    throw refused(file.name, format, `“${name.slice(0, 60)}” is packed in a way that is not read here.`);
  checkUnpacked(file.name, format, packed, size);
  const pieces = slices(file, entry, format);
  if (method === 8) {
    yield* inflated({ file: file.name, format, pieces, crc, size });
    return;
  }
  if (packed !== size)
    throw damaged(file.name, format, `“${name.slice(0, 60)}” has not the size that it says.`);
  yield* stored(file.name, format, pieces, crc);
}

async function* stored(
  file: string,
  format: string,
  pieces: AsyncIterable<Uint8Array>,
  crc: number,
): AsyncGenerator<Uint8Array> {
  const sum = new Crc32();
  for await (const piece of pieces) {
    sum.add(piece);
    yield piece;
  }
  if (sum.value !== crc)
    throw damaged(file, format, "It was changed or broken on its way: its checksum does not fit.");
}

async function* slices(
  file: FileBytes,
  { name, offset, packed }: ZipEntry,
  format: string,
): AsyncGenerator<Uint8Array> {
  const head = offset + 30 <= file.size ? viewOf(await file.slice(offset, offset + 30)) : undefined;
  if (head === undefined || head.getUint32(0, true) !== LOCAL)
    throw damaged(file.name, format, `“${name.slice(0, 60)}” is not where it should be.`);
  const nameLength = head.getUint16(26, true);
  const utf8 = (head.getUint16(6, true) & 0x800) !== 0;
  if (nameOf(await file.slice(offset + 30, offset + 30 + nameLength), utf8) !== name)
    throw damaged(file.name, format, `“${name.slice(0, 60)}” has two names in it.`);
  const start = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  if (start + packed > file.size) throw damaged(file.name, format, `“${name.slice(0, 60)}” is cut off.`);
  for (let at = start; at < start + packed; at += STEP)
    yield await file.slice(at, Math.min(start + packed, at + STEP));
}
