export const MARKS = ["|", "\t", ";", ",", "，", "  ", " "] as const;
/** What stands between the cells of a line; two spaces: columns aligned by spaces, one: by single ones. */
export type Mark = (typeof MARKS)[number];

/** Cells of one line. Quotes may stand around a cell and hold the mark; a quote that never closes is a character. */
export function splitLine(line: string, mark: Mark): string[] {
  if (mark === "|") return splitBars(line);
  if (mark === "  ") return line.trim().split(/ {2,}|\t+/);
  if (mark === " ") return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(mark);
  const cells: string[] = [];
  let from = 0;
  while (from <= line.length) {
    let start = from;
    while (line[start] === " ") start++;
    const close = line[start] === '"' ? closingQuote(line, start + 1) : -1;
    const end = line.indexOf(mark, close < 0 ? from : close);
    const until = end < 0 ? line.length : end;
    cells.push(close < 0 ? line.slice(from, until) : line.slice(start + 1, close).replaceAll('""', '"'));
    if (end < 0) break;
    from = end + 1;
  }
  return cells;
}

function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line[at + 1] !== '"') return at;
    at++;
  }
  return -1;
}

function splitBars(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^[|│┃]/, "")
    .replace(/[|│┃]$/, "");
  return inner.split(/(?<!\\)[|│┃]/);
}
