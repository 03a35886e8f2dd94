import * as tf from "@tensorflow/tfjs-core";
import type { Parameter } from "./block.ts";
import { inPlace } from "./kernels/run-kernel.ts";
import type { Tensor } from "./tensor.ts";

/** AdamW (Loshchilov & Hutter 2019); with weightDecay 0 it is Adam (Kingma & Ba 2015). */
export interface Optimizer {
  /** A number, or a function of the optimizer's own step, counted from 0. */
  readonly learningRate: number | ((step: number) => number);
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled; falls on parameters that declare `decay`. */
  readonly weightDecay: number;
}

export const adam = (
  learningRate: Optimizer["learningRate"],
  options: Partial<Omit<Optimizer, "learningRate">> = {},
): Optimizer => ({ learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, ...options });

/** Exponential moving average of the weights; the decay of step t is min(decay, (1 + t) / (10 + t)). */
export interface MovingAverage {
  readonly decay: number;
}

/** The four buffers of one optimizer: all its parameters one behind the other. */
export interface Buffers {
  weights: Tensor;
  first: Tensor;
  second: Tensor;
  average: Tensor;
  /** 1 where weight decay falls */
  decays: Tensor;
}

/** The numbers of one update. */
export interface Update {
  readonly rate: number;
  readonly decay: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** 1 - beta1^t and 1 - beta2^t */
  readonly correction1: number;
  readonly correction2: number;
  /** share of the new weights that enters the moving average */
  readonly blend: number;
}

/** `step` counts from 0. */
export function updateFor(optimizer: Optimizer, average: MovingAverage | undefined, step: number): Update {
  const { beta1, beta2, epsilon, weightDecay, learningRate } = optimizer;
  const t = step + 1;
  return {
    rate: typeof learningRate === "number" ? learningRate : learningRate(step),
    decay: weightDecay,
    beta1,
    beta2,
    epsilon,
    correction1: 1 - beta1 ** t,
    correction2: 1 - beta2 ** t,
    blend: average ? 1 - Math.min(average.decay, (1 + t) / (10 + t)) : 1,
  };
}

/** Where the flat buffer's decayed entries are. */
export function decayMask(parameters: readonly Parameter[]): Float32Array {
  const mask = new Float32Array(parameters.reduce((size, { size: n }) => size + n, 0));
  let at = 0;
  for (const { size, decay } of parameters) {
    if (decay) mask.fill(1, at, at + size);
    at += size;
  }
  return mask;
}

/** One update of all buffers from the flat gradient: on WASM in place, elsewhere by engine ops. */
export function applyUpdate(buffers: Buffers, gradient: Tensor, update: Update): void {
  const { weights, first, second, average, decays } = buffers;
  const { beta1, beta2, epsilon, blend, rate } = update;
  const done = inPlace([weights, first, second, average, decays, gradient], (machine, at) => {
    const [w, m, v, a, d, g] = at as [number, number, number, number, number, number];
    const root = 1 / Math.sqrt(update.correction2);
    const step = rate / update.correction1;
    const { size } = weights;
    const shrink = rate * update.decay;
    machine.adam(
      size,
      w,
      m,
      v,
      a,
      d,
      g,
      step,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      root,
      epsilon,
      shrink,
      blend,
    );
  });
  if (!done) updateByOps(buffers, gradient, update);
}

function updateByOps(buffers: Buffers, gradient: Tensor, update: Update): void {
  const [weights, first, second, average] = tf.tidy(() => {
    const m = tf.add(tf.mul(buffers.first, update.beta1), tf.mul(gradient, 1 - update.beta1));
    const v = tf.add(tf.mul(buffers.second, update.beta2), tf.mul(tf.square(gradient), 1 - update.beta2));
    const root = tf.add(tf.mul(tf.sqrt(v), 1 / Math.sqrt(update.correction2)), update.epsilon);
    const move = tf.div(tf.mul(m, update.rate / update.correction1), root);
    const shrink = tf.mul(tf.mul(buffers.weights, buffers.decays), update.rate * update.decay);
    const kept = update.decay > 0 ? tf.sub(buffers.weights, shrink) : buffers.weights;
    const w = tf.sub(kept, move);
    const a = tf.add(buffers.average, tf.mul(tf.sub(w, buffers.average), update.blend));
    return [w, m, v, a].map((tensor) => tf.keep(tensor));
  }) as [Tensor, Tensor, Tensor, Tensor];
  tf.dispose([buffers.weights, buffers.first, buffers.second, buffers.average]);
  Object.assign(buffers, { weights, first, second, average });
}
