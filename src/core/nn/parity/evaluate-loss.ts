import * as tf from "@tensorflow/tfjs-core";
import type { Rng } from "../../math/rng.ts";
import type { Network, Parameter, State } from "../block.ts";
import { createPass } from "../pass.ts";
import type { Pass } from "../pass.ts";
import { uploadArray, uploadInputs } from "../upload.ts";
import type { Constant, Inputs, Tensor } from "../tensor.ts";
import type { LossFunction } from "../trainer.ts";

/** A loss with its gradients and the states it left, all on the CPU: for checks of blocks, losses and devices. */
export interface LossAt {
  readonly loss: number;
  readonly gradients: ReadonlyMap<string, Float32Array>;
  readonly states: ReadonlyMap<string, Float32Array>;
}

/** Evaluates `loss` once on the device in use at the given arrays (by parameter and state name). */
export async function evaluateLoss(
  networks: readonly Network[],
  parameters: readonly Parameter[],
  arrays: ReadonlyMap<string, Float32Array>,
  inputs: Inputs,
  loss: LossFunction,
  options: { mode?: Pass["mode"]; rng?: Rng } = {},
): Promise<LossAt> {
  const all = [...networks.flatMap((net) => net.parameters), ...parameters];
  const changed = new Map<State, Tensor>();
  const place = ({ name, shape }: Parameter | State): Tensor =>
    uploadArray(arrays.get(name) as Float32Array, shape);
  const held = tf.tidy(() => {
    const own = all.map(place);
    const known = new Map<Parameter, Tensor>(all.map((parameter, i) => [parameter, own[i] as Tensor]));
    const constants = new Map<Constant, Tensor>();
    const pass = createPass({
      mode: options.mode ?? "train",
      ...(options.rng ? { rng: options.rng } : {}),
      parameter: (parameter) => known.get(parameter) as Tensor,
      state: (state) => changed.get(state) ?? place(state),
      setState: (state, value) => void changed.set(state, tf.keep(tf.clone(value))),
      constant: (constant) => {
        const before = constants.get(constant);
        const made = before ?? tf.keep(uploadArray(constant.data, constant.shape));
        constants.set(constant, made);
        return made;
      },
    });
    const given = uploadInputs(inputs);
    const { value, grads } = tf.engine().gradients(() => loss(given, pass).loss as tf.Scalar, own);
    const gradients = own.map((tensor, i) => grads[i] ?? tf.zerosLike(tensor));
    for (const constant of constants.values()) tf.dispose(constant);
    return [value as Tensor, ...gradients];
  });
  const read = async (tensor: Tensor): Promise<Float32Array> => (await tensor.data()).slice() as Float32Array;
  const [value, ...gradients] = await Promise.all(held.map(read));
  const states = new Map<string, Float32Array>();
  for (const [state, tensor] of changed) states.set(state.name, await read(tensor));
  tf.dispose([...held, ...changed.values()]);
  return {
    loss: value?.[0] as number,
    gradients: new Map(all.map(({ name }, i) => [name, gradients[i] as Float32Array])),
    states,
  };
}
