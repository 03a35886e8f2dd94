import type { Dialect } from "./table.ts";

export type Encoding = Dialect["encoding"];

/** First bytes of files that are not text tables, as hex, with what a person calls them. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ["504b0304", "a zip archive"],
  ["504b0506", "an empty zip archive"],
  ["50415231", "a Parquet file"],
  ["4152524f5731", "an Arrow file"],
  ["46454131", "a Feather file"],
  ["89504e47", "a PNG image"],
  ["ffd8ff", "a JPEG image"],
  ["47494638", "a GIF image"],
  ["49492a00", "a TIFF image"],
  ["4d4d002a", "a TIFF image"],
  ["25504446", "a PDF document"],
  ["1f8b", "a gzip archive"],
  ["425a68", "a bzip2 archive"],
  ["fd377a585a00", "an xz archive"],
  ["28b52ffd", "a Zstandard archive"],
  ["377abcaf271c", "a 7z archive"],
  ["526172211a07", "a RAR archive"],
  ["d0cf11e0a1b11ae1", "an old Excel or Word file"],
  ["53514c69746520666f726d6174", "an SQLite database"],
  ["894844460d0a1a0a", "an HDF5 file"],
  ["24464c32", "an SPSS file"],
  ["24464c33", "an SPSS file"],
  ["3c73746174615f647461", "a Stata file"],
  ["5244583", "an R data file"],
  ["000000000000000000000000c2ea8160", "a SAS data set"],
  ["7b5c727466", "an RTF document"],
];

const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*<(!doctype\s+html|html|table)[\s>]/i, "a web page"],
  [/^\s*<\?xml|^\s*<[a-z]+ xmlns/i, "an XML document"],
  [/^\s*[{[]\s*["{[]/, "JSON"],
];

/** What windows-1252 has in the 32 places where Latin-1 has control characters. */
export const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Node 20 decodes windows-1252 as Latin-1; the 32 characters in which they differ are put right. */
const fromLatin = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252.charAt(char.charCodeAt(0) - 0x80));

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 32), (byte) => byte.toString(16).padStart(2, "0")).join("");

const latin = (bytes: Uint8Array, length: number): string => {
  let text = "";
  for (const byte of bytes.subarray(0, length)) text += String.fromCharCode(byte);
  return text;
};

/** What the file looks like when it is not a text table, from its first bytes; undefined when it may be one. */
export function looksBinary(head: Uint8Array): string | undefined {
  const start = hex(head);
  const found = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (found !== undefined) return found[1] === "a zip archive" ? zipContent(head) : found[1];
  if (latin(head.subarray(128, 132), 4) === "DICM") return "a DICOM image";
  if (encodingByMark(head) === undefined && utf16ByZeros(head) === undefined) {
    const odd = head.reduce(
      (sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32 && byte !== 26) ? 1 : 0),
      0,
    );
    if (odd > 0.005 * head.length) return "binary data";
  }
  const text = latin(head, 512);
  return TEXTS.find(([pattern]) => pattern.test(text))?.[1];
}

function zipContent(head: Uint8Array): string {
  const names = latin(head, 8192);
  if (names.includes("xl/") || names.includes("[Content_Types].xml")) return "an Excel workbook (xlsx)";
  if (names.includes("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"))
    return "an OpenDocument spreadsheet (ods)";
  return "a zip archive";
}

function encodingByMark(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return undefined;
}

/** UTF-16 without a mark: in Western text nearly every second byte is zero. */
function utf16ByZeros(head: Uint8Array): Encoding | undefined {
  const length = Math.min(head.length & ~1, 4096);
  if (length < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  if (odd > 0.35 * length && even < 0.02 * length) return "utf-16le";
  if (even > 0.35 * length && odd < 0.02 * length) return "utf-16be";
  return undefined;
}

/** Bytes to text, piece by piece, with the encoding found on the way. */
export interface FileDecoder {
  decode(bytes: Uint8Array, last: boolean): string;
  readonly encoding: () => Encoding;
  readonly bom: boolean;
  /** Characters that the encoding did not allow, shown as �. */
  readonly damaged: () => number;
}

/**
 * A mark at the start decides; without one, text stays plain ASCII until the first byte above 127, and the piece that
 * holds it decides between UTF-8 (valid there) and windows-1252 (not).
 */
export function createDecoder(head: Uint8Array): FileDecoder {
  const marked = encodingByMark(head);
  const bom = marked !== undefined;
  let encoding: Encoding | undefined = marked ?? utf16ByZeros(head);
  let decoder = encoding === undefined ? undefined : new TextDecoder(encoding);
  let damaged = 0;
  let tail: Uint8Array = new Uint8Array(0);
  const count = (decoded: string): string => {
    const text = encoding === "windows-1252" ? fromLatin(decoded) : decoded;
    for (let at = text.indexOf("\ufffd"); at >= 0; at = text.indexOf("\ufffd", at + 1)) damaged++;
    return text;
  };
  return {
    bom,
    encoding: () => encoding ?? "utf-8",
    damaged: () => damaged,
    decode(bytes, last) {
      if (decoder === undefined) {
        const piece = join(tail, bytes);
        const cut = last ? piece.length : piece.length - unfinished(piece);
        tail = piece.slice(cut);
        const whole = piece.subarray(0, cut);
        if (whole.every((byte) => byte < 128)) return latinAscii(whole);
        encoding = isUtf8(whole) ? "utf-8" : "windows-1252";
        decoder = new TextDecoder(encoding);
        return count(decoder.decode(join(whole, tail), { stream: !last }));
      }
      return count(decoder.decode(bytes, { stream: !last }));
    },
  };
}

const ascii = new TextDecoder("utf-8");
const latinAscii = (bytes: Uint8Array): string => ascii.decode(bytes);

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Bytes at the end that may be the start of a character that goes on in the next piece. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needed > back ? back : 0;
    }
  }
  return 0;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
