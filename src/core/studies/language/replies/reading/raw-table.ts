/** A table as it stands in a reply: texts, nothing judged yet. */
export interface RawTable {
  /** left out: it has no line of names */
  readonly names?: readonly string[];
  readonly rows: readonly RawRow[];
}

export interface RawRow {
  readonly cells: readonly string[];
  /** the reply ends within it */
  readonly cut?: true;
}

/** What is known of the table that was asked for, to tell its rows from prose. */
export interface Expected {
  readonly names: readonly string[];
  /** how many of these names are names of columns that were asked for */
  matches(names: readonly string[]): number;
  /** a level that a column has, in any writing */
  isLevel(text: string): boolean;
}

/** Most rows that are taken of one reply; a reply was never asked for more than 500. */
export const MOST_ROWS = 20_000;
/** Characters of a cell that are kept. */
export const LONGEST_CELL = 200;

/** A cell without what Markdown puts around it: **54**, `F`, a pair of quotes. */
export function bareCell(text: string): string {
  let cell = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL) : text;
  cell = cell
    .replaceAll("\\|", "|")
    .replace(/[\u200b\u200e\u200f\ufeff]/g, "")
    .replace(/[\u00a0\u2007\u2009\u202f]/g, " ")
    .trim();
  if (OTHER_DIGITS.test(cell)) cell = plainDigits(cell);
  for (const [open, close] of WRAPS) {
    if (cell.length > open.length + close.length && cell.startsWith(open) && cell.endsWith(close))
      cell = cell.slice(open.length, -close.length).trim();
  }
  return cell;
}

const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/;

/** Arabic, Persian, Devanagari and full-width digits, and the marks between them, as 0 to 9. */
const plainDigits = (cell: string): string =>
  cell
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g, (digit) => {
      const code = digit.charCodeAt(0);
      const zero = [0x0660, 0x06f0, 0x0966, 0xff10].findLast((own) => own <= code) ?? code;
      return String(code - zero);
    })
    .replace(/(?<=\d)[\u066b\uff0e](?=\d)/g, ".")
    .replace(/(?<=\d)\u066c(?=\d)/g, "");

const WRAPS = [
  ["**", "**"],
  ["`", "`"],
  ['"', '"'],
  ["“", "”"],
  ["„", "“"],
  ["'", "'"],
  ["*", "*"],
  ["_", "_"],
] as const;
