import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { coxRegression } from "../regression/cox.ts";
import { concordance } from "./concordance.ts";
import { kaplanMeier, meanDistance, restrictedMean, survivalAt } from "./kaplan-meier.ts";
import type { FollowUps } from "./kaplan-meier.ts";
import { logRank } from "./log-rank.ts";
import { proportionalHazards } from "./proportional-hazards.ts";

interface Cohort {
  age: number[];
  stage: number[];
  time: number[];
  event: number[];
}

/** Made by fixtures/survival.py with lifelines and scikit-survival. */
const reference = JSON.parse(readFileSync(new URL("../fixtures/survival.json", import.meta.url), "utf8")) as {
  real: Cohort;
  other: Cohort;
  weights: number[];
  risks: number[];
  horizon: number;
  at: number[];
  survival: [number[], number[]];
  weighted: number[];
  rmst: [number, number];
  distance: number;
  logrank: { statistic: number; p: number };
  concordance: number;
  concordance_weighted: number;
  cox: { coefficients: number[]; covariance: number[] };
  hazards: { statistic: number[]; p: number[] };
};
const followUps = ({ time, event }: Cohort): FollowUps => ({ times: Float64Array.from(time), events: event });
const [real, other] = [followUps(reference.real), followUps(reference.other)];
const { horizon } = reference;
const near = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThan(1e-8 * Math.max(1, Math.abs(expected)));

describe("against lifelines and scikit-survival, to 1e-8", () => {
  it("Kaplan-Meier curves, with and without weights", () => {
    [real, other].forEach((of, i) => {
      const curve = kaplanMeier(of);
      reference.at.forEach((t, k) => near(survivalAt(curve, t), reference.survival[i]?.[k] as number));
    });
    const drawn = kaplanMeier(real, reference.weights);
    reference.at.forEach((t, k) => near(survivalAt(drawn, t), reference.weighted[k] as number));
  });

  it("restricted means, and how far two curves are apart", () => {
    const curves = [kaplanMeier(real), kaplanMeier(other)] as const;
    curves.forEach((curve, i) => near(restrictedMean(curve, horizon), reference.rmst[i] as number));
    near(meanDistance(...curves, horizon), reference.distance);
  });

  it("the log-rank test", () => {
    const test = logRank(real, other);
    near(test.statistic, reference.logrank.statistic);
    near(test.p, reference.logrank.p);
  });

  it("Harrell's C with tied times and tied risks", () => {
    near(concordance(real, reference.risks), reference.concordance);
    near(concordance(real, reference.risks, reference.weights), reference.concordance_weighted);
  });

  it("Cox regression's covariance and the test of proportional hazards", async () => {
    const design = {
      rows: real.times.length,
      numbers: [Float64Array.from(reference.real.age), Float64Array.from(reference.real.stage)],
      factors: [],
    };
    const fit = await coxRegression(design, real.times, real.events);
    fit.coefficients.forEach((b, i) => near(b, reference.cox.coefficients[i] as number));
    fit.covariance.forEach((v, i) => near(v, reference.cox.covariance[i] as number));
    const tests = proportionalHazards(design, real, fit);
    tests.forEach(({ statistic, p }, i) => {
      near(statistic, reference.hazards.statistic[i] as number);
      near(p, reference.hazards.p[i] as number);
    });
    expect(tests[1]?.p).toBeLessThan(0.01);
  });
});

describe("at the edges", () => {
  const none = { times: new Float64Array(0), events: [] };
  const censored = { times: Float64Array.of(3, 5, 9), events: [0, 0, 0] };

  it("nobody dies where there is no row or no event", () => {
    for (const follow of [none, censored]) {
      expect(survivalAt(kaplanMeier(follow), 100)).toBe(1);
      expect(restrictedMean(kaplanMeier(follow), 10)).toBe(10);
      expect(concordance(follow, follow.times)).toBeNaN();
    }
    expect(logRank(censored, censored).statistic).toBeNaN();
  });

  it("curves are half apart whose groups die at once and half-way", () => {
    const at = (time: number) => kaplanMeier({ times: Float64Array.of(time, time), events: [1, 1] });
    expect(meanDistance(at(0), at(5), 10)).toBe(0.5);
    expect(meanDistance(at(5), at(5), 10)).toBe(0);
  });
});
