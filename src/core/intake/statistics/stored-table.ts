/** A table as a statistics program stores it: numbers with what they stand for, texts of fixed width. */

/** What a column of numbers counts, where they are moments. */
export interface Moments {
  readonly type: "date" | "datetime" | "time" | "month";
  /** Milliseconds since 1970-01-01T00:00 (since midnight for times) of what is stored. */
  ms(stored: number): number;
  /** What is lost or added when the moment is written: “the first day of the week” */
  readonly told?: string;
  /** What times are where some lie outside of a day; left out: numbers of seconds. */
  readonly beyondDay?: Moments;
}

/** Values that a person declared missing: single ones, and all in a range. */
export interface MissingRule {
  readonly values: readonly (number | string)[];
  readonly range?: { readonly low: number; readonly high: number };
}

export interface StoredColumn {
  readonly name: string;
  readonly label?: string;
  readonly type: "number" | "text";
  readonly moments?: Moments;
  /** Its numbers have 32 bits, and are written as short as those bits allow. */
  readonly single?: boolean;
  /** Code -> label. A kind of missing is “.a” among numbers. */
  readonly labels?: ReadonlyMap<number | string, string>;
  readonly missing?: MissingRule;
  readonly measure?: "nominal" | "ordinal" | "scale";
  readonly storedAs: string;
}

/** Rows that follow each other. */
export interface StoredBatch {
  readonly rows: number;
  /** One for each column: numbers (NaN = missing), or texts without the blanks that fill their width. */
  readonly columns: readonly (Float64Array | readonly string[])[];
  /** Column -> for each row the kind of missing (“a” to “z”, “_”) as its character code, 0 for none. */
  readonly kinds?: ReadonlyMap<number, Uint8Array>;
}

export interface StoredTable {
  readonly columns: readonly StoredColumn[];
  /** What was done on the way; complete once the rows have been gone through. */
  readonly notes: readonly string[];
  /** All rows from the first, at each call. Throws FaultError `file-damaged`. */
  batches(): AsyncGenerator<StoredBatch, undefined>;
}

/** Rows of a batch: enough to be quick, few enough to hold little. */
export const batchRows = (columns: number): number =>
  Math.max(64, Math.min(8192, Math.floor(400_000 / columns)));

/** Most columns that are read: more is no table of patients. */
export const MOST_COLUMNS = 100_000;
