/** Matrix products in tiles of 4 rows and 8 columns. Every size counts numbers, every address bytes. */

const TILE: usize = 128;

/** x y + z. */
function multiplyAdd(x: v128, y: v128, z: v128): v128 {
  return f32x4.add(z, f32x4.mul(x, y));
}

/** How a tile starts: from zeros, from the bias of its columns, or from what it holds. */
export const FRESH: i32 = 0;
export const BIASED: i32 = 1;
export const ADDED: i32 = 2;

/** Four rows a0..a3 [depth] times a packed panel b [depth, 8], into four rows of 8 at c0..c3. */
function tile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  depth: i32,
  b: usize,
  c0: usize,
  c1: usize,
  c2: usize,
  c3: usize,
  start: i32,
  bias: usize,
): void {
  let s0 = f32x4.splat(0);
  let t0 = s0;
  let s1 = s0;
  let t1 = s0;
  let s2 = s0;
  let t2 = s0;
  let s3 = s0;
  let t3 = s0;
  if (start === BIASED) {
    s0 = v128.load(bias);
    t0 = v128.load(bias, 16);
    s1 = s0;
    t1 = t0;
    s2 = s0;
    t2 = t0;
    s3 = s0;
    t3 = t0;
  } else if (start === ADDED) {
    s0 = v128.load(c0);
    t0 = v128.load(c0, 16);
    s1 = v128.load(c1);
    t1 = v128.load(c1, 16);
    s2 = v128.load(c2);
    t2 = v128.load(c2, 16);
    s3 = v128.load(c3);
    t3 = v128.load(c3, 16);
  }
  for (let k = 0; k < depth; k++) {
    const l = v128.load(b);
    const r = v128.load(b, 16);
    const w = v128.load32_splat(a0);
    s0 = multiplyAdd(w, l, s0);
    t0 = multiplyAdd(w, r, t0);
    const x = v128.load32_splat(a1);
    s1 = multiplyAdd(x, l, s1);
    t1 = multiplyAdd(x, r, t1);
    const y = v128.load32_splat(a2);
    s2 = multiplyAdd(y, l, s2);
    t2 = multiplyAdd(y, r, t2);
    const z = v128.load32_splat(a3);
    s3 = multiplyAdd(z, l, s3);
    t3 = multiplyAdd(z, r, t3);
    a0 += 4;
    a1 += 4;
    a2 += 4;
    a3 += 4;
    b += 32;
  }
  v128.store(c0, s0);
  v128.store(c0, t0, 16);
  v128.store(c1, s1);
  v128.store(c1, t1, 16);
  v128.store(c2, s2);
  v128.store(c2, t2, 16);
  v128.store(c3, s3);
  v128.store(c3, t3, 16);
}

/**
 * c[rows, width <= 8] from a[rows, depth] and a packed panel [depth, 8]. `spare` holds one tile, for edges; the bias
 * is padded to 8.
 */
export function panelProduct(
  rows: i32,
  depth: i32,
  a: usize,
  lda: i32,
  panel: usize,
  c: usize,
  ldc: i32,
  width: i32,
  start: i32,
  bias: usize,
  spare: usize,
): void {
  const stepA = (<usize>lda) << 2;
  const stepC = (<usize>ldc) << 2;
  for (let i = 0; i < rows; i += 4) {
    const left = rows - i;
    const a1 = left > 1 ? a + stepA : a;
    const a2 = left > 2 ? a1 + stepA : a1;
    const a3 = left > 3 ? a2 + stepA : a2;
    if (left >= 4 && width === 8) {
      tile(a, a1, a2, a3, depth, panel, c, c + stepC, c + 2 * stepC, c + 3 * stepC, start, bias);
    } else {
      const some = min(left, 4);
      const bytes = (<usize>width) << 2;
      if (start === ADDED) for (let r = 0; r < some; r++) memory.copy(spare + 32 * r, c + stepC * r, bytes);
      tile(a, a1, a2, a3, depth, panel, spare, spare + 32, spare + 64, spare + 96, start, bias);
      for (let r = 0; r < some; r++) memory.copy(c + stepC * r, spare + 32 * r, bytes);
    }
    a += 4 * stepA;
    c += 4 * stepC;
  }
}

/** Eight columns of b [depth, ldb] one row behind the other; columns from `width` on are 0. */
export function packColumns(b: usize, ldb: i32, depth: i32, width: i32, panel: usize): void {
  const step = (<usize>ldb) << 2;
  if (width === 8) {
    for (let k = 0; k < depth; k++) {
      v128.store(panel, v128.load(b));
      v128.store(panel, v128.load(b, 16), 16);
      b += step;
      panel += 32;
    }
    return;
  }
  for (let k = 0; k < depth; k++) {
    for (let j = 0; j < 8; j++)
      store<f32>(panel + ((<usize>j) << 2), j < width ? load<f32>(b + ((<usize>j) << 2)) : 0);
    b += step;
    panel += 32;
  }
}

