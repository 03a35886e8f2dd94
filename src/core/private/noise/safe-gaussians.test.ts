import { describe, expect, it } from "vitest";
import { normalCdf } from "../../math/normal.ts";
import { createRng } from "../../math/rng.ts";
import { chiSquareScore } from "../fixtures/chi-square.ts";
import { cryptographicNoise, seededNoise, type NoiseSource } from "./noise-source.ts";
import { addSafeGaussians, gridOf, safeGaussians, sigmaOnGrid } from "./safe-gaussians.ts";
import { bell, STRIPS, strips, UNITS, WIDTH } from "./strips.ts";

const seeded = (seed: number): NoiseSource => seededNoise(createRng(seed));
const share = (draws: Float64Array, holds: (x: number) => boolean): number =>
  draws.filter(holds).length / draws.length;

describe("the strips of the discrete Gaussian", () => {
  const { alias, cut, first, surely, scale, weight } = strips();

  it("are drawn in proportion to whole weights that suffice, whatever the doubles", () => {
    const drawn = new Float64Array(STRIPS);
    for (let i = 0; i < STRIPS; i++) {
      const own = cut[i] as number;
      drawn[i] = (drawn[i] as number) + own;
      const other = alias[i] as number;
      drawn[other] = (drawn[other] as number) + 2 ** 32 - own;
    }
    expect([...drawn]).toEqual(weight.map(Number));
    for (const i of [0, 1, 100, 1000, STRIPS - 1])
      expect((weight[i] as bigint) << 448n >= bell(BigInt(i * WIDTH)) * scale).toBe(true);
  });

  it("have the bell of 60 digits, and shares that bound it", () => {
    for (const x of [0, 1, 8191, UNITS, 3 * UNITS, 12 * UNITS]) {
      const expected = Math.exp(-(x * x) / (2 * UNITS * UNITS));
      expect(Math.abs((Number(bell(BigInt(x))) * 2 ** -448) / expected - 1)).toBeLessThan(1e-12);
    }
    for (let i = 0; i < 1000; i++) {
      const last =
        Number(((bell(BigInt((i + 1) * WIDTH)) * scale) << 32n) / (weight[i] as bigint)) * 2 ** -448;
      expect(surely[i]).toBeLessThanOrEqual(last);
      expect(surely[i]).toBeGreaterThan(last - 3);
      expect(first[i]).toBeLessThanOrEqual(2 ** 32);
    }
  });
});

