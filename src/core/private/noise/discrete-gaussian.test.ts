import { afterEach, describe, expect, it, vi } from "vitest";
import { createRng } from "../../math/rng.ts";
import { chiSquareScore, gaussianMass } from "../fixtures/chi-square.ts";
import { coin, coinOfExp, coinOfOne, scaledInverseOfE } from "./bernoulli.ts";
import { discreteGaussians, discreteLaplace, MOST_SIGMA, varianceAbove } from "./discrete-gaussian.ts";
import { cryptographicNoise, seededNoise, type NoiseSource } from "./noise-source.ts";
import { uniformBelow, uniformBelowBig } from "./uniform.ts";

const DRAWS = 100_000;
const seeded = (seed: number): NoiseSource => seededNoise(createRng(seed));
const many = <Made>(count: number, draw: () => Made): Made[] => Array.from({ length: count }, draw);
const share = (count: number, draw: () => boolean): number =>
  many(count, draw).filter(Boolean).length / count;
/** How far draws are from the discrete Gaussian, by their frequencies and by their mean, in standard deviations. */
function off(draws: readonly number[], sigma: number): number {
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const byMean = (Math.abs(mean) / sigma) * Math.sqrt(draws.length);
  return Math.max(byMean, chiSquareScore(draws, gaussianMass(sigma), 12 * sigma));
}

/** `words` first, then seeded ones. */
function scripted(words: readonly number[], then: NoiseSource): NoiseSource {
  let at = 0;
  return { kind: "seeded", bits: () => words[at++] ?? then.bits() };
}

afterEach(() => vi.restoreAllMocks());

