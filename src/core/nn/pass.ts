import * as tf from "@tensorflow/tfjs-core";
import type { Rng } from "../math/rng.ts";
import { causalAttention, gelu, layerNormalise } from "./attention.ts";
import type { Layer, Network, Parameter, State } from "./block.ts";
import { blockProduct } from "./block-products.ts";
import { hasKernels, runKernel, runOne } from "./kernels/run-kernel.ts";
import { leakyRelu, matmul, stopGradient } from "./ops.ts";
import type { Constant, Tensor } from "./tensor.ts";

/** One forward pass: where a network finds its weights, states and noise. */
export interface Pass {
  /** train: batch statistics, dropout, states change. evaluate: running statistics. statistics: as train, no dropout. */
  readonly mode: "train" | "evaluate" | "statistics";
  parameter(parameter: Parameter): Tensor;
  constant(constant: Constant): Tensor;
  /** `x` [rows, inputs] through the network: [rows, outputs]. */
  run(network: Network, x: Tensor): Tensor;
}

/** What a pass needs from whoever runs it. */
export interface PassSource {
  readonly mode: Pass["mode"];
  readonly rng?: Rng;
  parameter(parameter: Parameter): Tensor;
  state(state: State): Tensor;
  setState(state: State, value: Tensor): void;
  constant(constant: Constant): Tensor;
  /** Where sequences are drawn place by place: attention of one more place, which sees those before it. */
  attend?(layer: AttentionLayer, qkv: Tensor): Tensor;
}

export type AttentionLayer = Layer & { type: "causal-attention" };

export function createPass(source: PassSource): Pass {
  const effective = new Map<Layer, Tensor>();
  const run = (network: Network, x: Tensor): Tensor =>
    network.layers.reduce((y, layer) => apply(source, effective, layer, y, x), x);
  return {
    mode: source.mode,
    parameter: (parameter) => source.parameter(parameter),
    constant: (constant) => source.constant(constant),
    run,
  };
}

function apply(
  source: PassSource,
  effective: Map<Layer, Tensor>,
  layer: Layer,
  x: Tensor,
  input: Tensor,
): Tensor {
  switch (layer.type) {
    case "dense": {
      let weight = effective.get(layer);
      if (!weight) {
        weight = effectiveWeight(source, layer);
        effective.set(layer, weight);
      }
      if (!layer.biasTerm) return matmul(x, weight);
      const bias = source.parameter(layer.biasTerm);
      return hasKernels() ? runOne("dense", [x, weight, bias]) : tf.add(tf.matMul(x, weight), bias);
    }
    case "blocks": {
      const weight = source.parameter(layer.weight);
      const bias = layer.biasTerm && source.parameter(layer.biasTerm);
      return blockProduct(x, weight, bias, layer.plan, (constant) => source.constant(constant));
    }
    case "batch-norm":
      return batchNormalise(source, layer, x);
    case "dropout":
      return source.mode === "train" && layer.rate > 0 ? dropOut(source, x, layer.rate) : x;
    case "relu":
      return tf.relu(x);
    case "leaky-relu":
      return leakyRelu(x, layer.slope);
    case "layer-norm": {
      const [gamma, beta] = [source.parameter(layer.gamma), source.parameter(layer.beta)];
      return layerNormalise(x, gamma, beta, layer.epsilon);
    }
    case "gelu":
      return gelu(x);
    case "causal-attention":
      return source.attend ? source.attend(layer, x) : causalAttention(x, layer.heads, layer.length);
    case "concat-input":
      return tf.concat([x, input], 1);
    case "residual":
      return tf.add(
        x,
        layer.layers.reduce((y, inner) => apply(source, effective, inner, y, input), x),
      );
  }
}

function effectiveWeight(source: PassSource, layer: Layer & { type: "dense" }): Tensor {
  const weight = source.parameter(layer.weight);
  const masked = layer.maskConstant ? tf.mul(weight, source.constant(layer.maskConstant)) : weight;
  if (!layer.direction) return masked;
  return hasKernels()
    ? normaliseByKernel(source, layer.direction, masked)
    : tf.div(masked, largestSingularValue(source, layer.direction, masked, layer));
}

