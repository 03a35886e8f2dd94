/**
 * Two kernels of our own for the devices whose memory JavaScript can reach: the softmax within each span, and the
 * one-hot of each span's largest number, one loop over the rows each. A GPU has the same from tfjs's kernels.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Tensor } from "./tensor.ts";

export type Spans = readonly { readonly start: number; readonly width: number }[];
type RowWork = (from: Float32Array, to: Float32Array, rows: number, width: number, spans: Spans) => void;

const kernels: Readonly<Record<string, RowWork>> = { SpanSoftmax: softmaxRows, SpanLargest: largestRows };

/** Runs a span kernel, or gives undefined where the device in use has none. */
export function runSpanKernel(
  kernel: "SpanSoftmax" | "SpanLargest",
  x: Tensor,
  spans: Spans,
): Tensor | undefined {
  if (!tf.getKernel(kernel, tf.getBackend())) return undefined;
  const attrs = { spans } as object as tf.NamedAttrMap;
  return tf.engine().runKernel<Tensor>(kernel, { x }, attrs);
}

interface Heap {
  makeOutput(shape: number[], dtype: string): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}
interface Values {
  readonly data: { get(id: object): { values: Float32Array } };
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array): tf.TensorInfo;
}

/** Registers the kernels for cpu and WASM once. */
export function registerSpanKernels(): void {
  for (const [kernelName, work] of Object.entries(kernels)) {
    if (tf.getKernel(kernelName, "cpu")) continue;
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, backend, attrs }) => {
        const heap = backend as object as Heap;
        const { x, rows, width, spans } = argumentsOf(inputs, attrs);
        const out = heap.makeOutput(x.shape, "float32");
        work(heap.typedArrayFromHeap(x), heap.typedArrayFromHeap(out), rows, width, spans);
        return out;
      },
    });
    tf.registerKernel({
      kernelName,
      backendName: "cpu",
      kernelFunc: ({ inputs, backend, attrs }) => {
        const store = backend as object as Values;
        const { x, rows, width, spans } = argumentsOf(inputs, attrs);
        const values = new Float32Array(rows * width);
        work(store.data.get(x.dataId).values, values, rows, width, spans);
        return store.makeTensorInfo(x.shape, "float32", values);
      },
    });
  }
}

function argumentsOf(
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap | undefined,
): { x: tf.TensorInfo; rows: number; width: number; spans: Spans } {
  const x = inputs["x"] as tf.TensorInfo;
  const [rows, width] = x.shape as [number, number];
  return { x, rows, width, spans: (attrs as { spans?: Spans } | undefined)?.spans ?? [] };
}

export function softmaxRows(
  from: Float32Array,
  to: Float32Array,
  rows: number,
  width: number,
  spans: Spans,
): void {
  to.fill(0);
  for (let row = 0; row < rows; row++) {
    for (const span of spans) {
      const start = row * width + span.start;
      const end = start + span.width;
      let most = from[start] as number;
      for (let i = start + 1; i < end; i++) if ((from[i] as number) > most) most = from[i] as number;
      let total = 0;
      for (let i = start; i < end; i++) {
        const e = expOfNegative((from[i] as number) - most);
        to[i] = e;
        total += e;
      }
      for (let i = start; i < end; i++) to[i] = (to[i] as number) / total;
    }
  }
}

export function largestRows(
  from: Float32Array,
  to: Float32Array,
  rows: number,
  width: number,
  spans: Spans,
): void {
  to.fill(0);
  for (let row = 0; row < rows; row++) {
    for (const span of spans) {
      const start = row * width + span.start;
      let best = start;
      for (let i = start + 1; i < start + span.width; i++) {
        if ((from[i] as number) > (from[best] as number)) best = i;
      }
      to[best] = 1;
    }
  }
}

const powers = Float64Array.from({ length: 151 }, (_, k) => 2 ** -k);

/** exp(x) for x <= 0 to 1e-9, the same on every machine; below -100 it is 0; not a number stays so. */
function expOfNegative(x: number): number {
  if (x < -100) return 0;
  const t = x * Math.LOG2E;
  const k = Math.round(t);
  const r = (t - k) * Math.LN2;
  const series =
    1 +
    r *
      (1 +
        r *
          (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040 + r / 40320)))))));
  return series * (powers[-k] ?? NaN);
}
