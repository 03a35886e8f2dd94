import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { lookAt, meanDifference } from "./mean-difference.ts";

test("answers are weighed by what the unit adds over their variance; by hand", () => {
  const answers = [
    { what: "a", signal: 12, others: 10, length: 1, sigma: 2 },
    { what: "b", signal: -3, others: 0, length: 3, sigma: 6 },
  ];
  // (1 * 2) / 4 - (3 * 3) / 36 = 0.25 over sqrt(1/4 + 1/4)
  expect(lookAt(answers)?.value).toBeCloseTo(0.25 / Math.SQRT1_2, 12);
  expect(lookAt(answers)?.shift).toBeCloseTo(Math.SQRT1_2, 12);
  expect(lookAt([])).toBeUndefined();
});

test("a halved spread doubles the difference, and a spread that is as said does not", () => {
  const rng = createRng(5);
  const drawn = (mean: number, spread: number): Float64Array =>
    Float64Array.from({ length: 4000 }, () => mean + spread * rng.normal());
  const honest = meanDifference(drawn(0, 1), drawn(0.4, 1));
  const halved = meanDifference(drawn(0, 0.5), drawn(0.4, 0.5));
  expect(Math.abs(honest.mu - 0.4)).toBeLessThan(3 * honest.error);
  expect(Math.abs(halved.mu - 0.8)).toBeLessThan(3 * halved.error);
  expect(halved.spread).toBeCloseTo(0.5, 1);
  expect(honest.error).toBeCloseTo(Math.sqrt(2 / 4000), 3);
});

test("the bound is below the truth in 95% of repetitions", () => {
  const rng = createRng(8);
  const drawn = (mean: number): Float64Array => Float64Array.from({ length: 100 }, () => mean + rng.normal());
  let above = 0;
  for (let i = 0; i < 1000; i++) {
    const { mu, error } = meanDifference(drawn(0), drawn(2));
    if (mu - 1.645 * error > 2) above++;
  }
  expect(above).toBeGreaterThan(25);
  expect(above).toBeLessThan(80);
});
