import { breathe } from "../../../math/breathe.ts";
import { symmetricEigen } from "../../../math/linear/eigen.ts";
import { createRng } from "../../../math/rng.ts";

/** Directions in which many levels are laid out, and levels for each. */
const [FEWEST_DIRECTIONS, MOST_DIRECTIONS] = [16, 32];
const LEVELS_EACH = 25;
const ROUNDS = 4;

export const directionsFor = (levels: number): number =>
  Math.min(levels, MOST_DIRECTIONS, Math.max(FEWEST_DIRECTIONS, Math.round(levels / LEVELS_EACH)));

/** What follows what: `previous` [levels x width] times `next` [levels x width], transposed, is nearly the log ratios. */
export interface Embedding {
  readonly width: number;
  readonly previous: Float32Array;
  readonly next: Float32Array;
}

/**
 * The leading directions of `ratios` (n x n, row-major: from, to), each side scaled by the root of the singular value:
 * subspace iteration (Halko, Martinsson & Tropp 2011) with a fixed start.
 */
export async function embed(ratios: Float64Array, n: number): Promise<Embedding> {
  const width = directionsFor(n);
  const wide = Math.min(n, width + 8);
  const rng = createRng(1);
  let right = Float64Array.from({ length: n * wide }, () => rng.normal());
  let left = right;
  for (let round = 0; round < ROUNDS; round++) {
    left = orthonormal(await product(ratios, right, n, wide, false), n, wide);
    right = await product(ratios, left, n, wide, true);
    if (round < ROUNDS - 1) right = orthonormal(right, n, wide);
  }
  const gram = new Float64Array(wide * wide);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < wide; a++)
      for (let b = 0; b < wide; b++)
        gram[a * wide + b] =
          (gram[a * wide + b] as number) + (right[i * wide + a] as number) * (right[i * wide + b] as number);
  const { values, vectors } = symmetricEigen(gram, wide);
  const previous = new Float32Array(n * width);
  const next = new Float32Array(n * width);
  for (let k = 0; k < width; k++) {
    const at = wide - 1 - k;
    const root = Math.sqrt(Math.sqrt(Math.max(values[at] as number, 1e-12)));
    for (let i = 0; i < n; i++) {
      let [u, v] = [0, 0];
      for (let a = 0; a < wide; a++) {
        const turn = vectors[a * wide + at] as number;
        u += (left[i * wide + a] as number) * turn;
        v += (right[i * wide + a] as number) * turn;
      }
      previous[i * width + k] = u * root;
      next[i * width + k] = v / root;
    }
  }
  return { width, previous, next };
}

async function product(
  matrix: Float64Array,
  x: Float64Array,
  n: number,
  wide: number,
  turned: boolean,
): Promise<Float64Array<ArrayBuffer>> {
  const out = new Float64Array(n * wide);
  for (let i = 0; i < n; i++) {
    if (i % 64 === 63) await breathe();
    for (let j = 0; j < n; j++) {
      const value = matrix[i * n + j] as number;
      if (value === 0) continue;
      const [from, to] = turned ? [i, j] : [j, i];
      for (let k = 0; k < wide; k++)
        out[to * wide + k] = (out[to * wide + k] as number) + value * (x[from * wide + k] as number);
    }
  }
  return out;
}

/** Gram-Schmidt, twice. */
function orthonormal(x: Float64Array<ArrayBuffer>, n: number, wide: number): Float64Array<ArrayBuffer> {
  for (let turn = 0; turn < 2; turn++)
    for (let k = 0; k < wide; k++) {
      for (let j = 0; j < k; j++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += (x[i * wide + k] as number) * (x[i * wide + j] as number);
        for (let i = 0; i < n; i++)
          x[i * wide + k] = (x[i * wide + k] as number) - dot * (x[i * wide + j] as number);
      }
      let size = 0;
      for (let i = 0; i < n; i++) size += (x[i * wide + k] as number) ** 2;
      const scale = size > 1e-20 ? 1 / Math.sqrt(size) : 0;
      for (let i = 0; i < n; i++) x[i * wide + k] = (x[i * wide + k] as number) * scale;
    }
  return x;
}
