import { breathe } from "../../../../math/breathe.ts";
import type { Beliefs } from "./beliefs.ts";
import { cellMap, cellsOf } from "./clique.ts";
import type { JunctionTree } from "./junction-tree.ts";

/** Marginals of pairs of columns, asked for by `a < b`; each is [tokens of a x tokens of b] and sums to 1. */
export interface Pairs {
  of(a: number, b: number): Float64Array;
  readonly singles: readonly Float64Array[];
}

/** From one clique of a tree to one beside it. */
interface Edge {
  readonly to: number;
  /** cell of what they share, for each cell here and there */
  readonly here: Uint32Array;
  readonly there: Uint32Array;
  readonly shared: number;
}

/** A clique: the edges that leave it, and the token of each of its columns in each cell. */
interface Place {
  readonly edges: Edge[];
  readonly tokens: readonly { readonly column: number; readonly map: Uint32Array }[];
}

function placesOf({ nodes, counts }: JunctionTree): Place[] {
  const places = nodes.map(({ columns }): Place => ({
    edges: [],
    tokens: columns.map((column) => ({ column, map: cellMap(columns, [column], counts) })),
  }));
  nodes.forEach(({ columns, parent, separator }, i) => {
    if (separator.length === 0) return;
    const own = cellMap(columns, separator, counts);
    const above = cellMap(nodes[parent]?.columns ?? [], separator, counts);
    const shared = cellsOf(separator, counts);
    places[i]?.edges.push({ to: parent, here: own, there: above, shared });
    places[parent]?.edges.push({ to: i, here: above, there: own, shared });
  });
  return places;
}

/**
 * The marginals of all pairs of columns: those of each column with the cliques of its component, carried from clique to
 * clique over what they share; columns of different components are independent.
 */
export async function pairMarginals({ tree, cliques }: Beliefs): Promise<Pairs> {
  const { counts } = tree;
  const places = placesOf(tree);
  const found = counts.map(() => new Map<number, Float64Array>());
  const singles = counts.map((count) => new Float64Array(count));
  for (const [column, count] of counts.entries()) {
    const home = places.findIndex(({ tokens }) => tokens.some((of) => of.column === column));
    const { tokens } = places[home] as Place;
    const table = cliques[home] as Float64Array;
    const map = tokens.find((of) => of.column === column)?.map as Uint32Array;
    const joint = new Float64Array(count * table.length);
    table.forEach((share, i) => {
      const token = map[i] as number;
      joint[token * table.length + i] = share;
      singles[column]![token] = (singles[column]![token] as number) + share;
    });
    const pending: { at: number; from: number; joint: Float64Array }[] = [{ at: home, from: -1, joint }];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const here = places[next.at] as Place;
      note(found[column] as Map<number, Float64Array>, column, count, next.joint, here, counts);
      for (const edge of here.edges) {
        if (edge.to === next.from) continue;
        const made = carried(cliques[edge.to] as Float64Array, next.joint, count, edge);
        pending.push({ at: edge.to, from: next.at, joint: made });
      }
      await breathe();
    }
  }
  return {
    singles,
    of: (a, b) => found[a]?.get(b) ?? outer(singles[a] as Float64Array, singles[b] as Float64Array),
  };
}

/** P(token, clique there) = P(token, shared) P(clique there | shared), [tokens x cells]. */
function carried(
  table: Float64Array,
  joint: Float64Array,
  count: number,
  { here, there, shared }: Edge,
): Float64Array {
  const cells = table.length;
  const separator = new Float64Array(shared);
  for (let i = 0; i < cells; i++) separator[there[i] as number]! += table[i] as number;
  const made = new Float64Array(count * cells);
  const message = new Float64Array(shared);
  for (let token = 0; token < count; token++) {
    message.fill(0);
    const from = token * here.length;
    for (let i = 0; i < here.length; i++) message[here[i] as number]! += joint[from + i] as number;
    for (let s = 0; s < shared; s++) {
      const whole = separator[s] as number;
      message[s] = whole > 0 ? (message[s] as number) / whole : 0;
    }
    const to = token * cells;
    for (let i = 0; i < cells; i++)
      made[to + i] = (table[i] as number) * (message[there[i] as number] as number);
  }
  return made;
}

/** Keeps the pairs of `column` with later columns of the clique. */
function note(
  found: Map<number, Float64Array>,
  column: number,
  count: number,
  joint: Float64Array,
  { tokens }: Place,
  counts: readonly number[],
): void {
  for (const { column: other, map } of tokens) {
    if (other <= column || found.has(other)) continue;
    const width = counts[other] as number;
    const pair = new Float64Array(count * width);
    for (let token = 0, i = 0; token < count; token++)
      for (let cell = 0; cell < map.length; cell++, i++)
        pair[token * width + (map[cell] as number)]! += joint[i] as number;
    found.set(other, pair);
  }
}

/** The pair of two columns that are independent. */
export function outer(a: Float64Array, b: Float64Array): Float64Array {
  const table = new Float64Array(a.length * b.length);
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++) table[i * b.length + j] = (a[i] as number) * (b[j] as number);
  return table;
}
