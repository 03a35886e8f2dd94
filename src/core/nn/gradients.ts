/**
 * The gradients of the kernels that nn's functions run. tfjs-core alone registers none; registering these here keeps
 * one copy on every platform and lets the matrix product use explicit transposes: a product with a transposed side
 * runs 4x slower on tfjs-wasm.
 */
import * as tf from "@tensorflow/tfjs-core";
import { hasKernels, runOne } from "./kernels/run-kernel.ts";
import type { KernelName } from "./kernels/run-kernel.ts";
import type { Tensor } from "./tensor.ts";

type Gradient = (dy: Tensor, saved: Tensor[], attrs: Record<string, unknown>) => Record<string, () => Tensor>;

interface Config {
  readonly kernelName: string;
  readonly inputsToSave?: string[];
  readonly saveAllInputs?: boolean;
  readonly outputsToSave?: boolean[];
  readonly gradFunc: Gradient;
}

const one = (tensors: Tensor[], i = 0): Tensor => tensors[i] as Tensor;

/** Sum over the rows of a matrix: [columns]. */
const sumOverRows = (x: Tensor): Tensor => (hasKernels() ? runOne("columnSums", [x]) : tf.sum(x, 0));

/** The transpose of a matrix, or of every matrix in a batch. */
function swapSides(x: Tensor): Tensor {
  if (x.rank === 2 && hasKernels()) return runOne("transpose", [x]);
  const axes = x.shape.map((_, i) => i);
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** Sums `gradient` over the axes along which an operand of `shape` was broadcast. */
function unbroadcast(gradient: Tensor, shape: number[]): Tensor {
  const axes: number[] = [];
  const lead = gradient.rank - shape.length;
  gradient.shape.forEach((size, i) => {
    if (i < lead || (shape[i - lead] === 1 && size !== 1)) axes.push(i);
  });
  if (axes.length === 0) return tf.reshape(gradient, shape);
  const overRows = gradient.rank === 2 && axes.length === 1 && axes[0] === 0;
  return tf.reshape(overRows ? sumOverRows(gradient) : tf.sum(gradient, axes), shape);
}

const binary = (
  kernelName: string,
  forA: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
  forB: (dy: Tensor, a: Tensor, b: Tensor) => Tensor,
): Config => ({
  kernelName,
  inputsToSave: ["a", "b"],
  gradFunc: (dy, saved) => {
    const a = one(saved, 0);
    const b = one(saved, 1);
    return {
      a: () => unbroadcast(forA(dy, a, b), a.shape),
      b: () => unbroadcast(forB(dy, a, b), b.shape),
    };
  },
});

const fromInput = (kernelName: string, derivative: (dy: Tensor, x: Tensor) => Tensor): Config => ({
  kernelName,
  inputsToSave: ["x"],
  gradFunc: (dy, saved) => ({ x: () => derivative(dy, one(saved)) }),
});

const fromOutput = (kernelName: string, derivative: (dy: Tensor, y: Tensor) => Tensor): Config => ({
  kernelName,
  outputsToSave: [true],
  gradFunc: (dy, saved) => ({ x: () => derivative(dy, one(saved)) }),
});

/** dy of a reduction over `axis`, spread over `shape` again. */
function spread(dy: Tensor, shape: number[], axis: unknown): Tensor {
  const axes = tf.util.parseAxisParam(axis as number | number[], shape);
  const kept = shape.map((size, i) => (axes.includes(i) ? 1 : size));
  return tf.mul(tf.reshape(dy, kept), tf.ones(shape));
}

type FromInputs = (dy: Tensor, inputs: Tensor[], facts: object) => (() => Tensor)[];

/** The gradient of a kernel of our own, by position of its inputs. `count` inputs are saved. */
const ofKernel = (kernelName: KernelName, count: number, derivative: FromInputs): Config => ({
  kernelName,
  inputsToSave: Array.from({ length: count }, (_, i) => String(i)),
  gradFunc: (dy, saved, facts) =>
    Object.fromEntries(
      derivative(Array.isArray(dy) ? (dy[0] as Tensor) : dy, saved, facts).map((make, i) => [i, make]),
    ),
});
const nothing = (like: Tensor | undefined) => (): Tensor => tf.zerosLike(like as Tensor);

/** The three products are one another's gradients, so that a gradient has one too. */
const ofKernels: Config[] = [
  ofKernel("dense", 2, (dy, [x, w]) => [
    () => runOne("denseInputGradient", [dy, w as Tensor]),
    () => runOne("denseWeightGradient", [x as Tensor, dy]),
    () => sumOverRows(dy),
  ]),
  ofKernel("denseInputGradient", 2, (dz, [dy, w]) => [
    () => runOne("dense", [dz, w as Tensor]),
    () => runOne("denseWeightGradient", [dz, dy as Tensor]),
  ]),
  ofKernel("denseWeightGradient", 2, (dw, [x, dy]) => [
    () => runOne("denseInputGradient", [dy as Tensor, dw]),
    () => runOne("dense", [x as Tensor, dw]),
  ]),
  ofKernel("transpose", 0, (dy) => [() => runOne("transpose", [dy])]),
  ofKernel("leaky", 1, (dy, [x], facts) => [() => runOne("leakyGradient", [dy, x as Tensor], facts)]),
  ofKernel("leakyGradient", 2, (dz, [, x], facts) => [
    () => runOne("leakyGradient", [dz, x as Tensor], facts),
    nothing(x),
  ]),
  ofKernel("drop", 0, (dy, _, facts) => [() => runOne("drop", [dy], facts)]),
  ofKernel("blockProduct", 3, (dy, [x, w, table], facts) => [
    () => runOne("blockInputGradient", [dy, w as Tensor, table as Tensor], facts),
    () => {
      const shape = w?.shape as number[];
      return runOne("blockWeightGradient", [x as Tensor, dy, table as Tensor], { ...facts, shape });
    },
    nothing(table),
    () => sumOverRows(dy),
  ]),
];

const configs: Config[] = [
  ...ofKernels,
  binary(
    "Add",
    (dy) => dy,
    (dy) => dy,
  ),
  binary(
    "Sub",
    (dy) => dy,
    (dy) => tf.neg(dy),
  ),
  binary(
    "Multiply",
    (dy, _a, b) => tf.mul(dy, b),
    (dy, a) => tf.mul(dy, a),
  ),
  binary(
    "RealDiv",
    (dy, _a, b) => tf.div(dy, b),
    (dy, a, b) => tf.neg(tf.div(tf.mul(dy, a), tf.mul(b, b))),
  ),
  { kernelName: "Neg", gradFunc: (dy) => ({ x: () => tf.neg(dy) }) },
  { kernelName: "Identity", gradFunc: (dy) => ({ x: () => dy }) },
  fromInput("Relu", (dy, x) =>
    hasKernels() ? runOne("leakyGradient", [dy, x], { slope: 0 }) : tf.mul(dy, tf.step(x)),
  ),
  fromOutput("Exp", (dy, y) => tf.mul(dy, y)),
  fromInput("Log", (dy, x) => tf.div(dy, x)),
  fromInput("Square", (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  fromOutput("Sqrt", (dy, y) => tf.div(dy, tf.mul(y, 2))),
  fromOutput("Rsqrt", (dy, y) => tf.mul(tf.mul(dy, -0.5), tf.mul(y, tf.mul(y, y)))),
  fromInput("Softplus", (dy, x) => tf.mul(dy, tf.sigmoid(x))),
  fromOutput("Sigmoid", (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  fromOutput("Tanh", (dy, y) => tf.mul(dy, tf.sub(1, tf.mul(y, y)))),
  fromInput("Erf", (dy, x) => tf.mul(dy, tf.mul(tf.exp(tf.neg(tf.mul(x, x))), 2 / Math.sqrt(Math.PI)))),
  {
    kernelName: "ClipByValue",
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      const x = one(saved);
      const low = attrs["clipValueMin"] as number;
      const high = attrs["clipValueMax"] as number;
      return { x: () => tf.mul(dy, tf.mul(tf.step(tf.sub(x, low)), tf.step(tf.sub(high, x)))) };
    },
  },
  {
    kernelName: "Sum",
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => ({ x: () => spread(dy, one(saved).shape, attrs["axis"]) }),
  },
  {
    kernelName: "Mean",
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      const shape = one(saved).shape;
      const axes = tf.util.parseAxisParam(attrs["axis"] as number | number[], shape);
      const count = axes.reduce((product, axis) => product * (shape[axis] as number), 1);
      return { x: () => spread(tf.div(dy, count), shape, axes) };
    },
  },
  {
    kernelName: "Reshape",
    inputsToSave: ["x"],
    gradFunc: (dy, saved) => ({ x: () => tf.reshape(dy, one(saved).shape) }),
  },
  {
    kernelName: "ExpandDims",
    inputsToSave: ["input"],
    gradFunc: (dy, saved) => ({ input: () => tf.reshape(dy, one(saved).shape) }),
  },
  {
    kernelName: "Concat",
    saveAllInputs: true,
    gradFunc: (dy, saved, attrs) => {
      const axis = tf.util.parseAxisParam(attrs["axis"] as number, one(saved).shape)[0] as number;
      const pieces = tf.split(
        dy,
        saved.map((tensor) => tensor.shape[axis] as number),
        axis,
      );
      return Object.fromEntries(pieces.map((piece, i) => [i, () => piece]));
    },
  },
  {
    kernelName: "SplitV",
    gradFunc: (dy, _saved, attrs) => ({
      x: () => tf.concat(Array.isArray(dy) ? (dy as Tensor[]) : [dy], attrs["axis"] as number),
    }),
  },
  {
    kernelName: "Slice",
    inputsToSave: ["x"],
    gradFunc: (dy, saved, attrs) => {
      const shape = one(saved).shape;
      const begin = attrs["begin"] as number[];
      const paddings = shape.map((size, i): [number, number] => {
        const from = begin[i] as number;
        return [from, size - from - (dy.shape[i] as number)];
      });
      return { x: () => tf.pad(dy, paddings) };
    },
  },
  {
    kernelName: "BatchMatMul",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved, attrs) => {
      if (attrs["transposeA"] === true || attrs["transposeB"] === true) {
        throw new Error("matmul with a transposed side has no gradient here: transpose it first");
      }
      const a = one(saved, 0);
      const b = one(saved, 1);
      return {
        a: () => tf.matMul(dy, swapSides(b)),
        b: () => tf.matMul(swapSides(a), dy),
      };
    },
  },
  {
    kernelName: "Transpose",
    gradFunc: (dy, _saved, attrs) => {
      const perm = attrs["perm"] as number[];
      const inverse = perm.map((_, i) => perm.indexOf(i));
      return { x: () => tf.transpose(dy, inverse) };
    },
  },
];

let registered = false;

/** Registers every gradient once; called when a device is opened. */
export function registerGradients(): void {
  if (registered) return;
  registered = true;
  for (const config of configs) tf.registerGradient(config as tf.GradConfig);
}
