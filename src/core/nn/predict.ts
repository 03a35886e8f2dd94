import * as tf from "@tensorflow/tfjs-core";
import { FaultError } from "../fault.ts";
import type { Network, Parameter, State } from "./block.ts";
import { onSteadyDevice } from "./device.ts";
import { createPass } from "./pass.ts";
import type { Pass } from "./pass.ts";
import { uploadArray, uploadInputs } from "./upload.ts";
import type { Constant, Inputs, NamedArray, Tensor, Weights } from "./tensor.ts";

/**
 * A forward pass in evaluate mode from weights on the CPU, on the steady device: row-major numbers, the same on every
 * machine that has WASM. It holds nothing on the device when it returns. Keep `inputs` to some thousand rows.
 */
export function predict(
  weights: Weights,
  inputs: Inputs,
  run: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
): Float32Array {
  return onSteadyDevice(() => {
    const result = tf.tidy(() => {
      const byName = new Map(weights.map((array) => [array.name, array]));
      const lookUp = remembering(({ name }: Parameter | State): Tensor => {
        const array = byName.get(name);
        if (!array) throw new RangeError(`unknown array ${name}`);
        return uploadArray(array.data, array.shape);
      });
      const pass = createPass({
        mode: "evaluate",
        parameter: lookUp,
        state: lookUp,
        setState: () => undefined,
        constant: remembering(({ data, shape }: Constant) => uploadArray(data, shape)),
      });
      return run(uploadInputs(inputs), pass);
    });
    const values = result.dataSync().slice() as Float32Array;
    result.dispose();
    return values;
  });
}

/** Checks that saved arrays are those of `networks` and `parameters`; throws FaultError `model-damaged`. */
export function checkWeights(
  arrays: readonly NamedArray[],
  networks: readonly Network[],
  parameters: readonly Parameter[] = [],
): void {
  const byName = new Map(arrays.map((array) => [array.name, array]));
  const wanted = [...networks.flatMap((net) => [...net.parameters, ...net.states]), ...parameters];
  for (const { name, shape, size } of wanted) {
    const found = byName.get(name);
    const fits =
      found?.data instanceof Float32Array &&
      found.data.length === size &&
      String(found.shape) === String(shape);
    if (!fits) {
      throw new FaultError({
        code: "model-damaged",
        reason: `The array ${name} is missing or has another shape.`,
      });
    }
    if (!found.data.every((x) => Number.isFinite(x))) {
      throw new FaultError({
        code: "model-damaged",
        reason: `The array ${name} holds values that are not numbers.`,
      });
    }
  }
}

function remembering<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
