import type { PlantedRows } from "./planted-rows.ts";

/**
 * What a cohort's simulation puts into its table on purpose, and how one would find it there again: a bench trains on the
 * table and asks whether synthetic rows still show it.
 */
export interface Planted {
  readonly kind: "correlation" | "transition" | "effect" | "prevalence";
  /** "Sepsis that begins in an hour" */
  readonly about: string;
  /** the level whose table it is measured in */
  readonly level: 3 | 4;
  /** columns that it is measured from */
  readonly columns: readonly string[];
  /** what the table shows when it is large; left out where no number of the simulator says it alone */
  readonly value?: number;
  /** how it is measured in the table, in words */
  readonly how: string;
  /** The same as a number; NaN where no row shows it. */
  readonly measure: (rows: PlantedRows) => number;
}
