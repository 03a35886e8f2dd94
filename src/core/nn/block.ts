import type { Rng } from "../math/rng.ts";
import { planBlocks, planGroups } from "./block-plan.ts";
import type { BlockMask, BlockPlan } from "./block-plan.ts";

/** A trained array. `decay` says whether the optimizer's weight decay falls on it. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly decay: boolean;
  init(rng: Rng): Float32Array;
}

/** A running statistic: changed by forward passes in training, not by the optimizer. */
export type State = Omit<Parameter, "decay">;

interface SparseSettings {
  readonly bias: boolean;
  readonly scale: number;
  readonly decay: boolean;
  readonly initialBias?: Float32Array;
}

/** Networks are declared from blocks and are plain data: how they run is the engine's business. */
export type Block =
  | {
      readonly type: "dense";
      readonly units: number;
      readonly bias: boolean;
      /** weight divided by its largest singular value (Miyato et al. 2018), one power iteration per training pass */
      readonly spectral: boolean;
      /** factor on the initial weights */
      readonly scale: number;
      /** initial bias instead of uniform numbers */
      readonly initialBias?: Float32Array;
      /** 0/1, inputs x units, row-major: connections that exist */
      readonly mask?: Float32Array;
      /** whether the optimizer's weight decay falls on the weight */
      readonly decay: boolean;
    }
  | ({ readonly type: "grouped-dense"; readonly groups: number; readonly units: number } & SparseSettings)
  | ({ readonly type: "block-dense"; readonly mask: BlockMask } & SparseSettings)
  | { readonly type: "batch-norm"; readonly momentum: number; readonly epsilon: number }
  | { readonly type: "dropout"; readonly rate: number }
  | { readonly type: "relu" }
  | { readonly type: "leaky-relu"; readonly slope: number }
  | { readonly type: "concat-input" }
  | { readonly type: "layer-norm"; readonly epsilon: number }
  | { readonly type: "gelu" }
  | { readonly type: "causal-attention"; readonly heads: number; readonly length: number }
  | { readonly type: "residual"; readonly blocks: readonly Block[] };

type DenseOptions = Partial<
  Pick<Block & { type: "dense" }, "bias" | "spectral" | "scale" | "initialBias" | "decay">
>;

/** y = xW + b; W and b start uniform in +-1/sqrt(inputs). */
export const dense = (units: number, options: DenseOptions = {}): Block => ({
  type: "dense",
  units,
  bias: true,
  spectral: false,
  scale: 1,
  decay: true,
  ...options,
});
/** Dense with the connections of `mask` only (Germain et al. 2015); starts uniform in +-1/sqrt(connections of the unit). */
export const maskedDense = (units: number, mask: Float32Array, options: DenseOptions = {}): Block => ({
  type: "dense",
  units,
  bias: true,
  spectral: false,
  scale: 1,
  decay: true,
  mask,
  ...options,
});
/**
 * Every group its own dense layer: [rows, groups * m] -> [rows, groups * units]; weight [groups, m, units], bias
 * [groups * units]. Starts uniform in +-1/sqrt(m).
 */
export const groupedDense = (
  groups: number,
  units: number,
  options: Partial<SparseSettings> = {},
): Block => ({ type: "grouped-dense", groups, units, ...sparseDefaults, ...options });
/**
 * Dense with whole blocks of connections: a group of units sees some segments of the input. Only these connections
 * are stored and computed: weight [connections], group after group, each [its columns in order, its units] row-major.
 * Starts uniform in +-1/sqrt(columns seen).
 */
export const blockDense = (mask: BlockMask, options: Partial<SparseSettings> = {}): Block => ({
  type: "block-dense",
  mask,
  ...sparseDefaults,
  ...options,
});
const sparseDefaults: SparseSettings = { bias: true, scale: 1, decay: true };
/** Batch normalisation with learned scale and shift (Ioffe & Szegedy 2015); PyTorch's momentum and epsilon. */
export const batchNorm = (momentum = 0.1, epsilon = 1e-5): Block => ({
  type: "batch-norm",
  momentum,
  epsilon,
});
/** Inverted dropout; identity outside training. */
export const dropout = (rate: number): Block => ({ type: "dropout", rate });
export const relu = (): Block => ({ type: "relu" });
export const leakyRelu = (slope = 0.2): Block => ({ type: "leaky-relu", slope });
/** Appends the network's own input to what the blocks before yield. */
export const concatInput = (): Block => ({ type: "concat-input" });
/** Layer normalisation with learned scale and shift (Ba et al. 2016). */
export const layerNorm = (epsilon = 1e-5): Block => ({ type: "layer-norm", epsilon });
export const gelu = (): Block => ({ type: "gelu" });
/**
 * Queries, keys and values side by side [sequences * length, 3 width] to [sequences * length, width], each of `heads` parts by
 * itself; a place sees itself and the `length` - 1 places before it in its sequence.
 */
