import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalCdf, normalQuantile } from "./normal.ts";

const reference = JSON.parse(
  readFileSync(new URL("./fixtures/normal-mixture.json", import.meta.url), "utf8"),
) as { cdf: [number, number][]; quantile: [number, number][] };

test("Phi agrees with scipy to 1e-12, relative in the tail", () => {
  for (const [x, p] of reference.cdf) expect(Math.abs(normalCdf(x) - p)).toBeLessThanOrEqual(1e-12 * p);
});

test("the inverse of Phi agrees with scipy to 1e-12", () => {
  for (const [p, x] of reference.quantile)
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(x)));
});

test("the ends and what is no number", () => {
  expect(normalQuantile(0)).toBe(-Infinity);
  expect(normalQuantile(1)).toBe(Infinity);
  expect(normalQuantile(1.1)).toBeNaN();
  expect(normalCdf(NaN)).toBeNaN();
  expect(normalCdf(Infinity)).toBe(1);
  expect(normalCdf(-Infinity)).toBe(0);
});
