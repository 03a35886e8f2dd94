/** A step that changes cells, rows or columns before kinds are told. Plain data: the page, the file and the terminal have the same. */
export type CleaningStep =
  /** cells whose whole text is one of `from` become `to`; null: missing. `more`: other texts of the column, alike */
  | ({ readonly step: "merge"; readonly column: string; readonly more?: readonly Merged[] } & Merged)
  /** every occurrence of `find` within the cells becomes `by` */
  | { readonly step: "replace"; readonly column: string; readonly find: string; readonly by: string }
  /** a unit before or behind the number is taken off; it stays with the column. `spellings`: other ways it is written */
  | {
      readonly step: "strip-unit";
      readonly column: string;
      readonly unit: string;
      readonly spellings?: readonly string[];
    }
  /** marks before or behind a number, such as "*" or "H", are taken off */
  | { readonly step: "strip-marks"; readonly column: string; readonly marks: readonly string[] }
  /** numbers with other decimal and thousands marks, each cell by its own, are written like the rest */
  | { readonly step: "one-notation"; readonly column: string }
  /**
   * cut at `at` into `into.length` new columns, which take the column's place. A cell that gives another count of parts
   * makes the step impossible, unless `others` says that it stays whole in the first of them
   */
  | {
      readonly step: "split";
      readonly column: string;
      readonly at: string;
      readonly into: readonly string[];
      readonly others?: "first";
    }
  /** a new column of the texts of several, with `at` between them; missing where one of them is */
  | {
      readonly step: "combine";
      readonly column: string;
      readonly columns: readonly string[];
      readonly at: string;
    }
  | { readonly step: "rename"; readonly column: string; readonly to: string }
  /** numbers below `low` or above `high` become missing */
  | { readonly step: "limit"; readonly column: string; readonly low?: number; readonly high?: number }
  /** only rows that meet the condition stay, in the language of rules */
  | { readonly step: "keep-rows"; readonly where: string }
  /** a new column, or new cells of an old one, by a formula in the language of rules */
  | { readonly step: "derive"; readonly column: string; readonly formula: string }
  /** less is told of a person: see `Coarsening` */
  | { readonly step: "coarsen"; readonly column: string; readonly to: Coarsening };

export interface Merged {
  readonly from: readonly string[];
  readonly to: string | null;
}

/**
 * `year`, `month`: of a date. `shift`: all dates of a patient moved by the same days, up to half a year, drawn by a seed;
 * `first`: only the first characters (postcodes). `top`: a number above `at` becomes ">at", as a limit.
 */
export type Coarsening =
  | { readonly by: "year" | "month" }
  | { readonly by: "shift"; readonly patient: string; readonly seed: number }
  | { readonly by: "first"; readonly characters: number }
  | { readonly by: "top"; readonly at: number };

/** What a step would do, told before it is done. Texts of columns that may name a person are masked. */
export interface StepPreview {
  readonly step: CleaningStep;
  /** What it does, in a few words: "take off the unit and read as a number". */
  readonly title: string;
  /** cells it changes, rows it takes away */
  readonly cells: number;
  readonly rows: number;
  /** the texts it meets, most frequent first, at most 50; `becomes` null: missing */
  readonly texts: readonly {
    readonly text: string;
    readonly cells: number;
    readonly becomes: string | null;
  }[];
  /** the first rows that it changes, at most 5; `row` counts from 1, `after` null: missing */
  readonly changed: readonly {
    readonly row: number;
    readonly before: string;
    readonly after: string | null;
  }[];
}

/** A step that the cells themselves ask for. */
export interface Suggestion {
  readonly step: CleaningStep;
  readonly column: string;
  /** what was seen: “92 bpm”: a unit in the cell */
  readonly seen: string;
  readonly cells: number;
  /** nothing that the cells say is lost by it */
  readonly lossless: boolean;
}
