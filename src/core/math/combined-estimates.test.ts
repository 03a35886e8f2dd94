import { describe, expect, it } from "vitest";
import { combinedEstimate } from "./combined-estimates.ts";
import { createRng } from "./rng.ts";
import { mean, standardDeviation } from "./statistics.ts";

describe("estimates of several synthetic tables", () => {
  it("by hand: T_s = v (k / n + 1 / m)", () => {
    const estimates = [
      { value: 1, variance: 0.04 },
      { value: 3, variance: 0.06 },
      { value: 2, variance: 0.05 },
      { value: 4, variance: 0.05 },
    ];
    const { value, error, between, interval } = combinedEstimate(estimates, { k: 300, n: 200 });
    expect(value).toBe(2.5);
    expect(error ** 2).toBeCloseTo(0.05 * (1.5 + 0.25), 12);
    expect(between ** 2).toBeCloseTo(5 / 3, 12);
    expect(interval.high - value).toBeCloseTo(1.959964 * error, 12);
  });

  it("cover the population's mean in 95% of studies, where one table alone does in 83%", () => {
    const rng = createRng(11);
    const [n, k, m, studies] = [120, 120, 5, 1500];
    const sample = (centre: number, spread: number, rows: number): Float64Array =>
      Float64Array.from({ length: rows }, () => centre + spread * rng.normal());
    let [covered, naive, between, expected] = [0, 0, 0, 0];
    for (let study = 0; study < studies; study++) {
      const real = sample(7, 3, n);
      const [centre, spread] = [mean(real), standardDeviation(real)];
      const estimates = Array.from({ length: m }, () => {
        const made = sample(centre, spread, k);
        return { value: mean(made), variance: standardDeviation(made) ** 2 / k };
      });
      const combined = combinedEstimate(estimates, { k, n });
      if (Math.abs(combined.value - 7) <= 1.959964 * combined.error) covered++;
      const [first] = estimates as [{ value: number; variance: number }];
      if (Math.abs(first.value - 7) <= 1.959964 * Math.sqrt(first.variance)) naive++;
      between += combined.between ** 2 / studies;
      expected += mean(estimates.map(({ variance }) => variance)) / studies;
    }
    expect(Math.abs(covered / studies - 0.95)).toBeLessThan(0.015);
    expect(Math.abs(naive / studies - 0.834)).toBeLessThan(0.03);
    // draws of a fitted model differ by the noise of a sample of their size
    expect(between / expected).toBeGreaterThan(0.9);
    expect(between / expected).toBeLessThan(1.1);
  });
});
