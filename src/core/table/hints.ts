import type { Kind, Measure, ValueLabel } from "./table.ts";

/** What a file says of a column beside its cells. Cells that say otherwise win. */
export interface ColumnHint {
  readonly label?: string;
  readonly unit?: string;
  readonly kind?: Kind;
  readonly measure?: Measure;
  /** The cells hold the labels; a code without one is its own. */
  readonly valueLabels?: readonly ValueLabel[];
  /** see `ColumnSchema.storedAs` */
  readonly storedAs?: string;
}

/** By column name, as the names are used. */
export type ColumnHints = ReadonlyMap<string, ColumnHint>;
