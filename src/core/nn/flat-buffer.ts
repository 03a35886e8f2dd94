/**
 * Parameters lie one behind the other in a flat buffer. On WASM cutting and joining are plain memory copies; tfjs's
 * own split reads the whole buffer once for every piece.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "./tensor.ts";

interface Piece {
  readonly shape: readonly number[];
  readonly size: number;
}

/** The pieces of `flat`, in order, each in its shape. */
export function cutBuffer(flat: Tensor, pieces: readonly Piece[]): Tensor[] {
  if (tf.getKernel("CutBuffer", tf.getBackend())) {
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
  return tf.concat(parts.map((part) => tf.reshape(part, [-1])));
}

interface Heap {
  makeOutput(shape: readonly number[], dtype: string): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

/** Registers the kernel for WASM once. */
export function registerBufferKernels(): void {
  if (tf.getKernel("CutBuffer", "wasm")) return;
  tf.registerKernel({
    kernelName: "CutBuffer",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend, attrs }) => {
      const heap = backend as object as Heap;
      const { pieces } = attrs as object as { pieces: readonly Piece[] };
      const outputs = pieces.map(({ shape }) => heap.makeOutput(shape, "float32"));
      const from = heap.typedArrayFromHeap(inputs["flat"] as tf.TensorInfo);
      let at = 0;
      for (const output of outputs) {
        const to = heap.typedArrayFromHeap(output);
        to.set(from.subarray(at, at + to.length));
        at += to.length;
      }
      return outputs;
    },
  });
}
