/**
 * Layers and losses as one loop over memory each, forward and backward, for WASM, where an engine call costs more than
 * the arithmetic of a small batch. Every other device runs the same formulas as engine ops; the tests hold both
 * against central differences and against each other.
 */
import * as tf from "@tensorflow/tfjs-core";
import { activationLoops } from "./activation-loops.ts";
import type { Loop } from "./loop.ts";
import { layerLoops } from "./layer-loops.ts";
import type { Tensor } from "./tensor.ts";

const loops: Readonly<Record<string, Loop<never>>> = { ...layerLoops, ...activationLoops };

type LoopName = keyof typeof layerLoops | keyof typeof activationLoops;

/** Whether the device in use runs loops. */
export const hasLoops = (): boolean => tf.getKernel("Loop", tf.getBackend()) !== undefined;

/** Runs a loop; gives its outputs. Its gradient is the caller's business. */
export function runLoop(name: LoopName, inputs: readonly Tensor[], facts: object = {}): Tensor[] {
  const named = Object.fromEntries(inputs.map((input, i) => [String(i), input]));
  const attrs = { name, facts } as object as tf.NamedAttrMap;
  return tf.engine().runKernel<Tensor[]>("Loop", named, attrs);
}

interface Heap {
  makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

interface Asked {
  readonly name: LoopName;
  readonly facts: object;
}

function runOnHeap(heap: Heap, inputs: readonly tf.TensorInfo[], { name, facts }: Asked): tf.TensorInfo[] {
  const loop = loops[name] as Loop<object>;
  const shapes = inputs.map(({ shape }) => shape);
  const outputs = loop.shapes(shapes, facts).map((shape) => heap.makeOutput(shape, "float32"));
  const view = (info: tf.TensorInfo): Float32Array => heap.typedArrayFromHeap(info);
  loop.run(inputs.map(view), outputs.map(view), shapes, facts);
  return outputs;
}

/** y = xW + b by tfjs's matrix product, the bias added where the product lies. */
function dense(heap: Heap, inputs: tf.NamedTensorInfoMap): tf.TensorInfo {
  const { x, weight, bias } = inputs as Record<"x" | "weight" | "bias", tf.TensorInfo>;
  const product = tf.getKernel("BatchMatMul", "wasm").kernelFunc({
    inputs: { a: x, b: weight },
    backend: heap,
    attrs: { transposeA: false, transposeB: false },
  }) as tf.TensorInfo;
  const y = heap.typedArrayFromHeap(product);
  const b = heap.typedArrayFromHeap(bias);
  for (let row = 0; row < y.length; row += b.length)
    for (let j = 0; j < b.length; j++) y[row + j] = (y[row + j] as number) + (b[j] as number);
  return product;
}

/** y = xW + b where the device has it in one. */
export function runDense(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  return tf.engine().runKernel<Tensor>("Dense", { x, weight, bias });
}

/** The transpose of a matrix. */
export function swapSides(x: Tensor): Tensor {
  return hasLoops() && x.rank === 2 ? (runLoop("transpose", [x])[0] as Tensor) : swapLast(x);
}

function swapLast(x: Tensor): Tensor {
  const axes = x.shape.map((_, i) => i);
  return tf.transpose(x, [...axes.slice(0, -2), x.rank - 1, x.rank - 2]);
}

/** Registers the loops once. */
export function registerLoops(): void {
  if (tf.getKernel("Loop", "wasm")) return;
  tf.registerKernel({
    kernelName: "Loop",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const ordered = Object.keys(inputs).map((key) => inputs[key] as tf.TensorInfo);
      return runOnHeap(backend as object as Heap, ordered, attrs as object as Asked);
    },
  });
  tf.registerKernel({
    kernelName: "Dense",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => dense(backend as object as Heap, inputs),
  });
}
