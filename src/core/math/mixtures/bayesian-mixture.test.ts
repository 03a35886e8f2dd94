import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { digamma, fitLineMixture } from "./bayesian-mixture.ts";
import { createRng } from "../rng.ts";

const reference = JSON.parse(
  readFileSync(new URL("../fixtures/bayesian-mixture.json", import.meta.url), "utf8"),
) as {
  values: number[];
  start: number[];
  rounds: number;
  weights: number[];
  means: number[];
  deviations: number[];
};

test("agrees with scikit-learn's BayesianGaussianMixture from the same start", () => {
  const { values, start, rounds, weights, means, deviations } = reference;
  const components = weights.length;
  const shares = new Float64Array(values.length * components);
  start.forEach((k, i) => {
    shares[i * components + k] = 1;
  });
  const found = fitLineMixture(Float64Array.from(values), { components, rounds }, shares);
  weights.forEach((weight, k) => {
    expect(found.weights[k]).toBeCloseTo(weight, 3);
    if (weight < 0.01) return;
    expect(found.means[k]).toBeCloseTo(means[k] as number, 2);
    expect(found.deviations[k]).toBeCloseTo(deviations[k] as number, 2);
  });
});

test("finds two far groups and leaves the other components empty", () => {
  const rng = createRng(1);
  const values = Float64Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? 10 : 0) + rng.normal());
  const { weights, means } = fitLineMixture(values);
  const low = weights.filter((_, k) => (means[k] as number) < 5).reduce((a, b) => a + b, 0);
  expect(low).toBeCloseTo(2 / 3, 1);
  expect(weights.filter((weight) => weight > 0.005).length).toBeLessThanOrEqual(5);
});

test("digamma", () => {
  expect(digamma(1)).toBeCloseTo(-0.5772156649, 8);
  expect(digamma(0.001)).toBeCloseTo(-1000.5755719, 5);
  expect(digamma(30.5)).toBeCloseTo(Math.log(30.5) - 1 / 61 - 1 / (12 * 30.5 ** 2), 7);
});
