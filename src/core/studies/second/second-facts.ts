/** What is shown of another table beside the open one: which of its columns are likely the same. */

export interface ColumnMatch {
  /** of the open table */
  readonly column: string;
  /** of the second one; left out: it has none */
  readonly second?: string;
  /** why: "same name", "the same unit and nearly the same distribution" */
  readonly reason: string;
  /** 0 to 1 */
  readonly sure: number;
  /** what would be done to its cells: "mmol/L turned to mg/dL", "m, f read as male, female" */
  readonly turned?: string;
  /** why the two cannot be taken for the same */
  readonly refused?: string;
}

export interface SecondFacts {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly string[];
  readonly matches: readonly ColumnMatch[];
  readonly notes: readonly string[];
}
