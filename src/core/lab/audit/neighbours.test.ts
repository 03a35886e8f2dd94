import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import { withCanary } from "../../private/audit/canary.ts";
import { rhoOf } from "../../private/accounting/zcdp.ts";
import { seededNoise } from "../../private/noise/noise-source.ts";
import type { Observation } from "../../private/rows/private-rows.ts";
import type { PublicFacts } from "../../private/public/public-facts.ts";
import { dpMarginals } from "../../synthesizers/private/dp-marginals/dp-marginals.ts";
import { dpTarget } from "../../synthesizers/private/dp-target/dp-target.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { wardTable } from "./fixtures/ward-table.ts";

const [EPSILON, DELTA, RUNS] = [2, 1e-3, 30];
const facts: PublicFacts = {
  columns: [
    { name: "age", range: { from: 0, to: 110, why: "declared" }, missing: false },
    { name: "score", missing: false },
    { name: "ward", levels: { values: ["A", "B"], why: "declared" } },
    { name: "died", levels: { values: ["no", "yes"], why: "declared" }, missing: false },
  ],
};
const canary = withCanary(wardTable(120), facts, 1);

async function answersOf(method: Synthesizer, counted: boolean, seed: number): Promise<Observation[]> {
  const seen: Observation[] = [];
  const steps = method.fit(canary.table, { epsilon: EPSILON, delta: DELTA }, createRng(seed), {
    previewRows: 0,
    previewEvery: Infinity,
    guarantee: {
      public: facts,
      noise: seededNoise(createRng(seed).fork("noise")),
      watched: { row: canary.row, counted, told: (one) => void seen.push(one) },
    },
  });
  for (;;) {
    const next = await steps.next();
    if (next.done !== true) continue;
    next.value.dispose();
    return seen;
  }
}

const repeated = (method: Synthesizer, counted: boolean): Promise<Observation[][]> =>
  Promise.all(Array.from({ length: RUNS }, (_, seed) => answersOf(method, counted, seed + 1)));

/** Of every answer: how far it is from what the others alone give, in units of the noise that is stated. */
const distances = (runs: readonly Observation[][]): Float64Array =>
  Float64Array.from(runs.flat(), ({ signal, others, sigma }) => (signal - others) / sigma);

describe.each([dpTarget, dpMarginals])("a table and its neighbour under $id", (method) => {
  test("every answer has the noise that is stated, and all of them together tell no more of one row than was paid for", async () => {
    const [without, having] = [await repeated(method, false), await repeated(method, true)];
    const tolerance = 4 / Math.sqrt(without.flat().length);
    expect(Math.abs(mean(distances(without)))).toBeLessThan(tolerance);
    expect(Math.abs(standardDeviation(distances(without)) - 1)).toBeLessThan(tolerance);
    const shifts = having.flat().map(({ length, sigma }) => length / sigma);
    const moved = distances(having).map((distance, i) => distance - (shifts[i] ?? 0));
    expect(Math.abs(mean(moved))).toBeLessThan(tolerance);
    expect(mean(distances(having))).toBeGreaterThan(mean(distances(without)));

    // Of normal noise the log-likelihood ratio of a run has mean ±rho and variance 2 rho.
    const rho = rhoOf(EPSILON, DELTA);
    for (const run of [...without, ...having]) {
      const paid = run.reduce((sum, { length, sigma }) => sum + (length / sigma) ** 2 / 2, 0);
      expect(paid).toBeLessThanOrEqual(rho * (1 + 1e-9));
      expect(paid).toBeGreaterThan(0.5 * rho);
    }
    const beyond = having.filter((run) => logRatio(run) > EPSILON).length;
    expect(beyond).toBeLessThanOrEqual(2);
  });
});

const logRatio = (run: readonly Observation[]): number =>
  run.reduce(
    (sum, { signal, others, length, sigma }) => sum + (length * (signal - others - length / 2)) / sigma ** 2,
    0,
  );
