import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { cholesky, robustCholesky, solveLower } from "../linear/linear-algebra.ts";
import type { Mixture, MixtureOptions } from "./mixture.ts";
import { fitMixture, loadMixture, mixtureLogLikelihood, sampleMixture, saveMixture } from "./mixture.ts";
import { createRng } from "../rng.ts";

const reference = (
  JSON.parse(readFileSync(new URL("../fixtures/normal-mixture.json", import.meta.url), "utf8")) as {
    mixture: { data: number[]; rows: number; full: number; diagonal: number; gaussian: number };
  }
).mixture;
const points = { rows: reference.rows, width: 3, data: reference.data };

function fit(options: MixtureOptions, seed = 1, data: Parameters<typeof fitMixture>[0] = points): Mixture {
  const steps = fitMixture(data, options, createRng(seed));
  for (let last = 0; ;) {
    const step = steps.next();
    if (step.done) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(last);
    last = step.value;
  }
}

describe("against scikit-learn and scipy", () => {
  const long = { rounds: 200, tolerance: 1e-6, ridge: 1e-2 };
  test("three full components reach its log-likelihood", () => {
    const mixture = fit({ components: 3, covariance: "full", ...long });
    expect(mixtureLogLikelihood(mixture, points)).toBeCloseTo(reference.full, 3);
  });
  test("three diagonal components reach its log-likelihood", () => {
    const best = Math.max(
      ...[1, 2, 3].map((seed) =>
        mixtureLogLikelihood(fit({ components: 3, covariance: "diagonal", ...long }, seed), points),
      ),
    );
    expect(best).toBeCloseTo(reference.diagonal, 3);
  });
  test("one full component is the multivariate normal", () => {
    const gaussian = fit({ components: 1, covariance: "full" });
    expect(mixtureLogLikelihood(gaussian, points)).toBeCloseTo(reference.gaussian, 9);
  });
});

test("draws have the mixture's moments and repeat from the seed", () => {
  const mixture = fit({ components: 3, covariance: "full" });
  const rows = 40_000;
  const drawn = sampleMixture(mixture, rows, createRng(5));
  expect(sampleMixture(mixture, rows, createRng(5))).toEqual(drawn);
  for (let j = 0; j < 3; j++) {
    let real = 0;
    for (let i = 0; i < points.rows; i++) real += (points.data[i * 3 + j] as number) / points.rows;
    let synthetic = 0;
    for (let i = 0; i < rows; i++) synthetic += (drawn[i * 3 + j] as number) / rows;
    expect(Math.abs(real - synthetic)).toBeLessThan(0.06);
  }
  const held = mixtureLogLikelihood(mixture, { rows, width: 3, data: drawn });
  expect(Math.abs(held - mixtureLogLikelihood(mixture, points))).toBeLessThan(0.05);
});

test("saved and loaded it draws the same; damaged it is refused", () => {
  const mixture = fit({ components: 2, covariance: "diagonal" });
  const saved = JSON.parse(JSON.stringify(saveMixture(mixture))) as ReturnType<typeof saveMixture>;
  expect(sampleMixture(loadMixture(saved), 50, createRng(2))).toEqual(
    sampleMixture(mixture, 50, createRng(2)),
  );
  expect(() => loadMixture({ ...saved, means: saved.means.slice(1) })).toThrow(RangeError);
  expect(() => loadMixture({ ...saved, width: 1e9 })).toThrow(RangeError);
});

test("fewer rows than components, equal rows and collinear columns are survived", () => {
  const few = { rows: 2, width: 2, data: [1, 2, 3, 4] };
  expect(fit({ components: 5, covariance: "full" }, 1, few).weights.length).toBe(2);
  const equal = { rows: 50, width: 2, data: new Float64Array(100).fill(7) };
  const mixture = fit({ components: 3, covariance: "full", ridge: 0 }, 1, equal);
  for (const value of sampleMixture(mixture, 20, createRng(1)))
    expect(Math.abs(value - 7)).toBeLessThan(0.01);
});

test("Cholesky factors multiply back and solve", () => {
  const matrix = Float64Array.from([4, 2, 0.6, 2, 3, 0.4, 0.6, 0.4, 2]);
  const factor = cholesky(matrix, 3) as Float64Array;
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += (factor[i * 3 + k] as number) * (factor[j * 3 + k] as number);
      expect(sum).toBeCloseTo(matrix[i * 3 + j] as number, 12);
    }
  const b = Float64Array.from([1, 2, 3]);
  solveLower(factor, 3, b);
  expect((factor[3] as number) * (b[0] as number) + (factor[4] as number) * (b[1] as number)).toBeCloseTo(
    2,
    12,
  );
  const singular = Float64Array.from([1, 1, 1, 1]);
  expect(cholesky(Float64Array.from([1, 2, 2, 1]), 2)).toBeUndefined();
  expect(robustCholesky(singular, 2).every(Number.isFinite)).toBe(true);
});
