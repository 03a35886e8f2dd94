import * as tf from "@tensorflow/tfjs-core";
import { causalAttention } from "./attention.ts";
import type { Network, Parameter, State } from "./block.ts";
import { onSteadyDevice } from "./device.ts";
import { createPass } from "./pass.ts";
import type { AttentionLayer } from "./pass.ts";
import type { Batch, Constant, Tensor, Weights } from "./tensor.ts";
import { uploadArray } from "./upload.ts";

/** Sequences that a network with attention goes through place by place. It holds weights on the device until freed. */
export interface Decoder {
  /** The next place of every sequence, `x` [sequences, network.inputs]: [sequences, network.outputs]. */
  next(x: Batch): Float32Array;
  /** Sequences begin anew. */
  begin(): void;
  dispose(): void;
}

/**
 * A network on the steady device in evaluate mode that keeps keys and values of the places before (Shazeer 2019), so that
 * a place costs one pass over itself. Whoever makes it disposes it.
 */
export function createDecoder(network: Network, weights: Weights): Decoder {
  const byName = new Map(weights.map((array) => [array.name, array]));
  const held = new Map<string, Tensor>();
  const before = new Map<AttentionLayer, Tensor>();
  const lookUp = ({ name }: Parameter | State): Tensor => {
    const known = held.get(name);
    if (known) return known;
    const array = byName.get(name);
    if (!array) throw new RangeError(`unknown array ${name}`);
    const made = tf.keep(uploadArray(array.data, array.shape));
    held.set(name, made);
    return made;
  };
  const attend = (layer: AttentionLayer, qkv: Tensor): Tensor => {
    const [sequences, breadth] = qkv.shape as [number, number];
    const place = tf.reshape(qkv, [sequences, 1, breadth]);
    const known = before.get(layer);
    const all = tf.keep(known ? tf.concat([known, place], 1) : tf.clone(place));
    known?.dispose();
    before.set(layer, all);
    const length = all.shape[1] as number;
    return causalAttention(tf.reshape(all, [-1, breadth]), layer.heads, length, length - 1);
  };
  const forget = (): void => {
    tf.dispose([...before.values()]);
    before.clear();
  };
  const pass = createPass({
    mode: "evaluate",
    parameter: lookUp,
    state: lookUp,
    setState: () => undefined,
    constant: ({ data, shape }: Constant) => uploadArray(data, shape),
    attend,
  });
  return {
    next: ({ rows, width, data }) =>
      onSteadyDevice(() => {
        const result = tf.tidy(() => pass.run(network, tf.tensor2d(data, [rows, width])));
        const values = result.dataSync().slice() as Float32Array;
        result.dispose();
        return values;
      }),
    begin: () => onSteadyDevice(forget),
    dispose: () =>
      onSteadyDevice(() => {
        forget();
        tf.dispose([...held.values()]);
        held.clear();
      }),
  };
}
