import { breathe } from "../../math/breathe.ts";
import type { Asked } from "./split.ts";
import { findSplit } from "./split.ts";

/** One column's tree. Node 0 is the root; a node's right child stands behind its left one. */
export interface Tree {
  /** per node the place asked, -1 for a leaf */
  readonly places: readonly number[];
  /** per node its left child, or which leaf it is */
  readonly next: readonly number[];
  /** per node 1 for each token of the place asked that goes left; empty for a leaf */
  readonly left: readonly Uint8Array[];
  /** leaves x tokens: shares, each leaf's sum to 1 */
  readonly leaves: Float32Array;
}

export function leafTree(shares: ArrayLike<number>): Tree {
  return { places: [-1], next: [0], left: [new Uint8Array(0)], leaves: Float32Array.from(shares) };
}

/** The leaf of a row whose tokens stand in `tokens` from `start`. */
export function leafOf({ places, next, left }: Tree, tokens: Int32Array, start: number): number {
  let node = 0;
  for (;;) {
    const place = places[node] as number;
    const to = next[node] as number;
    if (place < 0) return to;
    node = left[node]?.[tokens[start + place] as number] === 1 ? to : to + 1;
  }
}

export interface Growth extends Asked {
  /** the place of each question */
  readonly placesAsked: ArrayLike<number>;
  /** shares of the outcome's tokens in the whole table: what the root's are smoothed to */
  readonly shares: ArrayLike<number>;
  /** rows' worth of the parent's shares in each node's */
  readonly smoothing: number;
  readonly rows: number;
}

interface Pending {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  /** the parent's shares */
  readonly above: Float64Array;
}

/**
 * Grows a tree depth first; yields the share of rows that have come to a leaf. A node's shares are
 * (counts + smoothing * its parent's shares) / (rows + smoothing).
 */
export async function* growTree(growth: Growth): AsyncGenerator<number, Tree, void> {
  const order = Int32Array.from({ length: growth.rows }, (_, i) => i);
  const left: Uint8Array[] = [new Uint8Array(0)];
  const tree = { places: [-1], next: [0], left };
  const leaves: Float64Array[] = [];
  const root: Pending = { node: 0, from: 0, to: growth.rows, above: Float64Array.from(growth.shares) };
  const pending: Pending[] = [root];
  let settled = 0;
  for (let work = pending.pop(); work; work = pending.pop()) {
    const { node, from, to, above } = work;
    const rows = order.subarray(from, to);
    const shares = node === 0 ? above : sharesOf(growth, rows, above);
    const search = findSplit(growth, rows);
    let found = search.next();
    while (found.done !== true) {
      await breathe();
      if (rows.length > 2000) yield settled / growth.rows;
      found = search.next();
    }
    const split = found.value;
    if (!split) {
      tree.next[node] = leaves.length;
      leaves.push(shares);
      settled += rows.length;
      yield settled / growth.rows;
      continue;
    }
    const { tokens } = growth.questions[split.question] as Asked["questions"][number];
    const middle = from + partition(rows, (row) => split.left[tokens[row] as number] === 1);
    const child = tree.places.length;
    tree.places[node] = growth.placesAsked[split.question] as number;
    tree.next[node] = child;
    tree.left[node] = split.left;
    tree.places.push(-1, -1);
    tree.next.push(0, 0);
    tree.left.push(new Uint8Array(0), new Uint8Array(0));
    pending.push({ node: child + 1, from: middle, to, above: shares });
    pending.push({ node: child, from, to: middle, above: shares });
  }
  return { ...tree, leaves: sideBySide(leaves, growth.outcome.tokens) };
}

function sharesOf({ answers, smoothing }: Growth, rows: Int32Array, above: Float64Array): Float64Array {
  const total = rows.length + smoothing;
  const shares = above.map((share) => (smoothing * share) / total);
  for (const row of rows) {
    const token = answers[row] as number;
    shares[token] = (shares[token] as number) + 1 / total;
  }
  return shares;
}

/** Moves the rows that go left before the others, both in their order; returns how many they are. */
function partition(rows: Int32Array, goesLeft: (row: number) => boolean): number {
  const right: number[] = [];
  let at = 0;
  for (const row of rows) {
    if (goesLeft(row)) rows[at++] = row;
    else right.push(row);
  }
  rows.set(right, at);
  return at;
}

function sideBySide(leaves: readonly Float64Array[], tokens: number): Float32Array {
  const all = new Float32Array(leaves.length * tokens);
  leaves.forEach((leaf, i) => all.set(leaf, i * tokens));
  return all;
}
