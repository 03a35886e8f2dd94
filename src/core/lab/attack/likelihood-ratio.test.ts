import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { aucWithError } from "../../math/scores/auc-error.ts";
import { likelihoodRatios, type Shadow } from "./likelihood-ratio.ts";

const shadow = (statistic: number[], inside: number[]): Shadow => ({
  statistic: Float64Array.from(statistic),
  inside: Uint8Array.from(inside),
});

test("two records by hand: the log ratio of two normal densities with the common variance", () => {
  // record 0: in 3 and 5 (mean 4), out 1 and 1 (mean 1); record 1: in 2 and 2, out 1 and -1 (mean 0)
  const shadows = [
    shadow([3, 1], [1, 0]),
    shadow([1, 2], [0, 1]),
    shadow([5, -1], [1, 0]),
    shadow([1, 2], [0, 1]),
  ];
  // within: (1 + 1) + 0 + 0 + (1 + 1) = 4 over 4 degrees of freedom: variance 1. Shifts 3 and 2, mean 2.5, spread 0.25;
  // their noise is 1/2 + 1/2 = 1 and explains all of it, so both count as 2.5. Centres 2.5 and 1.
  expect([...likelihoodRatios(Float64Array.of(4, 0), shadows)]).toEqual([2.5 * 1.5, 2.5 * -1]);
});

test("knows records of which each alone gives nothing away", () => {
  // Records lie at very different places, and learning from one moves it by half a standard deviation of the noise.
  const rng = createRng(3);
  const records = 2000;
  const place = Float64Array.from({ length: records }, () => 10 * rng.normal());
  const statisticOf = (inside: Uint8Array): Float64Array =>
    place.map((at, record) => at + rng.normal() + 0.8 * (inside[record] as number));
  const coin = (): Uint8Array => Uint8Array.from({ length: records }, () => rng.integer(2));
  const shadows = Array.from({ length: 8 }, () => {
    const inside = coin();
    return [inside, inside.map((one) => 1 - one)].map((side) => ({
      statistic: statisticOf(side),
      inside: side,
    }));
  }).flat();
  const members = coin();
  const target = statisticOf(members);
  const auc = (scores: Float64Array): number =>
    aucWithError(
      scores.filter((_, record) => members[record] === 1),
      scores.filter((_, record) => members[record] === 0),
    ).value;
  // without noise in the centres Phi(0.8 / sqrt 2) = 0.714; with 16 of them Phi(0.8 / sqrt(2 (1 + 1/16))) = 0.708
  expect(Math.abs(auc(likelihoodRatios(target, shadows)) - 0.708)).toBeLessThan(0.025);
  expect(Math.abs(auc(target) - 0.5)).toBeLessThan(0.06);
});
