/** What of a file was not understood when it was read. Cell texts in it are for the person's own screen only. */

/** A text that could not be read as its column's kind, and how many cells hold it. */
export interface UnreadText {
  readonly text: string;
  readonly cells: number;
}

/** The cells of one column that say something, but nothing of the column's kind: they count as missing. */
export interface UnreadCells {
  readonly column: string;
  readonly cells: number;
  /** most frequent first */
  readonly examples: readonly UnreadText[];
}

/** Lines of the file that are no rows of the table. */
export interface SkippedLines {
  /** words above the names */
  readonly above: number;
  /** rows without any value */
  readonly blank: number;
  /** rows with too many or too few cells, left out because a person agreed */
  readonly ragged: number;
}

/** A row of sums among the patients. */
export interface TotalsRow {
  /** Its place among the file's complete rows, counted from 0; left out where it has another number of cells. */
  readonly row?: number;
  /** What its first text says; "" where its numbers gave it away. */
  readonly label: string;
}

export interface Reading {
  readonly unread: readonly UnreadCells[];
  readonly skipped: SkippedLines;
  readonly totals: readonly TotalsRow[];
}

/** Most examples of a column. */
const EXAMPLES = 3;
const LONGEST = 60;

/** The unread cells of a column from its texts with their counts, and `more` whose texts were not kept; undefined when there are none. */
export function unreadCells(
  column: string,
  texts: ReadonlyMap<string, number>,
  more: number,
): UnreadCells | undefined {
  let cells = more;
  for (const count of texts.values()) cells += count;
  if (cells === 0) return undefined;
  const examples = [...texts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, EXAMPLES)
    .map(([text, count]) => ({
      text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text,
      cells: count,
    }));
  return { column, cells, examples };
}
