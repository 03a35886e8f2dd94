import type { Report } from "../../report/report.ts";
import { readingLines } from "../reading-list.ts";

/** Lines listed one by one; of a wider table how many more there are. */
const MOST_LINES = 100;

export const READING_TITLE = "What was not understood when the table was read";
export const READING_INTRO =
  "Found in the whole table before anything was learned. Counts of 1 to 4 and cells that fewer than five patients share are left out.";
export const ALL_UNDERSTOOD = "Nothing: every line and every cell was read as what it says.";

/** The list as lines of text, at most 100; undefined where it is not known. */
export function readingWords({ reading }: Report): string[] | undefined {
  if (reading === undefined) return undefined;
  const lines = readingLines(reading.slice(0, MOST_LINES));
  const more = reading.length - lines.length;
  return more > 0 ? [...lines, `${more.toLocaleString("en-US")} more.`] : lines;
}
