/**
 * Heads over tokens: each column's logits are a fixed offset plus a learned combination of fixed basis functions
 * (identity where a head has none), each with the cross-entropy of the row's own token.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runKernel, runOne } from "./kernels/run-kernel.ts";
import type { Pass } from "./pass.ts";
import type { Constant, Tensor } from "./tensor.ts";

export interface Head {
  readonly classes: number;
  /** numbers that the network yields for this head */
  readonly coefficients: number;
  /** coefficients x classes, row-major; absent means identity, coefficients = classes */
  readonly basis?: Float32Array;
  /** [classes], e.g. the log of smoothed margins; fixed */
  readonly offset: Float32Array;
  /** index into the columns of `tokens` */
  readonly target: number;
}

/** Heads side by side, prepared once. */
export interface HeadLayout {
  /** coefficients of all heads together: head after head */
  readonly width: number;
  readonly heads: readonly Head[];
  /** where each head's coefficients start */
  readonly starts: readonly number[];
  readonly padded: PaddedHeads;
  /** [heads, 6] and the bases and offsets that it points into, for the kernels */
  readonly table: Constant;
  readonly fixed: Constant;
}

/** Every head padded to the widest, for one batched product over all of them. */
interface PaddedHeads {
  readonly coefficients: number;
  readonly classes: number;
  /** [heads, coefficients, classes] */
  readonly basis: Constant;
  /** [heads, classes, coefficients] */
  readonly transposed: Constant;
  /** [heads, 1, classes]; -1e9 at classes that a head lacks */
  readonly offset: Constant;
  /** [heads * coefficients]: the column of each place, or the number behind the last */
  readonly columns: Constant;
  /** [width]: the place of each column */
  readonly places: Constant;
  /** [heads] */
  readonly targets: Constant;
}

export function headLayout(heads: readonly Head[]): HeadLayout {
  let width = 0;
  const starts = heads.map(({ classes, coefficients, basis, offset }, k) => {
    if (offset.length !== classes)
      throw new RangeError(`head ${k}: ${offset.length} offsets, not ${classes}`);
    if (basis ? basis.length !== coefficients * classes : coefficients !== classes)
      throw new RangeError(`head ${k}: no basis of ${coefficients} x ${classes}`);
    const start = width;
    width += coefficients;
    return start;
  });
  return { width, heads, starts, padded: padHeads(heads, starts, width), ...tableOf(heads, starts) };
}

function tableOf(heads: readonly Head[], starts: readonly number[]): Pick<HeadLayout, "table" | "fixed"> {
  const rows: number[] = [];
  const arrays: Float32Array[] = [];
  let at = 0;
  const keep = (array: Float32Array): number => {
    arrays.push(array);
    at += array.length;
    return at - array.length;
  };
  heads.forEach(({ classes, coefficients, basis, offset, target }, k) => {
    const from = basis ? keep(basis) : -1;
    rows.push(classes, coefficients, starts[k] as number, from, keep(offset), target);
  });
  const fixed = new Float32Array(at);
  at = 0;
  for (const array of arrays) {
    fixed.set(array, at);
    at += array.length;
  }
  return {
    table: { shape: [heads.length, 6], data: Int32Array.from(rows) },
    fixed: { shape: [fixed.length], data: fixed },
  };
}

function padHeads(heads: readonly Head[], starts: readonly number[], width: number): PaddedHeads {
  const most = Math.max(1, ...heads.map(({ coefficients }) => coefficients));
  const classes = Math.max(1, ...heads.map((head) => head.classes));
  const basis = new Float32Array(heads.length * most * classes);
  const transposed = new Float32Array(basis.length);
  const offset = new Float32Array(heads.length * classes).fill(-1e9);
  const columns = new Int32Array(heads.length * most).fill(width);
  const places = new Int32Array(width);
  heads.forEach((head, k) => {
    offset.set(head.offset, k * classes);
    for (let r = 0; r < head.coefficients; r++) {
      const column = (starts[k] as number) + r;
      columns[k * most + r] = column;
      places[column] = k * most + r;
      for (let c = 0; c < head.classes; c++) {
        const value = head.basis ? (head.basis[r * head.classes + c] as number) : Number(r === c);
        basis[(k * most + r) * classes + c] = value;
        transposed[(k * classes + c) * most + r] = value;
      }
    }
  });
  return {
    coefficients: most,
    classes,
    basis: { shape: [heads.length, most, classes], data: basis },
    transposed: { shape: [heads.length, classes, most], data: transposed },
    offset: { shape: [heads.length, 1, classes], data: offset },
    columns: { shape: [columns.length], data: columns },
    places: { shape: [width], data: places },
    targets: { shape: [heads.length], data: Int32Array.from(heads, ({ target }) => target) },
  };
}

