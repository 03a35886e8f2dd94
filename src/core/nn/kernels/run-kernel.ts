/**
 * Layers, losses and the optimizer's update as SIMD kernels of our own (`kernels/`, a small WebAssembly module that
 * imports the memory of tfjs's and works on tensors where they lie). Every other device, and WASM without SIMD, runs
 * the same formulas as engine ops; the tests hold both against central differences, PyTorch and each other.
 */
import * as tf from "@tensorflow/tfjs-core";
import { attentionKernels } from "./attention-kernels.ts";
import { KERNEL_BYTES } from "./kernel-bytes.ts";
import { layerKernels } from "./layer-kernels.ts";
import { spanKernels } from "./span-kernels.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "./kernel.ts";
import type { Machine, Kernel } from "./kernel.ts";

const kernels: Readonly<Record<string, Kernel<never>>> = {
  ...layerKernels,
  ...spanKernels,
  ...attentionKernels,
};
export type KernelName = keyof typeof layerKernels | keyof typeof spanKernels | keyof typeof attentionKernels;

interface Heap {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(address: number): void;
  };
  readonly dataIdMap: { get(id: object): { readonly memoryOffset: number } };
  makeOutput(shape: Shape, dtype: string): tf.TensorInfo;
}

let machine: Machine | undefined;
let scratch = { address: 0, bytes: 0 };

/** Whether the device in use runs the kernels. */
export const hasKernels = (): boolean => machine !== undefined && tf.getBackend() === "wasm";

/** Starts the kernels on the memory of tfjs's WASM backend, which must be in use; without SIMD there are none. */
export async function startKernels(): Promise<void> {
  if (machine) return;
  const { wasm } = tf.backend() as object as Heap;
  const bytes = Uint8Array.from(atob(KERNEL_BYTES), (letter) => letter.charCodeAt(0));
  try {
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: wasm.asm.memory } });
    machine = instance.exports as Machine;
  } catch {
    // Without SIMD the module does not compile; tfjs's own kernels do the work.
    return;
  }
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: ({ inputs, backend, attrs }) =>
        runOn(backend as object as Heap, kernel as Kernel, inputs, attrs ?? {}),
    });
  }
}

/** Runs a kernel; its gradient is the one registered under its name, if any. */
export function runKernel(name: KernelName, inputs: readonly Tensor[], facts: object = {}): Tensor[] {
  const named: Record<string, Tensor> = {};
  for (let i = 0; i < inputs.length; i++) named[i] = inputs[i] as Tensor;
  return tf.engine().runKernel<Tensor[]>(name, named, facts as tf.NamedAttrMap);
}

/** The kernel's only output. */
export const runOne = (name: KernelName, inputs: readonly Tensor[], facts: object = {}): Tensor =>
  runKernel(name, inputs, facts)[0] as Tensor;

function runOn(heap: Heap, kernel: Kernel, inputs: tf.NamedTensorInfoMap, facts: object): tf.TensorInfo[] {
  const infos = Object.keys(inputs).map((key) => inputs[key] as tf.TensorInfo);
  const shapes = infos.map(({ shape }) => shape);
  const outputs = kernel.shapes(shapes, facts).map((shape) => heap.makeOutput(shape, "float32"));
  const addressOf = ({ dataId }: tf.TensorInfo): number => heap.dataIdMap.get(dataId).memoryOffset;
  kernel.run(machine as Machine, {
    from: infos.map(addressOf),
    to: outputs.map(addressOf),
    shapes,
    facts,
    space: (bytes) => spaceOf(heap, bytes),
    numbers: (address, length) => new Float32Array(heap.wasm.asm.memory.buffer, address, length),
  });
  return outputs;
}

/** One piece of memory for all calls, made anew when a call needs more. */
function spaceOf({ wasm }: Heap, bytes: number): number {
  if (bytes > scratch.bytes) {
    if (scratch.address !== 0) wasm._free(scratch.address);
    const asked = Math.ceil(bytes * 1.25);
    scratch = { address: wasm._malloc(asked) >>> 0, bytes: asked };
  }
  return scratch.address;
}

/** Runs `work` on the addresses of `tensors` where the device in use has kernels; false elsewhere. */
export function inPlace(tensors: readonly Tensor[], work: (machine: Machine, at: number[]) => void): boolean {
  if (!hasKernels()) return false;
  const heap = tf.backend() as object as Heap;
  // Reading through the engine brings a tensor over that another device still holds.
  for (const tensor of tensors) if (!isHere(heap, tensor)) return false;
  work(
    machine as Machine,
    tensors.map(({ dataId }) => heap.dataIdMap.get(dataId).memoryOffset),
  );
  return true;
}

const isHere = (heap: Heap, { dataId }: Tensor): boolean =>
  (heap.dataIdMap as { has?(id: object): boolean }).has?.(dataId) ?? true;
