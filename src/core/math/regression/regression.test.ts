import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Feature } from "../trees/bins.ts";
import { calibrationError, calibrationGroups, calibrationPoints } from "../scores/calibration.ts";
import { averagePrecision, brierScore } from "../scores/classification-scores.ts";
import { coxRegression } from "./cox.ts";
import type { Design } from "./design.ts";
import { linearRegression, logisticRegression } from "./generalized-linear.ts";
import { fitLogistic } from "./logistic-regression.ts";
import { fitForest, forestDefaults } from "../trees/random-forest.ts";
import { kendallTau, spearman } from "../scores/rank-correlation.ts";
import { createRng } from "../rng.ts";
import { rocAuc } from "../scores/roc-auc.ts";
import { mean, rSquared } from "../statistics.ts";

interface Fitted {
  coefficients: number[];
  errors: number[];
}

/** Made by fixtures/regression.py with statsmodels, scikit-learn and scipy. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/regression.json", import.meta.url), "utf8"),
) as Record<
  "age" | "sbp" | "group" | "died" | "los" | "time" | "event" | "wave" | "tied" | "risk",
  number[]
> &
  Record<"logit" | "ols" | "cox", Fitted> &
  Record<"l2" | "ridge", { coefficients: number[] }> & {
    forest: { train: number; auc: number; r2: number };
    calibration: { observed: number[]; predicted: number[] };
    scores: { average_precision: number; brier: number };
    ranks: { kendall: number; spearman: number };
  };

const { age, sbp, group, died, los, time, event, wave, tied } = reference;
const design: Design = {
  rows: age.length,
  numbers: [Float64Array.from(age), Float64Array.from(sbp)],
  factors: [{ codes: Int32Array.from(group), levels: 2 }],
};

function expectNear(ours: ArrayLike<number>, theirs: readonly number[], tolerance: number): void {
  expect(ours.length).toBe(theirs.length);
  theirs.forEach((value, i) =>
    expect(Math.abs((ours[i] as number) - value)).toBeLessThan(tolerance * (1 + Math.abs(value))),
  );
}

describe("regressions against statsmodels, to 1e-5", () => {
  it("logistic regression", async () => {
    const { coefficients, errors, converged } = await logisticRegression(design, died);
    expectNear(coefficients, reference.logit.coefficients, 1e-5);
    expectNear(errors, reference.logit.errors, 1e-5);
    expect(converged).toBe(true);
  });

  it("ordinary least squares", () => {
    const { coefficients, errors } = linearRegression(design, Float64Array.from(los));
    expectNear(coefficients, reference.ols.coefficients, 1e-9);
    expectNear(errors, reference.ols.errors, 1e-9);
  });

  it("Cox's regression with Efron's ties", async () => {
    const { coefficients, errors, converged } = await coxRegression(design, Float64Array.from(time), event);
    expectNear(coefficients, reference.cox.coefficients, 1e-5);
    expectNear(errors, reference.cox.errors, 1e-5);
    expect(converged).toBe(true);
  });

  it("says that it has not settled where a column separates the classes", async () => {
    const apart = Int32Array.from(age, (value) => (value > 0 ? 1 : 0));
    expect((await logisticRegression(design, apart)).converged).toBe(false);
  });

  it("stops when its pulse rejects", async () => {
    const stop = (): Promise<void> => Promise.reject(new Error("stop"));
    await expect(logisticRegression(design, died, stop)).rejects.toThrow("stop");
    const many: Design = {
      rows: 4000,
      numbers: [Float64Array.from({ length: 4000 }, (_, i) => i % 7)],
      factors: [],
    };
    const times = Float64Array.from({ length: 4000 }, (_, i) => i % 90);
    await expect(
      coxRegression(
        many,
        times,
        Int32Array.from(times.keys(), (i) => i % 2),
        stop,
      ),
    ).rejects.toThrow("stop");
  });
});

describe("against scikit-learn and scipy", () => {
  it("L2 logistic regression with C = .5, ridge regression with alpha = 3", async () => {
    expectNear((await fitLogistic(design, died, 2)).coefficients, reference.l2.coefficients, 1e-5);
    const ridge = linearRegression(design, Float64Array.from(los), 3);
    expectNear(ridge.coefficients, reference.ridge.coefficients, 1e-9);
  });

  it("average precision and Brier's score, with ties and with rows counted twice", () => {
    expect(averagePrecision(tied, died)).toBeCloseTo(reference.scores.average_precision, 12);
    expect(brierScore(tied, died)).toBeCloseTo(reference.scores.brier, 12);
    const weights = died.map((_, i) => i % 3);
    const repeated = (values: number[]): number[] =>
      values.flatMap((value, i) => Array<number>(weights[i] as number).fill(value));
    expect(averagePrecision(tied, died, weights)).toBeCloseTo(
      averagePrecision(repeated(tied), repeated(died)),
      12,
    );
    expect(brierScore(tied, died, weights)).toBeCloseTo(brierScore(repeated(tied), repeated(died)), 12);
  });

  it("Kendall's tau-b and Spearman's rho, with ties", () => {
    const round = los.map((value) => {
      const down = Math.floor(value);
      return value - down === 0.5 ? down + (down % 2) : Math.round(value);
    });
    expect(kendallTau(tied, round)).toBeCloseTo(reference.ranks.kendall, 12);
    expect(spearman(tied, round)).toBeCloseTo(reference.ranks.spearman, 12);
    expect(kendallTau([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});

describe("calibration in ten groups", () => {
  const { risk } = reference;

  it("against scikit-learn's calibration_curve", () => {
    const points = calibrationPoints(risk, died, calibrationGroups(risk, died, 10));
    expectNear(
      points.map(({ observed }) => observed),
      reference.calibration.observed,
      1e-9,
    );
    expectNear(
      points.map(({ predicted }) => predicted),
      reference.calibration.predicted,
      1e-9,
    );
    const { observed, predicted } = reference.calibration;
    expect(calibrationError(points)).toBeCloseTo(
      mean(observed.map((y, g) => Math.abs(y - (predicted[g] as number)))),
      9,
    );
  });

  it("joins neighbours until no group has 1 to 4 of either outcome", () => {
    const rare = risk.map((p, i) => (p > 0.8 && i % 2 === 0 ? 1 : 0));
    const groups = calibrationGroups(risk, rare, 10, 5);
    for (const { observed, rows } of calibrationPoints(risk, rare, groups)) {
      const events = Math.round(observed * rows);
      for (const n of [events, rows - events]) expect(n === 0 || n >= 5).toBe(true);
    }
    const one = risk.map((_, i) => (i === 7 ? 1 : 0));
    expect(new Set(calibrationGroups(risk, one, 10, 5)).size).toBe(1);
  });
});

describe("fitForest", () => {
  const features: Feature[] = [
    ...design.numbers.map((values): Feature => ({ type: "numeric", values })),
    ...[0, 1].map((level): Feature => ({
      type: "numeric",
      values: Float64Array.from(group, (code) => (code === level ? 1 : 0)),
    })),
  ];
  const learned = Int32Array.from({ length: reference.forest.train }, (_, i) => i);
  const held = age.map((_, i) => i).slice(reference.forest.train);
  const runs = async (target: Parameters<typeof fitForest>[1]): Promise<number[][]> => {
    const all: number[][] = [];
    for (let seed = 0; seed < 10; seed++) {
      const forest = await fitForest(features, target, learned, createRng(seed));
      const [predicted] = forest.predict(features);
      all.push(held.map((row) => predicted?.[row] as number));
    }
    return all;
  };

  it("predicts as scikit-learn's does: mean of ten seeds, AUROC and R² within .03 on 80 rows", async () => {
    const labels = Int32Array.from(died);
    const truth = held.map((row) => labels[row] as number);
    const areas = (await runs({ type: "classes", labels, classes: 2 })).map((scores) =>
      rocAuc(scores, truth),
    );
    expect(Math.abs(mean(areas) - reference.forest.auc)).toBeLessThan(0.03);
    const numbers = held.map((row) => wave[row] as number);
    const fits = (await runs({ type: "number", values: Float64Array.from(wave) })).map((p) =>
      rSquared(numbers, p),
    );
    expect(Math.abs(mean(fits) - reference.forest.r2)).toBeLessThan(0.03);
  });

  it("learns from missing itself and groups categories, shares of classes sum to 1, unknown levels do no harm", async () => {
    const rng = createRng(3);
    const codes = Int32Array.from({ length: 900 }, () => rng.integer(9));
    const values = Float64Array.from(codes, () => (rng.uniform() < 0.3 ? NaN : rng.normal()));
    const labels = codes.map((code, i) => (Number.isNaN(values[i]) ? 2 : code % 3 === 0 ? 1 : 0));
    const given: Feature[] = [
      { type: "coded", codes, levels: 9 },
      { type: "numeric", values },
    ];
    const rows = Int32Array.from(codes.keys());
    const forest = await fitForest(given, { type: "classes", labels, classes: 3 }, rows, rng);
    const shares = forest.predict(given);
    let right = 0;
    for (const row of rows) {
      const own = shares.map((share) => share[row] as number);
      expect(own.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
      if (own.indexOf(Math.max(...own)) === labels[row]) right++;
    }
    expect(right / rows.length).toBeGreaterThan(0.97);
    const unknown: Feature[] = [
      { type: "coded", codes: Int32Array.from([-1, 40]), levels: 41 },
      { type: "numeric", values: Float64Array.from([0, 1e300]) },
    ];
    for (const share of forest.predict(unknown)) for (const p of share) expect(p >= 0 && p <= 1).toBe(true);
    const stop = (): Promise<void> => Promise.reject(new Error("stop"));
    await expect(
      fitForest(given, { type: "classes", labels, classes: 3 }, rows, rng, forestDefaults, stop),
    ).rejects.toThrow("stop");
  });
});
