import { describe, expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { createBudget } from "../accounting/budget.ts";
import { epsilonOfSpends, noiseForSgd } from "../accounting/total-spent.ts";
import { seededNoise } from "../noise/noise-source.ts";
import type { Observation } from "./private-rows.ts";
import type { Contributions } from "./sampled-plan.ts";
import { coinRate, createSampledSteps } from "./sampled-steps.ts";

const purpose = { what: "Training steps", columns: "3" };
const NORM = 1;
const STEPS = 50;
const rate = coinRate(0.2);

function opened(vectors: readonly (readonly number[])[], sigma: number, seed = 1, most = 1) {
  const budget = createBudget(1e6, 1e-5, false);
  const units = vectors.map((_, row) => Int32Array.of(row));
  const door = { units, most, noise: seededNoise(createRng(seed)), budget };
  const dimensions = vectors[0]?.length ?? 0;
  const steps = createSampledSteps({ rate, sigma, steps: STEPS, norm: NORM, dimensions }, purpose, door);
  return { steps, budget };
}

/** Contributions of rows that are `vectors`. */
const of =
  (vectors: readonly (readonly number[])[], lengths: (vector: readonly number[]) => number) =>
  (rows: Int32Array): Promise<Contributions> =>
    Promise.resolve({
      norms: Array.from(rows, (row) => lengths(vectors[row] as readonly number[])),
      sum: (scales) => {
        const sum = new Float64Array(vectors[0]?.length ?? 0);
        rows.forEach((row, i) => {
          if (scales[i] === 0) return;
          (vectors[row] as readonly number[]).forEach((value, d) => {
            sum[d] = (sum[d] as number) + value * (scales[i] as number);
          });
        });
        return sum;
      },
    });
const honest = (vector: readonly number[]): number => Math.hypot(...vector);

describe("sums over Poisson samples", () => {
  test("a row adds its vector cut to the norm, whatever its length", async () => {
    const vectors = [[30, 40]];
    const { steps } = opened(vectors, 1e-2);
    const answers: Float64Array[] = [];
    for (let i = 0; i < STEPS; i++) answers.push(await steps.step(of(vectors, honest)));
    const seen = answers.filter((sum) => Math.hypot(...sum) > 0.5);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.length).toBeLessThan(STEPS / 2);
    for (const [x, y] of seen as unknown as [number, number][]) {
      expect(x).toBeCloseTo(0.6, 1);
      expect(y).toBeCloseTo(0.8, 1);
    }
  });

  test("rows of a patient of several rows share the norm", async () => {
    const vectors = [[30, 40]];
    const { steps } = opened(vectors, 1e-2, 1, 4);
    let longest = 0;
    for (let i = 0; i < STEPS; i++)
      longest = Math.max(longest, Math.hypot(...(await steps.step(of(vectors, honest)))));
    expect(longest).toBeCloseTo(0.25, 1);
  });

  test("a norm that forgets a part of the vector is caught", async () => {
    const vectors = Array.from({ length: 40 }, (_, i) => [3 + i, 4, 0.5]);
    const { steps } = opened(vectors, 1);
    await expect(steps.step(of(vectors, ([x = 0, y = 0]) => Math.hypot(x, y)))).rejects.toThrow(
      "leaves something out",
    );
  });

  test("a vector that is not finite is left out", async () => {
    const vectors = [[Infinity, NaN]];
    const { steps } = opened(vectors, 1e-2);
    for (let i = 0; i < STEPS; i++)
      expect(Math.hypot(...(await steps.step(of(vectors, honest))))).toBeLessThan(0.1);
  });

  test("noise has the deviation that was asked for, in every number, in an empty sample too", async () => {
    const { steps } = opened([], 3);
    expect((await steps.step(of([], honest))).length).toBe(0);
    const none = createSampledSteps({ rate, sigma: 3, steps: 4, norm: 2, dimensions: 20_000 }, purpose, {
      units: [],
      most: 1,
      noise: seededNoise(createRng(7)),
      budget: createBudget(1e6, 1e-5, false),
    });
    const sum = await none.step(() => Promise.reject(new Error("nobody is in the sample")));
    const variance = sum.reduce((total, value) => total + value ** 2, 0) / sum.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(6 * 0.98);
    expect(Math.sqrt(variance)).toBeLessThan(6 * 1.02);
    expect(none.taken).toBe(1);
  });

  test("each unit is in a sample by a coin of its own", async () => {
    const vectors = Array.from({ length: 400 }, () => [1]);
    const { steps } = opened(vectors, 1);
    const counts = new Float64Array(400);
    const sizes: number[] = [];
    for (let i = 0; i < STEPS; i++)
      await steps.step((rows) => {
        sizes.push(rows.length);
        for (const row of rows) counts[row] = (counts[row] as number) + 1;
        return of(vectors, honest)(rows);
      });
    const mean = sizes.reduce((a, b) => a + b, 0) / STEPS;
    expect(mean).toBeGreaterThan(75);
    expect(mean).toBeLessThan(85);
    expect(new Set(sizes).size).toBeGreaterThan(10);
    const spread = counts.reduce((sum, count) => sum + (count - 10) ** 2, 0) / 400;
    expect(spread).toBeGreaterThan(6);
    expect(spread).toBeLessThan(10.5);
  });

  test("an audit is told of the watched unit: its mean shift where it counts, none where it does not", async () => {
    const vectors = Array.from({ length: 30 }, (_, i) => [i === 0 ? 9 : -1, 2]);
    const shifts = async (counted: boolean): Promise<{ found: number; said: number }> => {
      let [found, said] = [0, 0];
      const door = {
        units: vectors.map((_, row) => Int32Array.of(row)).slice(counted ? 0 : 1),
        most: 1,
        noise: seededNoise(createRng(3)),
        budget: createBudget(1e6, 1e-5, false),
        watched: {
          rows: Int32Array.of(0),
          told: ({ signal, others, length, sigma }: Observation) => {
            expect(sigma).toBeCloseTo(0.2, 5);
            found += signal - others;
            said += length;
          },
        },
      };
      const plan = { rate: coinRate(0.5), sigma: 0.2, steps: 400, norm: NORM, dimensions: 2 };
      const steps = createSampledSteps(plan, purpose, door);
      for (let i = 0; i < 400; i++) await steps.step(of(vectors, honest));
      return { found: found / 400, said: said / 400 };
    };
    const [having, without] = [await shifts(true), await shifts(false)];
    expect(having.said).toBeCloseTo(0.5, 6);
    expect(having.found).toBeCloseTo(0.5, 1);
    expect(without.found).toBeCloseTo(0, 1);
  });

  test("the ledger has the steps that were taken, and no more than epsilon", async () => {
    const budget = createBudget(1, 1e-5, false);
    budget.spend({ ...purpose, queries: 1, sensitivity: 1, rho: budget.rho * 0.3 });
    const sigma = noiseForSgd(1, 1e-5, rate, STEPS, budget.rho * 0.3);
    const door = { units: [], most: 1, noise: seededNoise(createRng(1)), budget };
    const plan = { rate, sigma, steps: STEPS, norm: NORM, dimensions: 2 };
    expect(() => createSampledSteps({ ...plan, sigma: sigma * 0.99 }, purpose, door)).toThrow("epsilon");
    const steps = createSampledSteps(plan, purpose, door);
    for (let i = 0; i < 20; i++) await steps.step(of([], honest));
    steps.end();
    expect(budget.spent.at(-1)?.sampled).toEqual({ rate, sigma, steps: 20 });
    await expect(steps.step(of([], honest))).rejects.toThrow("no step left");
    expect(epsilonOfSpends(budget.spent, 1e-5)).toBeLessThan(0.9);
    const whole = [budget.spent[0] as (typeof budget.spent)[number], { rho: 0, sampled: plan }];
    expect(epsilonOfSpends(whole, 1e-5)).toBeLessThanOrEqual(1);
    expect(epsilonOfSpends(whole, 1e-5)).toBeGreaterThan(0.999);
  });
});