describe("discrete Gaussian noise", () => {
  it.each([0.5, 1, 5, 50])("has its exact mass at sigma %s", (sigma) => {
    const draws = many(DRAWS, discreteGaussians(varianceAbove(sigma), seeded(1)));
    expect(off(draws, sigma)).toBeLessThan(4);
  });

  it.each([0.5, 1, 5, 50])("is told from variants that are wrong by one at sigma %s", (sigma) => {
    const noise = seeded(2);
    const right = discreteGaussians(varianceAbove(sigma), noise);
    const negativesFromZero = many(DRAWS, () => {
      const x = right();
      return x < 0 ? x + 1 : x;
    });
    const oneUp = many(DRAWS, () => right() + 1);
    const lessNoise = many(DRAWS, discreteGaussians(varianceAbove(0.97 * sigma), noise));
    for (const wrong of [negativesFromZero, oneUp, lessNoise]) expect(off(wrong, sigma)).toBeGreaterThan(4);
  });

  it("has the variance of a discrete one: .215013 at .25, and its own from 1 on", () => {
    const secondMoment = (variance: number, count: number): number => {
      const draw = discreteGaussians(varianceAbove(Math.sqrt(variance)), seeded(3));
      return many(count, draw).reduce((sum, x) => sum + x * x, 0) / count;
    };
    expect(Math.abs(secondMoment(0.25, 300_000) - 0.215013)).toBeLessThan(0.003);
    expect(Math.abs(secondMoment(1, DRAWS) - 1)).toBeLessThan(0.02);
    expect(Math.abs(secondMoment(1e8, DRAWS) / 1e8 - 1)).toBeLessThan(0.02);
  });

  it("has a mean of 0 and the tails of a Gaussian where steps are small, in doubles and beyond them", () => {
    for (const sigma of [2 ** 20, 2 ** 27.3, 2 ** 38]) {
      const draws = many(40_000, discreteGaussians(varianceAbove(sigma), seeded(4))).map((x) => x / sigma);
      expect(Math.abs(draws.reduce((sum, x) => sum + x, 0) / draws.length)).toBeLessThan(0.02);
      expect(draws.filter((x) => Math.abs(x) > 1).length / draws.length).toBeCloseTo(0.3173, 1.7);
      expect(draws.filter((x) => Math.abs(x) > 3).length / draws.length).toBeCloseTo(0.0027, 2.7);
    }
  });

  it("is nothing where a billionth of a step was asked for", () => {
    const draw = discreteGaussians(varianceAbove(1e-9), seeded(5));
    expect(many(1000, draw).every((x) => x === 0)).toBe(true);
  });

  it("is made fast: 100,000 draws in about a second", () => {
    const draw = discreteGaussians(varianceAbove(25), cryptographicNoise());
    const before = performance.now();
    many(100_000, draw);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe("the variance of noise", () => {
  it("is never smaller than asked, and greater by a millionth or 2^-45 of it at most", () => {
    const rng = createRng(6);
    const sigmas = [...many(2000, () => 2 ** (70 * rng.uniform() - 30)), 1, 0.5, 2 ** -10, 3, MOST_SIGMA];
    for (const sigma of sigmas) {
      const { numerator, denominator } = varianceAbove(sigma);
      // sigma^2 as whole numbers: a double times 2^90 is one, from 2^-37 on.
      const square = BigInt(sigma * 2 ** 90) ** 2n;
      const found = (numerator << 180n) / denominator;
      expect(found >= square, `${sigma}`).toBe(true);
      expect(found - square <= (1n << 160n) + (square >> 45n), `${sigma}`).toBe(true);
    }
    expect(varianceAbove(5)).toEqual({ numerator: 25n << 20n, denominator: 1n << 20n });
  });

  it.each([0, -1, NaN, Infinity, 2 ** 41])("is refused for sigma %s", (sigma) => {
    expect(() => varianceAbove(sigma)).toThrow(RangeError);
  });
});

describe("exact coins", () => {
  it("fall as often as e^-g", () => {
    const noise = seeded(7);
    for (const [numerator, denominator] of [
      [0, 1],
      [1, 3],
      [1, 1],
      [7, 4],
      [2 ** 51 + 1, 2 ** 52],
    ] as const) {
      const expected = Math.exp(-numerator / denominator);
      expect(Math.abs(share(50_000, () => coinOfExp(numerator, denominator, noise)) - expected)).toBeLessThan(
        0.01,
      );
    }
    expect(Math.abs(share(50_000, () => coinOfOne(noise)) - Math.exp(-1))).toBeLessThan(0.01);
  });

  it("compare as many digits of 1/e as it takes", () => {
    expect(scaledInverseOfE(96)).toBe(29146412150787779157341161346n);
    const leading = Number(scaledInverseOfE(32));
    const second = Number(scaledInverseOfE(64) & 0xffffffffn);
    const third = Number(scaledInverseOfE(96) & 0xffffffffn);
    const falls = (...words: number[]): boolean => coinOfOne(scripted(words, seeded(8)));
    expect([falls(leading - 1), falls(leading + 1)]).toEqual([true, false]);
    expect([falls(leading, second - 1), falls(leading, second + 1)]).toEqual([true, false]);
    expect([falls(leading, second, third - 1), falls(leading, second, third + 1)]).toEqual([true, false]);
  });

  it("take whole numbers where 32 bits do not decide", () => {
    const noise = seeded(9);
    const third = { numerator: 1n, denominator: 3n };
    const asked = vi.fn(() => third);
    // 2^32 / 3 = 1431655765 + 1/3: that word leaves one third of a chance.
    const open = share(20_000, () => coin(1 / 3, asked, scripted([1431655765], noise)));
    expect(Math.abs(open - 1 / 3)).toBeLessThan(0.015);
    expect(asked).toHaveBeenCalledTimes(20_000);
    expect(coin(1 / 3, asked, scripted([1431655764], noise))).toBe(true);
    expect(coin(1 / 3, asked, scripted([1431655766], noise))).toBe(false);
    expect(asked).toHaveBeenCalledTimes(20_000);
    expect(coin(1, () => ({ numerator: 1n, denominator: 1n }), scripted([0xffffffff], noise))).toBe(true);
    expect(coin(0, () => ({ numerator: 0n, denominator: 1n }), scripted([0], noise))).toBe(false);
  });

  it("make discrete Laplace noise", () => {
    const noise = seeded(10);
    const scale = 4;
    const draws = many(DRAWS, () => discreteLaplace(scale, noise));
    const ratio = Math.exp(-1 / scale);
    const mass = (x: number): number => ((1 - ratio) / (1 + ratio)) * ratio ** Math.abs(x);
    expect(chiSquareScore(draws, mass, 80)).toBeLessThan(4);
  });
});

describe("uniform whole numbers", () => {
  it.each([1, 2, 3, 10, 1000])("below %s come equally often", (n) => {
    const noise = seeded(11);
    const draws = many(50_000, () => uniformBelow(n, noise));
    expect(Math.min(...draws)).toBe(0);
    expect(Math.max(...draws)).toBe(n - 1);
    if (n > 1) expect(chiSquareScore(draws, (x) => (x < 0 || x >= n ? 0 : 1 / n), n)).toBeLessThan(4);
  });

  it("are unbiased beyond 32 bits", () => {
    const noise = seeded(12);
    for (const n of [3 * 2 ** 31, 2 ** 32 + 1, 5 * 2 ** 50, 2 ** 53]) {
      const draws = many(30_000, () => uniformBelow(n, noise));
      expect(draws.every((x) => Number.isInteger(x) && x >= 0 && x < n)).toBe(true);
      for (const part of [1 / 3, 2 / 3])
        expect(Math.abs(draws.filter((x) => x < part * n).length / draws.length - part)).toBeLessThan(0.012);
      expect(Math.abs(draws.filter((x) => x % 2 === 1).length / draws.length - 0.5)).toBeLessThan(0.012);
    }
    const big = many(20_000, () => uniformBelowBig(3n << 80n, noise));
    expect(Math.abs(big.filter((x) => x < 1n << 80n).length / big.length - 1 / 3)).toBeLessThan(0.015);
  });
});

describe("the cryptographic generator", () => {
  it("gives words that no one else sees again", () => {
    const asked = vi.spyOn(crypto, "getRandomValues");
    const noise = cryptographicNoise();
    const words = new Set(many(10_000, () => noise.bits()));
    expect(words.size).toBeGreaterThan(9980);
    expect(asked.mock.calls.length).toBe(3);
    const block = asked.mock.calls[2]?.[0] as Uint32Array;
    expect(block.slice(0, 10_000 - 2 * 4096).every((word) => word === 0)).toBe(true);
  });

  it("lets its error through, again and again", () => {
    vi.spyOn(crypto, "getRandomValues").mockImplementation(() => {
      throw new Error("no entropy");
    });
    const noise = cryptographicNoise();
    const draw = discreteGaussians(varianceAbove(5), noise);
    expect(() => draw()).toThrow("no entropy");
    expect(() => draw()).toThrow("no entropy");
  });
});
