import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { learnNumericBins } from "./numeric-bins.ts";
import { bend, bestPower, powerScores } from "./power-scores.ts";

const xs = [-1.5, -0.4, 0.1, 0.3, 0.5, 0.8, 1.1, 1.9, 3.2, 6.5, 7.7, 12.4];

test("bends as scipy.stats.yeojohnson does", () => {
  const reference = [
    -2.082597043574791, -0.44574208915140173, 0.09715029563521167, 0.27662576708580544, 0.44019755631168395,
    0.6626345475706248, 0.8637811037542309, 1.3273590668544801, 1.9385357765120852, 3.0971186586755377,
    3.439470227682947, 4.55962980555736,
  ];
  xs.forEach((x, i) => expect(bend(x, 0.4)).toBeCloseTo(reference[i] as number, 10));
  expect(bend(-1.5, 0)).toBeCloseTo(-2.625, 10);
  expect(bend(0.1, 0)).toBeCloseTo(0.09531017980432487, 10);
  expect(bend(-1.5, 2)).toBeCloseTo(-0.9162907318741551, 10);
});

test("finds the power that scipy.stats.yeojohnson_normmax does", () => {
  const even = xs.map(() => 1 / xs.length);
  expect(bestPower(xs, even)).toBeCloseTo(0.29704915894176115, 4);
});

test("scores of a skewed number, also far from zero and of tiny unit, are near normal", () => {
  const rng = createRng(3);
  const normal = Array.from({ length: 600 }, () => rng.normal());
  for (const of of [
    (z: number) => Math.exp(0.8 * z),
    (z: number) => 1.7e12 + 8.64e7 * z,
    (z: number) => 1e-9 * (z - 3) ** 2,
  ]) {
    const bins = learnNumericBins(Float64Array.from(normal, of), { type: "free" }, { bins: 60 });
    const scores = powerScores(bins);
    const z = bins.bins.map((_, i) => ((bins.cdf[i] as number) + (bins.cdf[i + 1] as number)) / 2);
    expect([...scores].every((score, i) => i === 0 || score > (scores[i - 1] as number))).toBe(true);
    z.forEach((u, i) => {
      if (Math.abs(u - 0.8413) < 0.01) expect(Math.abs((scores[i] as number) - 1)).toBeLessThan(0.2);
    });
  }
});
