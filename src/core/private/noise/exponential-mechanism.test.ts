import { describe, expect, it } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chiSquareScore } from "../fixtures/chi-square.ts";
import { chooseExponentially } from "./exponential-mechanism.ts";
import { cryptographicNoise, seededNoise, type NoiseSource } from "./noise-source.ts";

const seeded = (seed: number): NoiseSource => seededNoise(createRng(seed));
const chosen = (count: number, scores: readonly number[], sensitivity: number, epsilon: number): number[] => {
  const noise = seeded(1);
  return Array.from({ length: count }, () => chooseExponentially(scores, sensitivity, epsilon, noise));
};
const softmax = (scores: readonly number[], slope: number): ((i: number) => number) => {
  const weights = scores.map((score) => Math.exp(slope * score));
  const total = weights.reduce((sum, one) => sum + one, 0);
  return (i) => (weights[i] ?? 0) / total;
};

describe("the exponential mechanism", () => {
  const scores = [3, 0, 5.25, -2, 5, 1e-3];

  it.each([
    [1, 1],
    [2, 1],
    [0.5, 4],
  ])(
    "chooses as often as exp(epsilon score / (2 sensitivity)): sensitivity %s, epsilon %s",
    (sensitivity, epsilon) => {
      const draws = chosen(50_000, scores, sensitivity, epsilon);
      const slope = epsilon / (2 * sensitivity);
      expect(chiSquareScore(draws, softmax(scores, slope), scores.length)).toBeLessThan(4);
      expect(chiSquareScore(draws, softmax(scores, 1.1 * slope), scores.length)).toBeGreaterThan(4);
    },
  );

  it("tells nothing at epsilon 0, and takes the best where epsilon is without end", () => {
    const draws = chosen(20_000, scores, 1, 0);
    expect(chiSquareScore(draws, (i) => (i < 0 ? 0 : 1 / scores.length), scores.length - 1)).toBeLessThan(4);
    expect(new Set(chosen(200, scores, 1, 1e9))).toEqual(new Set([2]));
    expect(new Set(chosen(200, [1e300, -1e300, 0], 1e-3, 1))).toEqual(new Set([0]));
  });

  it("never takes what has a score of -Infinity", () => {
    expect(new Set(chosen(300, [-Infinity, 0, -Infinity, 0], 1, 0))).toEqual(new Set([1, 3]));
  });

  it.each([[[]], [[NaN, 1]], [[1, NaN]], [[-Infinity]], [[Infinity, 1]]])(
    "is refused for scores %s",
    (wrong) => {
      expect(() => chosen(1, wrong, 1, 1)).toThrow(/scores/);
    },
  );

  it("stays within its bounded range between neighbours: no index gains on another by more than e^epsilon", () => {
    const epsilon = 1.5;
    const noise = seeded(2);
    const frequencies = (of: readonly number[]): number[] => {
      const found = of.map(() => 0);
      for (let i = 0; i < 100_000; i++) {
        const at = chooseExponentially(of, 1, epsilon, noise);
        found[at] = (found[at] as number) + 1;
      }
      return found;
    };
    // Every score changed by its whole sensitivity, up and down: the worst that a neighbour can do.
    const [here, there] = [frequencies([4, 3, 4, 3]), frequencies([3, 4, 4, 2])];
    const logs = here.map((one, i) => Math.log(one / (there[i] as number)));
    expect(Math.max(...logs) - Math.min(...logs)).toBeGreaterThan(epsilon - 0.1);
    expect(Math.max(...logs) - Math.min(...logs)).toBeLessThan(epsilon + 0.1);
  });

  it("chooses of 500 candidates 200 times in about a tenth of a second", () => {
    const noise = cryptographicNoise();
    const many = Array.from({ length: 500 }, (_, i) => (i === 7 ? 500 : i / 50));
    const before = performance.now();
    for (let i = 0; i < 200; i++) expect(chooseExponentially(many, 1, 2, noise)).toBe(7);
    expect(performance.now() - before).toBeLessThan(1500);
  });
});
