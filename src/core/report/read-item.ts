import type { UnreadText } from "../table/reading.ts";

/** What a line of the list is about. */
export type Misread = "unread" | "above" | "blank" | "ragged" | "totals" | "withheld" | "empty" | "constant";

/** One thing that was not understood when a file was read, or that nothing can be learned from. */
export interface ReadItem {
  readonly what: Misread;
  readonly column?: string;
  /** Cells, lines or rows. Left out: 1 to 4, in what may be given away. */
  readonly count?: number;
  /** ragged: how many rows there were with them */
  readonly of?: number;
  /** withheld: how many levels */
  readonly levels?: number;
  /** unread: texts that stand in the cells; totals: what the rows are called */
  readonly examples?: readonly UnreadText[];
  /** A sentence without the column's name, and without a cell of the file. */
  readonly words: string;
}
