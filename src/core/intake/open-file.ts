import { HEAD } from "./archives/inner-file.ts";
import { detectFormat, hasPlaces, type Detected } from "./detect.ts";
import type { FileBytes, FileFormat, OpenedFile } from "./file.ts";
import { openDelimited } from "./open-delimited.ts";

/**
 * Opens a file of any format that is read here, told by its content. Each reader is fetched when the first file of its kind
 * is opened. Rejects with FaultError `file-empty`, `file-binary`, `file-damaged`, `file-refused`, `no-sheet`.
 */
export async function openFile(given: FileBytes): Promise<OpenedFile> {
  const file = await reachable(given);
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

/** What is packed in an archive streams; a format whose parts are found by their places is held whole. */
async function reachable(file: FileBytes): Promise<FileBytes> {
  if (file.inMemory === undefined || !hasPlaces(await file.slice(0, HEAD))) return file;
  return file.inMemory();
}

type Reader = (file: FileBytes, detected: Detected) => Promise<OpenedFile>;

const readers: Readonly<Record<Detected["format"], Reader>> = {
  delimited: openDelimited,
  gzip: async (file) => (await import("./archives/open-gzip.ts")).openGzip(file, openFile),
  zip: async (file, { entries = [] }) =>
    (await import("./archives/open-zip.ts")).openZip(file, entries, openFile),
  xlsx: async (file, { entries = [] }) => (await import("./xlsx/open-xlsx.ts")).openXlsx(file, entries),
  json: async (file) => (await import("./json/open-json.ts")).openJson(file),
  ndjson: async (file) => (await import("./json/open-ndjson.ts")).openNdjson(file),
  parquet: async (file) => (await import("./parquet/open-parquet.ts")).openParquet(file),
  sav: async (file) => (await import("./statistics/sav/open-sav.ts")).openSav(file),
  xpt: async (file) => (await import("./statistics/sas/open-xpt.ts")).openXpt(file),
  sas7bdat: async (file) => (await import("./statistics/sas/open-sas7bdat.ts")).openSas7bdat(file),
  dta: async (file) => (await import("./statistics/stata/open-dta.ts")).openDta(file),
  fhir: async (file) => (await import("./fhir/open-fhir.ts")).openFhir(file),
};

/** Fetches every reader now, for a page that will be cut off from its host. */
export async function fetchReaders(): Promise<void> {
  await Promise.all([
    import("./archives/open-gzip.ts"),
    import("./archives/open-zip.ts"),
    import("./fhir/open-fhir.ts"),
    import("./xlsx/open-xlsx.ts"),
    import("./json/open-json.ts"),
    import("./json/open-ndjson.ts"),
    import("./parquet/open-parquet.ts"),
    import("./parquet/codecs.ts").then(({ fetchZstd }) => fetchZstd()),
    import("./statistics/sav/open-sav.ts"),
    import("./statistics/sas/open-xpt.ts"),
    import("./statistics/sas/open-sas7bdat.ts"),
    import("./statistics/stata/open-dta.ts"),
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
  return `Its name ends in ${name.slice(name.lastIndexOf("."))}, but its content is of another kind (${words}) and was read as that.`;
}
