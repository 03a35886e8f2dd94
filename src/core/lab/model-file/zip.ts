import { inflateSync, Zip, ZipDeflate, ZipPassThrough, zipSync } from "fflate";
import { FaultError } from "../../fault.ts";
import { crc32 } from "../../math/crc32.ts";

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** DEFLATE cannot shrink further than this. */
const GREATEST_RATIO = 1032;

function damaged(reason: string): FaultError {
  return new FaultError({ code: "model-damaged", reason });
}

/** In place of the time of writing, which would make the same entries other bytes. */
const MTIME = "1980-01-01T00:00:00";

/** Same entries, same bytes: no time of writing is kept. `stored` entries are not compressed. */
export function writeZip(
  entries: readonly { name: string; bytes: Uint8Array; stored: boolean }[],
): Uint8Array {
  return zipSync(
    Object.fromEntries(entries.map(({ name, bytes, stored }) => [name, [bytes, { level: stored ? 0 : 6 }]])),
    { mtime: MTIME },
  );
}

export interface StreamedEntry {
  readonly name: string;
  readonly stored?: boolean;
  /** Read once, when all entries before it have been written. */
  readonly pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * A zip file piece by piece: never more than a piece of an entry is held, so that entries may be larger than memory.
 * Same entries in the same pieces, same bytes. At most 4 GB (no zip64).
 */
export async function* streamZip(
  entries: AsyncIterable<StreamedEntry> | Iterable<StreamedEntry>,
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error !== null) throw error;
    ready.push(piece);
  });
  const taken = (): Uint8Array[] => {
    const pieces = ready;
    ready = [];
    return pieces;
  };
  for await (const { name, stored, pieces } of entries) {
    const options = { mtime: MTIME, level: 6 } as const;
    const entry = stored === true ? new ZipPassThrough(name) : new ZipDeflate(name, options);
    entry.mtime = MTIME;
    zip.add(entry);
    for await (const piece of pieces) {
      entry.push(piece);
      yield* taken();
    }
    entry.push(new Uint8Array(), true);
    yield* taken();
  }
  zip.end();
  yield* taken();
}

/**
 * The entries of a zip file, each checked against `limits` (greatest unpacked size by name; other names are an error),
 * the file's own length and its checksum. Sizes are checked before anything is allocated. No zip64, no encryption, one disk. Throws FaultError `model-damaged`.
 */
export function readZip(
  bytes: Uint8Array,
  limits: Readonly<Record<string, number>>,
): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const contents = new Map<string, Uint8Array>();
  for (const entry of centralDirectory(view)) {
    const limit = Object.hasOwn(limits, entry.name) ? limits[entry.name] : undefined;
    if (limit === undefined) throw damaged(`It holds “${entry.name.slice(0, 60)}”, which no model file has.`);
    if (contents.has(entry.name)) throw damaged(`It holds ${entry.name} twice.`);
    if (entry.size > limit)
      throw damaged(`${entry.name} says it has ${entry.size} bytes; at most ${limit} are read.`);
    contents.set(entry.name, unpack(entry, view, bytes));
  }
  return contents;
}

function centralDirectory(view: DataView): Entry[] {
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (count > 16) throw damaged(`It says it holds ${count} files.`);
  if (start + size > end) throw damaged("Its table of contents lies outside the file.");
  const entries: Entry[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL)
      throw damaged("Its table of contents is broken.");
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damaged("Its table of contents is broken.");
    if ((view.getUint16(at + 8, true) & 1) !== 0) throw damaged("It is encrypted.");
    entries.push({
      name: nameAt(view, at + 46, nameLength),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

/** Where the end-of-directory record stands: the last 22 bytes, or before a comment of at most 65,535. */
function endOfDirectory(view: DataView): number {
  if (view.byteLength < 22 || view.getUint16(0, true) !== (LOCAL & 0xffff)) {
    throw damaged("It is not a model file: those are zip files.");
  }
  const least = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= least; at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw damaged("It ends too early: its table of contents is missing.");
}

function nameAt(view: DataView, start: number, length: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, length));
}

function unpack(entry: Entry, view: DataView, bytes: Uint8Array): Uint8Array {
  const { name, offset, packed, size } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw damaged(`${name} is not where it should be.`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw damaged(`${name} is cut off.`);
  const raw = bytes.subarray(start, start + packed);
  const content = entry.method === 0 ? storedContent(entry, raw) : inflated(entry, raw);
  if (content.length !== size) throw damaged(`${name} has ${content.length} bytes instead of ${size}.`);
  if (crc32(content) !== entry.crc) throw damaged(`${name} was changed: its checksum does not fit.`);
  return content;
}

function storedContent({ name, packed, size }: Entry, raw: Uint8Array): Uint8Array {
  if (packed !== size) throw damaged(`${name} has ${packed} bytes instead of ${size}.`);
  return raw.slice();
}

function inflated({ name, method, packed, size }: Entry, raw: Uint8Array): Uint8Array {
  if (method !== 8) throw damaged(`${name} is packed in a way that is not read here.`);
  if (size > packed * GREATEST_RATIO)
    throw damaged(`${name} says it unpacks to ${size} bytes, which it cannot.`);
  try {
    return inflateSync(raw, { out: new Uint8Array(size) });
  } catch {
    throw damaged(`${name} cannot be unpacked.`);
  }
}
