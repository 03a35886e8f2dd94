import { bareCell, MOST_ROWS, type Expected, type RawRow, type RawTable } from "./raw-table.ts";
import { splitLine } from "./split-line.ts";

const MARKS = ["|", "\t", ";", ","] as const;
const LONGEST_LINE = 200_000;
const RULE = /^[\s|+:=─━┼┬┴├┤┌┐└┘═╪╤╧╞╡-]+$/;

/** Tables that lie on their side: a line a column, its name first, a cell a patient. */
export function turnedTables(text: string, expected: Expected): RawTable[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !RULE.test(line));
  for (const mark of MARKS) {
    const tables = turnedBy(mark, lines, expected);
    if (tables.length > 0) return tables;
  }
  return [];
}

interface Block {
  readonly names: string[];
  readonly cells: (readonly string[])[];
}

function turnedBy(mark: (typeof MARKS)[number], lines: readonly string[], expected: Expected): RawTable[] {
  const blocks: Block[] = [];
  let own: Block | undefined;
  let [named, wide] = [0, 0];
  let last = -1;
  lines.forEach((line, at) => {
    if (line.length > LONGEST_LINE || !line.includes(mark)) return;
    const [name = "", ...cells] = splitLine(line, mark).map(bareCell);
    if (cells.length < 2) return;
    wide++;
    if (name === "" || expected.matches([name]) !== 1 || expected.matches(cells) > 0) return;
    named++;
    if (own === undefined || expected.matches([...own.names, name]) === expected.matches(own.names)) {
      own = { names: [], cells: [] };
      blocks.push(own);
    }
    own.names.push(name);
    own.cells.push(cells);
    last = at;
  });
  const least = Math.max(2, expected.names.length / 2);
  // Above each of them may stand a line that numbers the patients.
  if (2 * named < wide || blocks.some(({ names }) => names.length < least)) return [];
  return blocks.map((block, i) => patientsOf(block, i === blocks.length - 1 && last === lines.length - 1));
}

/** `last`: nothing follows it, so that a line shorter than the others was cut. */
function patientsOf({ names, cells }: Block, last: boolean): RawTable {
  const most = Math.min(MOST_ROWS, Math.max(...cells.map(({ length }) => length)));
  const ended = last ? (cells.at(-1)?.length ?? 0) : most;
  return {
    names,
    rows: Array.from({ length: most }, (_, row): RawRow => ({
      cells: cells.map((own) => own[row] ?? ""),
      ...(row >= ended && { cut: true as const }),
    })),
  };
}
