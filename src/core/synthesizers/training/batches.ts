import type { Rng } from "../../math/rng.ts";

/** `size` of `rows` a call, in random order, epoch after epoch; what is left over of an epoch is dropped. */
export function shuffledRows(rows: Int32Array, size: number, rng: Rng): () => Int32Array {
  const length = Math.min(size, rows.length);
  let order = rng.permutation(rows.length);
  let at = 0;
  return () => {
    if (at + length > rows.length) {
      order = rng.permutation(rows.length);
      at = 0;
    }
    const some = Int32Array.from({ length }, (_, i) => rows[order[at + i] as number] as number);
    at += length;
    return some;
  };
}
