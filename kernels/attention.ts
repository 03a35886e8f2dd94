/** What a transformer needs beside products: attention, normalised rows, GELU, rows by number; forward and backward. */
import { exp4, expSum, inner, largest, scale, sum4 } from "./exponential";

/** y += factor x. */
function addTimes(x: usize, y: usize, count: i32, factor: f32): void {
  const by = f32x4.splat(factor);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(y + at, f32x4.add(v128.load(y + at), f32x4.mul(v128.load(x + at), by)));
  }
  for (; i < count; i++) {
    const at = (<usize>i) << 2;
    store<f32>(y + at, load<f32>(y + at) + load<f32>(x + at) * factor);
  }
}

/**
 * Causal attention of `rows` sequences: qkv [rows, length, 3 width] (queries, keys, values side by side, each head after
 * head). Queries from `from` on: out [rows, length - from, width] and their shares [rows, heads, length - from, length].
 */
export function attention(
  rows: i32,
  length: i32,
  heads: i32,
  width: i32,
  from: i32,
  qkv: usize,
  out: usize,
  shares: usize,
): void {
  const size = width / heads;
  const step = (<usize>(3 * width)) << 2;
  const keysAt = (<usize>width) << 2;
  const by = <f32>1 / sqrt<f32>(<f32>size);
  const asked = length - from;
  for (let r = 0; r < rows; r++)
    for (let h = 0; h < heads; h++) {
      const head = qkv + step * length * r + ((<usize>(h * size)) << 2);
      for (let i = from; i < length; i++) {
        const query = head + step * i;
        const own = shares + ((<usize>(((r * heads + h) * asked + i - from) * length)) << 2);
        for (let k = 0; k <= i; k++)
          store<f32>(own + ((<usize>k) << 2), inner(query, head + step * k + keysAt, size));
        const total = expSum(own, own, i + 1, largest(own, i + 1), by);
        scale(own, i + 1, <f32>1 / total);
        for (let k = i + 1; k < length; k++) store<f32>(own + ((<usize>k) << 2), 0);
        const into = out + ((<usize>((r * asked + i - from) * width + h * size)) << 2);
        memory.fill(into, 0, (<usize>size) << 2);
        for (let k = 0; k <= i; k++)
          addTimes(head + step * k + 2 * keysAt, into, size, load<f32>(own + ((<usize>k) << 2)));
      }
    }
}

/** The gradient of qkv where all queries were asked: dout, qkv, shares. */
export function attentionGradient(
  rows: i32,
  length: i32,
  heads: i32,
  width: i32,
  dout: usize,
  qkv: usize,
  shares: usize,
  dqkv: usize,
  space: usize,
): void {
  const size = width / heads;
  const step = (<usize>(3 * width)) << 2;
  const keysAt = (<usize>width) << 2;
  const by = <f32>1 / sqrt<f32>(<f32>size);
  memory.fill(dqkv, 0, step * length * rows);
  for (let r = 0; r < rows; r++)
    for (let h = 0; h < heads; h++) {
      const start = step * length * r + ((<usize>(h * size)) << 2);
      const head = qkv + start;
      const slope = dqkv + start;
      for (let i = 0; i < length; i++) {
        const own = shares + ((<usize>(((r * heads + h) * length + i) * length)) << 2);
        const given = dout + ((<usize>((r * length + i) * width + h * size)) << 2);
        let along: f32 = 0;
        for (let k = 0; k <= i; k++) {
          const at = (<usize>k) << 2;
          const share = load<f32>(own + at);
          const d = inner(given, head + step * k + 2 * keysAt, size);
          store<f32>(space + at, d);
          along += share * d;
          addTimes(given, slope + step * k + 2 * keysAt, size, share);
        }
        for (let k = 0; k <= i; k++) {
          const at = (<usize>k) << 2;
          const d = load<f32>(own + at) * (load<f32>(space + at) - along) * by;
          addTimes(head + step * k + keysAt, slope + step * i, size, d);
          addTimes(head + step * i, slope + step * k + keysAt, size, d);
        }
      }
    }
}

/** Each row of x [rows, width] less its mean, over its deviation, times gamma, plus beta. */
export function rowNorm(
  rows: i32,
  width: i32,
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  epsilon: f32,
): void {
  const step = (<usize>width) << 2;
  const share = <f32>1 / <f32>width;
  for (let r = 0; r < rows; r++) {
    const from = x + step * r;
    const to = y + step * r;
    const mean = sumOf(from, width) * share;
    const inverse = <f32>1 / sqrt<f32>(spread(from, width, mean) * share + epsilon);
    const centre = f32x4.splat(mean);
    const by = f32x4.splat(inverse);
    let i = 0;
    for (; i + 4 <= width; i += 4) {
      const at = (<usize>i) << 2;
      const z = f32x4.mul(f32x4.sub(v128.load(from + at), centre), by);
      v128.store(to + at, f32x4.add(f32x4.mul(z, v128.load(gamma + at)), v128.load(beta + at)));
    }
    for (; i < width; i++) {
      const at = (<usize>i) << 2;
      const z = (load<f32>(from + at) - mean) * inverse;
      store<f32>(to + at, z * load<f32>(gamma + at) + load<f32>(beta + at));
    }
  }
}