describe("Gaussian noise for many numbers", () => {
  const sigma = 3;
  const draws = safeGaussians(400_000, sigma, seeded(1));

  it("has the moments of a Gaussian", () => {
    const moment = (power: number): number =>
      draws.reduce((sum, x) => sum + (x / sigma) ** power, 0) / draws.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.006);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.009);
    expect(Math.abs(moment(3))).toBeLessThan(0.025);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.06);
  });

  it("has its tails", () => {
    for (const [beyond, spread] of [
      [1, 0.003],
      [2, 0.0015],
      [3, 0.0004],
      [4, 0.00006],
    ] as const)
      expect(
        Math.abs(share(draws, (x) => Math.abs(x) > beyond * sigma) - 2 * normalCdf(-beyond)),
      ).toBeLessThan(spread);
  });

  it("has its shape between, and within a strip", () => {
    const equal = Array.from(draws, (x) => Math.floor(200 * normalCdf(x / sigma)));
    expect(chiSquareScore(equal, (x) => (x < 0 ? 0 : 1 / 200), 199)).toBeLessThan(4);
    const step = gridOf(sigma);
    const within = Array.from(draws, (x) => Math.abs(Math.round(x / step)) % 64);
    expect(chiSquareScore(within, (x) => (x < 0 ? 0 : 1 / 64), 63)).toBeLessThan(4);
    const shifted = Array.from(draws, (x) => Math.floor(200 * normalCdf(x / (0.99 * sigma))));
    expect(chiSquareScore(shifted, (x) => (x < 0 ? 0 : 1 / 200), 199)).toBeGreaterThan(4);
  });

  it("stands on its grid, on both sides, and each draw says nothing of the next", () => {
    const step = gridOf(sigma);
    expect(step * UNITS).toBeGreaterThanOrEqual(sigma);
    expect(draws.every((x) => Math.round(x / step) * step === x)).toBe(true);
    expect(Math.abs(share(draws, (x) => x > 0) - 0.5)).toBeLessThan(0.004);
    const products = draws.subarray(1).reduce((sum, x, i) => sum + x * (draws[i] as number), 0);
    expect(Math.abs(products / sigma ** 2 / draws.length)).toBeLessThan(0.008);
  });

  it("decides in whole numbers where 32 bits do not", () => {
    const { cut, first } = strips();
    const column = 300;
    expect(cut[column]).toBeGreaterThan(0);
    const place = 4096;
    const from = column * WIDTH;
    const y = ((from + place) ** 2 - from ** 2) / (2 * UNITS * UNITS);
    const near = (first[column] as number) * Math.exp(-y);
    const rest = seeded(2);
    let taken = 0;
    const tries = 3000;
    for (let i = 0; i < tries; i++) {
      const words = [column * 2 ** 21 + place * 2 ** 8, 0, Math.floor(near)];
      let at = 0;
      const noise: NoiseSource = { kind: "seeded", bits: () => words[at++] ?? rest.bits() };
      if (safeGaussians(1, UNITS, noise)[0] === (from + place) * gridOf(UNITS)) taken++;
    }
    expect(Math.abs(taken / tries - (near - Math.floor(near)))).toBeLessThan(0.04);
  });

  it("is made fast enough for training", () => {
    const noise = cryptographicNoise();
    const before = performance.now();
    safeGaussians(500_000, 1, noise);
    expect(performance.now() - before).toBeLessThan(2000);
  });

  it("is refused for no noise, and for noise beyond numbers", () => {
    for (const wrong of [0, -1, NaN, Infinity, 1e300, 1e-300])
      expect(() => safeGaussians(1, wrong, seeded(3))).toThrow(RangeError);
  });
});

describe("sums with noise", () => {
  it("are whole steps of the grid, whatever the sum: no low bits are left of it", () => {
    const rng = createRng(4);
    const sums = Float64Array.from({ length: 5000 }, () => 100 * rng.normal());
    const before = sums.slice();
    addSafeGaussians(sums, 2, seeded(5));
    const step = gridOf(2);
    expect(sums.every((x) => Math.round(x / step) * step === x)).toBe(true);
    const added = sums.map((x, i) => x - (before[i] as number));
    expect(added.reduce((sum, x) => sum + x * x, 0) / added.length).toBeCloseTo(4, 0.3);
    expect(Math.abs(added.reduce((sum, x) => sum + x, 0) / added.length)).toBeLessThan(0.12);
  });

  it("count as 0 where they are no numbers, in 32 bits too", () => {
    const sums = new Float32Array([NaN, Infinity, -Infinity, 7]);
    addSafeGaussians(sums, 1e-3, seeded(6));
    expect(sums.every((x) => Number.isFinite(x))).toBe(true);
    expect(Math.abs(sums[3] as number)).toBeCloseTo(7, 1);
    expect(Math.max(...sums.subarray(0, 3))).toBeLessThan(0.01);
  });

  it("have noise for what rounding may add to what one patient changes", () => {
    const [multiplier, norm, dimensions] = [4, 1, 100_000];
    const sigma = sigmaOnGrid(multiplier, norm, dimensions);
    const changed = norm + gridOf(sigma) * Math.sqrt(dimensions);
    expect(sigma / changed).toBeGreaterThanOrEqual(multiplier);
    expect(sigma / changed).toBeLessThan(multiplier * 1.0001);
    expect(() => sigmaOnGrid(4000, 1, 100_000)).toThrow(RangeError);
    expect(() => sigmaOnGrid(NaN, 1, 1)).toThrow(RangeError);
  });
});
