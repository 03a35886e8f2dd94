/** Losses, each with its formula. Per-row losses are [rows]; take their `mean` for a scalar. */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runOne } from "./kernels/run-kernel.ts";
import { normalCdf } from "./ops.ts";
import type { Pass } from "./pass.ts";
import type { SpanLayout } from "./spans.ts";
import type { Constant, Tensor } from "./tensor.ts";

/**
 * Gaussian negative log-likelihood of the linear columns, without its constant, summed over them: [rows].
 * sum((x - mean)^2 / (2 sigma^2) + log sigma). `logSigma` is [width], held inside [-4, 1] as the caller clamps it.
 */
export function gaussianNll(
  pass: Pass,
  mean: Tensor,
  x: Tensor,
  logSigma: Tensor,
  layout: SpanLayout,
): Tensor {
  const scaled = tf.mul(tf.sub(x, mean), tf.exp(tf.neg(logSigma)));
  const each = tf.add(tf.mul(tf.square(scaled), 0.5), logSigma);
  return tf.sum(tf.mul(each, pass.constant(layout.linear)), 1);
}

/** KL(N(mean, exp(logVariance)) || N(0, I)) per dimension, averaged over the rows: [dimensions]. */
export function kullbackLeibler(mean: Tensor, logVariance: Tensor): Tensor {
  const each = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1));
  return tf.mul(tf.mean(each, 0), 0.5);
}

/**
 * z = mean + exp(logVariance / 2) noise (Kingma & Welling 2014) with `kullbackLeibler` beside it, for one exponential
 * instead of two.
 */
export function drawLatent(
  centre: Tensor,
  logVariance: Tensor,
  noise: Tensor,
): { readonly z: Tensor; readonly divergence: Tensor } {
  const deviation = tf.exp(tf.mul(logVariance, 0.5));
  const each = tf.sub(tf.add(tf.square(centre), tf.square(deviation)), tf.add(logVariance, 1));
  const z = tf.add(centre, tf.mul(deviation, noise));
  return { z, divergence: tf.mul(tf.mean(each, 0), 0.5) };
}

/** Non-saturating GAN (Goodfellow et al. 2014): mean softplus(-D(real)) + softplus(D(fake)). */
export function discriminatorLoss(real: Tensor, generated: Tensor): Tensor {
  return tf.add(tf.mean(tf.softplus(tf.neg(real))), tf.mean(tf.softplus(generated)));
}

/** Non-saturating GAN: mean softplus(-D(fake)). */
export function generatorLoss(generated: Tensor): Tensor {
  return tf.mean(tf.softplus(tf.neg(generated)));
}

/** Which columns pass as they are, and on which knots the normal scores are spread out. Prepared once. */
export interface FeatureMap {
  readonly width: number;
  readonly passed: Constant;
  readonly picked: Constant;
  readonly starts: Constant;
  readonly slopes: Constant;
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The features a discriminator sees of a row x: one-hot columns as they are, normal scores halved, and for each
 * segment [from, to] of a score's distribution clamp((Phi(x) - from) / (to - from), 0, 1).
 */
export function featureMap(layout: SpanLayout, segments: readonly Segment[]): FeatureMap {
  const { width } = layout;
  const count = segments.length;
  const picked = new Float32Array(width * count);
  segments.forEach(({ column }, k) => {
    picked[column * count + k] = 1;
  });
  return {
    width: width + count,
    segments,
    passed: { shape: [1, width], data: (layout.covered.data as Float32Array).map((c) => (c > 0 ? 1 : 0.5)) },
    picked: { shape: [width, count], data: picked },
    starts: { shape: [1, count], data: Float32Array.from(segments, ({ from }) => from) },
    slopes: { shape: [1, count], data: Float32Array.from(segments, ({ from, to }) => 1 / (to - from)) },
  };
}

/** `featureMap` applied to rows: [rows, map.width]. */
export function features(pass: Pass, x: Tensor, map: FeatureMap): Tensor {
  if (hasKernels()) return featuresByKernel(x, map);
  const passed = tf.mul(x, pass.constant(map.passed));
  if (map.picked.data.length === 0) return passed;
  const u = normalCdf(tf.matMul(x, pass.constant(map.picked)));
  const rise = tf.mul(tf.sub(u, pass.constant(map.starts)), pass.constant(map.slopes));
  return tf.concat([passed, tf.clipByValue(rise, 0, 1)], 1);
}

function featuresByKernel(x: Tensor, { passed, segments }: FeatureMap): Tensor {
  const facts = { passed: passed.data, segments };
  return tf.customGrad((given, save) => {
    const own = given as Tensor;
    (save as (tensors: Tensor[]) => void)([own]);
    return {
      value: runOne("spreadScores", [own], facts),
      gradFunc: (dy: Tensor, kept: Tensor[]) => runOne("spreadScoresGradient", [dy, ...kept], facts),
    };
  })(x);
}
