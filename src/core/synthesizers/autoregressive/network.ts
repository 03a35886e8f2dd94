import { blockDense, dropout, groupedDense, network, relu, residual } from "../../nn/block.ts";
import type { Network, Parameter } from "../../nn/block.ts";
import { headLayout, headLogLikelihoods, headLosses } from "../../nn/column-heads.ts";
import type { HeadLayout } from "../../nn/column-heads.ts";
import { add, concatColumns } from "../../nn/ops.ts";
import type { Pass } from "../../nn/pass.ts";
import type { Batch, Inputs, Tensor, Weights } from "../../nn/tensor.ts";
import type { LossFunction } from "../../nn/trainer.ts";
import { blockParts, partSize } from "./blocks.ts";
import type { BlockPart, BlockPlan, BlockWeights } from "./blocks.ts";
import type { Places } from "../token-rows/places.ts";
import type { TokenRows } from "../token-rows/rows.ts";

/** Shares of inputs and hidden units that are left out at random in training. */
export interface Dropouts {
  readonly inputs: number;
  readonly hidden: number;
}

/** The networks of all columns and members side by side on a row's features. */
export interface BlockNetwork {
  /** one for each pair of dropout rates, with the places whose columns it learns */
  readonly groups: readonly { readonly network: Network; readonly plans: readonly BlockPlan[] }[];
  readonly layout: HeadLayout;
  /** places that have a parent to read, group after group; heads are place after place, member after member */
  readonly trained: readonly number[];
  readonly plans: readonly BlockPlan[];
}

/**
 * No weight is shared between two columns or members: column j's member reads its parents' features only
 * (features -> m ReLU units -> plus one m x m ReLU layer -> coefficients). `rates`: the dropout of each place.
 */
export function blockNetwork(
  places: Places,
  all: readonly BlockPlan[],
  rates: readonly Dropouts[],
): BlockNetwork {
  const byRates = new Map<string, number[]>();
  all.forEach((plan, place) => {
    if (plan.inputs === 0) return;
    const { inputs, hidden } = rates[place] as Dropouts;
    const key = `${inputs} ${hidden}`;
    byRates.set(key, [...(byRates.get(key) ?? []), place]);
  });
  const groups = [...byRates.values()].map((own, g) => {
    const plans = own.map((place) => all[place] as BlockPlan);
    return { network: groupNetwork(`blocks${g}`, places, plans, rates[own[0] as number] as Dropouts), plans };
  });
  const trained = [...byRates.values()].flat();
  const plans = groups.flatMap((group) => group.plans);
  const layout = headLayout(
    plans.flatMap(({ head, members }, k) =>
      Array.from({ length: members }, () => ({ ...head, target: trained[k] as number })),
    ),
  );
  return { groups, layout, trained, plans };
}

function groupNetwork(name: string, places: Places, plans: readonly BlockPlan[], rates: Dropouts): Network {
  const { members, units } = plans[0] as BlockPlan;
  const segments = places.features.map(({ width }) => width);
  const allowed = new Uint8Array(segments.length * plans.length);
  plans.forEach(({ parents }, k) => {
    for (const parent of parents) allowed[parent * plans.length + k] = 1;
  });
  const groups = plans.length * members;
  const coefficients = plans.flatMap(({ head }) => Array.from({ length: members }, () => head.coefficients));
  const diagonal = new Uint8Array(groups * groups);
  for (let g = 0; g < groups; g++) diagonal[g * groups + g] = 1;
  const width = coefficients.reduce((sum, count) => sum + count, 0);
  return network(
    name,
    segments.reduce((sum, segment) => sum + segment, 0),
    [
      ...(rates.inputs > 0 ? [dropout(rates.inputs)] : []),
      blockDense({ inputs: segments, units: plans.map(() => members * units), allowed }),
      relu(),
      dropout(rates.hidden),
      residual(groupedDense(groups, units), relu()),
      blockDense(
        { inputs: Array.from({ length: groups }, () => units), units: coefficients, allowed: diagonal },
        { scale: 0.1, initialBias: new Float32Array(width) },
      ),
    ],
  );
}

