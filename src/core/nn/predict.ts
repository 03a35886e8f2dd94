import * as tf from "@tensorflow/tfjs-core";
import { FaultError } from "../fault.ts";
import type { Network, Parameter, State } from "./block.ts";
import { onSteadyDevice } from "./device.ts";
import { createPass } from "./pass.ts";
import type { Pass } from "./pass.ts";
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
  return onSteadyDevice(() =>
    tf.tidy(() => {
      const byName = new Map(weights.map((array) => [array.name, array]));
      const place = ({ name }: Parameter | State): Tensor => {
        const array = byName.get(name);
        if (!array) throw new RangeError(`unknown array ${name}`);
        return tf.tensor(array.data.slice(), [...array.shape], "float32");
      };
      const lookUp = remembering(place);
      const pass = createPass({
        mode: "evaluate",
        parameter: lookUp,
        state: lookUp,
        setState: () => undefined,
        constant: remembering((constant: Constant) =>
          tf.tensor(
            constant.data.slice(),
            [...constant.shape],
            constant.data instanceof Int32Array ? "int32" : "float32",
          ),
        ),
      });
      const given = Object.fromEntries(
        Object.entries(inputs).map(([name, { data, rows, width }]) => [
          name,
          tf.tensor2d(data, [rows, width]),
        ]),
      );
      return run(given, pass).dataSync().slice() as Float32Array;
    }),
  );
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
