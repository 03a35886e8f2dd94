import { FaultError } from "../../fault.ts";
import type { FileBytes, OpenedFile, Sheet, SheetChoice, SheetText } from "../file.ts";
import { innerFile } from "./inner-file.ts";
import { entryPieces, refused, type ZipEntry } from "./zip-entries.ts";

const FORMAT = "a zip archive";

/** What stands beside tables in an archive, and what an archiver leaves there. */
const ASIDE =
  /(^|\/)(readme|licen[cs]e|changelog|citation|notice|contents?|about|lies ?mich)([._ -][^/]*)?$|\.(md|pdf|docx?|html?|rtf|png|jpe?g|gif|svg|xml|py|r|sas|sps|do|sql|log)$/i;
const LEFT_BEHIND = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/;
const ARCHIVE = /\.(zip|7z|rar|tar|tgz|bz2|xz)$/i;

type Open = (file: FileBytes) => Promise<OpenedFile>;

/** A table of the archive: a file of one table is called by its path, one of a workbook by both. */
interface Inner {
  readonly entry: ZipEntry;
  readonly opened: OpenedFile;
  /** the name that the opened file gives its table; left out where it has one only */
  readonly sheet?: string;
  readonly shown: Sheet;
}

/**
 * A zip archive is opened as the tables in it: one at once, of several the chosen one. Rejects with FaultError `no-sheet`,
 * `file-damaged` and `file-refused`.
 */
export async function openZip(
  file: FileBytes,
  entries: readonly ZipEntry[],
  open: Open,
): Promise<OpenedFile> {
  const inner: Inner[] = [];
  const aside: Sheet[] = [];
  for (const entry of entries) {
    if (LEFT_BEHIND.test(entry.name) || entry.size === 0) continue;
    const left = asideOf(file, entry, entries);
    if (left !== undefined) aside.push(left);
    else inner.push(...(await openEntry(file, entry, open, aside)));
  }
  if (inner.length === 0) throw nothingIn(file, entries);
  const fhir = await fhirExport(file, inner, aside);
  if (fhir !== undefined) return fhir;
  const only = inner.length === 1 ? (inner[0] as Inner) : undefined;
  const sheets = [...inner.map(({ shown }) => shown), ...aside];
  return {
    format: only?.opened.format ?? "zip",
    words: only === undefined ? "Zip archive" : `${only.opened.words}, packed with zip`,
    sheets,
    text: (choice) => textOf(file.name, inner, sheets, choice),
  };
}

/** Several files of FHIR resources, and no other table, are one export. */
async function fhirExport(
  file: FileBytes,
  inner: readonly Inner[],
  aside: readonly Sheet[],
): Promise<OpenedFile | undefined> {
  const parts = [...new Set(inner.map(({ entry }) => entry))];
  if (parts.length < 2 || inner.some(({ opened }) => opened.format !== "fhir")) return undefined;
  const { openFhirFiles } = await import("../fhir/open-fhir.ts");
  const files = parts.map((entry) =>
    innerFile(entry.name, entry.size, () => entryPieces(file, entry, FORMAT)),
  );
  const opened = await openFhirFiles(file.name, files);
  return { ...opened, words: `${opened.words}, packed with zip`, sheets: [...opened.sheets, ...aside] };
}

/** What an entry is, where it is no table to open. Throws FaultError `file-refused`. */
function asideOf(file: FileBytes, entry: ZipEntry, all: readonly ZipEntry[]): Sheet | undefined {
  const { name } = entry;
  if (entry.encrypted) {
    throw refused(
      file.name,
      FORMAT,
      "It is protected with a password.",
      "Unpack it with the password and open what is in it.",
    );
  }
  if (ARCHIVE.test(name)) {
    if (all.length > 1) return { name, table: false, note: "an archive in the archive, which is not opened" };
    throw refused(file.name, FORMAT, `It holds another archive, “${name.slice(0, 60)}”.`);
  }
  return ASIDE.test(name) ? { name, table: false, note: "no table" } : undefined;
}

/** The tables of an entry. What cannot be opened beside others is told in `aside`; a broken archive is a fault. */
async function openEntry(file: FileBytes, entry: ZipEntry, open: Open, aside: Sheet[]): Promise<Inner[]> {
  const { name } = entry;
  const bare = name.slice(name.lastIndexOf("/") + 1);
  try {
    const opened = await open(innerFile(bare, entry.size, () => entryPieces(file, entry, FORMAT)));
    const { sheets } = opened;
    if (sheets.length === 1) {
      const { name: _own, ...rest } = sheets[0] as Sheet;
      return [{ entry, opened, shown: { ...rest, name } }];
    }
    return sheets.map((sheet) => ({
      entry,
      opened,
      sheet: sheet.name,
      shown: { ...sheet, name: `${name}, ${sheet.name}` },
    }));
  } catch (error) {
    if (!(error instanceof FaultError) || entry.name === "") throw error;
    const { code } = error.fault;
    if (code !== "file-binary" && code !== "no-sheet" && code !== "file-empty") throw error;
    aside.push({ name, table: false, note: "no table" });
    return [];
  }
}

function nothingIn(file: FileBytes, entries: readonly ZipEntry[]): FaultError {
  const names = entries
    .filter(({ name }) => !LEFT_BEHIND.test(name))
    .map(({ name }) => `“${name.slice(0, 60)}”`);
  const holds =
    names.length === 0
      ? "no file"
      : `${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
  return new FaultError({ code: "no-sheet", file: file.name, holds });
}

async function textOf(
  file: string,
  inner: readonly Inner[],
  sheets: readonly Sheet[],
  { sheet, ...choice }: SheetChoice,
): Promise<SheetText> {
  const tables = inner.filter(({ shown }) => shown.table);
  if (sheet === undefined && tables.length > 1) {
    throw new FaultError({ code: "several-sheets", file, sheets: tables.map(({ shown }) => shown.name) });
  }
  const found = sheet === undefined ? (tables[0] ?? inner[0]) : chosen(inner, sheet);
  if (found === undefined) {
    const known = sheets.map(({ name }) => name);
    throw new FaultError({ code: "unknown-sheet", file, sheet: sheet ?? "", known });
  }
  return found.opened.text({ ...choice, ...(found.sheet !== undefined && { sheet: found.sheet }) });
}

/** By its path in the archive, else by its own name or the sheet's where only one has it. */
function chosen(inner: readonly Inner[], sheet: string): Inner | undefined {
  const exact = inner.find(({ shown }) => shown.name === sheet);
  if (exact !== undefined) return exact;
  const alike = inner.filter(
    (it) => it.sheet === sheet || (it.sheet === undefined && it.entry.name.split("/").at(-1) === sheet),
  );
  return alike.length === 1 ? alike[0] : undefined;
}
