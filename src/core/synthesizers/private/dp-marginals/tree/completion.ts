import { breathe } from "../../../../math/breathe.ts";
import type { Rng } from "../../../../math/rng.ts";
import type { Beliefs } from "./beliefs.ts";
import { cellMap, cellsOf } from "./clique.ts";

/** Completes rows exactly given what is known of them. */
export interface Completion {
  /**
   * Fills in the tokens that are -1 of `tokens` (rows x columns), from their distribution given the others; never the token
   * `never[column]` (-1: any).
   */
  complete(tokens: Int32Array, rows: number, never: ArrayLike<number>, rng: Rng): Promise<void>;
}

interface Node {
  readonly columns: readonly number[];
  readonly sizes: readonly number[];
  readonly parent: number;
  /** P(clique | separator) */
  readonly conditional: Float64Array;
  /** cell of the separator, for each cell here and in the parent */
  readonly own: Uint32Array;
  readonly above: Uint32Array;
  readonly children: number[];
  /** what its subtree says of the separator, for the row at hand */
  readonly message: Float64Array;
}

/** By messages from the leaves over the cells that a row allows, then drawing from the roots down. */
export function createCompletion({ tree, cliques }: Beliefs): Completion {
  const { counts } = tree;
  const nodes = tree.nodes.map(({ columns, parent, separator }, at): Node => ({
    columns,
    sizes: columns.map((column) => counts[column] as number),
    parent,
    conditional: given(cliques[at] as Float64Array, cellMap(columns, separator, counts)),
    own: cellMap(columns, separator, counts),
    above: parent < 0 ? new Uint32Array(0) : cellMap(tree.nodes[parent]?.columns ?? [], separator, counts),
    children: [],
    message: new Float64Array(cellsOf(separator, counts)),
  }));
  nodes.forEach(({ parent }, at) => {
    if (parent >= 0) nodes[parent]?.children.push(at);
  });
  const width = counts.length;
  const largest = nodes.reduce((most, { conditional }) => Math.max(most, conditional.length), 1);
  const room = { cells: new Uint32Array(largest), weights: new Float64Array(largest) };

  return {
    complete: async (tokens, rows, never, rng) => {
      for (let row = 0; row < rows; row++) {
        const own = tokens.subarray(row * width, (row + 1) * width);
        if (!own.includes(-1)) continue;
        for (let at = nodes.length - 1; at >= 0; at--) collect(nodes, at, own, never, room);
        for (const at of nodes.keys()) draw(nodes, at, own, never, room, rng);
        await breathe();
      }
    },
  };
}

/** Each cell over the sum of those with the same separator. */
function given(table: Float64Array, map: Uint32Array): Float64Array {
  const sums = new Float64Array(map.reduce((most, cell) => Math.max(most, cell), 0) + 1);
  for (let i = 0; i < table.length; i++)
    sums[map[i] as number] = (sums[map[i] as number] as number) + (table[i] as number);
  return table.map((share, i) => {
    const sum = sums[map[i] as number] as number;
    return sum > 0 ? share / sum : 0;
  });
}

interface Room {
  readonly cells: Uint32Array;
  readonly weights: Float64Array;
}

/** Lists the cells of a node that a row allows, weighed by what its subtrees say; how many they are. */
function allowed(
  nodes: readonly Node[],
  { columns, sizes, conditional, children }: Node,
  row: Int32Array,
  never: ArrayLike<number>,
  { cells, weights }: Room,
): number {
  let count = 1;
  cells[0] = 0;
  for (const [i, column] of columns.entries()) {
    const size = sizes[i] as number;
    const known = row[column] as number;
    const [from, to] = known >= 0 ? [known, known + 1] : [0, size];
    const barred = size > 1 ? never[column] : -1;
    const before = cells.slice(0, count);
    count = 0;
    for (const cell of before)
      for (let token = from; token < to; token++)
        if (known >= 0 || token !== barred) cells[count++] = cell * size + token;
  }
  for (let k = 0; k < count; k++) {
    const cell = cells[k] as number;
    let weight = conditional[cell] as number;
    for (const child of children) {
      const { above, message } = nodes[child] as Node;
      weight *= message[above[cell] as number] as number;
    }
    weights[k] = weight;
  }
  return count;
}

function collect(
  nodes: readonly Node[],
  at: number,
  row: Int32Array,
  never: ArrayLike<number>,
  room: Room,
): void {
  const node = nodes[at] as Node;
  const { own, message } = node;
  const count = allowed(nodes, node, row, never, room);
  message.fill(0);
  let most = 0;
  for (let k = 0; k < count; k++) {
    const s = own[room.cells[k] as number] as number;
    message[s] = (message[s] as number) + (room.weights[k] as number);
    most = Math.max(most, message[s] as number);
  }
  if (most > 0) for (let s = 0; s < message.length; s++) message[s] = (message[s] as number) / most;
  else message.fill(1);
}

function draw(
  nodes: readonly Node[],
  at: number,
  row: Int32Array,
  never: ArrayLike<number>,
  room: Room,
  rng: Rng,
): void {
  const node = nodes[at] as Node;
  if (!node.columns.some((column) => row[column] === -1)) return;
  const count = allowed(nodes, node, row, never, room);
  const weights = room.weights.subarray(0, count);
  const possible = weights.some((weight) => weight > 0);
  let cell = room.cells[possible ? rng.weighted(weights) : rng.integer(count)] as number;
  for (let i = node.columns.length - 1; i >= 0; i--) {
    const size = node.sizes[i] as number;
    row[node.columns[i] as number] = cell % size;
    cell = Math.floor(cell / size);
  }
}