/** The same panel from a transposed b: up to eight rows of `depth` numbers each. */
export function packRows(b: usize, ldb: i32, depth: i32, width: i32, panel: usize): void {
  const step = (<usize>ldb) << 2;
  let done = 0;
  if (width === 8) {
    done = depth & ~3;
    turnFours(b, step, done, panel, 32);
    turnFours(b + 4 * step, step, done, panel + 16, 32);
  }
  for (let j = 0; j < 8; j++) {
    let from = b + step * j + ((<usize>done) << 2);
    let to = panel + ((<usize>j) << 2) + ((<usize>done) << 5);
    for (let k = done; k < depth; k++) {
      store<f32>(to, j < width ? load<f32>(from) : 0);
      from += 4;
      to += 32;
    }
  }
}

/** Four rows of `count` numbers at x (a multiple of four), `step` bytes apart, into columns `stride` bytes apart. */
function turnFours(x: usize, step: usize, count: i32, to: usize, stride: usize): void {
  for (let k = 0; k < count; k += 4) {
    const a = v128.load(x);
    const b = v128.load(x + step);
    const c = v128.load(x + 2 * step);
    const d = v128.load(x + 3 * step);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    const ba = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const dc = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
    v128.store(to + stride, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
    v128.store(to + 2 * stride, v128.shuffle<f32>(ba, dc, 0, 1, 4, 5));
    v128.store(to + 3 * stride, v128.shuffle<f32>(ba, dc, 2, 3, 6, 7));
    x += 16;
    to += 4 * stride;
  }
}

/** Up to eight numbers of a bias, padded with zeros. */
export function padBias(bias: usize, width: i32, to: usize): void {
  for (let j = 0; j < 8; j++)
    store<f32>(to + ((<usize>j) << 2), j < width ? load<f32>(bias + ((<usize>j) << 2)) : 0);
}

/** Four packed rows a [depth, 4] times a packed panel b [depth, 8], into four rows of 8 at c, `step` bytes apart. */
function packedTile(depth: i32, a: usize, b: usize, c: usize, step: usize, start: i32, bias: usize): void {
  let s0 = f32x4.splat(0);
  let t0 = s0;
  if (start === BIASED) {
    s0 = v128.load(bias);
    t0 = v128.load(bias, 16);
  }
  let s1 = s0;
  let t1 = t0;
  let s2 = s0;
  let t2 = t0;
  let s3 = s0;
  let t3 = t0;
  for (const end = b + ((<usize>depth) << 5); b < end; b += 32) {
    const l = v128.load(b);
    const r = v128.load(b, 16);
    const w = v128.load32_splat(a);
    s0 = multiplyAdd(w, l, s0);
    t0 = multiplyAdd(w, r, t0);
    const x = v128.load32_splat(a, 4);
    s1 = multiplyAdd(x, l, s1);
    t1 = multiplyAdd(x, r, t1);
    const y = v128.load32_splat(a, 8);
    s2 = multiplyAdd(y, l, s2);
    t2 = multiplyAdd(y, r, t2);
    const z = v128.load32_splat(a, 12);
    s3 = multiplyAdd(z, l, s3);
    t3 = multiplyAdd(z, r, t3);
    a += 16;
  }
  v128.store(c, s0);
  v128.store(c, t0, 16);
  v128.store(c + step, s1);
  v128.store(c + step, t1, 16);
  v128.store(c + 2 * step, s2);
  v128.store(c + 2 * step, t2, 16);
  v128.store(c + 3 * step, s3);
  v128.store(c + 3 * step, t3, 16);
}

/** Rows of a [rows, lda] in fours, each four as [depth, 4]; rows behind the last are 0. */
function packFours(a: usize, lda: i32, rows: i32, depth: i32, to: usize): void {
  const step = (<usize>lda) << 2;
  const even = depth & ~3;
  for (let i = 0; i < rows; i += 4) {
    const left = rows - i;
    let done = 0;
    if (left >= 4) {
      done = even;
      turnFours(a, step, done, to, 16);
    }
    for (let r = 0; r < 4; r++) {
      for (let k = done; k < depth; k++) {
        const value: f32 = r < left ? load<f32>(a + step * r + ((<usize>k) << 2)) : 0;
        store<f32>(to + ((<usize>k) << 4) + ((<usize>r) << 2), value);
      }
    }
    a += 4 * step;
    to += (<usize>depth) << 4;
  }
}

/** The same from a transposed a [depth, lda]: four of its columns after one another. */
function packTurnedFours(a: usize, lda: i32, rows: i32, depth: i32, to: usize): void {
  const step = (<usize>lda) << 2;
  for (let i = 0; i < rows; i += 4) {
    const left = rows - i;
    let from = a + ((<usize>i) << 2);
    for (let k = 0; k < depth; k++) {
      if (left >= 4) {
        v128.store(to, v128.load(from));
      } else {
        for (let r = 0; r < 4; r++)
          store<f32>(to + ((<usize>r) << 2), r < left ? load<f32>(from + ((<usize>r) << 2)) : 0);
      }
      from += step;
      to += 16;
    }
  }
}

/** Rows that are packed at a time, so that they stay in the second-level cache while every panel passes over them. */
function pieceOf(depth: i32): i32 {
  return max(32, (65536 / max(1, depth)) & ~3);
}

/** Bytes that `product` needs beside its operands. */
export function productBytes(rows: i32, depth: i32): i32 {
  const packed = (min(rows, pieceOf(depth)) + 3) & ~3;
  return 160 + 32 * depth + 4 * packed * depth;
}

/**
 * c[rows, columns] = a b, plus `bias` [columns] unless its address is 0. a is [rows, depth], b [depth, columns]; with
 * `turnedA` a is [depth, rows], with `turnedB` b is [columns, depth].
 */
export function product(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  turnedA: bool,
  b: usize,
  turnedB: bool,
  bias: usize,
  c: usize,
  space: usize,
): void {
  const padded = space + TILE;
  const panel = padded + 32;
  const fours = panel + ((<usize>depth) << 5);
  const start = bias === 0 ? FRESH : BIASED;
  const step = (<usize>columns) << 2;
  const piece = pieceOf(depth);
  for (let from = 0; from < rows; from += piece) {
    const some = min(piece, rows - from);
    if (turnedA) packTurnedFours(a + ((<usize>from) << 2), rows, some, depth, fours);
    else packFours(a + ((<usize>(from * depth)) << 2), depth, some, depth, fours);
    for (let j = 0; j < columns; j += 8) {
      const width = min(8, columns - j);
      if (turnedB) packRows(b + ((<usize>(j * depth)) << 2), depth, depth, width, panel);
      else packColumns(b + ((<usize>j) << 2), columns, depth, width, panel);
      if (bias !== 0) padBias(bias + ((<usize>j) << 2), width, padded);
      let own = fours;
      let to = c + step * from + ((<usize>j) << 2);
      for (let i = 0; i < some; i += 4) {
        const left = min(4, some - i);
        if (left === 4 && width === 8) {
          packedTile(depth, own, panel, to, step, start, padded);
        } else {
          packedTile(depth, own, panel, space, 32, start, padded);
          for (let r = 0; r < left; r++) memory.copy(to + step * r, space + 32 * r, (<usize>width) << 2);
        }
        own += (<usize>depth) << 4;
        to += 4 * step;
      }
    }
  }
}

/** y[columns, rows] from x[rows, columns]. */
export function transpose(rows: i32, columns: i32, x: usize, y: usize): void {
  const stepX = (<usize>columns) << 2;
  const stepY = (<usize>rows) << 2;
  const evenRows = rows & ~3;
  const evenColumns = columns & ~3;
  for (let i = 0; i < evenRows; i += 4)
    turnFours(x + stepX * i, stepX, evenColumns, y + ((<usize>i) << 2), stepY);
  for (let i = 0; i < rows; i++) {
    const from = i < evenRows ? evenColumns : 0;
    for (let j = from; j < columns; j++)
      store<f32>(y + stepY * j + ((<usize>i) << 2), load<f32>(x + stepX * i + ((<usize>j) << 2)));
  }
}

/** y[columns] = sums over the rows of x[rows, columns]. */
export function columnSums(rows: i32, columns: i32, x: usize, y: usize): void {
  const step = (<usize>columns) << 2;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let even = f32x4.splat(0);
    let odd = even;
    let from = x + ((<usize>j) << 2);
    let i = 0;
    for (; i + 2 <= rows; i += 2) {
      even = f32x4.add(even, v128.load(from));
      odd = f32x4.add(odd, v128.load(from + step));
      from += 2 * step;
    }
    if (i < rows) even = f32x4.add(even, v128.load(from));
    v128.store(y + ((<usize>j) << 2), f32x4.add(even, odd));
  }
  for (; j < columns; j++) {
    let sum: f32 = 0;
    for (let i = 0; i < rows; i++) sum += load<f32>(x + step * i + ((<usize>j) << 2));
    store<f32>(y + ((<usize>j) << 2), sum);
  }
}
