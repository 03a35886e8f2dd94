/**
 * What a transformer is made of beside dense layers (Vaswani et al. 2017; Radford et al. 2019): causal self-attention,
 * rows brought to mean 0 and deviation 1, GELU, rows looked up by number. Each with its gradient, by kernels on WASM and by
 * engine ops elsewhere.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runKernel, runOne } from "./kernels/run-kernel.ts";
import type { Tensor } from "./tensor.ts";

type Saved = (tensors: Tensor[]) => void;

/**
 * Softmax(q k' / sqrt(width / heads)) v of every sequence and head, where a place sees itself and the places before it.
 * `qkv` [sequences * length, 3 width]: queries, keys and values side by side, a sequence's places below each other. Gives
 * [sequences * (length - from), width] for the places from `from` on; only from 0 there is a gradient.
 */
export function causalAttention(qkv: Tensor, heads: number, length: number, from = 0): Tensor {
  const facts = { heads, length, from };
  if (from > 0) return (hasKernels() ? byKernel(qkv, facts) : byOps(qkv, facts)).out;
  return tf.customGrad((given, save) => {
    const own = given as Tensor;
    const { out, shares } = hasKernels() ? byKernel(own, facts) : byOps(own, facts);
    (save as Saved)([own, shares]);
    return {
      value: out,
      gradFunc: (dy: Tensor, kept: Tensor[]) =>
        hasKernels() ? runOne("attentionGradient", [dy, ...kept], facts) : gradientByOps(dy, kept, facts),
    };
  })(qkv);
}

interface Facts {
  readonly heads: number;
  readonly length: number;
  readonly from: number;
}

interface Attended {
  readonly out: Tensor;
  /** how much of each place's value a place takes */
  readonly shares: Tensor;
}

function byKernel(qkv: Tensor, facts: Facts): Attended {
  const [out, shares] = runKernel("attention", [qkv], facts) as [Tensor, Tensor];
  return { out, shares };
}

/** [sequences * length, width] -> [sequences * heads, length, width / heads] */
function byHead(x: Tensor, { heads, length }: Facts): Tensor {
  const [all, width] = x.shape as [number, number];
  const split = tf.reshape(x, [all / length, length, heads, width / heads]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [(all / length) * heads, length, width / heads]);
}

/** The inverse of `byHead`, for any number of places. */
function together(x: Tensor, heads: number): Tensor {
  const [all, length, size] = x.shape as [number, number, number];
  const split = tf.reshape(x, [all / heads, heads, length, size]);
  return tf.reshape(tf.transpose(split, [0, 2, 1, 3]), [(all / heads) * length, heads * size]);
}

const threeOf = (qkv: Tensor, facts: Facts): Tensor[] =>
  tf.split(qkv, 3, 1).map((part) => byHead(part, facts));

const scaleOf = (qkv: Tensor, { heads }: Facts): number =>
  1 / Math.sqrt((qkv.shape[1] as number) / 3 / heads);

function byOps(qkv: Tensor, facts: Facts): Attended {
  const { length, from, heads } = facts;
  const [queries, keys, values] = threeOf(qkv, facts) as [Tensor, Tensor, Tensor];
  const asking = from === 0 ? queries : tf.slice(queries, [0, from, 0]);
  const scores = tf.mul(tf.matMul(asking, keys, false, true), scaleOf(qkv, facts));
  const later = Float32Array.from({ length: (length - from) * length }, (_, at) =>
    at % length > from + Math.floor(at / length) ? -1e9 : 0,
  );
  const barred = tf.add(scores, tf.tensor3d(later, [1, length - from, length]));
  const weights = tf.exp(tf.sub(barred, tf.max(barred, 2, true)));
  const shares = tf.div(weights, tf.sum(weights, 2, true));
  return { out: together(tf.matMul(shares, values), heads), shares };
}

