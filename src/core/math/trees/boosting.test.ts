import { describe, expect, it } from "vitest";
import { createRng } from "../rng.ts";
import { rocAuc } from "../scores/roc-auc.ts";
import { rSquared } from "../statistics.ts";
import type { Feature } from "./bins.ts";
import { boostingDefaults, fitBoosting } from "./boosting.ts";

const rowsOf = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
const numeric = (values: number[]): Feature => ({ type: "numeric", values: Float64Array.from(values) });

/** Agreement with scikit-learn on the same rows is in metrics/reference.test.ts. */
describe("fitBoosting", () => {
  const rng = createRng(1);
  const n = 800;
  const x = Array.from({ length: n }, () => rng.normal());
  const z = Array.from({ length: n }, () => rng.normal());
  const step = x.map((value, i) => (value > 0.3 ? 4 : 0) + Math.sin(2 * (z[i] as number)));

  it("fits a step and a wave, the same every time", async () => {
    const target = { type: "number", values: Float64Array.from(step) } as const;
    const features = [numeric(x), numeric(z)];
    const [a, b] = [
      await fitBoosting(features, target, rowsOf(n)),
      await fitBoosting(features, target, rowsOf(n)),
    ];
    const predicted = a.predict(features)[0] as Float64Array;
    expect(rSquared(step, predicted)).toBeGreaterThan(0.98);
    expect(b.predict(features)[0]).toEqual(predicted);
  });

  it("learns from missing itself, whichever side it belongs to", async () => {
    for (const flip of [0, 1]) {
      const labels = Int32Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 1 - flip : flip));
      const features = [numeric(x.map((value, i) => (i % 4 === 0 ? NaN : value)))];
      const booster = await fitBoosting(features, { type: "classes", labels, classes: 2 }, rowsOf(n));
      expect(rocAuc(booster.predict(features)[0] as Float64Array, labels)).toBe(1);
    }
  });

  it("groups categories that are not neighbours, and takes unknown and more than 254 of them", async () => {
    const levels = 400;
    const codes = Int32Array.from({ length: 8000 }, () => Math.floor(levels * rng.uniform() ** 3));
    const labels = codes.map((code) => (code % 3 === 0 ? 1 : 0));
    const features: Feature[] = [{ type: "coded", codes, levels }];
    const booster = await fitBoosting(features, { type: "classes", labels, classes: 2 }, rowsOf(8000));
    expect(rocAuc(booster.predict(features)[0] as Float64Array, labels)).toBeGreaterThan(0.97);
    const unknown: Feature[] = [{ type: "coded", codes: Int32Array.from([-1, 999]), levels: 1000 }];
    for (const p of booster.predict(unknown)[0] as Float64Array) expect(p > 0 && p < 1).toBe(true);
  });

  it("gives probabilities that sum to 1 for more than two classes", async () => {
    const labels = Int32Array.from(x, (value, i) => (value > 0.5 ? 2 : (z[i] as number) > 0 ? 1 : 0));
    const features = [numeric(x), numeric(z)];
    const booster = await fitBoosting(features, { type: "classes", labels, classes: 3 }, rowsOf(n));
    const p = booster.predict(features);
    let right = 0;
    for (let row = 0; row < n; row++) {
      const own = p.map((scores) => scores[row] as number);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      if (own.indexOf(Math.max(...own)) === labels[row]) right++;
    }
    expect(right / n).toBeGreaterThan(0.97);
  });

  it("predicts the mean where no leaf may be that small, and stops when its pulse rejects", async () => {
    const features = [numeric(x.slice(0, 30))];
    const target = { type: "number", values: Float64Array.from(step.slice(0, 30)) } as const;
    const booster = await fitBoosting(features, target, rowsOf(30));
    expect(new Set(booster.predict(features)[0]).size).toBe(1);
    const stop = (): Promise<void> => Promise.reject(new Error("stop"));
    await expect(fitBoosting(features, target, rowsOf(30), boostingDefaults, stop)).rejects.toThrow("stop");
  });
});
