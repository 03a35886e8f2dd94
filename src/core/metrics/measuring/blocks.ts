import { jackknifeError } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { partsOf } from "../../table/whole-patients.ts";

/** Groups of rows that are left out in turn for a jackknife. */
export const BLOCKS = 20;

/** Every row in one of `BLOCKS` blocks of about equal size, at random; rows of one patient are in one block. */
export const blocksOf = (rows: number, rng: Rng, whose?: Int32Array): Uint8Array =>
  partsOf(rows, BLOCKS, rng, whose);

/** Delete-a-group jackknife of a statistic: `without(b)` is it without block b, `without(-1)` with all rows. */
export function jackknifed(without: (block: number) => number): { value: number; error: number } {
  const value = without(-1);
  const left = Array.from({ length: BLOCKS }, (_, b) => without(b));
  return {
    value,
    error: jackknifeError(left.map((estimate) => (Number.isFinite(estimate) ? estimate : value))),
  };
}
