/** What a synthetic table can be written as. */
export const EXPORT_FORMATS = ["csv", "tsv", "xlsx", "parquet", "json", "ndjson", "sav", "xpt"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
