/**
 * One TVAE training step (100-128-128-128-128-128-100, batch 500, Adam) on WASM SIMD, beside PyTorch's on the same
 * cores in the same run: five rounds of each in turn, the best median of each, and their ratio. `bench/step.py` is
 * the same step in PyTorch; PYTHON names the interpreter (python3 unless said).
 */
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRng } from "../src/core/math/rng.ts";
import { dense, network, relu } from "../src/core/nn/block.ts";
import { openDevice } from "../src/core/nn/device.ts";
import { drawLatent } from "../src/core/nn/losses.ts";
import { add, mean, splitColumns, sum } from "../src/core/nn/ops.ts";
import { adam } from "../src/core/nn/optimizer.ts";
import { crossEntropySpans, spanLayout } from "../src/core/nn/spans.ts";
import { normalBatch } from "../src/core/nn/tensor.ts";
import type { Batch, Tensor } from "../src/core/nn/tensor.ts";
import { createTrainer } from "../src/core/nn/trainer.ts";
import type { LossFunction, Trainer } from "../src/core/nn/trainer.ts";
import type { Figure } from "./figure.ts";

const run = promisify(execFile);
const ROUNDS = 5;
const STEPS = 40;
const ROWS = 500;
const LATENT = 128;

export async function benchStep(): Promise<Figure[]> {
  const folder = new URL("../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  const device = await openDevice("wasm", { wasmPaths: fileURLToPath(folder) });
  const { trainer, step } = tvae();
  const ours: number[] = [];
  const theirs: number[] = [];
  let absent = "";
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await medianOf(step));
    try {
      theirs.push(await pytorch());
    } catch (error) {
      absent = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
    }
  }
  trainer.dispose();
  const own = Math.min(...ours);
  const figures: Figure[] = [
    { what: "TVAE step here", value: own, unit: "ms", note: `${device.got}, ${device.detail}, one thread` },
  ];
  if (theirs.length === 0) {
    return [
      ...figures,
      { what: "TVAE step in PyTorch", value: NaN, unit: "ms", note: `not measured: ${absent}` },
    ];
  }
  const other = Math.min(...theirs);
  return [
    ...figures,
    { what: "TVAE step in PyTorch", value: other, unit: "ms", note: `${cpus().length} threads` },
    { what: "here / PyTorch", value: own / other, unit: "x", goal: { most: 5 } },
  ];
}

function tvae(): { trainer: Trainer; step: () => Promise<void> } {
  const rng = createRng(1);
  const spans = Array.from({ length: 10 }, (_, k) => ({ start: 10 * k, width: 10, activation: "softmax" }));
  const layout = spanLayout(spans, 100);
  const encoder = network("encoder", 100, [dense(128), relu(), dense(128), relu(), dense(2 * LATENT)]);
  const decoder = network("decoder", LATENT, [dense(128), relu(), dense(128), relu(), dense(100)]);
  const data = new Float32Array(ROWS * 100);
  for (let i = 0; i < ROWS; i++) for (let k = 0; k < 10; k++) data[i * 100 + 10 * k + rng.integer(10)] = 1;
  const x: Batch = { rows: ROWS, width: 100, data };
  const loss: LossFunction = (inputs, pass) => {
    const target = inputs["x"] as Tensor;
    const [centre, spread] = splitColumns(pass.run(encoder, target), [LATENT, LATENT]) as [Tensor, Tensor];
    const { z, divergence } = drawLatent(centre, spread, inputs["noise"] as Tensor);
    const reconstruction = mean(crossEntropySpans(pass, pass.run(decoder, z), target, layout));
    return { loss: add(reconstruction, sum(divergence)) };
  };
  const trainer = createTrainer({
    rng,
    groups: { tvae: { networks: [encoder, decoder], optimizer: adam(1e-3) } },
  });
  const step = (): Promise<void> => trainer.step("tvae", { x, noise: normalBatch(ROWS, LATENT, rng) }, loss);
  return { trainer, step };
}

/** Median milliseconds of a step, after some to warm up. */
async function medianOf(step: () => Promise<void>): Promise<number> {
  for (let i = 0; i < 20; i++) await step();
  const times: number[] = [];
  for (let i = 0; i < STEPS; i++) {
    const start = performance.now();
    await step();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[STEPS >> 1] as number;
}

async function pytorch(): Promise<number> {
  const script = fileURLToPath(new URL("./step.py", import.meta.url));
  const { stdout } = await run(process.env["PYTHON"] ?? "python3", [
    script,
    String(STEPS),
    String(cpus().length),
  ]);
  const { milliseconds } = JSON.parse(stdout) as { milliseconds: number };
  return milliseconds;
}
