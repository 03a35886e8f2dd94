import { describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { dense, leakyRelu, network } from "./block.ts";
import { openDevice, tensorCount } from "./device.ts";
import type { DeviceName } from "./device.ts";
import { evaluateLoss } from "./parity/evaluate-loss.ts";
import { mean, multiply, divide, add, square } from "./ops.ts";
import { parityCheck, smoothCases, startOf } from "./parity/parity.ts";
import type { ParityCase } from "./parity/parity.ts";
import { gumbelSpans, softmaxSpans, spanLayout } from "./spans.ts";
import { gumbelBatch, normalBatch } from "./tensor.ts";
import type { Tensor } from "./tensor.ts";
import type { LossFunction } from "./trainer.ts";

const options = {
  wasmPaths: new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url).pathname,
};
const devices: DeviceName[] = ["cpu", "wasm"];

/** Entries of the gradient against central differences; returns the greatest gap relative to the greatest gradient. */
async function worstGap(
  each: ParityCase,
  arrays = startOf(each),
  differenced: LossFunction = each.loss,
  mode: "train" | "evaluate" = "train",
): Promise<number> {
  const at = (name?: string, i = 0, move = 0): Map<string, Float32Array> => {
    const moved = new Map(arrays);
    const array = name === undefined ? undefined : arrays.get(name)?.slice();
    if (name !== undefined && array) {
      array[i] = (array[i] as number) + move;
      moved.set(name, array);
    }
    return moved;
  };
  const value = async (point: Map<string, Float32Array>): Promise<number> =>
    (await evaluateLoss(each.networks, each.parameters, point, each.inputs, differenced, { mode })).loss;
  const { gradients } = await evaluateLoss(each.networks, each.parameters, at(), each.inputs, each.loss, {
    mode,
  });
  const scale = Math.max(...[...gradients.values()].flatMap((gradient) => [...gradient].map(Math.abs)));
  const rng = createRng(4);
  const step = 1e-3;
  let worst = 0;
  for (const [name, gradient] of gradients) {
    for (const i of rng.choose(gradient.length, 6)) {
      const slope = ((await value(at(name, i, step))) - (await value(at(name, i, -step)))) / (2 * step);
      worst = Math.max(worst, Math.abs(slope - (gradient[i] as number)) / scale);
    }
  }
  expect(scale).toBeGreaterThan(1e-4);
  return worst;
}

describe.each(devices)("gradients on %s", (device) => {
  test.each(smoothCases().map((each) => [each.name, each] as const))("%s", async (_, each) => {
    await openDevice(device, options);
    const before = tensorCount();
    expect(await worstGap(each)).toBeLessThan(0.01);
    expect(tensorCount()).toBe(before);
  });

  test("spectral norm, at its converged direction", async () => {
    await openDevice(device, options);
    const net = network("spectral", 5, [
      dense(7, { spectral: true }),
      leakyRelu(),
      dense(2, { spectral: true }),
    ]);
    const inputs = { x: normalBatch(16, 5, createRng(3)) };
    const loss: LossFunction = (given, pass) => ({ loss: mean(square(pass.run(net, given["x"] as Tensor))) });
    const each: ParityCase = { name: "spectral", networks: [net], parameters: [], inputs, loss };
    const arrays = startOf(each);
    for (let i = 0; i < 60; i++) {
      const { states } = await evaluateLoss([net], [], arrays, inputs, loss);
      for (const [name, values] of states) arrays.set(name, values);
    }
    expect(await worstGap(each, arrays, loss, "evaluate")).toBeLessThan(0.01);
  });

  test("straight-through Gumbel has the gradient of the softmax it stands for", async () => {
    await openDevice(device, options);
    const layout = spanLayout(
      [
        { start: 0, width: 3, activation: "softmax" },
        { start: 4, width: 2, activation: "softmax" },
      ],
      6,
    );
    const net = network("logits", 4, [dense(6)]);
    const inputs = {
      x: normalBatch(16, 4, createRng(3)),
      noise: gumbelBatch(16, 6, createRng(5)),
      weight: normalBatch(16, 6, createRng(7)),
    };
    const through =
      (soft: boolean): LossFunction =>
      (given, pass) => {
        const { x, noise, weight } = given as Record<"x" | "noise" | "weight", Tensor>;
        const logits = pass.run(net, x);
        const chosen = soft
          ? softmaxSpans(pass, divide(add(logits, noise), 0.7), layout)
          : gumbelSpans(pass, logits, noise, layout, 0.7);
        return { loss: mean(multiply(chosen, weight)) };
      };
    const each: ParityCase = {
      name: "gumbel",
      networks: [net],
      parameters: [],
      inputs,
      loss: through(false),
    };
    expect(await worstGap(each, startOf(each), through(true))).toBeLessThan(0.01);
  });
});

test("WASM agrees with plain JavaScript in every loss and gradient", async () => {
  const report = await parityCheck("wasm", options);
  expect(report.device.got).toBe("wasm");
  expect(report.cases.length).toBeGreaterThan(12);
  expect(report.worst).toBeLessThan(1e-4);
});