function gradientByOps(dy: Tensor, kept: Tensor[], facts: Facts): Tensor {
  const [qkv, shares] = kept as [Tensor, Tensor];
  const [queries, keys, values] = threeOf(qkv, facts) as [Tensor, Tensor, Tensor];
  const slopes = byHead(dy, facts);
  const along = tf.mul(tf.matMul(slopes, values, false, true), shares);
  const scores = tf.mul(tf.sub(along, tf.mul(shares, tf.sum(along, 2, true))), scaleOf(qkv, facts));
  const parts = [
    tf.matMul(scores, keys),
    tf.matMul(scores, queries, true, false),
    tf.matMul(shares, slopes, true, false),
  ];
  return tf.concat(
    parts.map((part) => together(part, facts.heads)),
    1,
  );
}

/** Each row less its mean, over sqrt(variance + epsilon), times gamma, plus beta (Ba et al. 2016). */
export function layerNormalise(x: Tensor, gamma: Tensor, beta: Tensor, epsilon: number): Tensor {
  if (!hasKernels()) {
    const off = tf.sub(x, tf.mean(x, 1, true));
    const root = tf.rsqrt(tf.add(tf.mean(tf.square(off), 1, true), epsilon));
    return tf.add(tf.mul(tf.mul(off, root), gamma), beta);
  }
  return tf.customGrad((...given) => {
    const save = given.pop() as Saved;
    const [own, scale, shift] = given as [Tensor, Tensor, Tensor];
    save([own, scale]);
    return {
      value: runOne("rowNorm", [own, scale, shift], { epsilon }),
      gradFunc: (dy: Tensor, kept: Tensor[]) => runKernel("rowNormGradient", [dy, ...kept], { epsilon }),
    };
  })(x, gamma, beta);
}

/** x / (1 + exp(-1.5957691 (x + .044715 x^3))), GELU by the hyperbolic tangent (Hendrycks & Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  if (!hasKernels()) {
    const inside = tf.add(x, tf.mul(tf.mul(tf.square(x), x), 0.044715));
    return tf.mul(x, tf.sigmoid(tf.mul(inside, 1.5957691216)));
  }
  return tf.customGrad((given, save) => {
    const own = given as Tensor;
    (save as Saved)([own]);
    return {
      value: runOne("gelu", [own]),
      gradFunc: (dy: Tensor, kept: Tensor[]) => runOne("geluGradient", [dy, ...kept]),
    };
  })(x);
}

/**
 * The rows of `x` [rows, width] by number: [size of index, width]. `index` holds whole numbers as floats; no gradient goes
 * to it. A row that is taken twice has both slopes.
 */
export function takeRows(x: Tensor, index: Tensor): Tensor {
  const rows = x.shape[0] as number;
  return tf.customGrad((given) => ({
    value: hasKernels() ? runOne("takeRows", [given as Tensor, index]) : gathered(given as Tensor, index),
    gradFunc: (dy: Tensor) =>
      hasKernels()
        ? runOne("addRows", [dy, index], { rows })
        : tf.matMul(hotRows(index, rows), dy, true, false),
  }))(x);
}

/** `takeRows` where every row is taken once: row `inverse[i]` of what comes out is row i of `x`. */
export function reorderRows(x: Tensor, index: Tensor, inverse: Tensor): Tensor {
  return tf.customGrad((given) => ({
    value: gatheredBy(given as Tensor, index),
    gradFunc: (dy: Tensor) => gatheredBy(dy, inverse),
  }))(x);
}

const gatheredBy = (x: Tensor, index: Tensor): Tensor =>
  hasKernels() ? runOne("takeRows", [x, index]) : gathered(x, index);

const wholeNumbers = (index: Tensor): tf.Tensor1D => tf.cast(tf.reshape(index, [-1]), "int32") as tf.Tensor1D;

const gathered = (x: Tensor, index: Tensor): Tensor => tf.gather(x, wholeNumbers(index));

/** One-hot: [size of index, rows]. */
const hotRows = (index: Tensor, rows: number): Tensor =>
  tf.cast(tf.oneHot(wholeNumbers(index), rows), "float32");