export const causalAttention = (heads: number, length: number): Block => ({
  type: "causal-attention",
  heads,
  length,
});
/** x + blocks(x); the blocks must keep the width. */
export const residual = (...blocks: Block[]): Block => ({ type: "residual", blocks });

/** A block bound to its widths, parameters and states. */
export type Layer =
  | (Extract<Block, { type: "dense" }> & {
      readonly inputs: number;
      readonly weight: Parameter;
      readonly biasTerm?: Parameter;
      readonly direction?: State;
      readonly maskConstant?: { readonly shape: readonly number[]; readonly data: Float32Array };
    })
  | (Extract<Block, { type: "batch-norm" }> & {
      readonly gamma: Parameter;
      readonly beta: Parameter;
      readonly mean: State;
      readonly variance: State;
    })
  | (Extract<Block, { type: "layer-norm" }> & { readonly gamma: Parameter; readonly beta: Parameter })
  | {
      readonly type: "blocks";
      readonly plan: BlockPlan;
      readonly weight: Parameter;
      readonly biasTerm?: Parameter;
    }
  | Exclude<
      Block,
      { type: "dense" | "grouped-dense" | "block-dense" | "batch-norm" | "layer-norm" | "residual" }
    >
  | { readonly type: "residual"; readonly layers: readonly Layer[] };

export interface Network {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly layers: readonly Layer[];
  readonly parameters: readonly Parameter[];
  readonly states: readonly State[];
}

/** A free trained array beside the networks, e.g. the log sigmas of Gaussian heads. */
export function freeParameter(
  name: string,
  shape: readonly number[],
  start: number,
  decay = false,
): Parameter {
  const size = sizeOf(shape);
  return { name, shape, size, decay, init: () => new Float32Array(size).fill(start) };
}

/** Declares a network of `blocks` on `inputs` numbers per row. Names are unique within one trainer. */
export function network(name: string, inputs: number, blocks: readonly Block[]): Network {
  const builder: Builder = { name, inputs, parameters: [], states: [] };
  const { layers, width } = build(builder, blocks, inputs);
  return { name, inputs, outputs: width, layers, parameters: builder.parameters, states: builder.states };
}

interface Builder {
  readonly name: string;
  readonly inputs: number;
  readonly parameters: Parameter[];
  readonly states: State[];
}

function build(
  builder: Builder,
  blocks: readonly Block[],
  inputs: number,
): { layers: Layer[]; width: number } {
  let width = inputs;
  const layers = blocks.map((block): Layer => {
    switch (block.type) {
      case "dense": {
        const layer = buildDense(builder, block, width);
        width = block.units;
        return layer;
      }
      case "grouped-dense": {
        const { groups, units } = block;
        if (width % groups !== 0) throw new RangeError(`${width} inputs do not make ${groups} groups`);
        const m = width / groups;
        width = groups * units;
        return buildBlocks(builder, block, planGroups(groups, m, units), [groups, m, units]);
      }
      case "block-dense": {
        const plan = planBlocks(block.mask);
        if (plan.inputs !== width) throw new RangeError(`blocks on ${plan.inputs} inputs, not ${width}`);
        width = plan.units;
        return buildBlocks(builder, block, plan, [plan.connections]);
      }
      case "batch-norm":
        return buildBatchNorm(builder, block, width);
      case "layer-norm":
        return { ...block, ...buildScale(builder, width) };
      case "causal-attention":
        if (width % (3 * block.heads) !== 0)
          throw new RangeError(`${width} columns are not queries, keys and values of ${block.heads} heads`);
        width /= 3;
        return block;
      case "concat-input":
        width += builder.inputs;
        return block;
      case "residual": {
        const inner = build(builder, block.blocks, width);
        if (inner.width !== width) throw new RangeError(`residual: ${width} in, ${inner.width} out`);
        return { type: "residual", layers: inner.layers };
      }
      default:
        return block;
    }
  });
  return { layers, width };
}

