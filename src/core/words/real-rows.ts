import { plural } from "./numbers.ts";

interface RealRows {
  readonly train: number;
  readonly holdout: number;
  /** held-out patients, where they have several rows */
  readonly heldOut?: number;
  /** patients over time that were learned from: rows are their visits */
  readonly trainPatients?: number;
}

/** Which real rows synthetic ones were set beside: "60 real rows held out", "49 held-out patients with 275 visits". */
export function realRowsWords({ train, holdout, heldOut, trainPatients }: RealRows): string {
  if (holdout === 0) {
    const all =
      trainPatients === undefined
        ? plural(train, "real row")
        : `${plural(trainPatients, "real patient")} with ${plural(train, "visit")}`;
    return `${all}, none of which was kept from the tool`;
  }
  if (train === 0) return `${plural(holdout, "real row")} that the tool had not seen`;
  if (trainPatients !== undefined && heldOut !== undefined)
    return `${plural(heldOut, "held-out patient")} with ${plural(holdout, "visit")}`;
  return `${plural(holdout, "real row")} held out${heldOut === undefined ? "" : `, of ${plural(heldOut, "patient")}`}`;
}
