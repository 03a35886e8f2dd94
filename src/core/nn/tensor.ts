import type { Tensor as EngineTensor } from "@tensorflow/tfjs-core";
import type { Rng } from "../math/rng.ts";

/** A value on the device. Made and combined only by nn's functions, so that the engine below can change. */
export type Tensor = EngineTensor;

/** Row-major numbers on the CPU; every batch crosses to the device anew, so that a lost device loses no data. */
export interface Batch {
  readonly rows: number;
  readonly width: number;
  readonly data: Float32Array;
}

/** The named batches of one step. */
export type Inputs = Readonly<Record<string, Batch>>;

/** Weights and running statistics on the CPU: row-major float32, the form a saved model keeps. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}
export type Weights = readonly NamedArray[];

/** A fixed array that a network or loss needs on the device; uploaded once and freed with the trainer. */
export interface Constant {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Standard normal numbers from `rng`. */
export function normalBatch(rows: number, width: number, rng: Rng): Batch {
  const data = new Float32Array(rows * width);
  for (let i = 0; i < data.length; i++) data[i] = rng.normal();
  return { rows, width, data };
}

/** Standard Gumbel numbers from `rng`, -log(-log(u)), u kept inside (1e-9, 1 - 1e-7). */
export function gumbelBatch(rows: number, width: number, rng: Rng): Batch {
  const data = new Float32Array(rows * width);
  for (let i = 0; i < data.length; i++) {
    const u = Math.min(Math.max(rng.uniform(), 1e-9), 1 - 1e-7);
    data[i] = -Math.log(-Math.log(u));
  }
  return { rows, width, data };
}
