/** Calls of the kernels of a transformer: attention, normalised rows, GELU, rows by number. */
import type { Kernel, Shape } from "./kernel.ts";

const sizeOf = (shape: Shape | undefined): number => (shape ?? []).reduce((size, n) => size * n, 1);
const sides = (shape: Shape | undefined): [number, number] => [shape?.[0] as number, shape?.[1] as number];

export interface AttentionFacts {
  readonly heads: number;
  /** places of a sequence */
  readonly length: number;
  /** the first place that asks */
  readonly from: number;
}

/** qkv [sequences * length, 3 width]: out [sequences * (length - from), width] and the shares of each place. */
const attention: Kernel<AttentionFacts> = {
  shapes: ([qkv], { heads, length, from }) => {
    const [all, breadth] = sides(qkv);
    const asked = (all / length) * (length - from);
    return [
      [asked, breadth / 3],
      [asked * heads, length],
    ];
  },
  run: (machine, { from: inputs, to, shapes, facts: { heads, length, from } }) => {
    const [all, breadth] = sides(shapes[0]);
    const [qkv] = inputs as [number];
    const [out, shares] = to as [number, number];
    machine.attention(all / length, length, heads, breadth / 3, from, qkv, out, shares);
  },
};

/** dout, qkv, shares, of all places. */
const attentionGradient: Kernel<AttentionFacts> = {
  shapes: ([, qkv]) => [qkv as Shape],
  run: (machine, { from: inputs, to, shapes, facts: { heads, length }, space }) => {
    const [all, breadth] = sides(shapes[1]);
    const [dout, qkv, shares] = inputs as [number, number, number];
    const [dqkv] = to as [number];
    const held = space(4 * length);
    machine.attentionGradient(all / length, length, heads, breadth / 3, dout, qkv, shares, dqkv, held);
  },
};

interface Epsilon {
  readonly epsilon: number;
}

/** x, gamma, beta. */
const rowNorm: Kernel<Epsilon> = {
  shapes: ([x]) => [x as Shape],
  run: (machine, { from, to, shapes, facts }) => {
    const [rows, width] = sides(shapes[0]);
    const [x, gamma, beta] = from as [number, number, number];
    machine.rowNorm(rows, width, x, gamma, beta, to[0] as number, facts.epsilon);
  },
};

/** dy, x, gamma: dx, dgamma, dbeta. */
const rowNormGradient: Kernel<Epsilon> = {
  shapes: ([, x, gamma]) => [x as Shape, gamma as Shape, gamma as Shape],
  run: (machine, { from, to, shapes, facts, space }) => {
    const [rows, width] = sides(shapes[1]);
    const [dy, x, gamma] = from as [number, number, number];
    const [dx, dgamma, dbeta] = to as [number, number, number];
    const held = space(8 * width);
    machine.rowNormGradient(rows, width, dy, x, gamma, dx, dgamma, dbeta, facts.epsilon, held);
  },
};

const gelu: Kernel = {
  shapes: ([x]) => [x as Shape],
  run: (machine, { from, to, shapes }) => {
    machine.gelu(sizeOf(shapes[0]), from[0] as number, to[0] as number);
  },
};

/** dy, x. */
const geluGradient: Kernel = {
  shapes: ([, x]) => [x as Shape],
  run: (machine, { from, to, shapes }) => {
    machine.geluGradient(sizeOf(shapes[0]), from[0] as number, from[1] as number, to[0] as number);
  },
};

/** x [rows, width], index of any shape: [size of index, width]. */
const takeRows: Kernel = {
  shapes: ([x, index]) => [[sizeOf(index), x?.[1] as number]],
  run: (machine, { from, to, shapes }) => {
    const [x, index] = from as [number, number];
    machine.takeRows(sizeOf(shapes[1]), shapes[0]?.[1] as number, x, index, to[0] as number);
  },
};

/** dy [size of index, width], index: [rows, width]. */
const addRows: Kernel<{ readonly rows: number }> = {
  shapes: ([dy], { rows }) => [[rows, dy?.[1] as number]],
  run: (machine, { from, to, shapes, facts: { rows } }) => {
    const [dy, index] = from as [number, number];
    machine.addRows(rows, sizeOf(shapes[1]), shapes[0]?.[1] as number, dy, index, to[0] as number);
  },
};

export const attentionKernels = {
  attention,
  attentionGradient,
  rowNorm,
  rowNormGradient,
  gelu,
  geluGradient,
  takeRows,
  addRows,
};
