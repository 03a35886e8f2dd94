import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createRng } from "../rng.ts";
import { trustworthiness } from "./trustworthiness.ts";
import { smooth, umap } from "./umap.ts";

/** Made by fixtures/trustworthiness.py with scikit-learn. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/trustworthiness.json", import.meta.url), "utf8"),
) as { points: number[][]; places: number[][]; value: number };

const distancesOf = (points: readonly (readonly number[])[]) => (row: number, out: Float32Array) => {
  points.forEach((point, i) => {
    out[i] = Math.hypot(...point.map((x, k) => x - (points[row]?.[k] as number)));
  });
};

it("trustworthiness is scikit-learn's", async () => {
  const { points, places, value } = reference;
  const found = await trustworthiness(points.length, distancesOf(points), distancesOf(places), 5);
  expect(found).toBeCloseTo(value, 12);
});

it("memberships are 1 up to the nearest and sum to log2 k", () => {
  const memberships = smooth([0.5, 0.6, 0.8, 1.1, 1.2, 1.9, 2], 8);
  expect(memberships[0]).toBe(1);
  expect(memberships.reduce((a, b) => a + b, 0)).toBeCloseTo(3, 4);
  expect(smooth([0, 0, 0], 4)).toEqual([1, 1, 1]);
});

it("planted clusters in ten dimensions stay neighbourhoods, where two coordinates lose them", async () => {
  const rng = createRng(1);
  const centres = Array.from({ length: 6 }, () => Array.from({ length: 10 }, () => 5 * rng.normal()));
  const points = Array.from({ length: 300 }, (_, i) =>
    (centres[i % 6] as number[]).map((x) => x + rng.normal()),
  );
  const start = Float64Array.from({ length: 600 }, (_, i) =>
    i < 300 ? (points[i]?.[0] as number) : (points[i - 300]?.[1] as number),
  );
  const found = await umap(300, distancesOf(points), start, createRng(2));
  const pairs = (flat: Float64Array) =>
    Array.from({ length: 300 }, (_, i) => [flat[i] as number, flat[300 + i] as number]);
  const before = await trustworthiness(300, distancesOf(points), distancesOf(pairs(start)), 15);
  const after = await trustworthiness(300, distancesOf(points), distancesOf(pairs(found)), 15);
  expect(after).toBeGreaterThan(0.95);
  expect(after).toBeGreaterThan(before + 0.02);
  const placed = pairs(found);
  const distances = new Float32Array(300);
  let same = 0;
  placed.forEach((_, i) => {
    distancesOf(placed)(i, distances);
    distances[i] = Infinity;
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest % 6 === i % 6) same++;
  });
  expect(same).toBeGreaterThan(290);
  expect(await umap(300, distancesOf(points), start, createRng(2))).toEqual(found);
});

it("equal rows and a handful of rows do not break it", async () => {
  const same = Array.from({ length: 40 }, () => [1, 2]);
  for (const place of await umap(40, distancesOf(same), new Float64Array(80), createRng(1)))
    expect(Number.isFinite(place)).toBe(true);
  const two = await umap(2, distancesOf([[0], [1]]), Float64Array.of(0, 1, 0, 0), createRng(1));
  expect([...two].every(Number.isFinite)).toBe(true);
});
