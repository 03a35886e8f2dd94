import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { standardDeviation } from "../statistics.ts";
import { greenwood, restrictedMeanError, survivalInterval } from "./curve-errors.ts";
import { kaplanMeier, restrictedMean, survivalAt } from "./kaplan-meier.ts";

/** Made by fixtures/survival-interval.py with scipy. */
const reference = JSON.parse(
  readFileSync(new URL("../fixtures/survival-interval.json", import.meta.url), "utf8"),
) as Record<"time" | "event" | "at" | "survival" | "low" | "high", number[]>;

it("95% intervals of survival are scipy's log-log ones", () => {
  const curve = kaplanMeier({ times: Float64Array.from(reference.time), events: reference.event });
  const sums = greenwood(curve);
  expect(reference.at.length).toBeGreaterThan(8);
  reference.at.forEach((time, i) => {
    expect(survivalAt(curve, time)).toBeCloseTo(reference.survival[i] as number, 9);
    const { low, high } = survivalInterval(curve, sums, time);
    if ((reference.survival[i] as number) === 1) return;
    expect(low).toBeCloseTo(reference.low[i] as number, 6);
    expect(high).toBeCloseTo(reference.high[i] as number, 6);
  });
});

it("without censoring the error of a restricted mean is that of a mean of times cut at the horizon", () => {
  const times = Float64Array.of(1, 2, 4, 4, 7, 9, 12);
  const curve = kaplanMeier({ times, events: times.map(() => 1) });
  const cut = times.map((time) => Math.min(time, 8));
  const n = times.length;
  expect(restrictedMean(curve, 8)).toBeCloseTo(cut.reduce((a, b) => a + b) / n, 12);
  const error = (standardDeviation(cut) * Math.sqrt((n - 1) / n)) / Math.sqrt(n);
  expect(restrictedMeanError(curve, 8)).toBeCloseTo(error, 12);
});

it("nothing is sure once nobody is left, and all is before the first event", () => {
  const curve = kaplanMeier({ times: Float64Array.of(3, 5), events: [1, 1] });
  expect(survivalInterval(curve, greenwood(curve), 1)).toEqual({ low: 1, high: 1 });
  expect(survivalInterval(curve, greenwood(curve), 5).low).toBeNaN();
});
