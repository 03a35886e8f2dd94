import { isMissing, missingTokens } from "../../formats/missing-tokens.ts";
import { isValue } from "./is-value.ts";

/** What the cells of one column look like: numbers and dates, a few levels, or anything. */
type Look = "values" | ReadonlySet<string> | undefined;

/** What stands on the lines below the first one of a quoted cell. */
export interface LinesWithin {
  readonly lines: number;
  /** lines that look like rows of the table */
  readonly rows: number;
}

/** Share of a column's cells that must be alike. */
const ALIKE = 0.9;
/** Share of a line's cells that must look like those of their columns. */
const FITTING = 0.7;
/** Levels are few: at most one for so many rows. */
const ROWS_PER_LEVEL = 5;
/** Cells of a line that looks like a row of a table of texts alone. */
const LEAST_CELLS = 4;

const tokens = missingTokens();

const bare = (cell: string): string => cell.trim().replace(/^(["'])(.*)\1$/, "$2");
const isEmpty = (text: string): boolean => isMissing(text, tokens);

/** How the rows of a table look, to tell a row that stray quotes took in from a line of a note. */
export class RowShape {
  private readonly looks: readonly Look[];
  private readonly delimiter: string;
  private readonly newline: string;

  /** `lines`: the first lines of the file, cut at every delimiter. */
  constructor(lines: readonly (readonly string[])[], width: number, delimiter: string, newline: string) {
    const whole = lines.filter((line) => line.length === width).slice(1);
    this.looks = Array.from({ length: width }, (_, i) => lookOf(whole.map((line) => bare(line[i] ?? ""))));
    this.delimiter = delimiter;
    this.newline = newline;
  }

  /** The lines of `row[at]` below its first. What comes behind the cell in its row stands on the last of them. */
  linesWithin(row: readonly string[], at: number): LinesWithin {
    const below = (row[at] as string).split(this.newline).slice(1);
    const behind = row.slice(at + 1);
    const rows = below.filter((line, i) => {
      const cells = line.split(this.delimiter);
      const last = i === below.length - 1;
      return this.isRow(cells, last ? behind.length : 0, last ? at : cells.length);
    });
    return { lines: below.length, rows: rows.length };
  }

  /** Whether `cells`, with `behind` more, look like a row, as far as the first `telling` of them tell. */
  private isRow(cells: readonly string[], behind: number, telling: number): boolean {
    if (cells.length + behind !== this.looks.length) return false;
    const known = cells.slice(0, telling).flatMap((cell, i) => {
      const look = this.looks[i];
      const text = bare(cell);
      if (look === undefined) return [];
      return [isEmpty(text) || (look === "values" ? isValue(text) : look.has(text))];
    });
    if (known.length === 0) return cells.length >= LEAST_CELLS;
    return known.filter(Boolean).length >= FITTING * known.length;
  }
}

function lookOf(cells: readonly string[]): Look {
  const present = cells.filter((cell) => !isEmpty(cell));
  if (present.length === 0) return undefined;
  if (present.filter(isValue).length >= ALIKE * present.length) return "values";
  const levels = new Set(present);
  return levels.size * ROWS_PER_LEVEL <= present.length ? levels : undefined;
}