function buildDense(builder: Builder, block: Block & { type: "dense" }, inputs: number): Layer {
  const { units, mask, scale, initialBias } = block;
  if (mask && mask.length !== inputs * units)
    throw new RangeError(`mask of ${mask.length}, not ${inputs} x ${units}`);
  const weight = parameter(builder, "weight", [inputs, units], block.decay, (rng) => {
    const fan = fanIn(mask, inputs, units);
    return Float32Array.from({ length: inputs * units }, (_, i) => {
      const spread = scale / Math.sqrt(fan[i % units] as number);
      return (2 * rng.uniform() - 1) * spread * (mask ? (mask[i] as number) : 1);
    });
  });
  const biasTerm = block.bias
    ? parameter(builder, "bias", [units], false, (rng) => {
        if (initialBias) return initialBias.slice();
        const spread = scale / Math.sqrt(inputs);
        return Float32Array.from({ length: units }, () => (2 * rng.uniform() - 1) * spread);
      })
    : undefined;
  const direction = block.spectral
    ? state(builder, "direction", [units, 1], (rng) => unitVector(units, rng))
    : undefined;
  return {
    ...block,
    inputs,
    weight,
    ...(biasTerm ? { biasTerm } : {}),
    ...(direction ? { direction } : {}),
    ...(mask ? { maskConstant: { shape: [inputs, units], data: mask } } : {}),
  };
}

function buildBlocks(builder: Builder, block: SparseSettings, plan: BlockPlan, shape: number[]): Layer {
  const { scale, initialBias } = block;
  const uniform = (into: Float32Array, from: number, to: number, fan: number, rng: Rng): void => {
    const spread = scale / Math.sqrt(Math.max(1, fan));
    for (let i = from; i < to; i++) into[i] = (2 * rng.uniform() - 1) * spread;
  };
  const weight = parameter(builder, "weight", shape, block.decay, (rng) => {
    const values = new Float32Array(plan.connections);
    for (const { fan, units, weight: from } of plan.groups)
      uniform(values, from, from + fan * units, fan, rng);
    return values;
  });
  const biasTerm = block.bias
    ? parameter(builder, "bias", [plan.units], false, (rng) => {
        if (initialBias) return initialBias.slice();
        const values = new Float32Array(plan.units);
        for (const { fan, unit, units } of plan.groups) uniform(values, unit, unit + units, fan, rng);
        return values;
      })
    : undefined;
  return { type: "blocks", plan, weight, ...(biasTerm ? { biasTerm } : {}) };
}

/** A learned scale and shift of each column. */
function buildScale(
  builder: Builder,
  width: number,
): { readonly gamma: Parameter; readonly beta: Parameter } {
  return {
    gamma: parameter(builder, "gamma", [width], false, filledWith(width, 1)),
    beta: parameter(builder, "beta", [width], false, filledWith(width, 0)),
  };
}

const filledWith = (width: number, value: number) => (): Float32Array => new Float32Array(width).fill(value);

function buildBatchNorm(builder: Builder, block: Block & { type: "batch-norm" }, width: number): Layer {
  return {
    ...block,
    ...buildScale(builder, width),
    mean: state(builder, "mean", [width], filledWith(width, 0)),
    variance: state(builder, "variance", [width], filledWith(width, 1)),
  };
}

function parameter(
  builder: Builder,
  part: string,
  shape: readonly number[],
  decay: boolean,
  init: (rng: Rng) => Float32Array,
): Parameter {
  const name = `${builder.name}.${builder.parameters.length}.${part}`;
  const made: Parameter = { name, shape, size: sizeOf(shape), decay, init };
  builder.parameters.push(made);
  return made;
}

function state(
  builder: Builder,
  part: string,
  shape: readonly number[],
  init: (rng: Rng) => Float32Array,
): State {
  const made: State = {
    name: `${builder.name}.s${builder.states.length}.${part}`,
    shape,
    size: sizeOf(shape),
    init,
  };
  builder.states.push(made);
  return made;
}

/** Connections into each unit; at least 1. */
function fanIn(mask: Float32Array | undefined, inputs: number, units: number): Float64Array {
  const fan = new Float64Array(units).fill(mask ? 0 : inputs);
  if (mask)
    for (let i = 0; i < mask.length; i++) fan[i % units] = (fan[i % units] as number) + (mask[i] as number);
  return fan.map((count) => Math.max(count, 1));
}

function unitVector(length: number, rng: Rng): Float32Array {
  const values = Float32Array.from({ length }, () => rng.normal());
  const norm = Math.sqrt(values.reduce((sum, x) => sum + x * x, 1e-12));
  return values.map((x) => x / norm);
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);
