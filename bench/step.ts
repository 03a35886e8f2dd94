/**
 * Training steps on WASM SIMD beside the same in PyTorch on one thread and on all, in the same run: rounds of each in
 * turn, the best median of each, and their ratio. A TVAE (100-128-128-128-128-128-100, batch 500) and a network of one
 * small block per column (30 columns, batch 128), both with Adam. `bench/step.py` has the same steps; PYTHON names the
 * interpreter (python3 unless said).
 */
import { execFile } from "node:child_process";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createRng } from "../src/core/math/rng.ts";
import { blockDense, dense, groupedDense, network, relu, residual } from "../src/core/nn/block.ts";
import { headLayout, headLosses } from "../src/core/nn/column-heads.ts";
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

const goals = { tvae: 5, columns: 5 } as const;
type Kind = keyof typeof goals;

export async function benchStep(): Promise<Figure[]> {
  const folder = new URL("../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  const device = await openDevice("wasm", { wasmPaths: fileURLToPath(folder) });
  const note = `${device.got}, ${device.detail}, one thread`;
  return [
    ...(await compared("tvae", "TVAE step", tvae(), note)),
    ...(await compared("columns", "step of column blocks", columnBlocks(), note)),
  ];
}

interface Own {
  readonly trainer: Trainer;
  readonly step: () => Promise<void>;
}

async function compared(kind: Kind, what: string, { trainer, step }: Own, note: string): Promise<Figure[]> {
  const ours: number[] = [];
  const theirs = new Map<number, number[]>([...new Set([1, cpus().length])].map((threads) => [threads, []]));
  let absent = "";
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await medianOf(step));
    for (const [threads, times] of theirs) {
      try {
        times.push(await pytorch(kind, threads));
      } catch (error) {
        absent = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : String(error);
      }
    }
  }
  trainer.dispose();
  const own = Math.min(...ours);
  const figures: Figure[] = [{ what: `${what} here`, value: own, unit: "ms", note }];
  for (const [threads, times] of theirs) {
    const place = `PyTorch, ${threads} thread${threads > 1 ? "s" : ""}`;
    if (times.length === 0) {
      figures.push({ what: `${what} in ${place}`, value: NaN, unit: "ms", note: `not measured: ${absent}` });
      continue;
    }
    const other = Math.min(...times);
    figures.push(
      { what: `${what} in ${place}`, value: other, unit: "ms" },
      { what: `here / ${place}`, value: own / other, unit: "x", goal: { most: goals[kind] } },
    );
  }
  return figures;
}

function tvae(): Own {
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

/** 30 columns of 12 features; each block of 16 units sees the columns before its own. */
function columnBlocks(): Own {
  const [columns, features, units, basis, classes, rows] = [30, 12, 16, 10, 32, 128];
  const rng = createRng(2);
  const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => rng.normal());
  const each = <T>(value: T): T[] => new Array<T>(columns).fill(value);
  const square = (allowed: (from: number, to: number) => boolean): number[] =>
    Array.from({ length: columns ** 2 }, (_, i) => Number(allowed(Math.floor(i / columns), i % columns)));
  const net = network("columns", columns * features, [
    blockDense({ inputs: each(features), units: each(units), allowed: square((from, to) => from < to) }),
    relu(),
    residual(groupedDense(columns, units), relu()),
    blockDense({ inputs: each(units), units: each(basis), allowed: square((from, to) => from === to) }),
  ]);
  const layout = headLayout(
    Array.from({ length: columns }, (_, target) => ({
      classes,
      coefficients: basis,
      basis: numbers(basis * classes),
      offset: new Float32Array(classes),
      target,
    })),
  );
  const batch = (width: number, data: Float32Array): Batch => ({ rows, width, data });
  const inputs = {
    x: batch(columns * features, numbers(rows * columns * features)),
    tokens: batch(
      columns,
      Float32Array.from({ length: rows * columns }, () => rng.integer(classes)),
    ),
    weights: batch(columns, new Float32Array(rows * columns).fill(1)),
  };
  const loss: LossFunction = (given, pass) => {
    const { x, tokens, weights } = given as Record<keyof typeof inputs, Tensor>;
    return { loss: headLosses(pass, pass.run(net, x), layout, tokens, weights) };
  };
  const trainer = createTrainer({ rng, groups: { columns: { networks: [net], optimizer: adam(1e-3) } } });
  return { trainer, step: () => trainer.step("columns", inputs, loss) };
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

async function pytorch(kind: Kind, threads: number): Promise<number> {
  const script = fileURLToPath(new URL("./step.py", import.meta.url));
  const interpreter = process.env["PYTHON"] ?? "python3";
  const { stdout } = await run(interpreter, [script, kind, String(STEPS), String(threads)]);
  const { milliseconds } = JSON.parse(stdout) as { milliseconds: number };
  return milliseconds;
}
