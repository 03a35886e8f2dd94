import { plural } from "./numbers.ts";

/** How many rows: "240 rows", or, of patients over time, "1,773 visits of 208 patients". */
export const rowsWords = (rows: number, patients?: number): string =>
  patients === undefined ? plural(rows, "row") : `${plural(rows, "visit")} of ${plural(patients, "patient")}`;

/** Before they are drawn: "240 rows", "312 patients, about 1,870 visits". */
export const wantedWords = (rows: number, patients?: number): string =>
  patients === undefined
    ? plural(rows, "row")
    : `${plural(patients, "patient")}, about ${plural(rows, "visit")}`;
