/** Two tables made one by a key they share. Types; the work is beside this file. */

/** What is kept of several rows of the right table for one row of the left. */
export const KEEPS = ["first", "last", "least", "greatest", "mean", "count"] as const;
export type Keep = (typeof KEEPS)[number];

export interface JoinChoice {
  /** columns that hold the same key, of the left and of the right table */
  readonly keys: readonly { readonly left: string; readonly right: string }[];
  /** not asked where each key is on the right once */
  readonly keep: readonly Keep[];
  /**
   * Every row of the right stays as a row of its own, a visit, with the cells of the left repeated, and `keep` is not asked; a
   * row of the left without any is left out. A long table has one row for each time then. Where each key is on the right
   * once, it says nothing.
   */
  readonly visits?: true;
  /** of a long table on the right (one row per test): the tests that become columns; left out: those that enough rows have */
  readonly analytes?: readonly string[];
  /** what the columns of such a table are; left out: it is found */
  readonly long?: { readonly analyte: string; readonly value: string; readonly unit?: string };
}

/** A long table on the right: a column says what was measured, another what was found. */
export interface LongLook {
  readonly analyte: string;
  readonly value: string;
  readonly unit?: string;
  /** the most frequent first; `rows`: rows of the left that have one; `taken`: it becomes columns */
  readonly analytes: readonly { readonly name: string; readonly rows: number; readonly taken: boolean }[];
}

/** What a join would make, counted before it is made. No cell is in it, but names of analytes. */
export interface JoinLook {
  readonly choice: JoinChoice;
  /** pairs of columns that could be the key, the likeliest first, with the distinct values in both */
  readonly candidates: readonly {
    readonly left: string;
    readonly right: string;
    readonly shared: number;
    readonly why: string;
  }[];
  readonly left: { readonly rows: number; readonly matched: number; readonly unique: boolean };
  readonly right: { readonly rows: number; readonly matched: number; readonly unique: boolean };
  /** `fanOut[n]`: left rows with n rows on the right; the last one: n or more */
  readonly fanOut: readonly number[];
  readonly most: number;
  /** where rows of the right stay as visits: the rows of the joined table, and rows of the left without a visit, which it lacks */
  readonly visits?: { readonly rows: number; readonly without: number };
  /** names of the columns that come from the right */
  readonly added: readonly string[];
  /** the right column that says which of several rows is first and last; left out: the order of the rows */
  readonly order?: string;
  readonly long?: LongLook;
  /** why it cannot be made: keys repeated on both sides, nothing matched */
  readonly problem?: string;
}
