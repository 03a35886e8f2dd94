import type { PrivateRows } from "../../../../private/rows/private-rows.ts";
import { grown, queryOf } from "../growing.ts";
import type { Growing, TokenTable } from "../growing.ts";
import { heldMarginal } from "../tree/held.ts";

/** What tables are chosen with. */
export interface Choosing {
  readonly rows: PrivateRows;
  readonly data: TokenTable;
  /** what may be spent; all of it is */
  readonly rho: number;
  readonly target: number | undefined;
  /** most cells of all tables of the model together */
  readonly mostCells: number;
  /** most cells of one table that is asked for */
  readonly largest: number;
  /** Once true, what is left is spent at once. */
  readonly enough: () => boolean;
}

/** Steps of mirror descent after each table, and in the end. */
export const ITERATIONS = 30;
export const LAST_ITERATIONS = 300;

/** What rounding leaves of a budget. */
const NOTHING = 1e-12;

/** Mean size of the noise of a table's cells together, L1. */
export const noiseOf = (sigma: number, cells: number): number => Math.sqrt(2 / Math.PI) * sigma * cells;

/** Where no two columns can be asked together: what is left is spent on every column by itself. */
export async function columnsAgain(
  { rows, data }: Choosing,
  growing: Growing,
  rho: number,
): Promise<Growing> {
  if (rho < NOTHING) return growing;
  const cliques = data.counts.map((_, column) => [column]);
  const queries = cliques.map((clique) => queryOf(data, clique));
  const purpose = { what: "Columns by themselves", columns: String(cliques.length) };
  const answers = await rows.counts(queries, rho, purpose);
  const sigma = rows.rowsPerPatient / Math.sqrt((2 * rho) / cliques.length);
  const more = answers.map((counts, column) => {
    const clique = [column];
    return { table: { clique, counts, sigma }, was: heldMarginal(growing.fitted.beliefs, clique) };
  });
  return grown(growing, more, LAST_ITERATIONS);
}
