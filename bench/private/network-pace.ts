/**
 * What DP-SGD costs in time: steps of dp-network with and without norms, coins and noise, same network, same rows a step.
 *
 *     node --import tsx bench/private/network-pace.ts [ROWS]
 */
import { performance } from "node:perf_hooks";
import { createRng } from "../../src/core/math/rng.ts";
import { createBudget } from "../../src/core/private/accounting/budget.ts";
import { cryptographicNoise } from "../../src/core/private/noise/noise-source.ts";
import { createSampledSteps } from "../../src/core/private/rows/sampled-steps.ts";
import type { SparseTokens } from "../../src/core/synthesizers/private/dp-network/features.ts";
import { gradientsOf } from "../../src/core/synthesizers/private/dp-network/gradients.ts";
import { layoutOf } from "../../src/core/synthesizers/private/dp-network/layout.ts";

const STEPS = 40;
const rows = Number(process.argv[2] ?? 7000);
const rate = 0.05;

/** 15 columns of 21 levels, as adult has them in the mean. */
const oneHot = (count: number): SparseTokens => ({
  count,
  width: count,
  starts: Int32Array.from({ length: count + 1 }, (_, i) => i),
  indices: Int32Array.from({ length: count }, (_, i) => i),
  values: new Float64Array(count).fill(1),
  squares: new Float64Array(count).fill(1),
});
const places = 15;
const layout = layoutOf(
  Array.from({ length: places }, () => oneHot(21)),
  64,
);
const rng = createRng(1);
const tokens = Int32Array.from({ length: rows * places }, () => rng.integer(21));
const weights = Float64Array.from({ length: layout.size }, () => 0.1 * rng.normal());

async function plain(): Promise<number> {
  const before = performance.now();
  for (let i = 0; i < STEPS; i++) {
    const batch = Int32Array.from({ length: Math.round(rows * rate) }, () => rng.integer(rows));
    const { sum } = await gradientsOf(layout, weights, tokens, batch);
    sum(new Float64Array(batch.length).fill(1));
  }
  return performance.now() - before;
}

async function noisy(): Promise<number> {
  const steps = createSampledSteps(
    { rate, sigma: 5, steps: STEPS, norm: 1, dimensions: layout.size },
    { what: "Training steps", columns: "15" },
    {
      units: Array.from({ length: rows }, (_, row) => Int32Array.of(row)),
      most: 1,
      noise: cryptographicNoise(),
      budget: createBudget(100, 1e-5, false),
    },
  );
  const before = performance.now();
  for (let i = 0; i < STEPS; i++) await steps.step((batch) => gradientsOf(layout, weights, tokens, batch));
  return performance.now() - before;
}

await plain();
await noisy();
for (let turn = 0; turn < 3; turn++) {
  const [without, withNoise] = [await plain(), await noisy()];
  console.log(
    `${rows} rows, ${layout.size} weights: ${(without / STEPS).toFixed(1)} ms a step without, ` +
      `${(withNoise / STEPS).toFixed(1)} ms with: ${(withNoise / without).toFixed(2)} times`,
  );
}
