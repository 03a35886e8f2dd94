import { dense, network } from "../../nn/block.ts";
import type { Network, Parameter } from "../../nn/block.ts";
import {
  add,
  isPositive,
  leakyRelu,
  matmul,
  mean,
  multiply,
  sqrt,
  square,
  subtract,
  sumOfRow,
  transpose,
} from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import type { Tensor } from "../../nn/tensor.ts";

const SLOPE = 0.2;
const LAMBDA = 10;

/** Weights of CTGAN's critic: two layers of `units` and one number. Its dropout masks are inputs of `judge`. */
export const criticFor = (inputs: number, units: number): Network =>
  network("critic", inputs, [dense(units), dense(units), dense(1)]);

/** Dropout masks (0 or 2) of the two hidden layers, [rows, units] each. */
export interface CriticMasks {
  readonly first: Tensor;
  readonly second: Tensor;
}

interface CriticPass {
  /** [rows, 1] */
  readonly verdict: Tensor;
  /** slope of each hidden unit, its mask included: [rows, units] */
  readonly slopes: readonly [Tensor, Tensor];
}

const own = (pass: Pass, critic: Network, i: number): Tensor =>
  pass.parameter(critic.parameters[i] as Parameter);

/** leaky ReLU .2 and dropout behind both hidden layers (Xu et al. 2019). */
export function judge(critic: Network, pass: Pass, x: Tensor, masks: CriticMasks): CriticPass {
  const layer = (input: Tensor, i: number): Tensor =>
    add(matmul(input, own(pass, critic, 2 * i)), own(pass, critic, 2 * i + 1));
  const first = layer(x, 0);
  const second = layer(multiply(leakyRelu(first, SLOPE), masks.first), 1);
  const verdict = layer(multiply(leakyRelu(second, SLOPE), masks.second), 2);
  const slopeOf = (hidden: Tensor, mask: Tensor): Tensor =>
    multiply(add(multiply(isPositive(hidden), 1 - SLOPE), SLOPE), mask);
  return { verdict, slopes: [slopeOf(first, masks.first), slopeOf(second, masks.second)] };
}

/**
 * lambda mean((|dD/dx| - 1)^2) with lambda 10 (Gulrajani et al. 2017). In an MLP of leaky ReLUs dD/dx is
 * ((w3' * s2) W2' * s1) W1' with the slopes s constant almost everywhere, so that first-order gradients of this product
 * are the second-order gradients that the penalty asks for.
 */
export function gradientPenalty(critic: Network, pass: Pass, { slopes }: CriticPass): Tensor {
  const [first, second] = slopes;
  const outer = multiply(transpose(own(pass, critic, 4)), second);
  const inner = multiply(matmul(outer, transpose(own(pass, critic, 2))), first);
  const gradient = matmul(inner, transpose(own(pass, critic, 0)));
  const length = sqrt(add(sumOfRow(square(gradient)), 1e-12));
  return multiply(mean(square(subtract(length, 1))), LAMBDA);
}