/** dx, dgamma, dbeta; `space`: [2 width]. */
export function rowNormGradient(
  rows: i32,
  width: i32,
  dy: usize,
  x: usize,
  gamma: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  epsilon: f32,
  space: usize,
): void {
  const step = (<usize>width) << 2;
  const share = <f32>1 / <f32>width;
  const scaled = space + step;
  memory.fill(dgamma, 0, step);
  memory.fill(dbeta, 0, step);
  for (let r = 0; r < rows; r++) {
    const from = x + step * r;
    const slope = dy + step * r;
    const to = dx + step * r;
    const mean = sumOf(from, width) * share;
    const inverse = <f32>1 / sqrt<f32>(spread(from, width, mean) * share + epsilon);
    for (let i = 0; i < width; i++) {
      const at = (<usize>i) << 2;
      const z = (load<f32>(from + at) - mean) * inverse;
      const d = load<f32>(slope + at);
      store<f32>(space + at, z);
      store<f32>(scaled + at, d * load<f32>(gamma + at));
      store<f32>(dgamma + at, load<f32>(dgamma + at) + d * z);
      store<f32>(dbeta + at, load<f32>(dbeta + at) + d);
    }
    const shift = sumOf(scaled, width) * share;
    const lean = inner(scaled, space, width) * share;
    for (let i = 0; i < width; i++) {
      const at = (<usize>i) << 2;
      store<f32>(to + at, inverse * (load<f32>(scaled + at) - shift - load<f32>(space + at) * lean));
    }
  }
}

function sumOf(x: usize, count: i32): f32 {
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) sums = f32x4.add(sums, v128.load(x + ((<usize>i) << 2)));
  let sum = sum4(sums);
  for (; i < count; i++) sum += load<f32>(x + ((<usize>i) << 2));
  return sum;
}

/** Sum of squares of x less `mean`. */
function spread(x: usize, count: i32, mean: f32): f32 {
  const centre = f32x4.splat(mean);
  let sums = f32x4.splat(0);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const off = f32x4.sub(v128.load(x + ((<usize>i) << 2)), centre);
    sums = f32x4.add(sums, f32x4.mul(off, off));
  }
  let sum = sum4(sums);
  for (; i < count; i++) {
    const off = load<f32>(x + ((<usize>i) << 2)) - mean;
    sum += off * off;
  }
  return sum;
}

const STEEP: f32 = 1.5957691216;
const CUBIC: f32 = 0.044715;

/** 1 / (1 + exp(-steep (x + cubic x^3))). */
function gate(v: v128): v128 {
  const square = f32x4.mul(v, v);
  const inside = f32x4.add(f32x4.splat(1), f32x4.mul(square, f32x4.splat(CUBIC)));
  const e = exp4(f32x4.mul(f32x4.mul(v, inside), f32x4.splat(-STEEP)));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), e));
}

function geluSlope(v: v128): v128 {
  const s = gate(v);
  const inside = f32x4.add(f32x4.splat(1), f32x4.mul(f32x4.mul(v, v), f32x4.splat(3 * CUBIC)));
  const bend = f32x4.mul(f32x4.mul(s, f32x4.sub(f32x4.splat(1), s)), f32x4.mul(inside, f32x4.splat(STEEP)));
  return f32x4.add(s, f32x4.mul(v, bend));
}

/** GELU by the hyperbolic tangent (Hendrycks & Gimpel 2016). */
export function gelu(count: i32, x: usize, y: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const v = v128.load(x + ((<usize>i) << 2));
    v128.store(y + ((<usize>i) << 2), f32x4.mul(v, gate(v)));
  }
  for (; i < count; i++) {
    const v = load<f32>(x + ((<usize>i) << 2));
    store<f32>(y + ((<usize>i) << 2), v * f32x4.extract_lane(gate(f32x4.splat(v)), 0));
  }
}

export function geluGradient(count: i32, dy: usize, x: usize, dx: usize): void {
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const at = (<usize>i) << 2;
    v128.store(dx + at, f32x4.mul(v128.load(dy + at), geluSlope(v128.load(x + at))));
  }
  for (; i < count; i++) {
    const at = (<usize>i) << 2;
    const slope = f32x4.extract_lane(geluSlope(f32x4.splat(load<f32>(x + at))), 0);
    store<f32>(dx + at, load<f32>(dy + at) * slope);
  }
}

/** Row index[i] of x [rows, width] as row i of y. `index` holds whole numbers as floats. */
export function takeRows(count: i32, width: i32, x: usize, index: usize, y: usize): void {
  const step = (<usize>width) << 2;
  for (let i = 0; i < count; i++)
    memory.copy(y + step * i, x + step * <usize>load<f32>(index + ((<usize>i) << 2)), step);
}

/** Row i of dy added to row index[i] of dx [rows, width]. */
export function addRows(rows: i32, count: i32, width: i32, dy: usize, index: usize, dx: usize): void {
  const step = (<usize>width) << 2;
  memory.fill(dx, 0, step * rows);
  for (let i = 0; i < count; i++)
    addTimes(dy + step * i, dx + step * <usize>load<f32>(index + ((<usize>i) << 2)), width, 1);
}
