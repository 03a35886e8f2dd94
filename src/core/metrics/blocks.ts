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

/** Delete-a-group jackknife of a statistic: `without(b)` is it without block b, `without(-1)` with all rows. */
export function jackknifed(without: (block: number) => number): { value: number; error: number } {
  const value = without(-1);
  const left = Array.from({ length: BLOCKS }, (_, b) => without(b));
  return {
    value,
    error: jackknifeError(left.map((estimate) => (Number.isFinite(estimate) ? estimate : value))),
  };
}
