import type { Rng } from "../math/rng.ts";

/** Which rows each member learns from and which judge it. */
export interface Folds {
  readonly members: number;
  /** rows that steps are drawn from */
  readonly learnt: Int32Array;
  /** rows that held-out likelihood is measured on */
  readonly judged: Int32Array;
  /** share of `learnt` that one member learns from */
  readonly shareLearnt: number;
  holdsOut(member: number, row: number): boolean;
}

const MOST_JUDGED = 2000;

/**
 * One member: a tenth of the rows (at least 30, at most a quarter) is held out. Several: random permutations are cut in
 * `folds` parts, and each member holds one part out, so that every row is held out by members / folds of them.
 */
export function foldsFor(rows: number, members: number, folds: number, rng: Rng): Folds {
  if (members === 1) {
    const order = rng.permutation(rows);
    const count = Math.max(1, Math.min(Math.max(30, Math.round(rows / 10)), Math.floor(rows / 4)));
    const held = new Set(order.subarray(0, count));
    return {
      members,
      learnt: order.slice(count).sort(),
      judged: order.slice(0, Math.min(count, MOST_JUDGED)).sort(),
      shareLearnt: 1,
      holdsOut: (_member, row) => held.has(row),
    };
  }
  const part = new Uint8Array(members * rows);
  for (let first = 0; first < members; first += folds) {
    const order = rng.permutation(rows);
    for (let member = first; member < Math.min(members, first + folds); member++)
      order.forEach((row, i) => {
        part[member * rows + row] = i % folds === member - first ? 1 : 0;
      });
  }
  const all = Int32Array.from({ length: rows }, (_, i) => i);
  return {
    members,
    learnt: all,
    judged: all,
    shareLearnt: 1 - 1 / folds,
    holdsOut: (member, row) => part[member * rows + row] === 1,
  };
}
