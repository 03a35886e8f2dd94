import { beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { batchNorm, dense, freeParameter, network } from "./block.ts";
import { openDevice } from "./device.ts";
import { evaluateLoss } from "./parity/evaluate-loss.ts";
import reference from "./fixtures/reference.json" with { type: "json" };
import {
  discriminatorLoss,
  drawLatent,
  featureMap,
  features,
  gaussianNll,
  generatorLoss,
  kullbackLeibler,
} from "./losses.ts";
import { add, mean, multiply, sum } from "./ops.ts";
import { adam } from "./optimizer.ts";
import type { Pass } from "./pass.ts";
import { crossEntropySpans, softmaxSpans, spanLayout } from "./spans.ts";
import type { Batch, Tensor } from "./tensor.ts";
import { createTrainer } from "./trainer.ts";
import type { Trainer } from "./trainer.ts";

const wasmPaths = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

const batch = (width: number, values: readonly number[]): Batch => ({
  rows: values.length / width,
  width,
  data: Float32Array.from(values),
});

function close(found: ArrayLike<number>, wanted: readonly number[], digits = 5): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => expect(found[i] as number).toBeCloseTo(value, digits));
}

/** A trainer without parameters of its own, to run functions on the device. */
const idle = (): Trainer =>
  createTrainer({
    rng: createRng(1),
    groups: { none: { networks: [network("n", 1, [dense(1)])], optimizer: adam(1) } },
  });

async function run(
  inputs: Record<string, Batch>,
  work: (inputs: Readonly<Record<string, Tensor>>, pass: Pass) => Tensor,
): Promise<Float32Array> {
  const trainer = idle();
  const values = await trainer.forward(inputs, work);
  trainer.dispose();
  return values;
}

