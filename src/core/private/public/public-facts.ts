/** What is taken as known to everybody before the patients are looked at: it costs nothing, and a person confirms it. */

/**
 * Why something is public. `declared`: a person said so; `clinical`: it is known of the quantity (core/clinic); `written`: it is how
 * cells are written (`withWrittenWords`).
 */
export type Why = "declared" | "clinical" | "written";

/** What is public of one column beside its name, its kind and how its cells are written. What is left out is paid for. */
export interface PublicColumn {
  readonly name: string;
  /** numeric kinds (dates in milliseconds since 1970); values beyond it are moved to its ends */
  readonly range?: { readonly from: number; readonly to: number; readonly why: Why };
  /** coded kinds; cells with another level count as missing */
  readonly levels?: { readonly values: readonly string[]; readonly why: Why };
  /** false: no cell is ever missing */
  readonly missing?: boolean;
}

export interface PublicFacts {
  /** by name, learned columns; a column that is not here has nothing declared */
  readonly columns: readonly PublicColumn[];
}

export const NOTHING_PUBLIC: PublicFacts = { columns: [] };

export const publicColumn = (facts: PublicFacts, name: string): PublicColumn =>
  facts.columns.find((column) => column.name === name) ?? { name };
