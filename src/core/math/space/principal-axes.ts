import { breathe } from "../breathe.ts";
import { symmetricEigen } from "../linear/eigen.ts";
import type { Points } from "./nearest.ts";
import type { Rng } from "../rng.ts";

const SPARE = 6;
const ROUNDS = 12;

export interface PrincipalAxes {
  /** of the whole variance, falling */
  readonly shares: readonly number[];
  /** the coordinates of points of the same columns, one list per axis */
  project(points: Points): Float64Array[];
}

/**
 * The first `count` principal components of `points` (codes as one-hot columns divided by sqrt 2), by subspace iteration from
 * random directions with the Rayleigh-Ritz step at its end (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.3). About
 * 200 products with the columns, however many levels there are. Fewer axes where the points span fewer.
 */
export async function principalAxes(
  points: Points,
  count: number,
  rng: Rng,
  pulse: () => Promise<void> = breathe,
): Promise<PrincipalAxes> {
  const space = spaceOf(points);
  const width = Math.min(count + SPARE, space.size);
  let basis = orthonormal(
    Array.from({ length: width }, () => Float64Array.from({ length: space.size }, () => rng.normal())),
  );
  const through = async (): Promise<Float64Array[]> => {
    const images: Float64Array[] = [];
    for (const direction of basis) {
      images.push(back(points, space, forth(points, space, direction)));
      await pulse();
    }
    return images;
  };
  for (let round = 0; round < ROUNDS; round++) basis = orthonormal(await through());
  const n = basis.length;
  const images = await through();
  const small = new Float64Array(n * n);
  basis.forEach((a, i) => images.forEach((b, j) => (small[i * n + j] = dot(a, b) / points.rows)));
  const { values, vectors } = symmetricEigen(symmetric(small, n), n);
  const total = space.variance;
  const axes = Array.from({ length: Math.min(count, n) }, (_, k) => {
    const at = n - 1 - k;
    const axis = new Float64Array(space.size);
    basis.forEach((direction, i) => {
      for (let j = 0; j < axis.length; j++)
        axis[j] = (axis[j] as number) + (vectors[i * n + at] as number) * (direction[j] as number);
    });
    return { axis: upright(axis), share: total > 0 ? Math.max(0, values[at] as number) / total : 0 };
  });
  return {
    shares: axes.map(({ share }) => share),
    project: (given) => axes.map(({ axis }) => forth(given, space, axis)),
  };
}

interface Space {
  readonly size: number;
  /** where the levels of each code begin */
  readonly offsets: readonly number[];
  readonly levels: readonly number[];
  readonly means: Float64Array;
  readonly variance: number;
}

function spaceOf({ rows, numbers, codes }: Points): Space {
  const levels = codes.map((column) => column.reduce((most, code) => Math.max(most, code + 1), 0));
  const offsets: number[] = [];
  let size = numbers.length;
  for (const of of levels) {
    offsets.push(size);
    size += of;
  }
  const means = new Float64Array(size);
  let variance = 0;
  numbers.forEach((column, k) => {
    const mean = column.reduce((a, b) => a + b, 0) / rows;
    means[k] = mean;
    variance += column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows;
  });
  codes.forEach((column, k) => {
    const first = offsets[k] as number;
    for (const code of column)
      if (code >= 0) means[first + code] = (means[first + code] as number) + Math.SQRT1_2 / rows;
    for (let level = 0; level < (levels[k] as number); level++) {
      const share = (means[first + level] as number) * Math.SQRT2;
      variance += (share * (1 - share)) / 2;
    }
  });
  return { size, offsets, levels, means, variance };
}

/** (X - means) v, one number a point; a level that the space does not know adds nothing. */
function forth({ rows, numbers, codes }: Points, space: Space, v: Float64Array): Float64Array {
  const out = new Float64Array(rows).fill(-dot(space.means, v));
  numbers.forEach((column, k) => {
    const weight = v[k] as number;
    for (let i = 0; i < rows; i++) out[i] = (out[i] as number) + weight * (column[i] as number);
  });
  codes.forEach((column, k) => {
    const first = space.offsets[k] as number;
    const levels = space.levels[k] as number;
    for (let i = 0; i < rows; i++) {
      const code = column[i] as number;
      if (code >= 0 && code < levels)
        out[i] = (out[i] as number) + (v[first + code] as number) * Math.SQRT1_2;
    }
  });
  return out;
}

/** (X - means)' u. */
function back({ rows, numbers, codes }: Points, space: Space, u: Float64Array): Float64Array {
  const sum = u.reduce((a, b) => a + b, 0);
  const out = space.means.map((mean) => -mean * sum);
  numbers.forEach((column, k) => {
    let product = 0;
    for (let i = 0; i < rows; i++) product += (column[i] as number) * (u[i] as number);
    out[k] = (out[k] as number) + product;
  });
  codes.forEach((column, k) => {
    const first = space.offsets[k] as number;
    for (let i = 0; i < rows; i++) {
      const code = column[i] as number;
      if (code >= 0) out[first + code] = (out[first + code] as number) + (u[i] as number) * Math.SQRT1_2;
    }
  });
  return out;
}

/** Gram-Schmidt, twice; what is left of a direction that follows from the others is dropped. */
function orthonormal(directions: readonly Float64Array[]): Float64Array[] {
  const basis: Float64Array[] = [];
  for (const direction of directions) {
    const rest = direction.slice();
    const before = Math.sqrt(dot(rest, rest));
    for (let pass = 0; pass < 2; pass++) {
      for (const axis of basis) {
        const along = dot(axis, rest);
        for (let j = 0; j < rest.length; j++) rest[j] = (rest[j] as number) - along * (axis[j] as number);
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-10 * before && length > 0) basis.push(rest.map((x) => x / length));
  }
  return basis;
}

function symmetric(matrix: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      out[i * n + j] = ((matrix[i * n + j] as number) + (matrix[j * n + i] as number)) / 2;
  return out;
}

/** The sign under which the largest entry is positive, so that a map does not flip from run to run. */
function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return largest < 0 ? axis.map((x) => -x) : axis;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] as number) * (b[j] as number);
  return sum;
}
