import type { Clique } from "./clique.ts";
import { cellsOf, within } from "./clique.ts";

/** Most columns that stand in one table of the model. */
export const MOST_COLUMNS = 3;

/** A clique of the triangulated graph. Its running intersection with all earlier nodes is its separator from `parent`. */
export interface TreeNode {
  readonly columns: Clique;
  /** place of its parent, which stands before it; -1: the root of a component */
  readonly parent: number;
  /** columns it shares with its parent; empty at a root */
  readonly separator: Clique;
}

/** A forest of cliques with the running intersection property; every column is in one of them. */
export interface JunctionTree {
  readonly counts: readonly number[];
  /** parents before children */
  readonly nodes: readonly TreeNode[];
}

/** Cells of all tables of a tree. */
export const treeCells = ({ nodes, counts }: JunctionTree): number =>
  nodes.reduce((sum, { columns }) => sum + cellsOf(columns, counts), 0);

/** Which columns stand in a table together with each. */
export function graphOf(cliques: readonly Clique[], columns: number): Set<number>[] {
  const beside = Array.from({ length: columns }, () => new Set<number>());
  for (const clique of cliques)
    for (const a of clique) for (const b of clique) if (a !== b) beside[a]?.add(b);
  return beside;
}

/**
 * Cliques of the graph of `cliques` once it is triangulated, or undefined where one would have more than `MOST_COLUMNS`
 * columns. Columns are eliminated in the order of the fewest neighbours, then of the fewest cells: for graphs of width two
 * that finds a triangulation wherever there is one (series-parallel reductions; Bodlaender 1996).
 */
export function triangulated(cliques: readonly Clique[], counts: readonly number[]): Clique[] | undefined {
  const beside = graphOf(cliques, counts.length);
  const left = new Set(counts.keys());
  const found: Clique[] = [];
  while (left.size > 0) {
    const next = cheapest(left, beside, counts);
    const neighbours = [...(beside[next] as Set<number>)];
    if (neighbours.length >= MOST_COLUMNS) return undefined;
    const clique = [next, ...neighbours].sort((a, b) => a - b);
    if (!found.some((other) => within(clique, other))) found.push(clique);
    for (const a of neighbours) {
      beside[a]?.delete(next);
      for (const b of neighbours) if (a !== b) beside[a]?.add(b);
    }
    left.delete(next);
  }
  return found;
}

function cheapest(
  left: ReadonlySet<number>,
  beside: readonly ReadonlySet<number>[],
  counts: readonly number[],
): number {
  let best = -1;
  let least = Infinity;
  for (const column of left) {
    const neighbours = beside[column] as ReadonlySet<number>;
    if (neighbours.size === 0) return column;
    let cost = neighbours.size * 1e12 + (counts[column] as number);
    if (cost >= least) continue;
    cost = counts[column] as number;
    for (const other of neighbours) cost *= counts[other] as number;
    cost += neighbours.size * 1e12;
    if (cost >= least) continue;
    least = cost;
    best = column;
  }
  return best;
}

/** The junction tree of `cliques`; undefined where its cliques would be too wide. Columns in none stand alone. */
export function junctionTree(
  cliques: readonly Clique[],
  counts: readonly number[],
): JunctionTree | undefined {
  const maximal = triangulated(cliques, counts);
  return maximal && { counts, nodes: spanned(maximal) };
}

/** A maximum spanning forest by the size of separators (Prim), which has the running intersection property. */
function spanned(cliques: readonly Clique[]): TreeNode[] {
  const nodes: TreeNode[] = [];
  const open = new Map(cliques.map((columns, at) => [at, { columns, parent: -1, shared: 0 }]));
  while (open.size > 0) {
    let taken = -1;
    let most = -1;
    for (const [at, { shared }] of open) if (shared > most) [taken, most] = [at, shared];
    const { columns, parent } = open.get(taken) as { columns: Clique; parent: number };
    open.delete(taken);
    const separator = columns.filter((column) => nodes[parent]?.columns.includes(column));
    nodes.push({ columns, parent, separator });
    for (const other of open.values()) {
      const shared = other.columns.filter((column) => columns.includes(column)).length;
      if (shared > other.shared) Object.assign(other, { shared, parent: nodes.length - 1 });
    }
  }
  return nodes;
}
