/** Leaky ReLU, batch normalisation, spectral normalisation and dropout, forward and backward. */
import { columnSums } from "./matrix";
import { inner, scale } from "./exponential";

/** x where it is positive, else slope x. */
export function leaky(count: i32, x: usize, y: usize, slope: f32): void {
  const zero = f32x4.splat(0);
  const by = f32x4.splat(slope);
  const even = (<usize>(count & ~3)) << 2;
  for (let i: usize = 0; i < even; i += 16) {
    const v = v128.load(x + i);
    v128.store(y + i, v128.bitselect(v, f32x4.mul(v, by), f32x4.gt(v, zero)));
  }
  for (let i = even; i < (<usize>count) << 2; i += 4) {
    const v = load<f32>(x + i);
    store<f32>(y + i, v > 0 ? v : v * slope);
  }
}

/** dy where x is positive, else slope dy. */
export function leakyGradient(count: i32, dy: usize, x: usize, dx: usize, slope: f32): void {
  const zero = f32x4.splat(0);
  const by = f32x4.splat(slope);
  const even = (<usize>(count & ~3)) << 2;
  for (let i: usize = 0; i < even; i += 16) {
    const v = v128.load(dy + i);
    v128.store(dx + i, v128.bitselect(v, f32x4.mul(v, by), f32x4.gt(v128.load(x + i), zero)));
  }
  for (let i = even; i < (<usize>count) << 2; i += 4) {
    const v = load<f32>(dy + i);
    store<f32>(dx + i, load<f32>(x + i) > 0 ? v : v * slope);
  }
}

/**
 * y = x times 0 or `kept`: number i is dropped where the hash of seed + i (lowbias32, C. Wellons) lies below `limit`, so
 * that the backward pass needs no mask.
 */
export function dropout(count: i32, x: usize, y: usize, seed: i32, limit: i32, kept: f32): void {
  const by = f32x4.splat(kept);
  const edge = i32x4.splat(limit);
  let counter = i32x4.add(i32x4.splat(seed), i32x4(0, 1, 2, 3));
  const four = i32x4.splat(4);
  for (let k = 0; k < count; k += 4) {
    let h = v128.xor(counter, i32x4.shr_u(counter, 16));
    h = i32x4.mul(h, i32x4.splat(0x7feb352d));
    h = v128.xor(h, i32x4.shr_u(h, 15));
    h = i32x4.mul(h, i32x4.splat(0x846ca68b));
    h = v128.xor(h, i32x4.shr_u(h, 16));
    const keep = i32x4.ge_u(h, edge);
    const at = (<usize>k) << 2;
    if (k + 4 <= count) {
      v128.store(y + at, v128.and(f32x4.mul(v128.load(x + at), by), keep));
    } else {
      store<f32>(y + at, i32x4.extract_lane(keep, 0) !== 0 ? load<f32>(x + at) * kept : 0);
      if (k + 1 < count)
        store<f32>(y + at, i32x4.extract_lane(keep, 1) !== 0 ? load<f32>(x + at, 4) * kept : 0, 4);
      if (k + 2 < count)
        store<f32>(y + at, i32x4.extract_lane(keep, 2) !== 0 ? load<f32>(x + at, 8) * kept : 0, 8);
    }
    counter = i32x4.add(counter, four);
  }
}

/** y, the batch's mean and its biased variance, of x [rows, width]. */
export function batchNorm(
  rows: i32,
  width: i32,
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  mean: usize,
  variance: usize,
  epsilon: f32,
): void {
  const step = (<usize>width) << 2;
  columnSums(rows, width, x, mean);
  scale(mean, width, <f32>1 / <f32>rows);
  for (let j = 0; j < width;) {
    const at = (<usize>j) << 2;
    if (j + 4 <= width) {
      const centre = v128.load(mean + at);
      let sum = f32x4.splat(0);
      for (let i = 0; i < rows; i++) {
        const off = f32x4.sub(v128.load(x + at + step * i), centre);
        sum = f32x4.add(sum, f32x4.mul(off, off));
      }
      const spread = f32x4.div(sum, f32x4.splat(<f32>rows));
      v128.store(variance + at, spread);
      const root = f32x4.sqrt(f32x4.add(spread, f32x4.splat(epsilon)));
      const by = f32x4.div(v128.load(gamma + at), root);
      const shift = v128.load(beta + at);
      for (let i = 0; i < rows; i++) {
        const off = f32x4.sub(v128.load(x + at + step * i), centre);
        v128.store(y + at + step * i, f32x4.add(f32x4.mul(off, by), shift));
      }
      j += 4;
    } else {
      const centre = load<f32>(mean + at);
      let sum: f32 = 0;
      for (let i = 0; i < rows; i++) {
        const off = load<f32>(x + at + step * i) - centre;
        sum += off * off;
      }
      const spread = sum / <f32>rows;
      store<f32>(variance + at, spread);
      const by = load<f32>(gamma + at) / sqrt<f32>(spread + epsilon);
      const shift = load<f32>(beta + at);
      for (let i = 0; i < rows; i++)
        store<f32>(y + at + step * i, (load<f32>(x + at + step * i) - centre) * by + shift);
      j++;
    }
  }
}

