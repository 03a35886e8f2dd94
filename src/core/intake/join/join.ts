/** Two tables made one by a key they share. Types; the work is beside this file. */

/** What is kept of several rows of the right table for one row of the left. */
export const KEEPS = ["first", "last", "least", "greatest", "mean", "count"] as const;
export type Keep = (typeof KEEPS)[number];

export interface JoinChoice {
  /** columns that hold the same key, of the left and of the right table */
  readonly keys: readonly { readonly left: string; readonly right: string }[];
  /** not asked where each key is on the right once */
  readonly keep: readonly Keep[];
}

/** What a join would make, counted before it is made. No cell is in it. */
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
  /** names of the columns that come from the right */
  readonly added: readonly string[];
  /** why it cannot be made: keys repeated on both sides, nothing matched */
  readonly problem?: string;
}
