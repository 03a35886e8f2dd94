/** What a synthetic table can be saved as, in words. */
import type { ExportFormat } from "../../../core/export/formats.ts";

interface FormatWords {
  /** on the button: "Download CSV" */
  readonly short: string;
  /** in the list */
  readonly label: string;
  readonly ending: string;
  /** media type */
  readonly type: string;
  /** what stays as in the source, after "same names and order," */
  readonly keeps: string;
}

export const exportFormats: Readonly<Record<ExportFormat, FormatWords>> = {
  csv: {
    short: "CSV",
    label: "CSV",
    ending: "csv",
    type: "text/csv",
    keeps: "decimals, dates and sign for missing",
  },
  tsv: {
    short: "TSV",
    label: "TSV, with tabs",
    ending: "tsv",
    type: "text/tab-separated-values",
    keeps: "decimals, dates and sign for missing",
  },
  xlsx: {
    short: "XLSX",
    label: "Excel (.xlsx)",
    ending: "xlsx",
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    keeps: "numbers as numbers, dates as dates",
  },
  parquet: {
    short: "Parquet",
    label: "Parquet",
    ending: "parquet",
    type: "application/vnd.apache.parquet",
    keeps: "numbers and dates by type",
  },
  json: {
    short: "JSON",
    label: "JSON, one list of rows",
    ending: "json",
    type: "application/json",
    keeps: "numbers as numbers",
  },
  ndjson: {
    short: "NDJSON",
    label: "NDJSON, one row a line",
    ending: "ndjson",
    type: "application/x-ndjson",
    keeps: "numbers as numbers",
  },
  sav: {
    short: "SPSS file",
    label: "SPSS (.sav)",
    ending: "sav",
    type: "application/x-spss-sav",
    keeps: "labels, codes and formats",
  },
  xpt: {
    short: "SAS file",
    label: "SAS transport (.xpt)",
    ending: "xpt",
    type: "application/x-sas-xport",
    keeps: "labels, codes and formats",
  },
};

export const exportFormatNames = Object.keys(exportFormats) as ExportFormat[];
