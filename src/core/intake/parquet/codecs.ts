import { Inflate } from "fflate";
import type { CompressionCodec, Compressors } from "hyparquet";

/** Thrown where what is packed in a page is broken. */
export class BrokenPage extends Error {}

/** How pages may be packed. Brotli and LZO are refused. */
export const READ_CODECS: ReadonlySet<string> = new Set<CompressionCodec>([
  "UNCOMPRESSED",
  "SNAPPY",
  "GZIP",
  "ZSTD",
  "LZ4",
  "LZ4_RAW",
]);

/** What unpacks pages, beside Snappy, which the Parquet library does itself; `used`: the codecs of the file. */
export async function codecsFor(used: ReadonlySet<string>): Promise<Compressors> {
  const unzstd = used.has("ZSTD") ? (await fetchZstd()).decompress : undefined;
  return {
    GZIP: gunzipped,
    LZ4: (input, length) => hadoopLz4(input, length) ?? lz4Block(input, length),
    LZ4_RAW: lz4Block,
    ...(unzstd && { ZSTD: (input, length) => exactly(unzstd(input, new Uint8Array(length)), length) }),
  };
}

export const fetchZstd = (): Promise<typeof import("fzstd")> => import("fzstd");

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length !== length) throw new BrokenPage("a page unpacks to another length than it says");
  return bytes;
}

/** One or more gzip members (RFC 1952), and no more bytes than were announced. */
function gunzipped(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let filled = 0;
  const inflate = new Inflate((piece) => {
    if (filled + piece.length > length) throw new BrokenPage("a page unpacks to another length than it says");
    out.set(piece, filled);
    filled += piece.length;
  });
  const start = headLength(input);
  const PIECE = 1 << 16;
  for (let at = start; at < input.length; at += PIECE) inflate.push(input.subarray(at, at + PIECE));
  inflate.push(new Uint8Array(0), true);
  return exactly(out.subarray(0, filled), length);
}

function headLength(input: Uint8Array): number {
  if (input[0] !== 0x1f || input[1] !== 0x8b || input[2] !== 8)
    throw new BrokenPage("a page is not packed as it says");
  const flags = input[3] as number;
  let at = 10;
  if (flags & 4) at += 2 + ((input[at] ?? 0) | ((input[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) if (flags & flag) at = input.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}

/** Hadoop's frames: big-endian lengths, unpacked and packed, before each block; undefined where these do not fit. */
function hadoopLz4(input: Uint8Array, length: number): Uint8Array | undefined {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const out = new Uint8Array(length);
  let [at, filled] = [0, 0];
  while (at + 8 <= input.length) {
    const unpacked = view.getUint32(at);
    const packed = view.getUint32(at + 4);
    if (at + 8 + packed > input.length || filled + unpacked > length) return undefined;
    try {
      out.set(lz4Block(input.subarray(at + 8, at + 8 + packed), unpacked), filled);
    } catch {
      return undefined;
    }
    at += 8 + packed;
    filled += unpacked;
  }
  return at === input.length && filled === length ? out : undefined;
}

/** A block of LZ4 (lz4_Block_format.md): literals and copies of what came before. */
function lz4Block(input: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  let [at, filled] = [0, 0];
  const more = (start: number): number => {
    let total = start;
    if (start !== 15) return total;
    for (let next = 255; next === 255;) {
      next = input[at++] ?? -1;
      if (next < 0) throw new BrokenPage("a page breaks off");
      total += next;
    }
    return total;
  };
  while (at < input.length) {
    const token = input[at++] as number;
    const literals = more(token >> 4);
    if (at + literals > input.length || filled + literals > length) throw new BrokenPage("a page breaks off");
    out.set(input.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    if (at >= input.length) break;
    const offset = (input[at] as number) | ((input[at + 1] ?? 0) << 8);
    at += 2;
    const copied = more(token & 15) + 4;
    if (offset === 0 || offset > filled || filled + copied > length) throw new BrokenPage("a page is broken");
    for (let i = 0; i < copied; i++, filled++) out[filled] = out[filled - offset] as number;
  }
  return exactly(out.subarray(0, filled), length);
}
