import { plural } from "./numbers.ts";

/** How many rows: "240 rows", or, of patients over time, "1,773 visits of 208 patients". */
export const rowsWords = (rows: number, patients?: number): string =>
  patients === undefined ? plural(rows, "row") : `${plural(rows, "visit")} of ${plural(patients, "patient")}`;

interface HeldOut {
  readonly holdout: number;
  /** held-out patients, where they have several rows */
  readonly heldOut?: number;
  /** patients over time that were learned from */
  readonly trainPatients?: number;
}

/** "60 rows", "275 rows, of 49 patients"; "275 visits of 49 patients" where patients go through time. */
export function heldOutWords({ holdout, heldOut, trainPatients }: HeldOut): string {
  if (heldOut === undefined) return plural(holdout, "row");
  return trainPatients === undefined
    ? `${plural(holdout, "row")}, of ${plural(heldOut, "patient")}`
    : rowsWords(holdout, heldOut);
}

/** Before they are drawn: "240 rows", "312 patients, about 1,870 visits". */
export const wantedWords = (rows: number, patients?: number): string =>
  patients === undefined
    ? plural(rows, "row")
    : `${plural(patients, "patient")}, about ${plural(rows, "visit")}`;
