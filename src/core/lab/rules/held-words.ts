import type { Support } from "../../rules/constraint.ts";
import { count, percent, plural } from "../../words/numbers.ts";

/**
 * What nobody failed may still fail in up to 3 of so many patients: the upper 95% bound where none of `rows` does
 * (Hanley and Lippman-Hand, JAMA 1983).
 */
export const mayFailIn = (rows: number): number => Math.min(1, 3 / rows);

/** "2,381 of 2,381" */
export function heldWords({ rows, broken }: Support): string {
  if (rows === 0) return "asked of no row";
  return `${count(rows - broken)} of ${count(rows)}`;
}

/** What follows from that: "may fail in up to 0.1%", "31 rows break it". */
export function remarkWords({ rows, broken }: Support): string {
  if (rows === 0) return "";
  if (broken === 0) return `may fail in ${atMost(mayFailIn(rows))}`;
  return `${plural(broken, "row")} ${broken === 1 ? "breaks" : "break"} it`;
}

/** "19 rows have a gap": those that the rule asks nothing of. */
export const gapWords = ({ rows }: Support, of: number): string =>
  rows >= of ? "" : `not asked of ${plural(of - rows, "row")}`;

const atMost = (share: number): string => (share < 0.0005 ? "less than 0.1%" : `up to ${percent(share)}`);
