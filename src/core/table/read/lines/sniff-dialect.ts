import Papa from "papaparse";
import { isMissing, missingTokens } from "../../formats/missing-tokens.ts";
import { isValue } from "./is-value.ts";
import { DELIMITERS, type Dialect } from "../../table.ts";

export interface Sniffed {
  readonly delimiter: string;
  readonly quote: string;
  readonly newline: Dialect["newline"];
  /** Characters before the header: Excel's "sep=;" line. */
  readonly skip: number;
}

/** The line with which Excel names the delimiter, above everything else. */
export const SEPARATOR_LINE = /^sep=([,;\t| ])\r?\n/i;

const SAMPLE_ROWS = 200;

/** Rows of `text` under a dialect. The last row is dropped when the sample may have cut it. */
export function sampleRows(
  text: string,
  delimiter: string,
  quote: string,
  newline: string,
  cut: boolean,
): string[][] {
  const parsed: unknown = new Papa.Parser({
    delimiter,
    quoteChar: quote,
    newline: newline === "\r" ? "\r" : "\n",
    preview: SAMPLE_ROWS,
  }).parse(text, 0, cut);
  const rows = (parsed as { data: string[][] }).data;
  return rows.filter((row) => row.length > 1 || (row[0] ?? "").trim() !== "");
}

/** Delimiter, quote and line ends of a file from its first characters; `cut` when more follow. */
export function sniffDialect(text: string, cut: boolean): Sniffed {
  const named = SEPARATOR_LINE.exec(text);
  const skip = named?.[0].length ?? 0;
  const body = text.slice(skip);
  const newline = newlineOf(body);
  const quote = quoteOf(body);
  const delimiter = named?.[1] ?? delimiterOf(body, quote, newline, cut);
  return { delimiter, quote, newline, skip };
}

function newlineOf(text: string): Dialect["newline"] {
  const feeds = text.split("\n").length - 1;
  const both = text.split("\r\n").length - 1;
  const returns = text.split("\r").length - 1;
  if (feeds === 0 && returns > 0) return "\r";
  return both > feeds / 2 ? "\r\n" : "\n";
}

/** Single quotes quote where they open and close fields and double quotes never do. */
function quoteOf(text: string): string {
  const single = text.match(/(^|[,;\t|\n\r])'(?:[^'\n\r]|'')*'(?=$|[,;\t|\n\r])/g)?.length ?? 0;
  return single >= 3 && !text.includes('"') ? "'" : '"';
}

function delimiterOf(text: string, quote: string, newline: string, cut: boolean): string {
  let best: { delimiter: string; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    if (delimiter === " " || !text.includes(delimiter)) continue;
    const rows = sampleRows(text, delimiter, quote, newline, cut);
    const usual = usualWidth(rows);
    if (usual < 2) continue;
    const widths = rows.map((row) => row.length);
    const agree = widths.filter((width) => width === usual).length / widths.length;
    const headed = widths[0] === usual ? 1 : 0.6;
    const score = agree * agree * headed * (1 + Math.log(usual) / 10);
    if (score > best.score) best = { delimiter, score };
  }
  if (best.score === 0 && spacesDelimit(sampleRows(text, " ", quote, newline, cut))) return " ";
  return best.delimiter;
}

/** Share of rows that a single space must cut into as many cells. */
const NEARLY_ALL = 0.95;

/** Whether single spaces stand between cells: equally many on each line, and numbers or dates in some column. */
function spacesDelimit(rows: readonly (readonly string[])[]): boolean {
  const usual = usualWidth(rows);
  const below = rows.slice(1);
  if (usual < 2 || below.length < 2) return false;
  const whole = rows.filter((row) => row.length === usual && row.every((cell) => cell !== ""));
  const first = rows[0]?.length ?? 0;
  if (whole.length < NEARLY_ALL * below.length || (first !== usual && first !== usual - 1)) return false;
  return Array.from({ length: usual }, (_, i) => below.filter((row) => isValue(row[i] ?? "")).length).some(
    (values) => values >= 0.8 * below.length,
  );
}

/** The number of cells that most rows have; the greater one where two are as frequent. */
export function usualWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
  let usual = 0;
  let most = 0;
  for (const [value, count] of counts) {
    if (count > most || (count === most && value > usual)) {
      usual = value;
      most = count;
    }
  }
  return usual;
}

const isYear = (text: string): boolean => /^(19|20)\d\d$/.test(text);

const tokens = missingTokens();

/**
 * Whether the first row holds names. It does not when it has numbers or dates and in no column a text stands above
 * them, what says that a cell is missing set aside. Years above other numbers, and 0, 1, 2 ... as a data frame without
 * names writes them, are names. Of a table of texts alone, the first row is taken to hold names unless most of its
 * cells are levels of the rows below.
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const first = rows[0]?.map((cell) => cell.trim()) ?? [];
  const below = rows.slice(1, 50);
  const column = (i: number): string[] => below.map((row) => (row[i] ?? "").trim());
  const numbered = first.every((cell, i) => cell === String(i) || (i === 0 && cell === ""));
  if (numbered && first.length > 1 && below.length > 1) return true;
  const values = first.map((cell, i) => isValue(cell) && !(isYear(cell) && !column(i).every(isYear)));
  if (!values.some(Boolean)) return !repeats(first, column);
  return first.some((cell, i) => {
    if (cell === "" || values[i] === true || isValue(cell) || below.length === 0) return false;
    if (isMissing(cell, tokens)) return false;
    return column(i).filter(isValue).length > 0.7 * below.length;
  });
}

/** Whether most of the cells of `first` stand below themselves too, and none of them above numbers. */
function repeats(first: readonly string[], column: (i: number) => string[]): boolean {
  const said = first.flatMap((cell, i) => (cell === "" ? [] : [{ cell, below: column(i) }]));
  const again = said.filter(({ cell, below }) => below.includes(cell));
  const overNumbers = said.some(({ below }) => below.filter(isValue).length > 0.7 * below.length);
  return first.length > 1 && !overNumbers && 2 * again.length > said.length;
}
