import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { smoothed } from "./smoothed.ts";
import type { Axis } from "./smoothed.ts";

const axes: Axis[] = [
  { count: 6, ordered: true, missing: 5 },
  { count: 4, ordered: false, missing: -1 },
];
const rng = createRng(1);
const expected = new Float64Array(24).fill(20);

const distance = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);

describe("what is left of noisy counts", () => {
  it("is all of them without noise", () => {
    const counts = Float64Array.from({ length: 24 }, () => rng.integer(50));
    const made = smoothed({ clique: [0, 1], counts, sigma: 0 }, expected, axes);
    made.counts.forEach((count, i) => expect(count).toBeCloseTo(counts[i] as number, 9));
  });

  it("is what was expected where nothing stands out of the noise", () => {
    const counts = expected.map((count, i) => count + (i % 2 ? 3 : -3));
    const made = smoothed({ clique: [0, 1], counts, sigma: 30 }, expected, axes);
    expect(distance(made.counts, expected)).toBeLessThan(1e-9);
  });

  it("is nearer to the truth than the noisy counts, and than nothing, where a trend is planted", () => {
    const two: Axis[] = [0, 1].map(() => ({ count: 10, ordered: true, missing: -1 }));
    const flat = new Float64Array(100).fill(30);
    const truth = flat.map((count, i) => count + (((i % 10) - 4.5) * (Math.floor(i / 10) - 4.5)) / 1.5);
    let [before, after] = [0, 0];
    for (let trial = 0; trial < 20; trial++) {
      const counts = truth.map((count) => count + 10 * rng.normal());
      before += distance(counts, truth) / 20;
      after += distance(smoothed({ clique: [0, 1], counts, sigma: 10 }, flat, two).counts, truth) / 20;
    }
    expect(before).toBeGreaterThan(9000);
    expect(after).toBeLessThan(0.3 * before);
    expect(after).toBeLessThan(0.8 * distance(flat, truth));
  });
});