function normaliseByKernel(source: PassSource, direction: State, weight: Tensor): Tensor {
  const moves = source.mode !== "evaluate";
  return tf.customGrad((given, save) => {
    const found = runKernel("spectral", [given as Tensor, source.state(direction)], { moves });
    const [scaled, , next] = found as [Tensor, Tensor, Tensor, Tensor];
    if (moves) source.setState(direction, next);
    (save as (tensors: Tensor[]) => void)(found);
    return {
      value: scaled,
      gradFunc: (dy: Tensor, kept: Tensor[]) => runOne("spectralGradient", [dy, ...kept]),
    };
  })(weight);
}

/** u, v by one power iteration (none outside training), held constant; sigma = v W u carries the gradient of W. */
function largestSingularValue(
  source: PassSource,
  direction: State,
  weight: Tensor,
  layer: Layer & { type: "dense" },
): Tensor {
  const unit = (x: Tensor): Tensor => tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x)), 1e-12)));
  const u = source.state(direction);
  const v = tf.reshape(unit(tf.matMul(weight, u)), [1, layer.inputs]);
  const column = tf.reshape(unit(tf.matMul(v, weight)), [layer.units, 1]);
  if (source.mode !== "evaluate") source.setState(direction, column);
  const right = source.mode === "evaluate" ? u : column;
  return tf.sum(tf.matMul(stopGradient(v), tf.matMul(weight, stopGradient(right))));
}

function batchNormalise(source: PassSource, layer: Layer & { type: "batch-norm" }, x: Tensor): Tensor {
  let mean = source.state(layer.mean);
  let variance = source.state(layer.variance);
  if (source.mode !== "evaluate") {
    if (hasKernels()) return normaliseBatchByKernel(source, layer, x);
    const batchMean = tf.mean(x, 0);
    const batchVariance = tf.mean(tf.square(tf.sub(x, batchMean)), 0);
    moveStatistics(source, layer, batchMean, batchVariance, x.shape[0] as number);
    mean = batchMean;
    variance = batchVariance;
  }
  const scale = tf.mul(source.parameter(layer.gamma), tf.rsqrt(tf.add(variance, layer.epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), scale), source.parameter(layer.beta));
}

function normaliseBatchByKernel(
  source: PassSource,
  layer: Layer & { type: "batch-norm" },
  x: Tensor,
): Tensor {
  const { epsilon } = layer;
  const gamma = source.parameter(layer.gamma);
  const beta = source.parameter(layer.beta);
  return tf.customGrad((...given) => {
    const save = given.pop() as (tensors: Tensor[]) => void;
    const own = given as Tensor[];
    const [y, mean, variance] = runKernel("batchNorm", own, { epsilon }) as [Tensor, Tensor, Tensor];
    moveStatistics(source, layer, mean, variance, x.shape[0] as number);
    save([own[0] as Tensor, mean, variance, own[1] as Tensor]);
    return {
      value: y,
      gradFunc: (dy: Tensor, kept: Tensor[]) => runKernel("batchNormGradient", [dy, ...kept], { epsilon }),
    };
  })(x, gamma, beta);
}

function moveStatistics(
  source: PassSource,
  layer: Layer & { type: "batch-norm" },
  mean: Tensor,
  variance: Tensor,
  rows: number,
): void {
  const unbiased = tf.mul(variance, rows / Math.max(rows - 1, 1));
  const momentum = source.mode === "statistics" ? 1 : layer.momentum;
  source.setState(layer.mean, blend(source.state(layer.mean), mean, momentum));
  source.setState(layer.variance, blend(source.state(layer.variance), unbiased, momentum));
}

const blend = (old: Tensor, now: Tensor, share: number): Tensor =>
  tf.add(tf.mul(old, 1 - share), tf.mul(now, share));

/** The same numbers are dropped on every device: those whose hash of the pass's seed and their place is low. */
function dropOut(source: PassSource, x: Tensor, rate: number): Tensor {
  const { rng } = source;
  if (!rng) throw new Error("dropout needs an rng");
  const seed = Math.floor(rng.uniform() * 2 ** 32) | 0;
  const limit = Math.floor(rate * 2 ** 32);
  const kept = 1 / (1 - rate);
  if (hasKernels()) return runOne("drop", [x], { seed, limit, kept });
  const mask = new Float32Array(x.size);
  for (let i = 0; i < mask.length; i++) mask[i] = hash(seed + i) < limit ? 0 : kept;
  return tf.mul(x, tf.tensor(mask, x.shape));
}

/** lowbias32 (C. Wellons): a whole number below 2^32. */
function hash(x: number): number {
  let h = x | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
