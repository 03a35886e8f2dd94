import { bareCell, LONGEST_CELL, MOST_ROWS, type Expected, type RawTable } from "./raw-table.ts";

/** "age: 67", "age=67", "age is 67"; a list of them is a row. */
const PAIR =
  /^[\s\-*•([{]*(\p{L}[\p{L}\p{N} _./()°%-]{0,60}?)["'*`]*\s*(?:[:=]|\s(?:is|was|ist|est|es)\s)\s*(\S.*)$/iu;
const ATTRIBUTE = /([\p{L}_][\p{L}\p{N}_.-]{0,60})\s*=\s*(?:"([^"<>]{0,200})"|'([^'<>]{0,200})')/gu;
/** What stands between the pairs of a line. */
const BETWEEN = [",", ";", "|", "\t"] as const;
/** "1. ", "Patient 3: ", "- ", "Patient 7 | ", before the first of them. */
const LISTED =
  /^\s*(?:[-*•]\s+)?\**(?:(?:row|patient|record|case|zeile|line)\s*#?\s*)?\d{1,6}\**\s*[.):|–-]\**\s*/i;
const LONGEST_LINE = 20_000;
const LEAST_PAIRS = 2;

/** Patients a line each, every cell with its name: "age: 67, sex: F", "age is 67, sex is F", `<patient age="67" sex="F"/>`. */
export function pairTables(text: string, expected: Expected): RawTable[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && line.length <= LONGEST_LINE);
  const rows: ReadonlyMap<string, string>[] = [];
  let last = -1;
  lines.forEach((line, at) => {
    if (rows.length >= MOST_ROWS) return;
    const cells = pairsOf(line, expected);
    if (cells === undefined) return;
    rows.push(cells);
    last = at;
  });
  // One alone is as likely a description of the columns.
  if (rows.length < 2) return [];
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const widest = Math.max(...rows.map(({ size }) => size));
  return [
    {
      names,
      rows: rows.map((row, i) => ({
        cells: names.map((name) => row.get(name) ?? ""),
        ...(i === rows.length - 1 &&
          last === lines.length - 1 &&
          row.size < widest && { cut: true as const }),
      })),
    },
  ];
}

function pairsOf(line: string, expected: Expected): ReadonlyMap<string, string> | undefined {
  const attributes = /^\s*<\w/.test(line) ? attributesOf(line) : undefined;
  if (attributes) return believed(attributes, attributes.size, expected);
  if (!/[:=]|\s(?:is|was|ist|est|es)\s/i.test(line)) return undefined;
  const own = line.replace(LISTED, "");
  for (const mark of BETWEEN) {
    const parts = own.split(mark).filter((part) => part.trim() !== "");
    if (parts.length < LEAST_PAIRS || parts.length > 4 * expected.names.length + 20) continue;
    const cells = new Map<string, string>();
    for (const part of parts) {
      const found = PAIR.exec(part.slice(0, LONGEST_CELL));
      const name = bareCell(found?.[1] ?? "");
      if (found && !cells.has(name)) cells.set(name, valueOf(found[2] ?? ""));
    }
    const row = believed(cells, parts.length, expected);
    if (row) return row;
  }
  return undefined;
}

/** Half of the parts are pairs, and half of the pairs are named as was asked. */
function believed(
  cells: ReadonlyMap<string, string>,
  parts: number,
  expected: Expected,
): ReadonlyMap<string, string> | undefined {
  const least = Math.min(LEAST_PAIRS, expected.names.length);
  if (cells.size < least || 2 * cells.size < parts) return undefined;
  const found = expected.matches([...cells.keys()]);
  return found >= least && 2 * found >= cells.size ? cells : undefined;
}

const valueOf = (text: string): string => bareCell(text.replace(/[\s)\]}]+$/, "").replace(/\.$/, ""));

function attributesOf(line: string): ReadonlyMap<string, string> | undefined {
  const cells = new Map<string, string>();
  for (const [, name = "", double, single] of line.matchAll(ATTRIBUTE))
    cells.set(name, bareCell(double ?? single ?? ""));
  return cells.size < LEAST_PAIRS ? undefined : cells;
}
