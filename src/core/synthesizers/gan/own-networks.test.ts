import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { features } from "../../nn/losses.ts";
import { predict } from "../../nn/predict.ts";
import { spanLayout } from "../../nn/spans.ts";
import type { Inputs, Tensor } from "../../nn/tensor.ts";
import { createTrainer } from "../../nn/trainer.ts";
import { adam } from "../../nn/optimizer.ts";
import { createGame, lossesOf, noiseFor, write } from "./own-networks.ts";

const reference = JSON.parse(readFileSync(new URL("../fixtures/gan.json", import.meta.url), "utf8")) as {
  rows: number;
  noiseWidth: number;
  units: number;
  width: number;
  spans: { start: number; width: number; activation: string }[];
  segments: { column: number; from: number; to: number }[];
  arrays: { name: string; shape: number[]; data: number[] }[];
  noise: number[];
  gumbel: number[];
  real: number[];
  expected: { written: number[]; verdict: number[]; generate: number; discriminate: number };
};

const { rows, noiseWidth, units, width, spans, segments } = reference;
const game = createGame(spanLayout(spans, width), segments, units, noiseWidth);
const weights = reference.arrays.map((array) => ({ ...array, data: Float32Array.from(array.data) }));
const inputs: Inputs = {
  noise: { rows, width: noiseWidth, data: Float32Array.from(reference.noise) },
  gumbel: { rows, width, data: Float32Array.from(reference.gumbel) },
  real: { rows, width, data: Float32Array.from(reference.real) },
};

const near = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs((found[i] as number) - value)).toBeLessThan(2e-5));
};

describe.each(["wasm", "cpu"] as const)("with PyTorch's weights on %s", (device) => {
  beforeAll(async () => {
    const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
    await openDevice(device, { wasmPaths: folder.pathname });
  });

  test("the generator writes the same rows", () => {
    near(predict(weights, inputs, write(game)), reference.expected.written);
  });

  test("the discriminator gives the same verdicts", () => {
    const verdict = predict(weights, inputs, (given, pass) =>
      pass.run(game.discriminator, features(pass, write(game)(given, pass), game.map)),
    );
    near(verdict, reference.expected.verdict);
  });

  test("both losses are the same", () => {
    const { discriminate, generate } = lossesOf(game);
    near(
      predict(weights, inputs, (given, pass) => discriminate(given, pass).loss),
      [reference.expected.discriminate],
    );
    near(
      predict(weights, inputs, (given, pass) => generate(given, pass).loss),
      [reference.expected.generate],
    );
  });

  test("a step of one network leaves the other's weights as they are", async () => {
    const before = tensorCount();
    const rng = createRng(1);
    const optimizer = adam(0.01);
    const trainer = createTrainer({
      rng,
      groups: {
        generator: { networks: [game.generator], optimizer },
        discriminator: { networks: [game.discriminator], optimizer },
      },
    });
    const { discriminate, generate } = lossesOf(game);
    const moved = async (step: () => Promise<void>): Promise<string[]> => {
      const old = new Map((await trainer.weights(false)).map(({ name, data }) => [name, data.slice()]));
      await step();
      const changed = (await trainer.weights(false)).filter(
        ({ name, data }) => String(data) !== String(old.get(name)) && /weight|bias|gamma|beta/.test(name),
      );
      return [...new Set(changed.map(({ name }) => name.split(".")[0] as string))];
    };
    const real = inputs["real"] as NonNullable<Inputs[string]>;
    await trainer.step("discriminator", { real, ...noiseFor(game, rows, rng) }, discriminate);
    expect(
      await moved(() => trainer.step("discriminator", { real, ...noiseFor(game, rows, rng) }, discriminate)),
    ).toEqual(["discriminator"]);
    expect(await moved(() => trainer.step("generator", noiseFor(game, rows, rng), generate))).toEqual([
      "generator",
    ]);
    trainer.dispose();
    expect(tensorCount()).toBe(before);
  });
});

test("features: a score at its median is half way through the segments around it", () => {
  const half: Inputs = { x: { rows: 1, width, data: new Float32Array(width) } };
  const found = predict([], half, (given, pass) => features(pass, given["x"] as Tensor, game.map));
  near(found.slice(width), [1, (0.5 - 0.3) / 0.25, 0, 1, 0]);
});
