/** What a table can be stored as, for the browser's file chooser. A file is told by its content, whatever it is called. */
export const tableEndings = [
  ".csv,.tsv,.txt,.tab,.dat,.asc",
  ".xlsx,.xlsm,.parquet,.pq,.json,.ndjson,.jsonl",
  ".sav,.zsav,.xpt,.sas7bdat,.dta",
  ".zip,.gz,.tgz",
  "text/csv,text/tab-separated-values,text/plain,application/json",
].join(",");

/** The same in words. */
export const tableFormats =
  "CSV, TSV, XLSX, Parquet, JSON, NDJSON, SPSS, SAS, Stata and FHIR, also in zip or gz.";