/** dx, dgamma, dbeta. */
export function batchNormGradient(
  rows: i32,
  width: i32,
  dy: usize,
  x: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  epsilon: f32,
): void {
  const step = (<usize>width) << 2;
  const count = <f32>rows;
  for (let j = 0; j < width;) {
    const at = (<usize>j) << 2;
    if (j + 4 <= width) {
      const centre = v128.load(mean + at);
      let sum = f32x4.splat(0);
      let tilt = f32x4.splat(0);
      for (let i = 0; i < rows; i++) {
        const slope = v128.load(dy + at + step * i);
        sum = f32x4.add(sum, slope);
        tilt = f32x4.add(tilt, f32x4.mul(slope, f32x4.sub(v128.load(x + at + step * i), centre)));
      }
      const root = f32x4.sqrt(f32x4.add(v128.load(variance + at), f32x4.splat(epsilon)));
      const inverse = f32x4.div(f32x4.splat(1), root);
      v128.store(dbeta + at, sum);
      v128.store(dgamma + at, f32x4.mul(tilt, inverse));
      const by = f32x4.mul(v128.load(gamma + at), inverse);
      const shift = f32x4.div(sum, f32x4.splat(count));
      const lean = f32x4.div(f32x4.mul(tilt, f32x4.mul(inverse, inverse)), f32x4.splat(count));
      for (let i = 0; i < rows; i++) {
        const off = f32x4.sub(v128.load(x + at + step * i), centre);
        const left = f32x4.sub(f32x4.sub(v128.load(dy + at + step * i), shift), f32x4.mul(off, lean));
        v128.store(dx + at + step * i, f32x4.mul(by, left));
      }
      j += 4;
    } else {
      const centre = load<f32>(mean + at);
      let sum: f32 = 0;
      let tilt: f32 = 0;
      for (let i = 0; i < rows; i++) {
        const slope = load<f32>(dy + at + step * i);
        sum += slope;
        tilt += slope * (load<f32>(x + at + step * i) - centre);
      }
      const inverse = <f32>1 / sqrt<f32>(load<f32>(variance + at) + epsilon);
      store<f32>(dbeta + at, sum);
      store<f32>(dgamma + at, tilt * inverse);
      const by = load<f32>(gamma + at) * inverse;
      const lean = (tilt * inverse * inverse) / count;
      for (let i = 0; i < rows; i++) {
        const off = load<f32>(x + at + step * i) - centre;
        store<f32>(dx + at + step * i, by * (load<f32>(dy + at + step * i) - sum / count - off * lean));
      }
      j++;
    }
  }
}

function unit(x: usize, count: i32): void {
  scale(x, count, <f32>1 / sqrt<f32>(inner(x, x, count) + <f32>1e-12));
}

/** y += factor x. */
function addScaled(x: usize, y: usize, count: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  const even = (<usize>(count & ~3)) << 2;
  for (let i: usize = 0; i < even; i += 16)
    v128.store(y + i, f32x4.add(v128.load(y + i), f32x4.mul(v128.load(x + i), by)));
  for (let i = even; i < (<usize>count) << 2; i += 4)
    store<f32>(y + i, load<f32>(y + i) + load<f32>(x + i) * factor);
}

/**
 * weight [inputs, units], u [units]: scaled = W / sigma, v [inputs], next [units], sigma [1]; next is u unless `moves`.
 * `column`: space for [units].
 */
export function spectral(
  inputs: i32,
  units: i32,
  weight: usize,
  u: usize,
  scaled: usize,
  v: usize,
  next: usize,
  sigma: usize,
  column: usize,
  moves: bool,
): void {
  const step = (<usize>units) << 2;
  for (let i = 0; i < inputs; i++) store<f32>(v + ((<usize>i) << 2), inner(weight + step * i, u, units));
  unit(v, inputs);
  memory.fill(column, 0, step);
  for (let i = 0; i < inputs; i++)
    addScaled(weight + step * i, column, units, load<f32>(v + ((<usize>i) << 2)));
  memory.copy(next, moves ? column : u, step);
  if (moves) unit(next, units);
  const most = inner(column, next, units);
  store<f32>(sigma, most);
  memory.copy(scaled, weight, step * inputs);
  scale(scaled, inputs * units, <f32>1 / most);
}

/** (dy - <dy, W / sigma> v u') / sigma. */
export function spectralGradient(
  inputs: i32,
  units: i32,
  dy: usize,
  scaled: usize,
  v: usize,
  u: usize,
  sigma: usize,
  dx: usize,
): void {
  const factor = <f32>1 / load<f32>(sigma);
  let along: f32 = 0;
  const step = (<usize>units) << 2;
  for (let i = 0; i < inputs; i++) along += inner(dy + step * i, scaled + step * i, units);
  memory.copy(dx, dy, step * inputs);
  for (let i = 0; i < inputs; i++)
    addScaled(u, dx + step * i, units, -along * load<f32>(v + ((<usize>i) << 2)));
  scale(dx, inputs * units, factor);
}
