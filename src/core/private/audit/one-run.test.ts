import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chanceOfAtLeast, shareAtLeast, shareAtMost } from "./binomial.ts";
import { chanceOfGuesses, epsilonOfGuesses, guessBest } from "./one-run.ts";

test.each([
  [100, 60, 0.0519],
  [100, 75, 0.7022],
  [100, 95, 2.1724],
  [500, 300, 0.2517],
  [500, 450, 1.9471],
  [1000, 540, 0.0541],
])("of %i guesses %i right: epsilon %d at least", (guessed, right, epsilon) => {
  expect(epsilonOfGuesses({ canaries: guessed, guessed, right }, 0, 0.05)).toBeCloseTo(epsilon, 3);
});

test("delta weakens the bound, and guesses that chance explains say nothing", () => {
  const guesses = { canaries: 1000, guessed: 100, right: 95 };
  const bounds = [0, 1e-5, 1e-4, 1e-3].map((delta) => epsilonOfGuesses(guesses, delta, 0.05));
  expect(bounds).toEqual(bounds.toSorted((a, b) => b - a));
  expect(new Set(bounds).size).toBe(4);
  // by hand, 2 of 2 right of 10 canaries at epsilon 0: 1/4 + 2 * 10 * 0.01 * max(1/2, 3/8)
  expect(chanceOfGuesses({ canaries: 10, guessed: 2, right: 2 }, 0, 0.01)).toBeCloseTo(0.35, 12);
  expect(epsilonOfGuesses({ canaries: 100, guessed: 100, right: 52 }, 0, 0.05)).toBe(0);
});

test("randomised response with a known epsilon stays below it", () => {
  const rng = createRng(2);
  const keep = 1 / (1 + Math.exp(-1.5));
  let above = 0;
  for (let round = 0; round < 200; round++) {
    const inside = Uint8Array.from({ length: 400 }, () => rng.integer(2));
    const scores = Float64Array.from(inside, (coin) => (rng.uniform() < keep ? coin : 1 - coin));
    const guesses = guessBest(scores, inside, 200);
    expect(guesses).toMatchObject({ canaries: 400, guessed: 200 });
    if (epsilonOfGuesses(guesses, 0, 0.05) > 1.5) above++;
  }
  expect(above).toBeLessThanOrEqual(20);
});

test("exact shares: no success of 50 leaves 1 - 0.05^(1/50) possible; Clopper and Pearson's table", () => {
  expect(shareAtMost(0, 50, 0.05)).toBeCloseTo(1 - 0.05 ** (1 / 50), 10);
  expect(shareAtLeast(50, 50, 0.05)).toBeCloseTo(0.05 ** (1 / 50), 10);
  // scipy.stats.beta.ppf(0.975, 4, 7) and ppf(0.025, 3, 8)
  expect(shareAtMost(3, 10, 0.025)).toBeCloseTo(0.652453, 5);
  expect(shareAtLeast(3, 10, 0.025)).toBeCloseTo(0.066739, 5);
  expect(chanceOfAtLeast(600, 1000, 0.5)).toBeCloseTo(1.364232e-10, 14);
});
