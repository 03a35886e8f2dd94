/**
 * Kernels of our own for WASM, where JavaScript reaches the memory: one plain loop or copy each, in place of tfjs
 * kernels that read a whole buffer once for every piece, transpose before they sum, or copy a clone. Elsewhere the
 * functions below are made of tfjs's own kernels.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "../tensor.ts";

interface Piece {
  readonly shape: readonly number[];
  readonly size: number;
}

const has = (kernel: string): boolean => tf.getKernel(kernel, tf.getBackend()) !== undefined;

/** The pieces of `flat`, in order, each in its shape. */
export function cutBuffer(flat: Tensor, pieces: readonly Piece[]): Tensor[] {
  if (has("CutBuffer")) {
    const attrs = { pieces } as object as tf.NamedAttrMap;
    return tf.engine().runKernel<Tensor[]>("CutBuffer", { flat }, attrs);
  }
  const cut = tf.split(
    flat,
    pieces.map(({ size }) => size),
  );
  return pieces.map(({ shape }, i) => tf.reshape(cut[i] as Tensor, [...shape]));
}

/** Everything in `parts` one behind the other. */
export function joinBuffer(parts: readonly Tensor[]): Tensor {
  if (has("JoinBuffer"))
    return tf.engine().runKernel<Tensor>("JoinBuffer", Object.fromEntries(parts.map((part, i) => [i, part])));
  return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
}

interface Heap {
  makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
  incRef(id: object): void;
}

type Kernel = (heap: Heap, inputs: tf.NamedTensorInfoMap, attrs: object) => tf.TensorInfo | tf.TensorInfo[];

const kernels: Readonly<Record<string, Kernel>> = {
  CutBuffer: (heap, { flat }, attrs) => {
    const { pieces } = attrs as { pieces: readonly Piece[] };
    const outputs = pieces.map(({ shape }) => heap.makeOutput(shape, "float32"));
    const from = heap.typedArrayFromHeap(flat as tf.TensorInfo);
    let at = 0;
    for (const output of outputs) {
      const to = heap.typedArrayFromHeap(output);
      to.set(from.subarray(at, at + to.length));
      at += to.length;
    }
    return outputs;
  },
  JoinBuffer: (heap, parts) => {
    const pieces = Object.keys(parts).map((key) => parts[key] as tf.TensorInfo);
    const size = pieces.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape), 0);
    const output = heap.makeOutput([size], "float32");
    const to = heap.typedArrayFromHeap(output);
    let at = 0;
    for (const piece of pieces) {
      const from = heap.typedArrayFromHeap(piece);
      to.set(from, at);
      at += from.length;
    }
    return output;
  },
  /** A clone shares its memory, as on the other devices. */
  Identity: (heap, { x }) => {
    const { dataId, shape, dtype } = x as tf.TensorInfo;
    heap.incRef(dataId);
    return { dataId, shape, dtype };
  },
};

/** Registers the kernels once. */
export function registerWasmKernels(): void {
  if (tf.getKernel("CutBuffer", "wasm")) return;
  tf.unregisterKernel("Identity", "wasm");
  for (const [kernelName, run] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, backend, attrs }) => run(backend as object as Heap, inputs, attrs ?? {}),
    });
  }
}
