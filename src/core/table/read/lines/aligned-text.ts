import { isValue } from "./is-value.ts";

/**
 * Tables whose columns stand under each other, between runs of spaces, as SAS listings, Fortran programs and database
 * consoles write them.
 */

/** How lines are cut: where two or more spaces stand, or at fixed places (from, to; the last one open). */
export type Alignment =
  { readonly by: "runs" } | { readonly by: "places"; readonly cuts: readonly (readonly [number, number])[] };

/** Lines that are looked at. */
const LINES = 200;
/** Share of the lines that must be cut into as many cells. */
const NEARLY_ALL = 0.95;
/** Share of a column's cells that must be numbers or dates, in one column at least. */
const MOSTLY = 0.8;

/** A line of nothing but rules between names and rows. */
export const isRuleLine = (line: string): boolean => /^[\s+|=-]+$/.test(line) && /[-=]{3}/.test(line);

/** How `text`, the beginning of a file, is aligned; undefined where it is not, as in text with delimiters or prose. */
export function findAlignment(text: string, cut: boolean): Alignment | undefined {
  const all = text.split(/\r\n|\n|\r/);
  const lines = (cut ? all.slice(0, -1) : all)
    .filter((line) => line.trim() !== "" && !isRuleLine(line))
    .slice(0, LINES);
  if (lines.length < 3 || lines.some((line) => /[\t;|]/.test(line))) return undefined;
  if (lines.filter((line) => /\S {2,}\S/.test(line)).length < 0.5 * lines.length) return undefined;
  return byRuns(lines) ?? byPlaces(lines);
}

/** The cells of a line, without the spaces around them. */
export function cellsOf(line: string, alignment: Alignment): string[] {
  if (alignment.by === "runs") return line.trim().split(/ {2,}/);
  return alignment.cuts.map(([from, to]) => line.slice(from, to).trim());
}

function byRuns(lines: readonly string[]): Alignment | undefined {
  const alignment: Alignment = { by: "runs" };
  const rows = lines.map((line) => cellsOf(line, alignment));
  const width = rows[0]?.length ?? 0;
  const whole = rows.filter((row) => row.length === width);
  return width >= 2 && whole.length === rows.length && holdsValues(whole) ? alignment : undefined;
}

/** Columns of characters that are blank in every row part the cells; a name may reach to its left or its right. */
function byPlaces(lines: readonly string[]): Alignment | undefined {
  const [names = "", ...body] = lines;
  const length = Math.max(...lines.map((line) => line.length));
  const blank = Array.from({ length }, (_, at) => body.every((line) => (line[at] ?? " ") === " "));
  const found: [number, number][] = [];
  for (let at = 0; at < length; at++) {
    if (blank[at] === true) continue;
    const from = at;
    while (at < length && blank[at] !== true) at++;
    found.push([from, at]);
  }
  const words = [...names.matchAll(/\S+(?: \S+)*/g)].map((match) => [
    match.index,
    match.index + match[0].length,
  ]);
  const fields = found.length > words.length ? joinedAtSpaces(found) : found;
  if (fields.length < 2 || words.length !== fields.length) return undefined;
  const cuts: [number, number][] = [];
  for (let i = 0; i < fields.length; i++) {
    const [from, to] = fields[i] as [number, number];
    const [start = 0, end = 0] = words[i] as number[];
    if (start >= to || end <= from) return undefined;
    cuts.push([Math.min(from, start), Math.max(to, end)]);
  }
  for (let i = 1; i < cuts.length; i++) {
    if ((cuts[i - 1] as [number, number])[1] > (cuts[i] as [number, number])[0]) return undefined;
  }
  const open = cuts.map(([from], i): [number, number] => [
    i === 0 ? 0 : from,
    i + 1 < cuts.length ? (cuts[i + 1] as [number, number])[0] : Infinity,
  ]);
  const alignment: Alignment = { by: "places", cuts: open };
  const rows = lines.map((line) => cellsOf(line, alignment));
  const whole = rows.filter((row) => row.every((cell) => !cell.includes("  ")));
  return whole.length >= NEARLY_ALL * rows.length && holdsValues(rows) ? alignment : undefined;
}

/** Fields with a single blank column between them as one: words of one cell happen to end there. */
function joinedAtSpaces(fields: readonly [number, number][]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [from, to] of fields) {
    const last = joined.at(-1);
    if (last !== undefined && from - last[1] === 1) last[1] = to;
    else joined.push([from, to]);
  }
  return joined;
}

const holdsValues = (rows: readonly (readonly string[])[]): boolean => {
  const below = rows.slice(1);
  return (rows[0] ?? []).some((_, i) => {
    const cells = below.map((row) => row[i] ?? "").filter((cell) => cell !== "" && cell !== ".");
    return cells.length > 0 && cells.filter(isValue).length >= MOSTLY * cells.length;
  });
};
