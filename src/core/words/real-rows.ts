import { plural } from "./numbers.ts";

/** Which real rows synthetic ones were set beside: "60 real rows held out". */
export function realRowsWords({ train, holdout }: { train: number; holdout: number }): string {
  if (holdout === 0) return `${plural(train, "real row")}, none of which was kept from the tool`;
  if (train === 0) return `${plural(holdout, "real row")} that the tool had not seen`;
  return `${plural(holdout, "real row")} held out`;
}
