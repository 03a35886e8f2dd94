import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { learnFineness, roundFinely } from "./fineness.ts";
import { learnNumericBins } from "./numeric-bins.ts";

test("decimals that one or two numbers show are not drawn", () => {
  const ages = Float64Array.from({ length: 300 }, (_value, i) => (i < 2 ? 60.667 : 40 + (i % 50)));
  expect(learnFineness(ages, { type: "decimals", decimals: 3 })).toEqual([1, 0, 0, 0]);
  const bins = learnNumericBins(ages, { type: "decimals", decimals: 3 }, { bins: 17 });
  const rng = createRng(1);
  for (let i = 0; i < 2000; i++) expect(Number.isInteger(bins.valueAt(rng.uniform(), rng))).toBe(true);
});

test("numbers that only end in zeros by chance are all drawn at their finest", () => {
  const rng = createRng(2);
  const values = Float64Array.from({ length: 20_000 }, () => Math.round(rng.uniform() * 1e5) / 100);
  const weights = learnFineness(values, { type: "decimals", decimals: 2 });
  expect(weights[2]).toBeGreaterThan(0.97);
});

test("a mixture of whole and fine numbers keeps its shares", () => {
  const rng = createRng(3);
  const draw = (): number =>
    rng.uniform() < 0.7 ? Math.round(rng.uniform() * 1000) : Math.round(rng.uniform() * 1e5) / 100;
  const values = Float64Array.from({ length: 4000 }, draw);
  const bins = learnNumericBins(values, { type: "decimals", decimals: 2 }, { bins: 64 });
  const whole = (list: Float64Array): number => list.filter(Number.isInteger).length / list.length;
  const drawn = Float64Array.from({ length: 4000 }, () => bins.valueAt(rng.uniform(), rng));
  expect(Math.abs(whole(drawn) - whole(values))).toBeLessThan(0.05);
});

test("rounding does not leave the bin while a finer one stays inside", () => {
  const rng = createRng(4);
  for (let i = 0; i < 200; i++) {
    const value = roundFinely(
      0.66 + 0.08 * rng.uniform(),
      [0.66, 0.74],
      [0.5, 0.3, 0.2],
      { type: "decimals", decimals: 2 },
      rng,
    );
    expect(value).toBeGreaterThanOrEqual(0.66);
    expect(value).toBeLessThanOrEqual(0.74);
  }
  expect(roundFinely(46.4, [46.2, 46.9], [1, 0], { type: "decimals", decimals: 1 }, rng)).toBe(46);
});