describe.each(["cpu", "wasm"] as const)("against PyTorch and numpy on %s", (device) => {
  beforeAll(async () => {
    await openDevice(device, { wasmPaths });
  });

  test.each(reference.adamw)("AdamW with betas $betas and decay $weightDecay", async (wanted) => {
    const p = freeParameter("p", [4], 0, true);
    const parameter = { ...p, init: () => Float32Array.from(wanted.start) };
    const [beta1, beta2] = wanted.betas as [number, number];
    const trainer = createTrainer({
      rng: createRng(1),
      groups: {
        all: {
          networks: [],
          parameters: [parameter],
          optimizer: adam(0.01, { beta1, beta2, epsilon: 1e-8, weightDecay: wanted.weightDecay }),
        },
      },
    });
    for (const [i, gradient] of wanted.gradients.entries()) {
      await trainer.step("all", { gradient: batch(4, gradient) }, ({ gradient: g }, pass) => ({
        loss: sum(multiply(g as Tensor, pass.parameter(parameter))),
      }));
      close((await trainer.weights())[0]?.data ?? [], wanted.path[i] as number[]);
    }
    trainer.dispose();
  });

  test("the spectral norm is the largest singular value", async () => {
    const net = network("s", 5, [dense(7, { spectral: true, bias: false })]);
    const identity = Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0));
    const [weight, direction] = [net.parameters[0]?.name ?? "", net.states[0]?.name ?? ""];
    const arrays = new Map<string, Float32Array>([
      [weight, Float32Array.from(reference.spectral.weight)],
      [direction, new Float32Array(7).fill(1 / Math.sqrt(7))],
    ]);
    let output = 0;
    for (let i = 0; i < 80; i++) {
      const found = await evaluateLoss([net], [], arrays, { x: batch(5, identity) }, ({ x }, pass) => ({
        loss: sum(pass.run(net, x as Tensor)),
      }));
      output = found.loss;
      arrays.set(direction, found.states.get(direction) as Float32Array);
    }
    const total = reference.spectral.weight.reduce((a, b) => a + b, 0);
    expect(total / output).toBeCloseTo(reference.spectral.largest, 4);
  });

  test("batch norm trains, keeps statistics, and evaluates with them", async () => {
    const { x, trained, mean: means, variance, evaluated } = reference.batchNorm;
    const net = network("b", 3, [batchNorm()]);
    const [gamma = "", beta = ""] = net.parameters.map(({ name }) => name);
    const [centre = "", spread = ""] = net.states.map(({ name }) => name);
    const arrays = new Map<string, Float32Array>([
      [gamma, Float32Array.of(0.5, 1, 2)],
      [beta, Float32Array.of(0.1, 0, -0.2)],
      [centre, new Float32Array(3)],
      [spread, new Float32Array(3).fill(1)],
    ]);
    const inputs = { x: batch(3, x) };
    const cells = Array.from({ length: 18 }, (_, i) => i);
    for (const [mode, wanted] of [
      ["train", trained],
      ["evaluate", evaluated],
    ] as const) {
      for (const i of cells.filter((cell) => cell % 4 === 0)) {
        const only = batch(
          3,
          cells.map((cell) => (cell === i ? 1 : 0)),
        );
        const { loss, states } = await evaluateLoss(
          [net],
          [],
          arrays,
          { ...inputs, only },
          (given, pass) => ({
            loss: sum(multiply(pass.run(net, given["x"] as Tensor), given["only"] as Tensor)),
          }),
          { mode },
        );
        expect(loss).toBeCloseTo(wanted[i] as number, 4);
        if (mode === "train") {
          close(states.get(centre) ?? [], means);
          close(states.get(spread) ?? [], variance, 4);
        }
      }
      arrays.set(centre, Float32Array.from(means)).set(spread, Float32Array.from(variance));
    }
  });

  test("the losses of a VAE and their gradient", async () => {
    const wanted = reference.losses;
    const layout = spanLayout(
      [
        { start: 0, width: 1, activation: "linear" },
        { start: 1, width: 3, activation: "softmax" },
        { start: 4, width: 4, activation: "softmax" },
      ],
      8,
    );
    const output = { ...freeParameter("o", [4, 8], 0), init: () => Float32Array.from(wanted.output) };
    const target = batch(8, wanted.target);
    const sigma = batch(8, new Array<number>(8).fill(wanted.logSigma));
    const parts = { choices: wanted.choices, numbers: wanted.numbers };
    for (const [part, values] of Object.entries(parts)) {
      const found = await run({ o: batch(8, wanted.output), target, sigma }, (given, pass) => {
        const { o, target: t, sigma: s } = given as Record<"o" | "target" | "sigma", Tensor>;
        return part === "choices"
          ? crossEntropySpans(pass, o, t, layout)
          : gaussianNll(pass, o, t, s, layout);
      });
      close(found, values, 4);
    }
    const { gradients } = await evaluateLoss(
      [],
      [output],
      new Map([["o", output.init()]]),
      { target, sigma },
      (given, pass) => {
        const { target: t, sigma: s } = given as Record<"target" | "sigma", Tensor>;
        const o = pass.parameter(output);
        return { loss: mean(add(crossEntropySpans(pass, o, t, layout), gaussianNll(pass, o, t, s, layout))) };
      },
    );
    close(gradients.get("o") ?? [], wanted.gradient);
    const kl = await run({ m: batch(2, wanted.centre), v: batch(2, wanted.logVariance) }, ({ m, v }) =>
      kullbackLeibler(m as Tensor, v as Tensor),
    );
    close(kl, wanted.kl);
    const inputs = {
      m: batch(2, wanted.centre),
      v: batch(2, wanted.logVariance),
      e: batch(2, wanted.centre),
    };
    const drawn = (given: Readonly<Record<string, Tensor>>): ReturnType<typeof drawLatent> =>
      drawLatent(given["m"] as Tensor, given["v"] as Tensor, given["e"] as Tensor);
    close(await run(inputs, (given) => drawn(given).divergence), wanted.kl);
    close(
      await run(inputs, (given) => drawn(given).z),
      wanted.centre.map((m, i) => m + Math.exp((wanted.logVariance[i] as number) / 2) * m),
      4,
    );
  });

  test("the losses of a GAN, far out too, and the features it sees", async () => {
    const { real, fake, discriminator, generator } = reference.losses;
    const inputs = { real: batch(1, real), fake: batch(1, fake) };
    close(await run(inputs, (given) => discriminatorLoss(given["real"] as Tensor, given["fake"] as Tensor)), [
      discriminator,
    ]);
    close(await run(inputs, (given) => generatorLoss(given["fake"] as Tensor)), [generator]);
    const { z, knots, values } = reference.features;
    const segments = knots.map(([from, to]) => ({ column: 0, from: from as number, to: to as number }));
    const map = featureMap(spanLayout([{ start: 0, width: 1, activation: "linear" }], 1), segments);
    close(
      await run({ z: batch(1, z) }, (given, pass) => features(pass, given["z"] as Tensor, map)),
      values,
      5,
    );
  });

  test("each span has its own maximum: a low span beside a high one is not lost", async () => {
    const layout = spanLayout(
      [
        { start: 0, width: 2, activation: "softmax" },
        { start: 2, width: 2, activation: "softmax" },
      ],
      4,
    );
    const found = await run(
      { x: batch(4, [500, 500 + Math.log(3), -500, -500 + Math.log(3)]) },
      (given, pass) => softmaxSpans(pass, given["x"] as Tensor, layout),
    );
    close(found, [0.25, 0.75, 0.25, 0.75], 4);
  });
});
