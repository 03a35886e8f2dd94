import type { PrivateRows, CountQuery } from "../../../private/rows/private-rows.ts";
import { begun } from "./begun.ts";
import { fittedTo } from "./fitted.ts";
import type { Fitted } from "./fitted.ts";
import { combined } from "./measured.ts";
import type { Measured } from "./measured.ts";
import { smoothed } from "./smoothed.ts";
import type { Axis } from "./smoothed.ts";
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

/** A noisy table, and what the model expected before it was asked first, in counts. */
export interface Asked {
  readonly table: Measured;
  readonly expected: Float64Array;
}

/** A model and the noisy tables that it was fitted to so far. */
export interface Growing {
  /** rows in all, estimated from noisy counts */
  readonly total: number;
  readonly axes: readonly Axis[];
  readonly asked: readonly Asked[];
  readonly fitted: Fitted;
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
  axes: readonly Axis[],
  singles: readonly Measured[],
  total: number,
): Promise<Growing> {
  const counts = axes.map(({ count }) => count);
  const tree = junctionTree([], counts) as JunctionTree;
  const asked = singles.map((table) => ({ table, expected: table.counts }));
  const logs = singles.map((single) =>
    begun(single, new Float64Array(single.counts.length).fill(1 / single.counts.length), total),
  );
  const fitted = await fittedTo({ tree, measured: singles, total, logs, iterations: 50 });
  return { total, axes, asked, fitted };
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
  { total, axes, asked, fitted }: Growing,
  more: readonly { readonly table: Measured; readonly was: Float64Array }[],
  iterations: number,
): Promise<Growing> {
  const all = [...asked];
  const logs = [...fitted.potentials.logs];
  for (const { table, was } of more) {
    const at = all.findIndex((one) => sameClique(one.table.clique, table.clique));
    const before = all[at];
    if (before !== undefined) {
      all[at] = { ...before, table: combined(before.table, table) };
      continue;
    }
    const own = { table, expected: was.map((share) => share * total) };
    all.push(own);
    logs.push(begun(likely(own, axes), was, total));
  }
  const cliques = all.map(({ table }) => table.clique);
  const tree = all.length === asked.length ? fitted.tree : junctionTree(cliques, fitted.tree.counts);
  if (tree === undefined) throw new Error("Tables were measured that no junction tree holds.");
  const measured = all.map((one) => likely(one, axes));
  return { total, axes, asked: all, fitted: await fittedTo({ tree, measured, total, logs, iterations }) };
}

/** A table of columns together without most of its noise; a column by itself as it is. */
const likely = ({ table, expected }: Asked, axes: readonly Axis[]): Measured =>
  table.clique.length === 1
    ? table
    : smoothed(
        table,
        expected,
        table.clique.map((column) => axes[column] as Axis),
      );

/** Goes on fitting what was measured. */
export async function refined(growing: Growing, iterations: number): Promise<Growing> {
  const { total, axes, asked, fitted } = growing;
  const { tree, potentials, step } = fitted;
  const measured = asked.map((one) => likely(one, axes));
  return {
    ...growing,
    fitted: await fittedTo({ tree, measured, total, logs: potentials.logs, step, iterations }),
  };
}
