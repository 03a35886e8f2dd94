/** Transposes, leaky ReLU, batch normalisation and spectral normalisation as loops over memory. */
import { at } from "./loop.ts";
import type { Loop } from "./loop.ts";

type Shape = readonly number[];
const sameAs =
  (...inputs: number[]) =>
  (shapes: readonly Shape[]): Shape[] =>
    inputs.map((i) => at(shapes, i));

/** [rows, columns] -> [columns, rows], four rows at a time. */
const transpose: Loop = {
  shapes: ([shape]) => [[shape?.[1] as number, shape?.[0] as number]],
  run: ([x], [y], [shape]) => {
    const [rows, columns] = shape as [number, number];
    swap(x as Float32Array, y as Float32Array, rows, columns);
  },
};

function swap(x: Float32Array, y: Float32Array, rows: number, columns: number): void {
  const fours = rows - (rows % 4);
  for (let i = 0; i < fours; i += 4) {
    for (let k = i * columns, o = i, j = 0; j < columns; j++, k++, o += rows) {
      y[o] = x[k] as number;
      y[o + 1] = x[k + columns] as number;
      y[o + 2] = x[k + 2 * columns] as number;
      y[o + 3] = x[k + 3 * columns] as number;
    }
  }
  for (let i = fours; i < rows; i++)
    for (let j = 0; j < columns; j++) y[j * rows + i] = x[i * columns + j] as number;
}

interface Slope {
  readonly slope: number;
}

/** x where it is positive, else slope x. No branch: signs follow no pattern that a processor could foresee. */
const leaky: Loop<Slope> = {
  shapes: sameAs(0),
  run: (from, to, _, { slope }) => {
    const x = at(from, 0);
    const y = at(to, 0);
    const even = (1 + slope) / 2;
    const odd = (1 - slope) / 2;
    for (let i = 0; i < x.length; i++) {
      const value = x[i] as number;
      y[i] = even * value + odd * Math.abs(value);
    }
  },
};

/** dy, x: dy where x is positive, else slope dy. A float is positive where its bits are, read as a whole number. */
const leakyGradient: Loop<Slope> = {
  shapes: sameAs(0),
  run: (from, to, _, { slope }) => {
    const dy = at(from, 0);
    const x = at(from, 1);
    const dx = at(to, 0);
    const bits = new Int32Array(x.buffer, x.byteOffset, x.length);
    const factors = Float64Array.of(slope, 1);
    for (let i = 0; i < dx.length; i++)
      dx[i] = (dy[i] as number) * (factors[-(bits[i] as number) >>> 31] as number);
  },
};

interface Epsilon {
  readonly epsilon: number;
}

/** x, gamma, beta: y, the batch's mean and its biased variance. */
const batchNorm: Loop<Epsilon> = {
  shapes: sameAs(0, 1, 1),
  run: (from, to, _, { epsilon }) => {
    const x = at(from, 0);
    const width = at(from, 1).length;
    const rows = x.length / width;
    const mean = new Float64Array(width);
    for (let k = 0; k < x.length; k += width) for (let j = 0; j < width; j++) mean[j]! += x[k + j] as number;
    for (let j = 0; j < width; j++) mean[j]! /= rows;
    const variance = new Float64Array(width);
    for (let k = 0; k < x.length; k += width) {
      for (let j = 0; j < width; j++) {
        const off = (x[k + j] as number) - (mean[j] as number);
        variance[j]! += off * off;
      }
    }
    for (let j = 0; j < width; j++) variance[j]! /= rows;
    const scale = variance.map((v, j) => (at(from, 1)[j] as number) / Math.sqrt(v + epsilon));
    const beta = at(from, 2);
    const y = at(to, 0);
    for (let k = 0; k < x.length; k += width) {
      for (let j = 0; j < width; j++)
        y[k + j] = ((x[k + j] as number) - (mean[j] as number)) * (scale[j] as number) + (beta[j] as number);
    }
    at(to, 1).set(mean);
    at(to, 2).set(variance);
  },
};

