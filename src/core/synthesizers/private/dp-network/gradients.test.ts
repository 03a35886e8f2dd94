import { describe, expect, test } from "vitest";
import { createRng } from "../../../math/rng.ts";
import type { SparseTokens } from "./features.ts";
import { gradientsOf } from "./gradients.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { forward, roomFor, softmax } from "./passes.ts";

/** Tokens with `width` features each that are all in use. */
function dense(count: number, width: number, seed: number): SparseTokens {
  const rng = createRng(seed);
  const values = Float64Array.from({ length: count * width }, () => rng.normal());
  return {
    count,
    width,
    starts: Int32Array.from({ length: count + 1 }, (_, token) => token * width),
    indices: Int32Array.from(values, (_, i) => i % width),
    values,
    squares: Float64Array.from({ length: count }, (_, token) =>
      values.subarray(token * width, (token + 1) * width).reduce((sum, value) => sum + value ** 2, 0),
    ),
  };
}

const ROWS = 12;
const layout = layoutOf([dense(3, 3, 1), dense(5, 2, 2), dense(2, 2, 3), dense(4, 4, 4)], 7);
const rng = createRng(5);
/** Weights of some size everywhere: a layer that is forgotten shows. */
const weights = Float64Array.from({ length: layout.size }, () => rng.normal());
const tokens = Int32Array.from({ length: ROWS * 4 }, (_, i) => rng.integer(layout.counts[i % 4] as number));
tokens[4 * 3 + 1] = -1;
const rows = Int32Array.from({ length: ROWS }, (_, i) => i);

/** Cross-entropy of all columns, nothing shared with the gradients but the forward pass. */
function lossOf(at: Float64Array, row: number): number {
  const pass = roomFor(layout);
  forward(layout, at, tokens, row * 4, pass);
  let loss = 0;
  for (let k = 0; k < 4; k++) {
    const token = tokens[row * 4 + k] as number;
    if (token < 0) continue;
    softmax(pass.logits, layout.logitFrom[k] as number, layout.logitFrom[k + 1] as number);
    loss -= Math.log(pass.logits[(layout.logitFrom[k] as number) + token] as number);
  }
  return loss;
}

/** The row's own gradient by central differences. */
function measured(row: number): Float64Array {
  const step = 1e-5;
  return weights.map((weight, i) => {
    const moved = weights.slice();
    moved[i] = weight + step;
    const above = lossOf(moved, row);
    moved[i] = weight - step;
    return (above - lossOf(moved, row)) / (2 * step);
  });
}

const lengthOf = (vector: Float64Array): number => Math.hypot(...vector);
const one = (row: number): Float64Array => Float64Array.from({ length: ROWS }, (_, i) => (i === row ? 1 : 0));

describe("gradients of rows one by one", () => {
  test("are those of central differences, in length and direction", async () => {
    const made = await gradientsOf(layout, weights, tokens, rows);
    for (const row of [0, 3, 7]) {
      const expected = measured(row);
      expect(made.norms[row]).toBeCloseTo(lengthOf(expected), 5);
      const own = made.sum(one(row));
      for (let i = 0; i < own.length; i++) expect(own[i]).toBeCloseTo(expected[i] as number, 5);
    }
  });

  test("have norms over every layer: each layer alone is a part that would be missed", async () => {
    const made = await gradientsOf(layout, weights, tokens, rows);
    const { skip, input, output, logitBias, unitBias, size } = layout as Layout;
    const starts = [skip[0], input[0], output[0], logitBias, unitBias, size] as number[];
    const own = made.sum(one(5));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (let layer = 0; layer + 1 < starts.length; layer++) {
      const without = own.slice().fill(0, starts[layer], starts[layer + 1]);
      expect(lengthOf(without)).toBeLessThan((made.norms[5] as number) * (1 - 1e-6));
    }
    expect(lengthOf(own)).toBeCloseTo(made.norms[5] as number, 10);
  });

  test("add up with the scales they are given", async () => {
    const made = await gradientsOf(layout, weights, tokens, rows);
    const scales = Float64Array.from({ length: ROWS }, (_, i) => i / 10);
    const expected = new Float64Array(layout.size);
    for (let row = 0; row < ROWS; row++)
      made.sum(one(row)).forEach((value, i) => {
        expected[i] = (expected[i] as number) + value * (scales[row] as number);
      });
    made.sum(scales).forEach((value, i) => expect(value).toBeCloseTo(expected[i] as number, 10));
  });

  test("a column reads the columns before it alone", () => {
    const pass = roomFor(layout);
    forward(layout, weights, tokens, 0, pass);
    const before = pass.logits.slice();
    for (let changed = 0; changed < 4; changed++) {
      const other = tokens.slice(0, 4);
      other[changed] = ((other[changed] as number) + 1) % (layout.counts[changed] as number);
      forward(layout, weights, other, 0, pass);
      for (let k = 0; k < 4; k++) {
        const [from, to] = [layout.logitFrom[k], layout.logitFrom[k + 1]] as [number, number];
        const same = pass.logits.slice(from, to).every((value, i) => value === before[from + i]);
        expect(same).toBe(k <= changed);
      }
    }
  });
});
