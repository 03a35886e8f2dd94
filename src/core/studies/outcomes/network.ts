import type { Design } from "../../math/regression/design.ts";
import { widthOf } from "../../math/regression/design.ts";
import type { Rng } from "../../math/rng.ts";
import type { Target } from "../../math/trees/boosting.ts";

/**
 * A network of one hidden layer of rectified units. All parameters stand in one array: weights of the inputs (`hidden` for each
 * of them), biases of the hidden layer, weights of the outputs (`outputs` for each hidden unit), their biases. Inputs are the
 * columns of a design without its intercept; codes are looked up, so that a level costs one row of weights.
 */
export interface Network {
  readonly inputs: number;
  readonly hidden: number;
  /** 1 for a number and for two classes, else one for each class */
  readonly outputs: number;
  readonly of: Target["type"];
}

export const sizeOf = ({ inputs, hidden, outputs }: Network): number =>
  inputs * hidden + hidden + hidden * outputs + outputs;

export function networkFor(design: Design, hidden: number, target: Target): Network {
  const outputs = target.type === "classes" && target.classes > 2 ? target.classes : 1;
  return { inputs: widthOf(design) - 1, hidden, outputs, of: target.type };
}

/** Weights drawn by He et al. 2015 for the hidden layer, small ones for the outputs; biases 0. */
export function startingWeights(network: Network, rng: Rng): Float64Array {
  const { inputs, hidden, outputs } = network;
  const weights = new Float64Array(sizeOf(network));
  const first = Math.sqrt(2 / Math.max(1, inputs));
  for (let i = 0; i < inputs * hidden; i++) weights[i] = first * rng.normal();
  const start = inputs * hidden + hidden;
  const second = Math.sqrt(1 / hidden);
  for (let i = start; i < start + hidden * outputs; i++) weights[i] = second * rng.normal();
  return weights;
}

/** Goes through rows of one design: what the outputs are, and what the weights should change. */
export class Pass {
  private readonly units: Float64Array;
  private readonly out: Float64Array;
  private readonly back: Float64Array;
  private readonly starts: readonly number[];
  private readonly network: Network;
  private readonly design: Design;

  constructor(network: Network, design: Design) {
    this.network = network;
    this.design = design;
    this.units = new Float64Array(network.hidden);
    this.back = new Float64Array(network.hidden);
    this.out = new Float64Array(network.outputs);
    let at = design.numbers.length;
    this.starts = design.factors.map(({ levels }) => {
      at += levels;
      return at - levels;
    });
  }

  /** The outputs of `row`: a number, the log odds of class 1, or one score a class. The array is used again. */
  forward(weights: Float64Array, row: number): Float64Array {
    const { inputs, hidden, outputs } = this.network;
    const { units, out } = this;
    const biases = inputs * hidden;
    for (let h = 0; h < hidden; h++) units[h] = weights[biases + h] as number;
    this.eachInput(row, (input, x) => {
      const at = input * hidden;
      for (let h = 0; h < hidden; h++) units[h] = (units[h] as number) + x * (weights[at + h] as number);
    });
    const second = biases + hidden;
    for (let k = 0; k < outputs; k++) out[k] = weights[second + hidden * outputs + k] as number;
    for (let h = 0; h < hidden; h++) {
      const unit = units[h] as number;
      if (unit <= 0) {
        units[h] = 0;
        continue;
      }
      for (let k = 0; k < outputs; k++)
        out[k] = (out[k] as number) + unit * (weights[second + h * outputs + k] as number);
    }
    return out;
  }

  /**
   * Loss of `row`, half the squared error or the cross entropy, whose gradient times `share` is added to `gradient`.
   * @param truth the number, or the class
   */
  backward(weights: Float64Array, row: number, truth: number, share: number, gradient: Float64Array): number {
    const { inputs, hidden, outputs } = this.network;
    const { units, back } = this;
    const out = this.forward(weights, row);
    const loss = towards(this.network, out, truth);
    const second = inputs * hidden + hidden;
    back.fill(0);
    for (let k = 0; k < outputs; k++) {
      const error = share * (out[k] as number);
      const bias = second + hidden * outputs + k;
      gradient[bias] = (gradient[bias] as number) + error;
      for (let h = 0; h < hidden; h++) {
        const unit = units[h] as number;
        if (unit === 0) continue;
        const at = second + h * outputs + k;
        gradient[at] = (gradient[at] as number) + error * unit;
        back[h] = (back[h] as number) + error * (weights[at] as number);
      }
    }
    const biases = inputs * hidden;
    for (let h = 0; h < hidden; h++)
      gradient[biases + h] = (gradient[biases + h] as number) + (back[h] as number);
    this.eachInput(row, (input, x) => {
      const at = input * hidden;
      for (let h = 0; h < hidden; h++)
        gradient[at + h] = (gradient[at + h] as number) + x * (back[h] as number);
    });
    return loss;
  }

  /** Loss of `row` alone. */
  loss(weights: Float64Array, row: number, truth: number): number {
    return towards(this.network, this.forward(weights, row), truth);
  }

  private eachInput(row: number, visit: (input: number, x: number) => void): void {
    const { numbers, factors } = this.design;
    for (let j = 0; j < numbers.length; j++) {
      const x = numbers[j]?.[row] as number;
      if (x !== 0) visit(j, x);
    }
    for (let f = 0; f < factors.length; f++) {
      const code = factors[f]?.codes[row] as number;
      if (code >= 0) visit((this.starts[f] as number) + code, 1);
    }
  }
}

/** The loss of outputs `out`, which become its gradient. */
function towards({ of, outputs }: Network, out: Float64Array, truth: number): number {
  if (of === "number") {
    const error = (out[0] as number) - truth;
    out[0] = error;
    return error ** 2 / 2;
  }
  if (outputs === 1) {
    const score = out[0] as number;
    out[0] = 1 / (1 + Math.exp(-score)) - truth;
    return Math.max(score, 0) - score * truth + Math.log1p(Math.exp(-Math.abs(score)));
  }
  const shares = softmax(out);
  const loss = -Math.log(Math.max(1e-300, shares[truth] as number));
  for (let k = 0; k < outputs; k++) out[k] = (shares[k] as number) - (k === truth ? 1 : 0);
  return loss;
}

export function softmax(scores: Float64Array): Float64Array {
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = scores.map((score) => Math.exp(score - most));
  const all = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / all);
}
