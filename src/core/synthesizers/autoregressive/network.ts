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

/** Rows up to which what stands beside the networks is kept: steps come back to each row of a small table many times. */
const MOST_KEPT = 2000;

/** What the networks are given of rows of `data`. */
export function inputsOf(net: BlockNetwork, data: TokenRows): (rows: Int32Array) => Inputs {
  const beside = besideOf(net, data);
  return (rows) => {
    const batch = data.batch(rows);
    return beside ? { ...batch, beside: beside(rows) } : batch;
  };
}

/** What stands beside the networks, in the coefficients of all heads at rows of `data`; undefined where nothing does. */
function besideOf(
  { layout, plans }: BlockNetwork,
  { places, tokens, rows: all }: TokenRows,
): ((rows: Int32Array) => Batch) | undefined {
  if (!plans.some(({ priors }) => priors.length > 0)) return undefined;
  const breadth = places.columns.length;
  const width = plans.reduce((sum, { head }) => sum + head.coefficients, 0);
  const said = new Map<number, Float32Array>();
  const say = (row: number): Float32Array => {
    const out = new Float32Array(width);
    let at = 0;
    for (const { priors, head } of plans) {
      for (const prior of priors) prior.add(tokens, row * breadth, out, at);
      at += head.coefficients;
    }
    if (all <= MOST_KEPT) said.set(row, out);
    return out;
  };
  return (rows) => {
    const data = new Float32Array(rows.length * layout.width);
    rows.forEach((row, i) => {
      const own = said.get(row) ?? say(row);
      let [from, to] = [0, i * layout.width];
      for (const { members, head } of plans) {
        const part = own.subarray(from, from + head.coefficients);
        for (let member = 0; member < members; member++) data.set(part, to + member * head.coefficients);
        from += head.coefficients;
        to += members * head.coefficients;
      }
    });
    return { rows: rows.length, width: layout.width, data };
  };
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
