import { bareCell, MOST_ROWS, type Expected, type RawRow, type RawTable } from "./raw-table.ts";
import type { ReplyPart } from "./reply-parts.ts";
import { MARKS, splitLine, type Mark } from "./split-line.ts";

/** Lines that the mark is found by. */
const SAMPLE = 400;
/** A line longer than this is no row. */
const LONGEST_LINE = 20_000;
const NUMBER = /^[<>~≈±$€]?\s*[-+−]?(\d|\.\d)/;
const EMPTY = /^(|-|–|—|na|n\/a|nan|null|none|missing|unknown|\?|\.)$/i;
const RULE = /^[\s|+:=─━┼┬┴├┤┌┐└┘═╪╤╧╞╡-]+$/;
const DOTS = /^[\s|,;\t.…⋮*_()[\]"'-]*(\.\.\.|…|⋮)[\s|,;\t.…⋮*_()[\]"'-]*$/;
/** "1. ", "Row 3: ", "- ", before the cells of a row. */
const LISTED =
  /^\s*(?:[-*•]\s+|(?:(?:row|patient|record|zeile|line)\s*#?)?\s*\d{1,6}\s*(?:[.)](?=\s)|:)\s*)/i;
/** A line of more cells than so many times what was asked for is no row. */
const MOST_TIMES = 4;
/** More words than this are a sentence. */
const MOST_WORDS = 8;

/** The tables that stand line by line in a part of a reply: CSV with any mark, Markdown, columns aligned by spaces, rows of SQL. */
export function lineTables(part: ReplyPart, expected: Expected): RawTable[] {
  const lines = part.text.split("\n").map(plainLine);
  const mark = markOf(lines, expected);
  if (mark === undefined) return [];
  const tables: { names?: readonly string[]; rows: RawRow[] }[] = [];
  let own: { names?: readonly string[]; rows: RawRow[] } | undefined;
  let taken = 0;
  lines.forEach((line, i) => {
    if (taken >= MOST_ROWS || line.trim() === "" || line.length > LONGEST_LINE) return;
    if (RULE.test(line) || DOTS.test(line)) return;
    const cells = cellsOf(line, mark, expected);
    if (cells.length < 2) {
      const last = i === lines.length - 1 && part.open;
      if (last && own && cells.length === 1) own.rows.push({ cells, cut: true });
      return;
    }
    if (isNames(cells, expected, own === undefined, lines, i, mark)) {
      if (own?.names && sameNames(own.names, cells)) return;
      own = { names: cells, rows: [] };
      tables.push(own);
      return;
    }
    if (!isRow(cells, expected, own?.names)) return;
    if (own === undefined) {
      own = { rows: [] };
      tables.push(own);
    }
    const width = own.names?.length ?? expected.names.length;
    const cut = i === lines.length - 1 && cells.length < width;
    own.rows.push({ cells, ...(cut && { cut: true as const }) });
    taken++;
  });
  return tables.filter(
    ({ names, rows }) =>
      rows.length > 0 && (part.fenced || names !== undefined || rows.length > 1 || fits(rows, expected)),
  );
}

/** Rows without names in the middle of prose are believed where they are as wide as what was asked for. */
const fits = (rows: readonly RawRow[], { names }: Expected): boolean =>
  rows.some(({ cells }) => cells.length >= names.length && names.length > 2);

function plainLine(line: string): string {
  const own = line
    .replace(/\r$/, "")
    .replace(/^\s*>\s?/, "")
    .replace(/(?<!\\)\\$/, "");
  const latex = own.length <= LONGEST_LINE && own.includes("&") ? own.lastIndexOf("\\\\") : -1;
  if (latex > 0) return plainLatex(own.slice(0, latex));
  if (/^\s*"[^"]+"\s*,?\s*$/.test(own)) return own.trim().replace(/^"|",?$/g, "");
  return /^\s*(insert\s+into|values\s*\(|\()/i.test(own) ? sqlLine(own) : own;
}

const plainLatex = (line: string): string =>
  line
    .replaceAll("&", "|")
    .replace(/\\(?:text(?:bf|it|tt)|mathbf)\{([^{}]*)\}/g, "$1")
    .replaceAll("\\_", "_");

/** "(34, 'F', NULL)," as "34, F, ": a row of an INSERT. */
function sqlLine(line: string): string {
  const inner = /\(([^()]*)\)\s*[,;]?\s*$/.exec(line)?.[1] ?? /^\s*\(([^()]*)$/.exec(line)?.[1];
  if (inner === undefined) return /\(([^()]*)\)\s*values\s*$/i.exec(line)?.[1] ?? line;
  return inner.replace(/'([^']*)'/g, '"$1"');
}

function cellsOf(line: string, mark: Mark, { names }: Expected): string[] {
  const raw = splitLine(line, mark);
  if (raw.length > MOST_TIMES * names.length + 20) return [];
  const plain = raw.map(bareCell);
  if (plain.at(-1) === "" && plain.length === names.length + 1) plain.pop();
  const listed = LISTED.exec(line);
  if (listed === null || mark === "|") return plain;
  const without = splitLine(line.slice(listed[0].length), mark).map(bareCell);
  return without.length >= 2 && (without.length === names.length || /[a-z*•-]/i.test(listed[0]))
    ? without
    : plain;
}

/** The mark under which most lines are about as wide as the table that was asked for. */
function markOf(lines: readonly string[], expected: Expected): Mark | undefined {
  const some = lines.filter((line) => line.trim() !== "" && line.length <= LONGEST_LINE);
  const sample = [...some.slice(0, SAMPLE), ...some.slice(SAMPLE).slice(-SAMPLE)];
  const width = expected.names.length;
  let best: { mark: Mark; score: number } | undefined;
  for (const mark of MARKS) {
    let score = 0;
    for (const line of sample) {
      if (RULE.test(line)) continue;
      const cells = cellsOf(line, mark, expected);
      if (cells.length < 2) continue;
      const found = expected.matches(cells);
      if (found >= Math.max(2, cells.length / 2)) score += 3 + found / width;
      else if (cells.length >= width && cells.length <= width + 2 && rowLike(cells, expected)) score += 1;
      else if (rowLike(cells, expected) && mark !== " ") score += 0.1;
    }
    if (score > 0 && (best === undefined || score > best.score * 1.001)) best = { mark, score };
  }
  return best?.mark;
}

const isValue = (cell: string, expected: Expected): boolean =>
  NUMBER.test(cell) || EMPTY.test(cell) || expected.isLevel(cell);

function rowLike(cells: readonly string[], expected: Expected): boolean {
  const values = cells.filter((cell) => isValue(cell, expected)).length;
  return 2 * values >= cells.length && cells.every(isShort);
}

const isShort = (cell: string): boolean => cell.length <= 80 && cell.split(/\s+/).length <= MOST_WORDS;

function isRow(cells: readonly string[], expected: Expected, names: readonly string[] | undefined): boolean {
  if (rowLike(cells, expected)) return cells.some((cell) => cell !== "");
  return names !== undefined && cells.length === names.length && cells.every(isShort);
}

/**
 * Whether a line names columns: half of its cells are names that were asked for, or it stands first, is as wide as the table,
 * has no value in it and a row of that width follows.
 */
function isNames(
  cells: readonly string[],
  expected: Expected,
  first: boolean,
  lines: readonly string[],
  at: number,
  mark: Mark,
): boolean {
  const found = expected.matches(cells);
  const numbers = cells.filter((cell) => NUMBER.test(cell)).length;
  if (found >= Math.max(2, cells.length / 2) && numbers < cells.length / 2) return true;
  const width = expected.names.length;
  if (!first || numbers > 0 || cells.length < width || cells.length > width + 1) return false;
  if (rowLike(cells, expected)) return false;
  const next = lines.slice(at + 1, at + 4).find((line) => line.trim() !== "" && !RULE.test(line));
  return next !== undefined && cellsOf(next, mark, expected).length === cells.length;
}

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name.toLowerCase() === b[i]?.toLowerCase());
