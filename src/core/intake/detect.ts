import { FaultError } from "../fault.ts";
import { zipEntries, type ZipEntry } from "./archives/zip-entries.ts";
import { HEAD } from "./archives/inner-file.ts";
import type { FileBytes, FileFormat } from "./file.ts";

/** How a file is stored. `gzip` and `zip` hold files of other formats. */
export interface Detected {
  readonly format: FileFormat | "gzip";
  /** of a zip archive, which a workbook is too */
  readonly entries?: readonly ZipEntry[];
}

const ZIP = "a zip archive";

/** First bytes, as hex. SAS: 32 bytes, of which the first 12 are zero. */
const SIGNATURES: readonly (readonly [string, Detected["format"]])[] = [
  ["1f8b08", "gzip"],
  ["50415231", "parquet"],
  ["24464c32", "sav"],
  ["24464c33", "sav"],
  ["000000000000000000000000c2ea8160", "sas7bdat"],
  ["3c73746174615f6474613e", "dta"],
];

/** Formats that hold a table but are not opened, with the way out. */
const REFUSED: readonly { start: string; format: string; reason: string; remedy: string }[] = [
  {
    start: "50415245",
    format: "Parquet",
    reason: "It is a Parquet file with encrypted metadata.",
    remedy: "Write it again without encryption, for instance with pandas.",
  },
  {
    start: "4152524f5731",
    format: "Arrow",
    reason: "It is an Arrow file.",
    remedy: "Save it as Parquet, for instance with pandas or R's arrow.",
  },
  {
    start: "46454131",
    format: "Feather",
    reason: "It is a Feather file.",
    remedy: "Save it as Parquet, for instance with pandas or R's arrow.",
  },
  {
    start: "53514c69746520666f726d6174",
    format: "SQLite",
    reason: "It is an SQLite database.",
    remedy: "Export the table that you need as CSV.",
  },
  {
    start: "894844460d0a1a0a",
    format: "HDF5",
    reason: "It is an HDF5 file.",
    remedy: "Export the table that you need as CSV or Parquet.",
  },
  {
    start: "5244583",
    format: "R",
    reason: "It is an R data file.",
    remedy: "Save the data frame in R with write.csv, haven::write_sav or arrow::write_parquet.",
  },
];

const OLD_OFFICE = "d0cf11e0a1b11ae1";

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Whether a file that begins so is of a format whose parts are found by their places in it. */
export function hasPlaces(head: Uint8Array): boolean {
  const start = hex(head.subarray(0, 32));
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  if (known !== undefined) return known !== "gzip";
  return start.startsWith("504b03") || start.startsWith("504b05") || isOldStata(head) || isTransport(head);
}

const isTransport = (head: Uint8Array): boolean =>
  /^HEADER RECORD\*{7}(LIBRARY|LIBV8 )/.test(new TextDecoder("latin1").decode(head.subarray(0, 80)));

/** Tells by its content how `file` is stored. Rejects with FaultError `file-refused`, `file-damaged`, `no-sheet`. */
export async function detectFormat(file: FileBytes): Promise<Detected> {
  const head = await file.slice(0, HEAD);
  const start = hex(head.subarray(0, 32));
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  if (known !== undefined) return { format: known[1] };
  if (start.startsWith("504b0304") || start.startsWith("504b0506")) return inZip(file);
  if (start.startsWith(OLD_OFFICE)) throw await oldOffice(file, head);
  const refused = REFUSED.find((one) => start.startsWith(one.start));
  if (refused !== undefined) {
    const { format, reason, remedy } = refused;
    throw new FaultError({ code: "file-refused", file: file.name, format, reason, remedy });
  }
  if (isOldStata(head)) return { format: "dta" };
  if (isTransport(head)) return { format: "xpt" };
  return { format: textFormat(new TextDecoder().decode(head), head.length < HEAD) };
}

/** Stata 8 to 12: release, byte order (1 or 2), file type 1, a zero. */
function isOldStata(head: Uint8Array): boolean {
  const [release = 0, order = 0, type = 0, zero = 1] = head;
  const releases = [104, 105, 108, 110, 111, 112, 113, 114, 115];
  return (
    head.length > 100 &&
    releases.includes(release) &&
    (order === 1 || order === 2) &&
    type === 1 &&
    zero === 0
  );
}

/** A workbook is a zip archive with parts of known names (ECMA-376 part 2). */
async function inZip(file: FileBytes): Promise<Detected> {
  const entries = await zipEntries(file, ZIP);
  const has = (name: string): boolean => entries.some((entry) => entry.name.toLowerCase() === name);
  const office = has("[content_types].xml");
  if (office && has("xl/workbook.xml")) return { format: "xlsx", entries };
  const refuse = (format: string, reason: string): FaultError =>
    new FaultError({
      code: "file-refused",
      file: file.name,
      format,
      reason,
      remedy: "Open it in the program that made it and save it as .xlsx.",
    });
  if (office && has("xl/workbook.bin")) throw refuse("xlsb", "It is an Excel binary workbook (.xlsb).");
  if (has("index/document.iwa") || has("index.zip"))
    throw refuse("Numbers", "It is an Apple Numbers document.");
  if (has("mimetype") && has("content.xml"))
    throw refuse("OpenDocument", "It is an OpenDocument file (.ods).");
  if (office && entries.some(({ name }) => name.startsWith("word/") || name.startsWith("ppt/"))) {
    throw new FaultError({
      code: "no-sheet",
      file: file.name,
      holds: entries.some(({ name }) => name.startsWith("word/")) ? "a Word document" : "slides",
    });
  }
  return { format: "zip", entries };
}

const utf16 = (text: string): string => text.split("").join("\0");

/** Compound files: .xls, .doc, and workbooks that a password protects. */
async function oldOffice(file: FileBytes, head: Uint8Array): Promise<FaultError> {
  const tail = await file.slice(Math.max(0, file.size - HEAD), file.size);
  const text = new TextDecoder("latin1").decode(head) + new TextDecoder("latin1").decode(tail);
  const locked = text.includes(utf16("EncryptedPackage"));
  return new FaultError({
    code: "file-refused",
    file: file.name,
    format: locked ? "Excel workbook" : "Excel 97-2003",
    reason: locked
      ? "It is protected with a password."
      : "It is of the format that Excel and Word had before 2007 (.xls, .doc), which is not read here.",
    remedy: locked
      ? "Open it in Excel, take the password off and save it as .xlsx."
      : "Open it in Excel or LibreOffice and save it as .xlsx.",
  });
}

const RESOURCE = /"resourceType"\s*:\s*"[A-Z][A-Za-z]+"/;

/** JSON by its first characters, lines of JSON where the first line is a whole value and another follows. */
function textFormat(head: string, whole: boolean): "delimited" | "json" | "ndjson" | "fhir" {
  const text = head.replace(/^\ufeff/, "").trimStart();
  if (!/^(\{\s*["}]|\[\s*([{[\]"]|-?\d|null|true|false))/.test(text)) return "delimited";
  const [first = "", ...others] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const lines =
    (others.length > 0 || !whole) &&
    isJson(first) &&
    (others[0] ?? "{").trimStart().startsWith(first[0] as string);
  if (text.startsWith("[") && !/^\[\s*[{[\]]/.test(text) && !lines && !isJson(text)) return "delimited";
  if (RESOURCE.test(lines ? first : text) && text.startsWith("{")) return "fhir";
  return lines ? "ndjson" : "json";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
