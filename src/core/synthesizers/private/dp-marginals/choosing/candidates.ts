import type { Clique } from "../tree/clique.ts";
import { cellsOf, within } from "../tree/clique.ts";
import { graphOf, junctionTree, treeCells } from "../tree/junction-tree.ts";
import type { JunctionTree } from "../tree/junction-tree.ts";

/** A table that may be asked for, and what its errors weigh. */
export interface Candidate {
  readonly clique: Clique;
  readonly weight: number;
}

/**
 * All tables within the workload, with AIM's weights: the sum over the workload's tables of the columns they share with it.
 * The workload is all pairs; with a target, all triples that hold it, and pairs come with them. `mostCells`: larger tables are
 * left out, here and in the workload.
 */
export function workload(
  counts: readonly number[],
  target: number | undefined,
  mostCells: number,
): Candidate[] {
  const columns = counts.length;
  const fits = (clique: Clique): boolean => cellsOf(clique, counts) <= mostCells;
  const pairs: Clique[] = [];
  for (let a = 0; a < columns; a++) for (let b = a + 1; b < columns; b++) pairs.push([a, b]);
  const triples =
    target === undefined
      ? []
      : pairs
          .filter((pair) => !pair.includes(target))
          .map((pair) => [...pair, target].sort((a, b) => a - b))
          .filter(fits);
  const asked = triples.length > 0 ? triples : pairs.filter(fits);
  const together = sharedColumns(asked, columns);
  const weightOf = (clique: Clique): number =>
    clique.reduce((sum, column) => sum + (together[column] as number), 0);
  return [...pairs.filter(fits), ...triples].map((clique) => ({ clique, weight: weightOf(clique) }));
}

/** For each column in how many of the workload's tables it is: the weight of a table is the sum over its columns. */
function sharedColumns(asked: readonly Clique[], columns: number): Float64Array {
  const together = new Float64Array(columns);
  for (const clique of asked)
    for (const column of clique) together[column] = (together[column] as number) + 1;
  return together;
}

/** How large models would be. Remembers which tables can never be added: graphs only grow, and so does
 * their width. A clique is known again as the same array.
 */
export interface Limits {
  /**
   * Cells of the junction tree of `measured` and `clique`; 0 where `tree`, which is that of `measured`, holds it already,
   * Infinity where there is none.
   */
  sizeWith(clique: Clique, tree: JunctionTree, measured: readonly Clique[]): number;
}

export function createLimits(counts: readonly number[]): Limits {
  const never = new Set<Clique>();
  let known: JunctionTree | undefined;
  let sizes = new Map<Clique, number>();
  let parts: Int32Array = new Int32Array(0);
  let beside: Set<number>[] = [];
  let size = 0;

  function look(tree: JunctionTree, measured: readonly Clique[]): void {
    if (tree === known) return;
    known = tree;
    sizes = new Map();
    size = treeCells(tree);
    beside = graphOf(measured, counts.length);
    parts = componentsOf(tree);
  }

  function sizeWith(clique: Clique, tree: JunctionTree, measured: readonly Clique[]): number {
    if (tree.nodes.some(({ columns }) => within(clique, columns))) return 0;
    if (clique.length === 2 && parts[clique[0] as number] !== parts[clique[1] as number]) {
      const lone = clique.filter((column) => beside[column]?.size === 0);
      return (
        size + cellsOf(clique, counts) - lone.reduce((sum, column) => sum + (counts[column] as number), 0)
      );
    }
    const made = junctionTree([...measured, clique], counts);
    return made === undefined ? Infinity : treeCells(made);
  }

  return {
    sizeWith: (clique, tree, measured) => {
      if (never.has(clique)) return Infinity;
      look(tree, measured);
      const found = sizes.get(clique) ?? sizeWith(clique, tree, measured);
      sizes.set(clique, found);
      if (found === Infinity) never.add(clique);
      return found;
    },
  };
}

/** For each column the number of its component. */
export function componentsOf({ nodes, counts }: JunctionTree): Int32Array {
  const roots: number[] = [];
  const parts = new Int32Array(counts.length);
  nodes.forEach(({ columns, parent, separator }, at) => {
    const root = separator.length === 0 ? at : (roots[parent] as number);
    roots.push(root);
    for (const column of columns) parts[column] = root;
  });
  return parts;
}