/** dy, x, mean, variance, gamma: dx, dgamma, dbeta. */
const batchNormGradient: Loop<Epsilon> = {
  shapes: sameAs(0, 4, 4),
  run: (from, to, _, { epsilon }) => {
    const [dy, x, mean, variance, gamma] = from as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const width = gamma.length;
    const rows = x.length / width;
    const sums = new Float64Array(width);
    const products = new Float64Array(width);
    for (let k = 0; k < x.length; k += width) {
      for (let j = 0; j < width; j++) {
        const slope = dy[k + j] as number;
        sums[j]! += slope;
        products[j]! += slope * ((x[k + j] as number) - (mean[j] as number));
      }
    }
    const inverse = Float64Array.from(variance, (v) => 1 / Math.sqrt(v + epsilon));
    const scale = inverse.map((r, j) => r * (gamma[j] as number));
    const shift = sums.map((sum) => sum / rows);
    const tilt = products.map((product, j) => (product * (inverse[j] as number) ** 2) / rows);
    const dx = at(to, 0);
    for (let k = 0; k < x.length; k += width) {
      for (let j = 0; j < width; j++) {
        const off = (x[k + j] as number) - (mean[j] as number);
        dx[k + j] =
          (scale[j] as number) * ((dy[k + j] as number) - (shift[j] as number) - off * (tilt[j] as number));
      }
    }
    at(to, 1).set(products.map((product, j) => product * (inverse[j] as number)));
    at(to, 2).set(sums);
  },
};

/** weight, u: W / sigma, v, the next u, sigma; u is kept where `moves` is false. */
const spectral: Loop<{ readonly moves: boolean }> = {
  shapes: ([weight, u]) => [weight as Shape, [weight?.[0] as number], u as Shape, [1]],
  run: (from, to, _, { moves }) => {
    const weight = at(from, 0);
    const [scaled, v, next, sigma] = to as [Float32Array, Float32Array, Float32Array, Float32Array];
    multiply(weight, at(from, 1), v);
    unit(v);
    const column = new Float64Array(next.length);
    for (let i = 0, k = 0; i < v.length; i++) {
      const share = v[i] as number;
      for (let j = 0; j < column.length; j++, k++) column[j]! += share * (weight[k] as number);
    }
    const right = Float32Array.from(column);
    unit(right);
    next.set(moves ? right : at(from, 1));
    let largest = 0;
    for (let j = 0; j < column.length; j++) largest += (column[j] as number) * (next[j] as number);
    sigma[0] = largest;
    const factor = 1 / largest;
    for (let k = 0; k < weight.length; k++) scaled[k] = (weight[k] as number) * factor;
  },
};

function multiply(weight: Float32Array, u: Float32Array, into: Float32Array): void {
  for (let i = 0, k = 0; i < into.length; i++) {
    let even = 0;
    let odd = 0;
    let j = 0;
    for (; j + 1 < u.length; j += 2, k += 2) {
      even += (weight[k] as number) * (u[j] as number);
      odd += (weight[k + 1] as number) * (u[j + 1] as number);
    }
    if (j < u.length) even += (weight[k++] as number) * (u[j] as number);
    into[i] = even + odd;
  }
}

function unit(x: Float32Array): void {
  let square = 1e-12;
  for (let i = 0; i < x.length; i++) square += (x[i] as number) ** 2;
  const norm = Math.sqrt(square);
  for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) / norm;
}

/** dy, W / sigma, v, u, sigma: (dy - <dy, W / sigma> v u') / sigma. */
const spectralGradient: Loop = {
  shapes: sameAs(0),
  run: (from, to) => {
    const dy = at(from, 0);
    const scaled = at(from, 1);
    const v = at(from, 2);
    const u = at(from, 3);
    const factor = 1 / (at(from, 4)[0] as number);
    const dx = at(to, 0);
    let inner = 0;
    for (let k = 0; k < dy.length; k++) inner += (dy[k] as number) * (scaled[k] as number);
    for (let i = 0, k = 0; i < v.length; i++) {
      const share = inner * (v[i] as number);
      for (let j = 0; j < u.length; j++, k++) dx[k] = ((dy[k] as number) - share * (u[j] as number)) * factor;
    }
  },
};

export const layerLoops = {
  transpose,
  leaky,
  leakyGradient,
  batchNorm,
  batchNormGradient,
  spectral,
  spectralGradient,
};