/**
 * Cross-entropy in nats, summed over heads and rows with their weights and divided by the rows: a scalar.
 * `coefficients` [rows, layout.width], `tokens` [rows, columns] whole numbers, `weights` [rows, heads]. A token that a
 * head lacks (e.g. -1) counts for nothing. The gradient goes to the coefficients only.
 */
export function headLosses(
  pass: Pass,
  coefficients: Tensor,
  layout: HeadLayout,
  tokens: Tensor,
  weights: Tensor,
): Tensor {
  const rows = coefficients.shape[0] as number;
  if (hasKernels()) return lossesByKernel(pass, coefficients, layout, tokens, weights);
  return tf.customGrad((given, save) => {
    const { log, hot } = logProbabilities(pass, given as Tensor, layout, tokens);
    const share = tf.div(tf.transpose(weights), rows);
    const counted = tf.mul(hot, tf.expandDims(share, 2));
    const value = tf.neg(tf.sum(tf.mul(counted, log)));
    const slopes = tf.sub(tf.mul(tf.exp(log), tf.sum(counted, 2, true)), counted);
    (save as (tensors: Tensor[]) => void)([toCoefficients(pass, slopes, layout)]);
    return { value, gradFunc: (dy: Tensor, kept: Tensor[]) => tf.mul(dy, kept[0] as Tensor) };
  })(coefficients);
}

function lossesByKernel(
  pass: Pass,
  coefficients: Tensor,
  { table, fixed, padded }: HeadLayout,
  tokens: Tensor,
  weights: Tensor,
): Tensor {
  return tf.customGrad((given, save) => {
    const inputs = [given as Tensor, tokens, weights, pass.constant(table), pass.constant(fixed)];
    const [value, slopes] = runKernel("headLosses", inputs, padded) as [Tensor, Tensor];
    (save as (tensors: Tensor[]) => void)([slopes]);
    return { value, gradFunc: (dy: Tensor, kept: Tensor[]) => tf.mul(dy, kept[0] as Tensor) };
  })(coefficients);
}

/** log p(token) of each row under each head, 0 for a token that the head lacks: [rows, heads]. No gradient. */
export function headLogLikelihoods(
  pass: Pass,
  coefficients: Tensor,
  layout: HeadLayout,
  tokens: Tensor,
): Tensor {
  if (hasKernels()) {
    const inputs = [coefficients, tokens, pass.constant(layout.table), pass.constant(layout.fixed)];
    return runOne("headLogLikelihoods", inputs, layout.padded);
  }
  const { log, hot } = logProbabilities(pass, coefficients, layout, tokens);
  return tf.transpose(tf.sum(tf.mul(log, hot), 2));
}

/** Log-softmax of every head and the one-hot of the row's token, both [heads, rows, classes]. */
function logProbabilities(
  pass: Pass,
  coefficients: Tensor,
  { padded }: HeadLayout,
  tokens: Tensor,
): { log: Tensor; hot: Tensor } {
  const rows = coefficients.shape[0] as number;
  const zero = tf.zeros([rows, 1]);
  const columns = pass.constant(padded.columns) as tf.Tensor1D;
  const picked = tf.gather(tf.concat([coefficients, zero], 1), columns, 1);
  const stacked = tf.transpose(tf.reshape(picked, [rows, -1, padded.coefficients]), [1, 0, 2]);
  const logits = tf.add(tf.matMul(stacked, pass.constant(padded.basis)), pass.constant(padded.offset));
  const shifted = tf.sub(logits, tf.max(logits, 2, true));
  const log = tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), 2, true)));
  const wanted = tf.transpose(tf.gather(tokens, pass.constant(padded.targets) as tf.Tensor1D, 1));
  const hot = tf.cast(tf.oneHot(tf.cast(wanted, "int32") as tf.Tensor1D, padded.classes), "float32");
  return { log, hot };
}

/** [heads, rows, classes] -> [rows, width], by the transposed bases. */
function toCoefficients(pass: Pass, slopes: Tensor, { padded }: HeadLayout): Tensor {
  const rows = slopes.shape[1] as number;
  const stacked = tf.matMul(slopes, pass.constant(padded.transposed));
  const flat = tf.reshape(tf.transpose(stacked, [1, 0, 2]), [rows, -1]);
  return tf.gather(flat, pass.constant(padded.places) as tf.Tensor1D, 1);
}
