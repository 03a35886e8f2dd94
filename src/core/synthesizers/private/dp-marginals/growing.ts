import type { PrivateRows, CountQuery } from "../../../private/rows/private-rows.ts";
import { begun } from "./begun.ts";
import { fittedTo } from "./fitted.ts";
import type { Fitted } from "./fitted.ts";
import { combined, estimatedTotal } from "./measured.ts";
import type { Measured } from "./measured.ts";
import type { Clique } from "./tree/clique.ts";
import { cellsOf, sameClique } from "./tree/clique.ts";
import { junctionTree } from "./tree/junction-tree.ts";
import type { JunctionTree } from "./tree/junction-tree.ts";

/** The patients as tokens: only for the door's queries. */
export interface TokenTable {
  /** tokens of each column */
  readonly counts: readonly number[];
  /** one array of each column, a token a row; -1: none */
  readonly tokens: readonly Int32Array[];
}

/** A model and the noisy tables that it was fitted to so far. */
export interface Growing {
  /** a noisy count of the rows, and its variance */
  readonly counted: { readonly sum: number; readonly variance: number };
  readonly asked: readonly Measured[];
  readonly fitted: Fitted;
  /** rows in all, estimated from all that was asked */
  readonly total: number;
}

/** Each row's cell in the table of `clique`. */
export function queryOf({ counts, tokens }: TokenTable, clique: Clique): CountQuery {
  const columns = clique.map((column) => tokens[column] as Int32Array);
  const sizes = clique.map((column) => counts[column] as number);
  const cellOf = (row: number): number => {
    let cell = 0;
    for (let i = 0; i < columns.length; i++) {
      const token = (columns[i] as Int32Array)[row] as number;
      if (token < 0) return -1;
      cell = cell * (sizes[i] as number) + token;
    }
    return cell;
  };
  return { cells: cellsOf(clique, counts), cellOf };
}

/** Columns by themselves, before anything is known of what goes together. */
export async function alone(
  counts: readonly number[],
  singles: readonly Measured[],
  counted: Growing["counted"],
): Promise<Growing> {
  const tree = junctionTree([], counts) as JunctionTree;
  const total = Math.max(1, counted.sum);
  const logs = singles.map((single) =>
    begun(single, new Float64Array(single.counts.length).fill(1 / single.counts.length), total),
  );
  const fitted = await fittedTo({ tree, measured: singles, total, logs, iterations: 50 });
  return { counted, asked: singles, fitted, total };
}

/** Asks the noisy table of `clique`. */
export async function measure(
  rows: PrivateRows,
  data: TokenTable,
  clique: Clique,
  rho: number,
): Promise<Measured> {
  const purpose = { what: "A table of columns together", columns: String(clique.length) };
  const [counts] = await rows.counts([queryOf(data, clique)], rho, purpose);
  return { clique, counts: counts as Float64Array, sigma: rows.rowsPerPatient / Math.sqrt(2 * rho) };
}

/**
 * The model fitted to `more` tables too, from where it stands (`was`: its own marginals of them). Their cliques must have a
 * junction tree with the others.
 */
export async function grown(
  growing: Growing,
  more: readonly { readonly table: Measured; readonly was: Float64Array }[],
  iterations: number,
): Promise<Growing> {
  const { fitted, total } = growing;
  const asked = [...growing.asked];
  const logs = [...fitted.potentials.logs];
  for (const { table, was } of more) {
    const at = asked.findIndex(({ clique }) => sameClique(clique, table.clique));
    const before = asked[at];
    if (before !== undefined) asked[at] = combined(before, table);
    else {
      asked.push(table);
      logs.push(begun(table, was, total));
    }
  }
  const cliques = asked.map(({ clique }) => clique);
  const known = asked.length === growing.asked.length;
  const tree = known ? fitted.tree : junctionTree(cliques, fitted.tree.counts);
  if (tree === undefined) throw new Error("Tables were measured that no junction tree holds.");
  return refitted({ ...growing, asked }, tree, logs, iterations);
}

/** Goes on fitting what was measured. */
export const refined = (growing: Growing, iterations: number): Promise<Growing> =>
  refitted(growing, growing.fitted.tree, growing.fitted.potentials.logs, iterations);

async function refitted(
  growing: Growing,
  tree: JunctionTree,
  logs: readonly Float64Array[],
  iterations: number,
): Promise<Growing> {
  const { asked, counted } = growing;
  const total = estimatedTotal([counted, ...asked.filter(({ clique }) => clique.length > 1).map(sumOf)]);
  const fitted = await fittedTo({ tree, measured: asked, total, logs, iterations });
  return { ...growing, total, fitted };
}

/** What a table says of the number of rows. */
const sumOf = ({ counts, sigma }: Measured): Growing["counted"] => ({
  sum: counts.reduce((a, b) => a + b, 0),
  variance: counts.length * sigma ** 2,
});
