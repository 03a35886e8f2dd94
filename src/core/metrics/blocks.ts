import { jackknifeError } from "../math/intervals.ts";
import type { Rng } from "../math/rng.ts";

/** Groups of rows that are left out in turn for a jackknife. */
export const BLOCKS = 20;

/** Every row in one of `BLOCKS` blocks of equal size, at random. */
export function blocksOf(rows: number, rng: Rng): Uint8Array {
  const blocks = new Uint8Array(rows);
  rng.permutation(rows).forEach((row, i) => (blocks[row] = i % BLOCKS));
  return blocks;
}

/** How often `holds` in each block. */
export function countByBlock(blocks: Uint8Array, holds: (row: number) => boolean): Float64Array {
  const counts = new Float64Array(BLOCKS);
  for (let row = 0; row < blocks.length; row++) {
    if (holds(row)) counts[blocks[row] as number] = (counts[blocks[row] as number] as number) + 1;
  }
  return counts;
}

/** Delete-a-group jackknife of a statistic: `without(b)` is it without block b, `without(-1)` with all rows. */
export function jackknifed(without: (block: number) => number): { value: number; error: number } {
  const value = without(-1);
  const left = Array.from({ length: BLOCKS }, (_, b) => without(b));
  return {
    value,
    error: jackknifeError(left.map((estimate) => (Number.isFinite(estimate) ? estimate : value))),
  };
}
