/** Calls of the kernels of layers: products, block-sparse products, activations, normalisation, dropout. */
import type { BlockPlan } from "../block-plan.ts";
import type { Call, Kernel, Machine } from "./kernel.ts";

type Shape = readonly number[];
type Call2<Facts extends object> = Call<Facts> & { readonly at: readonly number[] };

const sameAs =
  (...inputs: number[]) =>
  (shapes: readonly Shape[]): Shape[] =>
    inputs.map((i) => shapes[i] as Shape);
const sizeOf = (shape: Shape | undefined): number => (shape ?? []).reduce((size, n) => size * n, 1);

/** A kernel whose addresses come as one list: inputs, then outputs. */
const kernel = <Facts extends object = object>(
  shapes: Kernel<Facts>["shapes"],
  work: (machine: Machine, call: Call2<Facts>) => void,
): Kernel<Facts> => ({
  shapes,
  run: (machine, call) => work(machine, { ...call, at: [...call.from, ...call.to] }),
});

type Numbers = [number, number, number, number, number, number, number, number, number, number];

/** x [rows, inputs], W [inputs, units], bias [units] or nothing: xW + bias. */
const dense = kernel(
  ([x, w]) => [[x?.[0] as number, w?.[1] as number]],
  (machine, { from, to, shapes, space }) => {
    const [rows, inputs] = shapes[0] as [number, number];
    const units = shapes[1]?.[1] as number;
    const [x, w, bias] = from as Numbers;
    const held = space(machine.productBytes(rows, inputs));
    machine.product(rows, units, inputs, x, 0, w, 0, bias ?? 0, (to as Numbers)[0], held);
  },
);

/** dy, W: dy W'. */
const denseInputGradient = kernel(
  ([dy, w]) => [[dy?.[0] as number, w?.[0] as number]],
  (machine, { at, shapes, space }) => {
    const [rows, units] = shapes[0] as [number, number];
    const inputs = shapes[1]?.[0] as number;
    const [dy, w, dx] = at as Numbers;
    machine.product(rows, inputs, units, dy, 0, w, 1, 0, dx, space(machine.productBytes(rows, units)));
  },
);

/** x, dy: x' dy. */
const denseWeightGradient = kernel(
  ([x, dy]) => [[x?.[1] as number, dy?.[1] as number]],
  (machine, { at, shapes, space }) => {
    const [rows, inputs] = shapes[0] as [number, number];
    const units = shapes[1]?.[1] as number;
    const [x, dy, dw] = at as Numbers;
    machine.product(inputs, units, rows, x, 1, dy, 0, 0, dw, space(machine.productBytes(inputs, rows)));
  },
);

/** Bytes that a product of blocks over `depth` numbers needs beside its operands. */
const blockBytes = (depth: number): number => 160 + 32 * depth;

interface Planned {
  readonly plan: BlockPlan;
}

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

/** x, weight, the plan's table, bias or nothing. */
const blockProduct = kernel<Planned>(
  ([x], { plan }) => [[x?.[0] as number, plan.units]],
  (machine, { from, to, shapes, facts: { plan }, space }) => {
    const rows = shapes[0]?.[0] as number;
    const { inputs, units, groups } = plan;
    const [x, w, table, bias] = from as Numbers;
    const held = space(blockBytes(most(groups.map(({ fan }) => fan))));
    machine.blockProduct(
      rows,
      inputs,
      units,
      groups.length,
      table,
      x,
      w,
      bias ?? 0,
      (to as Numbers)[0],
      held,
    );
  },
);

/** dy, weight, table. */
const blockInputGradient = kernel<Planned>(
  ([dy], { plan }) => [[dy?.[0] as number, plan.inputs]],
  (machine, { at, shapes, facts: { plan }, space }) => {
    const rows = shapes[0]?.[0] as number;
    const { inputs, units, groups } = plan;
    const [dy, w, table, dx] = at as Numbers;
    const held = space(blockBytes(most(groups.map((group) => group.units))));
    machine.blockInputGradient(rows, inputs, units, groups.length, table, dy, w, dx, held);
  },
);

