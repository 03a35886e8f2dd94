import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { openDevice, tensorCount } from "../../nn/device.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { Column, Table } from "../../table/table.ts";
import { drawScaled, learnScale, unscaled } from "./latents.ts";
import { noisyBatch, preconditioning } from "./network.ts";
import { noiseLevels, solve } from "./solver.ts";
import { diffusion } from "./diffusion.ts";
import { resolveParams } from "../registry.ts";
import type { FitOptions, Model, Params, Progress } from "../synthesizer.ts";

beforeAll(async () => {
  const folder = new URL("../../../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
  await openDevice("wasm", { wasmPaths: folder.pathname });
});

function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return { mean, deviation: Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / list.length) };
}

test("noise levels fall to nothing", () => {
  const levels = noiseLevels(25);
  expect(levels[0]).toBeCloseTo(20, 6);
  expect(levels[24]).toBeCloseTo(0.002, 6);
  expect(levels[25]).toBe(0);
  levels.forEach((level, i) => i > 0 && expect(level).toBeLessThan(levels[i - 1] as number));
});

test("with the exact denoiser of a normal distribution the solver draws from it", async () => {
  const [centre, spread] = [0.3, 0.4];
  const exact = (x: number, sigma: number): number =>
    centre + ((spread * spread) / (spread * spread + sigma * sigma)) * (x - centre);
  const drawn = await solve(5000, 1, 25, createRng(1), ({ data }, sigma) =>
    Promise.resolve(data.map((x) => exact(x, sigma))),
  );
  const { mean, deviation } = momentsOf(drawn);
  expect(mean).toBeCloseTo(centre, 1);
  expect(Math.abs(deviation / spread - 1)).toBeLessThan(0.03);
});

test("what the network is asked for gives the clean row back, and has about unit variance at every level", () => {
  const rng = createRng(2);
  const clean = { rows: 2000, width: 1, data: Float32Array.from({ length: 2000 }, () => 0.5 * rng.normal()) };
  for (const sigma of [0.02, 0.3, 5]) {
    const { x, target } = noisyBatch(clean, new Float64Array(2000).fill(sigma), rng);
    const { skip, out, inwards } = preconditioning(sigma);
    for (let i = 0; i < 20; i++) {
      const noisy = (x.data[i * x.width] as number) / inwards;
      expect(skip * noisy + out * (target.data[i] as number)).toBeCloseTo(clean.data[i] as number, 3);
    }
    expect(Math.abs(momentsOf(target.data).deviation - 1)).toBeLessThan(0.08);
  }
});

test("latents are brought to mean 0 and deviation .5, and back; those that say nothing stay standard normal", () => {
  const rng = createRng(3);
  const rows = 3000;
  const means = Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? 3 + 2 * rng.normal() : 0));
  const deviations = Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? 0.3 : 1));
  const posteriors = { rows, latent: 2, means, deviations };
  const scale = learnScale(posteriors);
  expect(scale.active).toEqual([0]);
  const scaled = drawScaled(
    posteriors,
    Int32Array.from({ length: rows }, (_, i) => i),
    scale,
    rng,
  );
  expect(momentsOf(scaled.data).mean).toBeCloseTo(0, 1);
  expect(momentsOf(scaled.data).deviation).toBeCloseTo(0.5, 1);
  const back = unscaled(rows, scaled.data, scale, 2, rng);
  const first = momentsOf(back.data.filter((_, i) => i % 2 === 0));
  expect(first.mean).toBeCloseTo(3, 1);
  expect(first.deviation).toBeCloseTo(2, 1);
  expect(momentsOf(back.data.filter((_, i) => i % 2 === 1)).deviation).toBeCloseTo(1, 1);
});

/** A ring: x and y are uncorrelated and far from any Gaussian; side says whether x is above 0. */
function ring(rows: number, seed: number): Table {
  const rng = createRng(seed);
  const angles = Float64Array.from({ length: rows }, () => 2 * Math.PI * rng.uniform());
  const around = (f: (angle: number) => number): Float64Array =>
    angles.map((angle) => Math.round(100 * (5 * f(angle) + 0.2 * rng.normal())) / 100);
  const x = around(Math.cos);
  return madeTable([
    numbers("x", x, { decimals: 2 }),
    numbers("y", around(Math.sin), { decimals: 2 }),
    levels(
      "side",
      x.map((value) => (value > 0 ? 1 : 0)),
      ["left", "right"],
    ),
  ]);
}

async function fit(
  table: Table,
  given: Partial<Params>,
  options: Partial<FitOptions> = {},
): Promise<{ model: Model; reports: Progress[] }> {
  const whole: FitOptions = { previewRows: 0, previewEvery: 0, ...options };
  const run = diffusion.fit(table, resolveParams(diffusion, given), createRng(3), whole);
  const reports: Progress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { model: next.value, reports };
    reports.push(next.value);
  }
}

test("draws the ring and leaves its middle empty", async () => {
  const before = tensorCount();
  const { model, reports } = await fit(ring(600, 1), { steps: 800, hidden: 48 });
  const drawn = await model.sample(600, createRng(1));
  const [x, y, side] = drawn.columns as [
    Column & { type: "numeric" },
    Column & { type: "numeric" },
    Column & { type: "coded" },
  ];
  const radii = x.values.map((value, i) => Math.hypot(value, y.values[i] as number));
  expect(radii.filter((r) => r < 2.5).length / 600).toBeLessThan(0.08);
  const right = x.values.filter((value, i) => (value > 0 ? 1 : 0) === side.codes[i]).length;
  expect(right / 600).toBeGreaterThan(0.88);
  expect(reports.at(-1)?.fraction).toBe(1);
  model.dispose();
  expect(tensorCount()).toBe(before);
});

test("told early that it is enough, it still trains a denoiser before it closes", async () => {
  let asked = 0;
  const enough = (): boolean => ++asked > 100;
  const { model, reports } = await fit(ring(200, 2), { steps: 3000, hidden: 32 }, { enough });
  expect(reports.at(-1)?.step).toBeGreaterThanOrEqual(400);
  expect(reports.at(-1)?.step).toBeLessThan(500);
  expect((await model.sample(10, createRng(1))).rows).toBe(10);
});

test("goes on from a saved model", async () => {
  const { model } = await fit(ring(400, 3), { steps: 300, hidden: 32 });
  const from = await model.save();
  const { model: next } = await fit(ring(60, 4), { steps: 20 }, { from });
  expect((await next.sample(10, createRng(1))).rows).toBe(10);
});
