/** Softmax spans. The table holds two whole numbers for each span: first column, width. */
import { expSum, inner, largest, log1, scale } from "./exponential";

function start(table: usize, s: i32): i32 {
  return load<i32>(table + ((<usize>s) << 3));
}
function widthOf(table: usize, s: i32): i32 {
  return load<i32>(table + ((<usize>s) << 3), 4);
}

/** y = softmax of x / temperature within each span, 0 elsewhere. */
export function spanSoftmax(
  rows: i32,
  width: i32,
  spans: i32,
  table: usize,
  x: usize,
  y: usize,
  temperature: f32,
): void {
  const by = <f32>1 / temperature;
  memory.fill(y, 0, (<usize>rows * width) << 2);
  for (let i = 0; i < rows; i++) {
    for (let s = 0; s < spans; s++) {
      const at = (<usize>i * width + start(table, s)) << 2;
      const count = widthOf(table, s);
      const sum = expSum(x + at, y + at, count, largest(x + at, count), by);
      scale(y + at, count, <f32>1 / sum);
    }
  }
}

/** One-hot of each span's largest number (the first of equals), 0 elsewhere. */
export function spanLargest(rows: i32, width: i32, spans: i32, table: usize, x: usize, y: usize): void {
  memory.fill(y, 0, (<usize>rows * width) << 2);
  for (let i = 0; i < rows; i++) {
    for (let s = 0; s < spans; s++) {
      const at = (<usize>i * width + start(table, s)) << 2;
      const count = widthOf(table, s);
      const most = largest(x + at, count);
      let c = 0;
      while (c < count - 1 && load<f32>(x + at + ((<usize>c) << 2)) !== most) c++;
      store<f32>(y + at + ((<usize>c) << 2), 1);
    }
  }
}

/** dx = p (dy - <p, dy>) / temperature within each span, 0 elsewhere. */
export function spanSoftmaxGradient(
  rows: i32,
  width: i32,
  spans: i32,
  table: usize,
  dy: usize,
  p: usize,
  dx: usize,
  temperature: f32,
): void {
  const by = <f32>1 / temperature;
  memory.fill(dx, 0, (<usize>rows * width) << 2);
  for (let i = 0; i < rows; i++) {
    for (let s = 0; s < spans; s++) {
      const at = (<usize>i * width + start(table, s)) << 2;
      const count = widthOf(table, s);
      const along = inner(p + at, dy + at, count);
      for (let c: usize = at; c < at + ((<usize>count) << 2); c += 4)
        store<f32>(dx + c, load<f32>(p + c) * (load<f32>(dy + c) - along) * by);
    }
  }
}

/** Cross-entropy of `target` against the softmax of `logits`: loss [rows], and its gradient [rows, width]. */
export function spanCrossEntropy(
  rows: i32,
  width: i32,
  spans: i32,
  table: usize,
  logits: usize,
  target: usize,
  loss: usize,
  delta: usize,
): void {
  memory.fill(delta, 0, (<usize>rows * width) << 2);
  for (let i = 0; i < rows; i++) {
    let total: f32 = 0;
    for (let s = 0; s < spans; s++) {
      const at = (<usize>i * width + start(table, s)) << 2;
      const count = widthOf(table, s);
      const most = largest(logits + at, count);
      const sum = expSum(logits + at, delta + at, count, most, 1);
      scale(delta + at, count, <f32>1 / sum);
      const end = at + ((<usize>count) << 2);
      const whole = log1(sum);
      for (let c: usize = at; c < end; c += 4) {
        // Most targets are 0, four at a time.
        while (c + 16 <= end && !v128.any_true(v128.load(target + c))) c += 16;
        if (c >= end) break;
        const wanted = load<f32>(target + c);
        if (wanted === 0) continue;
        total += wanted * (whole + most - load<f32>(logits + c));
        store<f32>(delta + c, load<f32>(delta + c) - wanted);
      }
    }
    store<f32>(loss + ((<usize>i) << 2), total);
  }
}

/** y = each row of x times its factor. */
export function scaleRows(rows: i32, width: i32, factors: usize, x: usize, y: usize): void {
  memory.copy(y, x, (<usize>rows * width) << 2);
  for (let i = 0; i < rows; i++)
    scale(y + ((<usize>i * width) << 2), width, load<f32>(factors + ((<usize>i) << 2)));
}

/** y += x where `linear` is not 0, held inside +-limit; both [rows, width]. */
export function addLinear(rows: i32, width: i32, linear: usize, x: usize, y: usize, limit: f32): void {
  for (let i = 0; i < rows; i++) {
    const row = (<usize>i * width) << 2;
    for (let j: usize = 0; j < (<usize>width) << 2; j += 4)
      if (load<f32>(linear + j) !== 0)
        store<f32>(y + row + j, min<f32>(limit, max<f32>(-limit, load<f32>(x + row + j))));
  }
}

/** dx = dy where `linear` is not 0 and x lies inside +-limit. */
export function addLinearGradient(
  rows: i32,
  width: i32,
  linear: usize,
  dy: usize,
  x: usize,
  dx: usize,
  limit: f32,
): void {
  for (let i = 0; i < rows; i++) {
    const row = (<usize>i * width) << 2;
    for (let j: usize = 0; j < (<usize>width) << 2; j += 4)
      if (load<f32>(linear + j) !== 0 && abs<f32>(load<f32>(x + row + j)) < limit)
        store<f32>(dx + row + j, load<f32>(dy + row + j));
  }
}

/** z = x + y. */
export function sum(count: i32, x: usize, y: usize, z: usize): void {
  const even = (<usize>(count & ~3)) << 2;
  for (let i: usize = 0; i < even; i += 16) v128.store(z + i, f32x4.add(v128.load(x + i), v128.load(y + i)));
  for (let i = even; i < (<usize>count) << 2; i += 4) store<f32>(z + i, load<f32>(x + i) + load<f32>(y + i));
}
