import type { Rng } from "../../math/rng.ts";
import type { Batch } from "../../nn/tensor.ts";

const SCHEDULE = { least: 0.002, most: 20, rho: 7 } as const;

/** Noise levels from the most to the least and then 0 (Karras et al. 2022, eq. 5): steps + 1 of them. */
export function noiseLevels(steps: number): Float64Array {
  const { least, most, rho } = SCHEDULE;
  const [high, low] = [most ** (1 / rho), least ** (1 / rho)];
  return Float64Array.from({ length: steps + 1 }, (_, i) =>
    i === steps ? 0 : (high + (i / Math.max(1, steps - 1)) * (low - high)) ** rho,
  );
}

/**
 * Rows from noise by DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): deterministic, second order, one call of `denoise`
 * per step. `denoise` gives the clean rows behind noisy ones of one level.
 */
export async function solve(
  rows: number,
  width: number,
  steps: number,
  rng: Rng,
  denoise: (noisy: Batch, sigma: number) => Promise<Float32Array>,
): Promise<Float32Array> {
  const levels = noiseLevels(steps);
  const x = Float32Array.from({ length: rows * width }, () => (levels[0] as number) * rng.normal());
  let before: Float32Array | undefined;
  for (let i = 0; i < steps; i++) {
    const [sigma, next] = [levels[i] as number, levels[i + 1] as number];
    const clean = await denoise({ rows, width, data: x }, sigma);
    const ratio = next / sigma;
    const bend = next > 0 && before && i > 0 ? bendOf(levels, i) : 0;
    for (let k = 0; k < x.length; k++) {
      const now = clean[k] as number;
      const guess = now + bend * (now - ((before ?? clean)[k] as number));
      x[k] = ratio * (x[k] as number) + (1 - ratio) * guess;
    }
    before = clean;
  }
  return x;
}

/** How far the clean rows are extrapolated from the step before: 1 / (2 r), r the ratio of the steps in log noise. */
function bendOf(levels: Float64Array, i: number): number {
  const log = (at: number): number => Math.log(levels[at] as number);
  return (0.5 * (log(i) - log(i + 1))) / (log(i - 1) - log(i));
}
