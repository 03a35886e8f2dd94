import type { Encoding } from "./table.ts";

/** Ways to read a file that is faulty, chosen by a person; without them the fault is said. */
export interface Repair {
  /** Rows with too many or too few cells are left out. */
  readonly skipRaggedRows?: boolean;
  /** Quotes that do not open and close a cell within one line are ordinary text. */
  readonly literalQuotes?: boolean;
  /** A quoted cell may hold lines that look like rows. */
  readonly longQuotes?: boolean;
  /** How a file that is not UTF-8 is encoded. */
  readonly encoding?: Encoding;
}
