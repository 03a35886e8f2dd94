import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { openDevice } from "../../nn/device.ts";
import { evaluateLoss } from "../../nn/parity/evaluate-loss.ts";
import { spanLayout } from "../../nn/spans.ts";
import type { Inputs } from "../../nn/tensor.ts";
import type { ConditionPlan } from "./ctgan-conditions.ts";
import { createPublishedGame, publishedLosses } from "./ctgan-networks.ts";

type Listed = { rows: number; width: number; data: number[] };
const reference = JSON.parse(readFileSync(new URL("../fixtures/ctgan.json", import.meta.url), "utf8")) as {
  pack: number;
  noise: number;
  units: number;
  width: number;
  condition: number;
  spans: { start: number; width: number; activation: "linear" | "softmax" }[];
  columns: { span: number; start: number }[];
  arrays: { name: string; shape: number[]; data: number[] }[];
  inputs: Record<string, Listed>;
  expected: {
    discriminate: number;
    generate: number;
    critic: Record<string, number[]>;
    generator: Record<string, number[]>;
  };
};

const { pack, noise, units, width, spans, columns, arrays, expected } = reference;
const conditions: ConditionPlan = {
  width: reference.condition,
  columns: columns.map(({ span, start }, column) => {
    const { start: at, width: levels } = spans[span] as { start: number; width: number };
    return {
      start,
      span: { column, start: at, width: levels, activation: "softmax", part: "value" },
      shares: new Float64Array(levels).fill(1 / levels),
    };
  }),
};
const game = createPublishedGame(spanLayout(spans, width), conditions, units, pack, noise);
const weights = new Map(arrays.map(({ name, data }) => [name, Float32Array.from(data)]));
const inputs: Inputs = Object.fromEntries(
  Object.entries(reference.inputs).map(([name, { rows, width: breadth, data }]) => [
    name,
    { rows, width: breadth, data: Float32Array.from(data) },
  ]),
);

function near(found: ArrayLike<number>, wanted: readonly number[]): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(Math.abs((found[i] as number) - value)).toBeLessThan(1e-4));
}

describe.each(["wasm", "cpu"] as const)("CTGAN with PyTorch's weights on %s", (device) => {
  beforeAll(async () => {
    const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
    await openDevice(device, { wasmPaths: folder.pathname });
  });

  test("the critic's loss with its penalty, and their gradients, are those of double backward", async () => {
    const { discriminate } = publishedLosses(game);
    const nets = [...game.generators, game.critic];
    const { loss, gradients } = await evaluateLoss(nets, [], weights, inputs, discriminate);
    near([loss], [expected.discriminate]);
    for (const [name, wanted] of Object.entries(expected.critic))
      near(gradients.get(name) as Float32Array, wanted);
  });

  test("the generator's loss under its conditions, and its gradients, are the same", async () => {
    const { generate } = publishedLosses(game);
    const nets = [...game.generators, game.critic];
    const { loss, gradients } = await evaluateLoss(nets, [], weights, inputs, generate);
    near([loss], [expected.generate]);
    for (const [name, wanted] of Object.entries(expected.generator))
      near(gradients.get(name) as Float32Array, wanted);
  });
});
