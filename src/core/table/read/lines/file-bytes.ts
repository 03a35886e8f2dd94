import type { Encoding } from "../../table.ts";
import { textDecoder } from "../../formats/text-coding.ts";

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

/** UTF-16 without a mark: digits, delimiters and Western letters have zero as every second byte, other texts none. */
function utf16ByZeros(head: Uint8Array): Encoding | undefined {
  const length = Math.min(head.length & ~1, 4096);
  if (length < 8) return undefined;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const many = LEAST_ZEROS * (length / 2);
  if (odd > many && even < 0.02 * length) return "utf-16le";
  if (even > many && odd < 0.02 * length) return "utf-16be";
  return undefined;
}

/** Least share of characters below 256 in a table in UTF-16. */
const LEAST_ZEROS = 0.3;

/** Thrown by a decoder that nobody told an encoding, when the bytes are not UTF-8. */
export class NotUtf8 extends Error {}

/** Bytes to text, piece by piece. */
export interface FileDecoder {
  /** Throws NotUtf8. */
  decode(bytes: Uint8Array, last: boolean): string;
  readonly encoding: Encoding;
  readonly bom: boolean;
}

/** Decodes by the mark at the start, else by `given`, else UTF-16 where every second byte is zero, else strict UTF-8. */
export function createDecoder(head: Uint8Array, given?: Encoding): FileDecoder {
  const marked = encodingByMark(head);
  const known = marked ?? given ?? utf16ByZeros(head);
  const encoding = known ?? "utf-8";
  const decode = textDecoder(encoding, known === undefined);
  return {
    bom: marked !== undefined,
    encoding,
    decode(bytes, last) {
      try {
        return decode(bytes, last);
      } catch {
        throw new NotUtf8();
      }
    },
  };
}
