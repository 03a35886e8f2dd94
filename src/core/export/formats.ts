/** What a synthetic table can be written as. */
export const EXPORT_FORMATS = ["csv", "tsv", "xlsx", "parquet", "json", "ndjson", "sav", "xpt"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a file is written whose name is given: by its ending, CSV where that says nothing; `gzip` for “.csv.gz”. */
export function formatOfName(name: string): { readonly format: ExportFormat; readonly gzip: boolean } {
  const lower = name.toLowerCase();
  const gzip = lower.endsWith(".gz");
  const ending = (gzip ? lower.slice(0, -3) : lower).split(/[./\\]/).at(-1);
  const format = EXPORT_FORMATS.find((known) => known === ending || (known === "tsv" && ending === "tab"));
  return { format: format ?? "csv", gzip };
}
