import { expect, it } from "vitest";
import { patientHistogram } from "./patient-histogram.ts";

it("merges bins until none is of 1 to 4 patients, however many values they have", () => {
  // Twenty patients with one value each from 1 to 4, and one with fifty values of 5.
  const real = Float64Array.from([
    ...Array.from({ length: 20 }, (_, i) => 1 + (i % 4)),
    ...Array<number>(50).fill(5),
  ]);
  const whose = Int32Array.from([...Array.from({ length: 20 }, (_, i) => i), ...Array<number>(50).fill(20)]);
  const { edges, real: shares, synthetic } = patientHistogram(real, whose, Float64Array.of(1, 2, 5, 5), 1);
  expect(edges).toEqual([0.5, 1.5, 2.5, 3.5, 5.5]);
  expect(shares[3]).toBeCloseTo(55 / 70, 12);
  expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(synthetic).toEqual([0.25, 0.25, 0, 0.5]);
});

it("draws nothing of four patients", () => {
  expect(
    patientHistogram(Float64Array.of(1, 2, 3, 4), Int32Array.of(0, 1, 2, 3), Float64Array.of(1), 1).edges,
  ).toEqual([]);
});
