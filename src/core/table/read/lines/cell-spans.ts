import type { Dialect } from "../../table.ts";

/** Where the cells of one record stand in the text of its file. */
export interface RecordSpans {
  /** First character of each cell and the one after its last, quotes included. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Where the next record begins. */
  readonly next: number;
}

type Marks = Pick<Dialect, "delimiter" | "quote" | "newline">;

const lineEnd = ({ newline }: Marks): string => (newline === "\r" ? "\r" : "\n");

/**
 * Finds the record that was read as `cells` in `text` from `at` on. It follows what was read, not how: all that may stand
 * in the text and not in a cell are quotes, and spaces around them. Undefined where the text holds something else.
 */
export function spansOf(
  text: string,
  at: number,
  cells: readonly string[],
  marks: Marks,
): RecordSpans | undefined {
  const starts: number[] = [];
  const ends: number[] = [];
  let from = at;
  for (let i = 0; i < cells.length; i++) {
    const last = i === cells.length - 1;
    const stop = last ? lineEnd(marks) : marks.delimiter;
    const to = endOfCell(text, from, cells[i] as string, marks);
    if (to === undefined) return undefined;
    const ended = to === text.length && last;
    if (!ended && !text.startsWith(stop, to)) return undefined;
    starts.push(from);
    ends.push(last && text.charAt(to - 1) === "\r" && to > from ? to - 1 : to);
    from = ended ? to : to + stop.length;
  }
  return { starts, ends, next: from };
}

function endOfCell(text: string, at: number, cell: string, marks: Marks): number | undefined {
  const end = lineEnd(marks);
  const stops = (i: number): boolean =>
    i >= text.length || text.startsWith(marks.delimiter, i) || text[i] === end;
  if (text.startsWith(cell, at) && stops(at + cell.length)) return at + cell.length;
  const mayStandAround = (i: number): boolean =>
    !stops(i) && (text[i] === marks.quote || /\s/.test(text[i] as string));
  let i = at;
  for (let j = 0; j < cell.length; i++) {
    if (i >= text.length) return undefined;
    if (text[i] === cell[j]) j++;
    else if (text[i] !== marks.quote && (j > 0 || !mayStandAround(i))) return undefined;
  }
  while (mayStandAround(i)) i++;
  return i;
}
