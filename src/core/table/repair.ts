/** Ways to read a file that is faulty, chosen by a person; without them the fault is said. */
export interface Repair {
  /** Rows with too many or too few cells are left out. */
  readonly skipRaggedRows?: boolean;
  /** The second "age" becomes "age_2". */
  readonly numberDuplicateColumns?: boolean;
  /** Quotes are plain characters. */
  readonly literalQuotes?: boolean;
}