/** x, dy, table; the shape of the weight is a fact. */
const blockWeightGradient = kernel<Planned & { readonly shape: Shape }>(
  (_, { shape }) => [shape],
  (machine, { at, shapes, facts: { plan }, space }) => {
    const rows = shapes[0]?.[0] as number;
    const { inputs, units, groups } = plan;
    const [x, dy, table, dw] = at as Numbers;
    const turned = 4 * rows * inputs;
    const held = space(turned + blockBytes(rows));
    machine.transpose(rows, inputs, x, held);
    machine.blockWeightGradient(rows, units, groups.length, table, held, dy, dw, held + turned);
  },
);

const transpose = kernel(
  ([x]) => [[x?.[1] as number, x?.[0] as number]],
  (machine, { at, shapes }) => {
    const [rows, columns] = shapes[0] as [number, number];
    const [x, y] = at as Numbers;
    machine.transpose(rows, columns, x, y);
  },
);

const columnSums = kernel(
  ([x]) => [[x?.[1] as number]],
  (machine, { at, shapes }) => {
    const [rows, columns] = shapes[0] as [number, number];
    const [x, y] = at as Numbers;
    machine.columnSums(rows, columns, x, y);
  },
);

interface Slope {
  readonly slope: number;
}

const leaky = kernel<Slope>(sameAs(0), (machine, { at, shapes, facts }) => {
  const [x, y] = at as Numbers;
  machine.leaky(sizeOf(shapes[0]), x, y, facts.slope);
});

/** dy, x. */
const leakyGradient = kernel<Slope>(sameAs(0), (machine, { at, shapes, facts }) => {
  const [dy, x, dx] = at as Numbers;
  machine.leakyGradient(sizeOf(shapes[0]), dy, x, dx, facts.slope);
});

/** Which numbers are dropped: those whose hash of seed + place lies below `limit`; the others times `kept`. */
export interface Drop {
  readonly seed: number;
  readonly limit: number;
  readonly kept: number;
}

const drop = kernel<Drop>(sameAs(0), (machine, { at, shapes, facts: { seed, limit, kept } }) => {
  const [x, y] = at as Numbers;
  machine.dropout(sizeOf(shapes[0]), x, y, seed, limit, kept);
});

interface Epsilon {
  readonly epsilon: number;
}

/** x, gamma, beta: y, the batch's mean and its biased variance. */
const batchNorm = kernel<Epsilon>(sameAs(0, 1, 1), (machine, { at, shapes, facts }) => {
  const [rows, width] = shapes[0] as [number, number];
  const [x, gamma, beta, y, mean, variance] = at as Numbers;
  machine.batchNorm(rows, width, x, gamma, beta, y, mean, variance, facts.epsilon);
});

/** dy, x, mean, variance, gamma: dx, dgamma, dbeta. */
const batchNormGradient = kernel<Epsilon>(sameAs(0, 4, 4), (machine, { at, shapes, facts }) => {
  const [rows, width] = shapes[0] as [number, number];
  const [dy, x, mean, variance, gamma, dx, dgamma, dbeta] = at as Numbers;
  machine.batchNormGradient(rows, width, dy, x, mean, variance, gamma, dx, dgamma, dbeta, facts.epsilon);
});

/** weight, u: W / sigma, v, the next u, sigma; u is kept where `moves` is false. */
const spectral = kernel<{ readonly moves: boolean }>(
  ([weight, u]) => [weight as Shape, [weight?.[0] as number], u as Shape, [1]],
  (machine, { at, shapes, facts, space }) => {
    const [inputs, units] = shapes[0] as [number, number];
    const [weight, u, scaled, v, next, sigma] = at as Numbers;
    const column = space(4 * units);
    machine.spectral(inputs, units, weight, u, scaled, v, next, sigma, column, Number(facts.moves));
  },
);

/** dy, W / sigma, v, u, sigma: (dy - <dy, W / sigma> v u') / sigma. */
const spectralGradient = kernel(sameAs(0), (machine, { at, shapes }) => {
  const [inputs, units] = shapes[0] as [number, number];
  const [dy, scaled, v, u, sigma, dx] = at as Numbers;
  machine.spectralGradient(inputs, units, dy, scaled, v, u, sigma, dx);
});

export const layerKernels = {
  dense,
  denseInputGradient,
  denseWeightGradient,
  blockProduct,
  blockInputGradient,
  blockWeightGradient,
  transpose,
  columnSums,
  leaky,
  leakyGradient,
  drop,
  batchNorm,
  batchNormGradient,
  spectral,
  spectralGradient,
};
