import * as tf from "@tensorflow/tfjs-core";
import type { Constant, Inputs, Tensor } from "./tensor.ts";

/** Named batches on the device in use. */
export function uploadInputs(inputs: Inputs): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { data, rows, width }]) => [name, tf.tensor2d(data, [rows, width])]),
  );
}

/** A copy of `data` on the device in use, so that no device writes into the caller's array. */
export function uploadArray(data: Constant["data"], shape: readonly number[]): Tensor {
  return tf.tensor(data.slice(), [...shape], data instanceof Int32Array ? "int32" : "float32");
}
