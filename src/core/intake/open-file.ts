import { detectFormat, type Detected } from "./detect.ts";
import type { FileBytes, FileFormat, OpenedFile } from "./file.ts";
import { openDelimited } from "./open-delimited.ts";

/**
 * Opens a file of any format that is read here, told by its content. Each reader is fetched when the first file of its kind
 * is opened. Rejects with FaultError `file-empty`, `file-binary`, `file-damaged`, `file-refused`, `no-sheet`.
 */
export async function openFile(file: FileBytes): Promise<OpenedFile> {
  const detected = await detectFormat(file);
  const opened = await readers[detected.format](file, detected);
  const note = renamed(file.name, opened);
  if (note === undefined) return opened;
  return {
    ...opened,
    text: async (choice) => {
      const text = await opened.text(choice);
      return { ...text, notes: [note, ...text.notes] };
    },
  };
}

type Reader = (file: FileBytes, detected: Detected) => Promise<OpenedFile>;

const entriesOf = (detected: Detected): Extract<Detected, { format: "zip" }>["entries"] =>
  "entries" in detected ? detected.entries : [];

const readers: Readonly<Record<Detected["format"], Reader>> = {
  delimited: openDelimited,
  gzip: async (file) => (await import("./archives/open-gzip.ts")).openGzip(file, openFile),
  zip: async (file, detected) =>
    (await import("./archives/open-zip.ts")).openZip(file, entriesOf(detected), openFile),
  xlsx: async (file, detected) => (await import("./xlsx/open-xlsx.ts")).openXlsx(file, entriesOf(detected)),
  json: async (file) => (await import("./json/open-json.ts")).openJson(file),
  ndjson: async (file) => (await import("./json/open-ndjson.ts")).openNdjson(file),
  parquet: async (file) => (await import("./parquet/open-parquet.ts")).openParquet(file),
};

/** Fetches every reader now, for a page that will be cut off from its host. */
export async function fetchReaders(): Promise<void> {
  await Promise.all([
    import("./archives/open-gzip.ts"),
    import("./archives/open-zip.ts"),
    import("./xlsx/open-xlsx.ts"),
    import("./json/open-json.ts"),
    import("./json/open-ndjson.ts"),
    import("./parquet/open-parquet.ts"),
  ]);
}

/** What names end in, where that says one format. */
const ENDINGS: readonly (readonly [RegExp, readonly FileFormat[]])[] = [
  [/\.(csv|tsv|tab)$/i, ["delimited"]],
  [/\.xls[xm]?$/i, ["xlsx"]],
  [/\.parquet$/i, ["parquet"]],
  [/\.(json|ndjson|jsonl)$/i, ["json", "ndjson", "fhir"]],
  [/\.z?sav$/i, ["sav"]],
  [/\.xpt$/i, ["xpt"]],
  [/\.sas7bdat$/i, ["sas7bdat"]],
  [/\.dta$/i, ["dta"]],
];

function renamed(name: string, { format, words }: OpenedFile): string | undefined {
  const ending = ENDINGS.find(([pattern]) => pattern.test(name));
  if (ending === undefined || format === "zip" || ending[1].includes(format)) return undefined;
  return `Its name ends in ${name.slice(name.lastIndexOf("."))}, but it is ${words.charAt(0).toLowerCase()}${words.slice(1)} and was read as that.`;
}
