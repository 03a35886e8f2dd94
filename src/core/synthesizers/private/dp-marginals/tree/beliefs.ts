import { damaged } from "../../../../codec/saved-state.ts";
import type { Clique } from "./clique.ts";
import { cellMap, cellsOf, within } from "./clique.ts";
import type { JunctionTree } from "./junction-tree.ts";

/** Logs of potentials are kept within this many of the greatest, so that products over a clique stay finite. */
export const DEEPEST = 60;

/** Marginals of all cliques of a junction tree, each a table that sums to 1. */
export interface Beliefs {
  readonly tree: JunctionTree;
  /** one of each node */
  readonly cliques: readonly Float64Array[];
  /** marginal of each separator, as its node sees it; [1] at a root */
  readonly separators: readonly Float64Array[];
}

/** Exact inference, prepared for one tree and the cliques that have potentials. */
export interface Inference {
  readonly tree: JunctionTree;
  /** The marginals given logs of potentials, one table of each clique; the same arrays at every call. */
  beliefs(logs: readonly Float64Array[]): Beliefs;
  /** Writes the marginal of the k-th clique with potentials, from the last `beliefs`. */
  marginal(k: number, into: Float64Array): void;
}

/**
 * Belief propagation on a junction tree (Lauritzen & Spiegelhalter 1988): messages from the leaves to the roots, divided out
 * on the way back. Potentials come as logs; each is taken relative to its greatest and each message is made to sum to 1, so
 * that nothing overflows; a log of -Infinity is a cell that cannot be. Costs a few operations for each cell and clique of potentials within it.
 */
export function createInference(tree: JunctionTree, potentials: readonly Clique[]): Inference {
  const { nodes, counts } = tree;
  const cliques = nodes.map(({ columns }) => new Float64Array(cellsOf(columns, counts)));
  const own = nodes.map(({ columns, separator }) => cellMap(columns, separator, counts));
  const parents = nodes.map(({ parent, separator }) =>
    parent < 0 ? undefined : cellMap(nodes[parent]?.columns ?? [], separator, counts),
  );
  const ups = nodes.map(({ separator }) => new Float64Array(cellsOf(separator, counts)));
  const separators = ups.map((up) => new Float64Array(up.length).fill(1));
  const homes = potentials.map((clique) => {
    const at = nodes.findIndex(({ columns }) => within(clique, columns));
    return at < 0 ? damaged("cliques") : at;
  });
  const maps = potentials.map((clique, k) =>
    cellMap(nodes[homes[k] as number]?.columns ?? [], clique, counts),
  );
  const factors = potentials.map((clique) => new Float64Array(cellsOf(clique, counts)));

  function beliefs(logs: readonly Float64Array[]): Beliefs {
    for (const clique of cliques) clique.fill(1);
    for (const [k, factor] of factors.entries()) {
      exponentials(logs[k] as Float64Array, factor);
      multiply(cliques[homes[k] as number] as Float64Array, factor, maps[k] as Uint32Array);
    }
    for (let i = nodes.length - 1; i >= 0; i--) collect(i);
    for (const i of nodes.keys()) distribute(i);
    return { tree, cliques, separators };
  }

  function collect(i: number): void {
    const up = ups[i] as Float64Array;
    sumInto(cliques[i] as Float64Array, own[i] as Uint32Array, up);
    normalise(up);
    const into = parents[i];
    if (into !== undefined) multiply(cliques[nodes[i]?.parent as number] as Float64Array, up, into);
  }

  function distribute(i: number): void {
    const clique = cliques[i] as Float64Array;
    const from = parents[i];
    if (from !== undefined) {
      const separator = separators[i] as Float64Array;
      const up = ups[i] as Float64Array;
      sumInto(cliques[nodes[i]?.parent as number] as Float64Array, from, separator);
      for (let s = 0; s < up.length; s++)
        up[s] = (up[s] as number) > 0 ? (separator[s] as number) / (up[s] as number) : 0;
      multiply(clique, up, own[i] as Uint32Array);
    }
    normalise(clique);
  }

  const marginal = (k: number, into: Float64Array): void =>
    sumInto(cliques[homes[k] as number] as Float64Array, maps[k] as Uint32Array, into);

  return { tree, beliefs, marginal };
}

function exponentials(logs: Float64Array, into: Float64Array): void {
  let most = -Infinity;
  for (let i = 0; i < logs.length; i++) if ((logs[i] as number) > most) most = logs[i] as number;
  for (let i = 0; i < logs.length; i++) {
    const log = logs[i] as number;
    into[i] = log === -Infinity ? 0 : Math.exp(Math.max(-DEEPEST, log - most));
  }
}

function multiply(table: Float64Array, by: Float64Array, map: Uint32Array): void {
  for (let i = 0; i < table.length; i++) table[i] = (table[i] as number) * (by[map[i] as number] as number);
}

function sumInto(table: Float64Array, map: Uint32Array, into: Float64Array): void {
  into.fill(0);
  for (let i = 0; i < table.length; i++) {
    const cell = map[i] as number;
    into[cell] = (into[cell] as number) + (table[i] as number);
  }
}

function normalise(table: Float64Array): void {
  let sum = 0;
  for (let i = 0; i < table.length; i++) sum += table[i] as number;
  if (!(sum > 0)) {
    table.fill(1 / table.length);
    return;
  }
  for (let i = 0; i < table.length; i++) table[i] = (table[i] as number) / sum;
}
