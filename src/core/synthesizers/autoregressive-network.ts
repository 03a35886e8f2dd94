import { blockDense, dropout, groupedDense, network, relu, residual } from "../nn/block.ts";
import type { Network, Parameter } from "../nn/block.ts";
import { headLayout, headLogLikelihoods, headLosses } from "../nn/column-heads.ts";
import type { HeadLayout } from "../nn/column-heads.ts";
import type { Pass } from "../nn/pass.ts";
import type { Tensor, Weights } from "../nn/tensor.ts";
import type { LossFunction } from "../nn/trainer.ts";
import { blockParts, partSize } from "./autoregressive-blocks.ts";
import type { BlockPart, BlockPlan, BlockWeights } from "./autoregressive-blocks.ts";
import type { Places } from "./autoregressive-data.ts";

/** Shares of inputs and hidden units that are left out at random in training. */
export interface Dropouts {
  readonly inputs: number;
  readonly hidden: number;
}

/** The networks of all columns and members side by side, as one network on a row's features. */
export interface BlockNetwork {
  readonly network: Network;
  readonly layout: HeadLayout;
  /** places that have a parent to read, in order; heads are place after place, member after member */
  readonly trained: readonly number[];
  readonly plans: readonly BlockPlan[];
}

/**
 * No weight is shared between two columns or members: column j's member reads its parents' features only
 * (features -> m ReLU units -> plus one m x m ReLU layer -> coefficients).
 */
export function blockNetwork(places: Places, all: readonly BlockPlan[], rates: Dropouts): BlockNetwork {
  const trained = all.flatMap((plan, place) => (plan.inputs > 0 ? [place] : []));
  const plans = trained.map((place) => all[place] as BlockPlan);
  const { members, units } = plans[0] ?? { members: 1, units: 1 };
  const segments = places.features.map(({ width }) => width);
  const allowed = new Uint8Array(segments.length * plans.length);
  plans.forEach(({ parents }, k) => {
    for (const parent of parents) allowed[parent * plans.length + k] = 1;
  });
  const groups = plans.length * members;
  const heads = plans.flatMap(({ head }, k) =>
    Array.from({ length: members }, () => ({ ...head, target: trained[k] as number })),
  );
  const layout = headLayout(heads);
  const diagonal = new Uint8Array(groups * groups);
  for (let g = 0; g < groups; g++) diagonal[g * groups + g] = 1;
  const made = network(
    "blocks",
    segments.reduce((sum, width) => sum + width, 0),
    [
      ...(rates.inputs > 0 ? [dropout(rates.inputs)] : []),
      blockDense({ inputs: segments, units: plans.map(() => members * units), allowed }),
      relu(),
      dropout(rates.hidden),
      residual(groupedDense(groups, units), relu()),
      blockDense(
        {
          inputs: Array.from({ length: groups }, () => units),
          units: heads.map(({ coefficients }) => coefficients),
          allowed: diagonal,
        },
        { scale: 0.1, initialBias: new Float32Array(layout.width) },
      ),
    ],
  );
  return { network: made, layout, trained, plans };
}

/** Inputs: x [rows, features], tokens [rows, places], weights [rows, heads]. */
export const blockLoss =
  ({ network: net, layout }: BlockNetwork): LossFunction =>
  (inputs, pass) => {
    const { x, tokens, weights } = inputs as Record<"x" | "tokens" | "weights", Tensor>;
    return { loss: headLosses(pass, pass.run(net, x), layout, tokens, weights) };
  };

/** log p(token) under every head: [rows, heads]. Inputs: x, tokens. */
export const blockLogLikelihoods =
  ({ network: net, layout }: BlockNetwork) =>
  (inputs: Readonly<Record<string, Tensor>>, pass: Pass): Tensor => {
    const { x, tokens } = inputs as Record<"x" | "tokens", Tensor>;
    return headLogLikelihoods(pass, pass.run(net, x), layout, tokens);
  };

/** The network's arrays hold the parts of all blocks, one behind the other, in the order of `blockParts`. */
function parameterOf({ network: net }: BlockNetwork, part: BlockPart): Parameter {
  return net.parameters[blockParts.indexOf(part)] as Parameter;
}

/** The weights of the k-th trained place. */
export function blockOf(net: BlockNetwork, weights: Weights, k: number): BlockWeights {
  const block = {} as Record<BlockPart, Float32Array>;
  for (const part of blockParts) {
    const { name } = parameterOf(net, part);
    const all = weights.find((array) => array.name === name)?.data as Float32Array;
    let from = 0;
    for (let i = 0; i < k; i++) from += partSize(net.plans[i] as BlockPlan, part);
    block[part] = all.slice(from, from + partSize(net.plans[k] as BlockPlan, part));
  }
  return block;
}

/** The network's arrays with the weights of `blocks`, one for each place. */
export function weightsOf(net: BlockNetwork, blocks: readonly BlockWeights[]): Weights {
  return blockParts.map((part) => {
    const { name, shape, size } = parameterOf(net, part);
    const data = new Float32Array(size);
    let at = 0;
    for (const place of net.trained) {
      const own = (blocks[place] as BlockWeights)[part];
      data.set(own, at);
      at += own.length;
    }
    return { name, shape, data };
  });
}
