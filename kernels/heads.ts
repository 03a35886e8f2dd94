/**
 * Heads over tokens. The table holds six whole numbers for each head: classes, coefficients, first coefficient, first
 * number of its basis in `fixed` (-1: identity), first number of its offset in `fixed`, column of its token.
 */
import { expSum, largest, log1, scale } from "./exponential";
import { BIASED, FRESH, packColumns, packRows, padBias, panelProduct } from "./matrix";

function field(table: usize, k: i32, i: i32): i32 {
  return load<i32>(table + ((<usize>(6 * k + i)) << 2));
}

/** Logits of head k for all rows: [rows, classes] at `to`. */
function logits(
  k: i32,
  table: usize,
  fixed: usize,
  rows: i32,
  width: i32,
  coefficients: usize,
  to: usize,
  space: usize,
): void {
  const classes = field(table, k, 0);
  const depth = field(table, k, 1);
  const basis = field(table, k, 3);
  const offset = fixed + ((<usize>field(table, k, 4)) << 2);
  let from = coefficients + ((<usize>field(table, k, 2)) << 2);
  if (basis < 0) {
    for (let i = 0; i < rows; i++) {
      let c = 0;
      for (; c + 4 <= classes; c += 4)
        v128.store(
          to + ((<usize>c) << 2),
          f32x4.add(v128.load(from + ((<usize>c) << 2)), v128.load(offset + ((<usize>c) << 2))),
        );
      for (; c < classes; c++)
        store<f32>(
          to + ((<usize>c) << 2),
          load<f32>(from + ((<usize>c) << 2)) + load<f32>(offset + ((<usize>c) << 2)),
        );
      from += (<usize>width) << 2;
      to += (<usize>classes) << 2;
    }
    return;
  }
  const padded = space + 128;
  const panel = padded + 32;
  const own = fixed + ((<usize>basis) << 2);
  for (let j = 0; j < classes; j += 8) {
    const some = min(8, classes - j);
    packColumns(own + ((<usize>j) << 2), classes, depth, some, panel);
    padBias(offset + ((<usize>j) << 2), some, padded);
    const at = to + ((<usize>j) << 2);
    panelProduct(rows, depth, from, width, panel, at, classes, some, BIASED, padded, space);
  }
}

/** `slopes` [rows, classes] times the transposed basis, into the head's columns of `to` [rows, width]. */
function toCoefficients(
  k: i32,
  table: usize,
  fixed: usize,
  rows: i32,
  width: i32,
  slopes: usize,
  to: usize,
  space: usize,
): void {
  const classes = field(table, k, 0);
  const count = field(table, k, 1);
  const basis = field(table, k, 3);
  to += (<usize>field(table, k, 2)) << 2;
  if (basis < 0) {
    for (let i = 0; i < rows; i++) {
      memory.copy(to, slopes, (<usize>classes) << 2);
      slopes += (<usize>classes) << 2;
      to += (<usize>width) << 2;
    }
    return;
  }
  const panel = space + 160;
  const own = fixed + ((<usize>basis) << 2);
  for (let j = 0; j < count; j += 8) {
    const some = min(8, count - j);
    packRows(own + ((<usize>j * classes) << 2), classes, classes, some, panel);
    panelProduct(rows, classes, slopes, classes, panel, to + ((<usize>j) << 2), width, some, FRESH, 0, space);
  }
}

/**
 * Weighted cross-entropy of every row and head over `rows`: gives the sum, writes its gradient. `space`: 160 + 32 times
 * the most classes or coefficients; `held`: rows times the most classes.
 */
export function headLosses(
  rows: i32,
  columns: i32,
  heads: i32,
  width: i32,
  table: usize,
  fixed: usize,
  coefficients: usize,
  tokens: usize,
  weights: usize,
  gradient: usize,
  held: usize,
  space: usize,
): f64 {
  let total: f64 = 0;
  const share: f32 = <f32>1 / <f32>rows;
  for (let k = 0; k < heads; k++) {
    const classes = field(table, k, 0);
    const target = field(table, k, 5);
    logits(k, table, fixed, rows, width, coefficients, held, space);
    for (let i = 0; i < rows; i++) {
      const at = held + ((<usize>i * classes) << 2);
      const weight = load<f32>(weights + ((<usize>i * heads + k) << 2));
      const token = <i32>load<f32>(tokens + ((<usize>i * columns + target) << 2));
      if (weight === 0 || token < 0 || token >= classes) {
        memory.fill(at, 0, (<usize>classes) << 2);
        continue;
      }
      const most = largest(at, classes);
      const own = load<f32>(at + ((<usize>token) << 2)) - most;
      const sum = expSum(at, at, classes, most, 1);
      total += <f64>weight * <f64>(log1(sum) - own);
      scale(at, classes, (weight * share) / sum);
      const hot = at + ((<usize>token) << 2);
      store<f32>(hot, load<f32>(hot) - weight * share);
    }
    toCoefficients(k, table, fixed, rows, width, held, gradient, space);
  }
  return total / <f64>rows;
}

/** log p(token) of every row and head: [rows, heads]; 0 where the head lacks the token. */
export function headLogLikelihoods(
  rows: i32,
  columns: i32,
  heads: i32,
  width: i32,
  table: usize,
  fixed: usize,
  coefficients: usize,
  tokens: usize,
  to: usize,
  held: usize,
  space: usize,
): void {
  for (let k = 0; k < heads; k++) {
    const classes = field(table, k, 0);
    const target = field(table, k, 5);
    logits(k, table, fixed, rows, width, coefficients, held, space);
    for (let i = 0; i < rows; i++) {
      const at = held + ((<usize>i * classes) << 2);
      const token = <i32>load<f32>(tokens + ((<usize>i * columns + target) << 2));
      let value: f32 = 0;
      if (token >= 0 && token < classes) {
        const most = largest(at, classes);
        const own = load<f32>(at + ((<usize>token) << 2)) - most;
        value = own - log1(expSum(at, at, classes, most, 1));
      }
      store<f32>(to + ((<usize>i * heads + k) << 2), value);
    }
  }
}