/** Coefficients of all heads, on top of what stands `beside` them: [rows, layout.width]. */
function coefficientsOf(
  { groups }: BlockNetwork,
  pass: Pass,
  { x, beside }: Readonly<Record<string, Tensor>>,
): Tensor {
  const parts = groups.map(({ network: net }) => pass.run(net, x as Tensor));
  const own = parts.length === 1 ? (parts[0] as Tensor) : concatColumns(parts);
  return beside ? add(own, beside) : own;
}

/** What stands beside the networks, in the coefficients of all heads at rows of `tokens` (rows x places); undefined for nothing. */
function besideAt({ layout, plans }: BlockNetwork, { rows, width, data }: Batch): Batch | undefined {
  if (!plans.some(({ priors }) => priors.length > 0)) return undefined;
  const out = new Float32Array(rows * layout.width);
  let first = 0;
  for (const { priors, members, head } of plans) {
    const from = layout.starts[first] as number;
    first += members;
    if (priors.length === 0) continue;
    for (let i = 0; i < rows; i++) {
      const at = i * layout.width + from;
      for (const prior of priors) prior.add(data, i * width, out, at);
      for (let member = 1; member < members; member++)
        out.copyWithin(at + member * head.coefficients, at, at + head.coefficients);
    }
  }
  return { rows, width: layout.width, data: out };
}

/** What the networks are given of `rows`. */
export function inputsOf(net: BlockNetwork, data: TokenRows, rows: Int32Array): Inputs {
  const batch = data.batch(rows);
  const beside = besideAt(net, batch.tokens);
  return beside ? { ...batch, beside } : batch;
}

/** Inputs: x [rows, features], tokens [rows, places], weights [rows, heads]. */
export const blockLoss =
  (net: BlockNetwork): LossFunction =>
  (inputs, pass) => {
    const { tokens, weights } = inputs as Record<"tokens" | "weights", Tensor>;
    return { loss: headLosses(pass, coefficientsOf(net, pass, inputs), net.layout, tokens, weights) };
  };

/** log p(token) under every head: [rows, heads]. Inputs: x, tokens. */
export const blockLogLikelihoods =
  (net: BlockNetwork) =>
  (inputs: Readonly<Record<string, Tensor>>, pass: Pass): Tensor => {
    const { tokens } = inputs as Record<"tokens", Tensor>;
    return headLogLikelihoods(pass, coefficientsOf(net, pass, inputs), net.layout, tokens);
  };

/** A network's arrays hold the parts of all its blocks, one behind the other, in the order of `blockParts`. */
function parameterOf(net: Network, part: BlockPart): Parameter {
  return net.parameters[blockParts.indexOf(part)] as Parameter;
}

/** The weights of the k-th trained place. */
export function blockOf({ groups }: BlockNetwork, weights: Weights, k: number): BlockWeights {
  let first = 0;
  const group = groups.find(({ plans }) => {
    if (k < first + plans.length) return true;
    first += plans.length;
    return false;
  });
  if (!group) throw new RangeError(`no trained place ${k}`);
  const block = {} as Record<BlockPart, Float32Array>;
  for (const part of blockParts) {
    const { name } = parameterOf(group.network, part);
    const all = weights.find((array) => array.name === name)?.data as Float32Array;
    let from = 0;
    for (let i = 0; i < k - first; i++) from += partSize(group.plans[i] as BlockPlan, part);
    block[part] = all.slice(from, from + partSize(group.plans[k - first] as BlockPlan, part));
  }
  return block;
}

/** The networks' arrays with the weights of `blocks`, one for each place. */
export function weightsOf({ groups, trained }: BlockNetwork, blocks: readonly BlockWeights[]): Weights {
  let first = 0;
  return groups.flatMap(({ network: net, plans }) => {
    const own = trained.slice(first, first + plans.length);
    first += plans.length;
    return blockParts.map((part) => {
      const { name, shape, size } = parameterOf(net, part);
      const data = new Float32Array(size);
      let at = 0;
      for (const place of own) {
        const piece = (blocks[place] as BlockWeights)[part];
        data.set(piece, at);
        at += piece.length;
      }
      return { name, shape, data };
    });
  });
}
