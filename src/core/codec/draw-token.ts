import type { Rng } from "../math/rng.ts";

/** One class out of `width` weights in `data` from `start`: the hot one of a one-hot, a draw from probabilities. */
export function drawToken(data: Float32Array, start: number, width: number, rng: Rng): number {
  let total = 0;
  for (let k = 0; k < width; k++) total += Math.max(0, data[start + k] as number);
  let left = rng.uniform() * total;
  let last = 0;
  for (let k = 0; k < width; k++) {
    const weight = data[start + k] as number;
    if (!(weight > 0)) continue;
    last = k;
    left -= weight;
    if (left < 0) return k;
  }
  return last;
}
