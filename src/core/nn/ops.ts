/** The functions on tensors that losses and forward passes are written with. Rows are samples, columns are numbers. */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runOne } from "./kernels/run-kernel.ts";
import type { Tensor } from "./tensor.ts";

export const add = (a: Tensor | number, b: Tensor | number): Tensor => tf.add(a, b);
export const subtract = (a: Tensor | number, b: Tensor | number): Tensor => tf.sub(a, b);
export const multiply = (a: Tensor | number, b: Tensor | number): Tensor => tf.mul(a, b);
export const divide = (a: Tensor | number, b: Tensor | number): Tensor => tf.div(a, b);
export const negate = (x: Tensor): Tensor => tf.neg(x);
export const exp = (x: Tensor): Tensor => tf.exp(x);
export const log = (x: Tensor): Tensor => tf.log(x);
export const sqrt = (x: Tensor): Tensor => tf.sqrt(x);
export const square = (x: Tensor): Tensor => tf.square(x);
export const relu = (x: Tensor): Tensor => tf.relu(x);
export const tanh = (x: Tensor): Tensor => tf.tanh(x);
export const sigmoid = (x: Tensor): Tensor => tf.sigmoid(x);
export const softplus = (x: Tensor): Tensor => tf.softplus(x);
export const matmul = (a: Tensor, b: Tensor): Tensor =>
  hasKernels() ? runOne("dense", [a, b]) : tf.matMul(a, b);
/** relu(x) - slope relu(-x): tfjs's own leaky relu lacks the second-order gradient. */
export const leakyRelu = (x: Tensor, slope: number): Tensor =>
  hasKernels() ? runOne("leaky", [x], { slope }) : tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), slope));
/** Held inside [low, high]; no gradient outside. */
export const clamp = (x: Tensor, low: number, high: number): Tensor => tf.clipByValue(x, low, high);
/** 1 where x > 0, else 0; no gradient. */
export const isPositive = (x: Tensor): Tensor =>
  tf.customGrad((y) => ({
    value: tf.step(y as Tensor),
    gradFunc: (dy: Tensor) => tf.zerosLike(dy),
  }))(x);
/** Transposed. */
export const transpose = (x: Tensor): Tensor => (hasKernels() ? runOne("transpose", [x]) : tf.transpose(x));
/** `count` rows after one another as one: [rows / count, count x columns]. */
export const packRows = (x: Tensor, count: number): Tensor =>
  tf.reshape(x, [(x.shape[0] as number) / count, count * (x.shape[1] as number)]);
/** Side by side. */
export const concatColumns = (parts: Tensor[]): Tensor => tf.concat(parts, 1);
/** One above the other. */
export const concatRows = (parts: Tensor[]): Tensor => tf.concat(parts, 0);
/** Cut into pieces of `widths` columns. */
export const splitColumns = (x: Tensor, widths: number[]): Tensor[] => tf.split(x, widths, 1);
/** Cut into pieces of `heights` rows. */
export const splitRows = (x: Tensor, heights: number[]): Tensor[] => tf.split(x, heights, 0);
/** Mean over everything: a scalar. */
export const mean = (x: Tensor): Tensor => tf.mean(x);
/** Sum over everything: a scalar. */
export const sum = (x: Tensor): Tensor => tf.sum(x);
/** Sum of each row: [rows]. */
export const sumOfRow = (x: Tensor): Tensor => tf.sum(x, 1);
/** Phi(x), the standard normal distribution function. */
export const normalCdf = (x: Tensor): Tensor => tf.mul(tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1), 0.5);

/** The value of x with no gradient through it. */
export const stopGradient = (x: Tensor): Tensor =>
  tf.customGrad((y) => ({
    value: tf.clone(y as Tensor),
    gradFunc: (dy: Tensor) => tf.zerosLike(dy),
  }))(x);
