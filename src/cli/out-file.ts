import { basename } from "node:path";
import {
  checkExport,
  formatOfName,
  gzipped,
  sampleAs,
  type Asked,
  type SampledPart,
  type Table,
  type TrainedModel,
  type Wanted,
} from "../core/lab/lab.ts";

export const outHelp =
  "Where the synthetic table goes. Its ending says how it is written: .csv, .tsv, .xlsx, .parquet, .json, .ndjson, .sav or .xpt; with .gz behind it, packed.";

/** Throws FaultError `export-impossible` where the format that `path` ends in has no room for so large a table. */
export const checkOut = (path: string, rows: number, columns: number): void =>
  checkExport(formatOfName(path).format, rows, columns);

/** Synthetic rows as a file of the format that `path` ends in. */
export function sampleFor(
  path: string,
  model: TrainedModel,
  { wanted, seed, source, asked }: { wanted: Wanted; seed: number; source?: Table; asked?: Asked },
): AsyncGenerator<Pick<SampledPart, "bytes" | "rows" | "patients" | "cut">> {
  const { format, gzip } = formatOfName(path);
  const pieces = sampleAs(format, model, wanted, seed, source, asked);
  return gzip ? gzipped(pieces) : pieces;
}

/** What the rows are called where they are CSV whatever `path` is: "out.csv" for "out.xlsx". */
export function csvName(path: string): string {
  const name = basename(path);
  const { format, gzip } = formatOfName(path);
  if (format === "csv" && !gzip) return name;
  return `${(gzip ? name.slice(0, -3) : name).replace(/\.[^.]*$/, "")}.csv`;
}
