import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { blockDense, groupedDense, maskedDense, network, relu, residual } from "./block.ts";
import type { Network } from "./block.ts";
import { headLayout, headLogLikelihoods, headLosses } from "./column-heads.ts";
import { openDevice } from "./device.ts";
import { evaluateLoss } from "./parity/evaluate-loss.ts";
import reference from "./fixtures/reference.json" with { type: "json" };
import { mean, square } from "./ops.ts";
import { predict } from "./predict.ts";
import type { Batch, Tensor } from "./tensor.ts";

const wasmPaths = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;
const wanted = reference.columnBlocks;

const batch = (width: number, values: readonly number[]): Batch => ({
  rows: values.length / width,
  width,
  data: Float32Array.from(values),
});

function close(found: ArrayLike<number>, numbers: readonly number[]): void {
  expect(found.length).toBe(numbers.length);
  numbers.forEach((value, i) => expect(Math.abs((found[i] as number) - value)).toBeLessThan(1e-4));
}

const layout = headLayout(
  wanted.classes.map((classes, k) => ({
    classes,
    coefficients: (wanted.bases[k] as number[]).length / classes,
    // The heads of three classes have the identity, given here by its absence.
    ...(classes === 3 ? {} : { basis: Float32Array.from(wanted.bases[k] as number[]) }),
    offset: Float32Array.from(wanted.offsets[k] as number[]),
    target: wanted.targets[k] as number,
  })),
);
const net = network("n", 7, [
  blockDense({ inputs: wanted.inputs, units: wanted.units, allowed: wanted.allowed }),
  relu(),
  residual(groupedDense(4, 4), relu()),
  blockDense({
    inputs: [4, 4, 4, 4],
    units: layout.heads.map(({ coefficients }) => coefficients),
    allowed: Array.from({ length: 16 }, (_, i) => Number(i % 5 === 0)),
  }),
]);
const arrays = (own: Network, values: readonly (readonly number[])[]): Map<string, Float32Array> =>
  new Map(own.parameters.map(({ name }, i) => [name, Float32Array.from(values[i] ?? [])]));
const x = batch(7, wanted.x);
const tokens = batch(3, wanted.tokens);
const weights = batch(4, wanted.weights);

describe.each(["cpu", "wasm"] as const)("column blocks against PyTorch on %s", (device) => {
  beforeAll(async () => {
    await openDevice(device, { wasmPaths });
  });

  test("the loss and every gradient", async () => {
    const { loss, gradients } = await evaluateLoss(
      [net],
      [],
      arrays(net, wanted.parameters),
      { x, tokens, weights },
      (given, pass) => ({
        loss: headLosses(
          pass,
          pass.run(net, given["x"] as Tensor),
          layout,
          given["tokens"] as Tensor,
          given["weights"] as Tensor,
        ),
      }),
    );
    expect(loss).toBeCloseTo(wanted.loss, 4);
    net.parameters.forEach(({ name }, i) =>
      close(gradients.get(name) ?? [], wanted.gradients[i] as number[]),
    );
  });

  test("the log-likelihood of every row's tokens; a token that a head lacks counts for nothing", () => {
    const start = arrays(net, wanted.parameters);
    const held = net.parameters.map(({ name, shape }) => ({
      name,
      shape,
      data: start.get(name) ?? new Float32Array(),
    }));
    const found = (some: Batch): Float32Array =>
      predict(held, { x, tokens: some }, (given, pass) =>
        headLogLikelihoods(pass, pass.run(net, given["x"] as Tensor), layout, given["tokens"] as Tensor),
      );
    close(found(tokens), wanted.likelihoods);
    const without = { ...tokens, data: tokens.data.map((token, i) => (i === 1 ? -1 : token)) };
    close(
      found(without),
      wanted.likelihoods.map((value, i) => (i === 1 ? 0 : value)),
    );
  });

  test("a masked layer inside a residual", async () => {
    const {
      mask,
      weight,
      bias,
      loss: value,
      weightGradient,
      biasGradient,
      ...own
    } = reference.maskedResidual;
    const masked = network("m", 5, [residual(maskedDense(5, Float32Array.from(mask)), relu())]);
    const { loss, gradients } = await evaluateLoss(
      [masked],
      [],
      arrays(masked, [weight, bias]),
      { x: batch(5, own.x) },
      (given, pass) => ({ loss: mean(square(pass.run(masked, given["x"] as Tensor))) }),
    );
    expect(loss).toBeCloseTo(value, 4);
    const [first, second] = masked.parameters.map(({ name }) => gradients.get(name) ?? []);
    close(first ?? [], weightGradient);
    close(second ?? [], biasGradient);
  });
});

test("weights start within the spread of the columns that a group sees, and only connections are stored", () => {
  const own = network("n", 10, [
    blockDense({ inputs: [4, 6], units: [3, 5], allowed: [1, 1, 0, 1] }, { scale: 0.5 }),
  ]);
  const [weight, bias] = own.parameters;
  expect(weight?.size).toBe(4 * 3 + 10 * 5);
  const values = weight?.init(createRng(1)) ?? new Float32Array();
  const largest = (from: number, to: number): number => Math.max(...values.slice(from, to).map(Math.abs));
  expect(largest(0, 12)).toBeLessThanOrEqual(0.5 / Math.sqrt(4));
  expect(largest(0, 12)).toBeGreaterThan(0.5 / Math.sqrt(10));
  expect(largest(12, 62)).toBeLessThanOrEqual(0.5 / Math.sqrt(10));
  expect(bias?.size).toBe(8);
  expect(() => network("n", 9, [blockDense({ inputs: [4], units: [1], allowed: [1] })])).toThrow(RangeError);
  expect(() => network("n", 9, [groupedDense(2, 3)])).toThrow(RangeError);
});
