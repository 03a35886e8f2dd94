import { beforeEach, describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { batchNorm, dense, dropout, network, relu } from "./block.ts";
import type { Network } from "./block.ts";
import { currentDevice, loseDevice, openDevice, tensorCount } from "./device.ts";
import { divide, mean, square, subtract } from "./ops.ts";
import { adam } from "./optimizer.ts";
import { checkWeights, predict } from "./predict.ts";
import type { Batch, Tensor } from "./tensor.ts";
import { normalBatch } from "./tensor.ts";
import { createTrainer } from "./trainer.ts";
import type { LossFunction, Trainer, TrainerOptions } from "./trainer.ts";

const wasmPaths = new URL("../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url)
  .pathname;

const net = (): Network =>
  network("net", 4, [
    dense(16),
    batchNorm(),
    relu(),
    dropout(0.1),
    dense(16, { spectral: true }),
    relu(),
    dense(1),
  ]);

const squaredError =
  (own: Network): LossFunction =>
  ({ x, y }, pass) => ({ loss: mean(square(subtract(pass.run(own, x as Tensor), y as Tensor))) });

/** y = x0 - 2 x1 */
function examples(rows: number, seed: number): { x: Batch; y: Batch } {
  const x = normalBatch(rows, 4, createRng(seed));
  const data = Float32Array.from(
    { length: rows },
    (_, i) => (x.data[4 * i] as number) - 2 * (x.data[4 * i + 1] as number),
  );
  return { x, y: { rows, width: 1, data } };
}

function trainerOf(own: Network, more: Partial<TrainerOptions> = {}): Trainer {
  return createTrainer({
    rng: createRng(7),
    groups: { net: { networks: [own], optimizer: adam(0.01), average: { decay: 0.99 } } },
    ...more,
  });
}

async function train(trainer: Trainer, own: Network, steps: number): Promise<void> {
  for (let i = 0; i < steps; i++) await trainer.step("net", examples(32, i), squaredError(own));
}

describe.each(["cpu", "wasm"] as const)("a trainer on %s", (device) => {
  beforeEach(async () => {
    await openDevice(device, { wasmPaths });
  });

  test("goes on from given arrays; one of another size starts anew", async () => {
    const own = net();
    const first = trainerOf(own);
    await train(first, own, 5);
    const reached = await first.weights(false);
    first.dispose();
    const broken = reached.map((array) =>
      array.name === "net.1.bias" ? { ...array, data: array.data.slice(1) } : array,
    );
    const next = trainerOf(own, { start: broken });
    const fresh = trainerOf(own);
    const begun = await next.weights();
    const anew = await fresh.weights();
    next.dispose();
    fresh.dispose();
    begun.forEach(({ name, data }, i) =>
      expect(data, name).toEqual(name === "net.1.bias" ? anew[i]?.data : reached[i]?.data),
    );
  });

  test("learns, keeps the number of tensors flat, and frees them all", async () => {
    const before = tensorCount();
    const own = net();
    const trainer = trainerOf(own);
    await train(trainer, own, 20);
    const first = (await trainer.losses())["net"] as number;
    await train(trainer, own, 1);
    const during = tensorCount();
    await train(trainer, own, 100);
    expect(tensorCount()).toBe(during);
    await trainer.losses();
    await train(trainer, own, 20);
    expect((await trainer.losses())["net"]).toBeLessThan(first / 2);
    await trainer.evaluate(examples(8, 1), squaredError(own));
    await trainer.weights();
    await trainer.refreshStatistics([examples(64, 2), examples(64, 3)], ({ x }, pass) =>
      pass.run(own, x as Tensor),
    );
    trainer.dispose();
    expect(tensorCount()).toBe(before);
  });

  test("repeats from its seed, dropout included", async () => {
    const run = async (): Promise<Float32Array[]> => {
      const own = net();
      const trainer = trainerOf(own);
      await train(trainer, own, 15);
      const weights = await trainer.weights();
      trainer.dispose();
      return weights.map(({ data }) => data);
    };
    expect(await run()).toEqual(await run());
  });

  test("evaluates with the moving averages, which predict from the CPU gives again", async () => {
    const own = net();
    const trainer = trainerOf(own);
    await train(trainer, own, 30);
    const inputs = examples(10, 99);
    const forward = await trainer.forward({ x: inputs.x }, ({ x }, pass) => pass.run(own, x as Tensor));
    const weights = await trainer.weights();
    const before = tensorCount();
    const predicted = predict(weights, { x: inputs.x }, ({ x }, pass) => pass.run(own, x as Tensor));
    expect(tensorCount()).toBe(before);
    predicted.forEach((value, i) => expect(value).toBeCloseTo(forward[i] as number, 4));
    expect((await trainer.weights(false))[0]?.data).not.toEqual(weights[0]?.data);
    const averaged = await trainer.evaluate(inputs, squaredError(own));
    const plain = await trainer.evaluate(inputs, squaredError(own), false);
    expect(averaged["loss"]).not.toBeCloseTo(plain["loss"] as number, 6);
    expect(() => checkWeights(weights, [own])).not.toThrow();
    expect(() => checkWeights(weights.slice(1), [own])).toThrow(/missing/);
    trainer.dispose();
  });

  test("refreshed statistics are the mean over the batches under the averaged weights", async () => {
    const own = network("norm", 4, [batchNorm()]);
    const trainer = trainerOf(own);
    const x = { rows: 4, width: 4, data: Float32Array.from({ length: 16 }, (_, i) => i) };
    await trainer.refreshStatistics([{ x }], (given, pass) => pass.run(own, given["x"] as Tensor));
    const means = (await trainer.weights()).find(({ name }) => name.endsWith("mean"))?.data;
    expect([...(means ?? [])]).toEqual([6, 7, 8, 9]);
    trainer.dispose();
  });

  test("says so when the loss is no longer a number", async () => {
    const own = network("net", 4, [dense(1)]);
    const trainer = trainerOf(own);
    const { x } = examples(4, 1);
    await trainer.step("net", { x }, (given, pass) => {
      const y = pass.run(own, given["x"] as Tensor);
      return { loss: mean(divide(y, subtract(y, y))) };
    });
    await expect(trainer.losses()).rejects.toMatchObject({ fault: { code: "training-diverged" } });
    trainer.dispose();
  });
});

describe("a lost device", () => {
  test("training goes on on the next device from the last checkpoint, and says so", async () => {
    await openDevice("cpu", { wasmPaths });
    const before = tensorCount();
    const own = net();
    const notices: string[] = [];
    const trainer = trainerOf(own, { checkpointEvery: 0, onNotice: (notice) => notices.push(notice) });
    await train(trainer, own, 12);
    const kept = await trainer.weights();
    loseDevice();
    await trainer.step("net", examples(32, 12), squaredError(own));
    expect(currentDevice()?.got).toBe("wasm");
    expect(notices).toEqual([
      "The plain JavaScript context was lost at step 12; training goes on on WASM from step 12.",
    ]);
    expect(trainer.steps).toBe(13);
    expect((await trainer.weights()).map(({ name }) => name)).toEqual(kept.map(({ name }) => name));
    await train(trainer, own, 100);
    expect((await trainer.losses())["net"]).toBeLessThan(3);
    trainer.dispose();
    expect(tensorCount()).toBe(before);
  });

  test("without a newer checkpoint the steps since are taken again", async () => {
    await openDevice("cpu", { wasmPaths });
    const own = net();
    const notices: string[] = [];
    const trainer = trainerOf(own, { checkpointEvery: 1e9, onNotice: (notice) => notices.push(notice) });
    await train(trainer, own, 5);
    loseDevice();
    await trainer.weights();
    expect(notices).toEqual([
      "The plain JavaScript context was lost at step 5; training goes on on WASM from step 0.",
    ]);
    expect(trainer.steps).toBe(0);
    trainer.dispose();
  });

  test("a checkpoint on one device continues on another as if nothing had been", async () => {
    const weightsAfter = async (interrupted: boolean): Promise<Float32Array[]> => {
      await openDevice("cpu", { wasmPaths });
      const own = network("net", 4, [dense(16), relu(), dense(1)]);
      const trainer = trainerOf(own, { checkpointEvery: 0 });
      await train(trainer, own, 10);
      if (interrupted) loseDevice();
      for (let i = 10; i < 20; i++) await trainer.step("net", examples(32, i), squaredError(own));
      const weights = await trainer.weights();
      trainer.dispose();
      return weights.map(({ data }) => data);
    };
    const [whole, broken] = [await weightsAfter(false), await weightsAfter(true)];
    whole.forEach((array, k) => array.forEach((value, i) => expect(broken[k]?.[i]).toBeCloseTo(value, 4)));
  });
});

describe("which device", () => {
  test("says what was asked for, what was got and why", async () => {
    expect(await openDevice("auto", { wasmPaths })).toEqual({
      asked: "auto",
      got: "wasm",
      detail: "SIMD",
      reason: "WebGPU: there is none here.",
    });
    const asked = await openDevice("webgpu", { wasmPaths });
    expect(asked).toMatchObject({ asked: "webgpu", got: "wasm" });
    expect(asked.reason).toContain("WebGPU");
    expect(await openDevice("cpu", { wasmPaths })).toMatchObject({ got: "cpu", reason: "As asked for." });
  });
});
