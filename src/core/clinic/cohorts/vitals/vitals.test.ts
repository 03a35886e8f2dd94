import { describe, expect, it } from "vitest";
import { conditions } from "../conditions/conditions.ts";
import { ADULT_BANDS } from "../numbers/body/bands.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { population } from "../population/population.ts";
import { FaultError } from "../../../fault.ts";
import { crowd } from "../simulating/crowd.ts";
import { vitals } from "./vitals.ts";

const stages = [population("adults"), conditions(), vitals()];
const adults = crowd(stages, 50_000);
const numbers = numbersWith();
const { at } = adults;

/** Rows of a sex in the middle of a band of age, where its numbers hold. */
const inBand =
  (sex: "women" | "men", from: number) =>
  (row: number): boolean =>
    at("female", row) === (sex === "women" ? 1 : 0) &&
    at("age", row) >= from + 1 &&
    at("age", row) < from + 9;

describe("adults of NHANES 2009 to 2012", () => {
  it.each([
    ["height_cm", 0.6],
    ["bmi", 0.9],
    ["sbp", 1.8],
    ["dbp", 1.2],
    ["heart_rate", 1.2],
  ] as const)("have its mean and spread of %s in each sex and band of age", (field, tolerance) => {
    for (const sex of ["women", "men"] as const)
      for (const from of ADULT_BANDS.slice(0, 6)) {
        const of = inBand(sex, from);
        const name = `${field} of ${sex} of ${from}`;
        const [mean, sd] = ["mean", "sd"].map((part) => numbers.of(`${field}.${part}.${sex}.${from}`));
        expect(Math.abs(adults.mean(field, of) - (mean as number)), name).toBeLessThan(tolerance);
        expect(adults.sd(field, of) / (sd as number), name).toBeGreaterThan(0.88);
        expect(adults.sd(field, of) / (sd as number), name).toBeLessThan(1.12);
      }
  });

  it.each([
    ["sbp", 121.1, 17.2],
    ["dbp", 70.9, 11.1],
    ["bmi", 28.7, 6.6],
    ["heart_rate", 72.5, 12],
    ["height_cm", 168.7, 10.2],
  ])("have %s of %d ± %d in all", (field, mean, sd) => {
    expect(Math.abs(adults.mean(field) - mean) / sd).toBeLessThan(0.05);
    expect(adults.sd(field) / sd).toBeCloseTo(1, 1);
  });

  it.each([
    ["age", "sbp", 0.4],
    ["sbp", "dbp", 0.4],
    ["bmi", "sbp", 0.146],
    ["bmi", "dbp", 0.138],
    ["bmi", "heart_rate", 0.128],
    ["dbp", "heart_rate", 0.135],
  ])("have the correlation of %s and %s: %d", (a, b, r) => {
    expect(Math.abs(adults.correlation(a, b) - r)).toBeLessThan(0.05);
  });
});

describe("all adults", () => {
  it("have systolic above diastolic pressure, as true and as rounded", () => {
    const least = numbers.of("pulse_pressure.least");
    expect(adults.share((row) => at("sbp", row) - at("dbp", row) > least)).toBe(1);
    expect(adults.share((row) => Math.round(at("sbp", row)) > Math.round(at("dbp", row)))).toBe(1);
  });

  it("have the body mass index of their weight and height", () => {
    for (let row = 0; row < 100; row++)
      expect(at("weight_kg", row) / (at("height_cm", row) / 100) ** 2).toBeCloseTo(at("bmi", row), 9);
  });

  it("are at 36.6 °C, 95% of them within 35.7 to 37.3, the old cooler (Obermeyer 2017)", () => {
    const near = (row: number): boolean => Math.abs(at("age", row) - 53) < 10;
    expect(adults.mean("temperature", near)).toBeCloseTo(36.6, 1);
    expect(adults.quantile("temperature", 0.025)).toBeCloseTo(35.8, 0);
    expect(adults.quantile("temperature", 0.975)).toBeCloseTo(37.4, 0);
    const decade =
      adults.mean("temperature", (row) => at("age", row) > 70) -
      adults.mean("temperature", (row) => at("age", row) < 30);
    expect(decade).toBeLessThan(-0.05);
  });

  it("breathe 12 to 20 times a minute, 95% of them (NEWS2)", () => {
    expect(
      adults.share((row) => at("respiratory_rate", row) >= 12 && at("respiratory_rate", row) <= 20),
    ).toBeCloseTo(0.95, 1);
  });

  it.each([
    [50, 60, 0.054, 0.001],
    [61, 69, 0.109, 0.007],
    [70, 95, 0.155, 0.019],
  ])(
    "from %d to %d: %d at 95%% saturation and less, %d at 92%% and less (Vold 2015)",
    (from, to, low, lower) => {
      const of = (row: number): boolean => at("age", row) >= from && at("age", row) < to;
      const upTo = (most: number): number => adults.share((row) => Math.round(at("spo2", row)) <= most, of);
      expect(Math.abs(upTo(95) - low)).toBeLessThan(0.025);
      expect(Math.abs(upTo(92) - lower)).toBeLessThan(0.008);
      expect(adults.quantile("spo2", 1)).toBeLessThanOrEqual(100);
    },
  );

  it("have higher pressure with hypertension, around 135/74 in all who have it (Egan 2010)", () => {
    const has = (row: number): boolean => at("hypertension", row) === 1;
    expect(Math.abs(adults.mean("sbp", has) - 135.2)).toBeLessThan(3);
    expect(Math.abs(adults.mean("dbp", has) - 74.1)).toBeLessThan(3);
  });

  it("saturate less with COPD: 28% at 95% and less, 11% of the others of their age (Vold 2015)", () => {
    const old = (row: number): boolean => at("age", row) >= 55 && at("age", row) < 78;
    const low = (has: number): number =>
      adults.share(
        (row) => Math.round(at("spo2", row)) <= 95,
        (row) => old(row) && at("copd", row) === has,
      );
    expect(Math.abs(low(1) - 0.277)).toBeLessThan(0.08);
    expect(Math.abs(low(0) - 0.106)).toBeLessThan(0.03);
  });
});

describe("children", () => {
  const pyramid = [{ from: 0, to: 17, women: 1, men: 1 }];
  const children = crowd([population("emergency"), vitals()], 40_000, { pyramid });
  const near =
    (age: number, by = 0.25) =>
    (row: number): boolean =>
      Math.abs(children.at("age", row) - age) < by;

  it.each([
    [0.4, 140, 41],
    [1.25, 123, 35],
    [3.5, 104, 25],
    [10, 84, 19],
    [16.5, 73, 16],
  ])("of %d years: heart rate %d, respiratory rate %d (Fleming 2011)", (age, heart, breaths) => {
    expect(Math.abs(children.quantile("heart_rate", 0.5, near(age)) - heart)).toBeLessThan(4);
    expect(Math.abs(children.quantile("respiratory_rate", 0.5, near(age)) - breaths)).toBeLessThan(2);
  });

  it.each([
    [1, 74.9, 9.3],
    [6.5, 119.7, 24],
    [14.5, 165, 64],
  ])("of %d years are %d cm and %d kg (WHO 2006, NHANES)", (age, cm, kg) => {
    expect(Math.abs(children.mean("height_cm", near(age)) - cm)).toBeLessThan(1.5);
    expect(Math.abs(children.mean("weight_kg", near(age)) - kg) / kg).toBeLessThan(0.06);
  });

  it.each([
    [3, 90, 47.5],
    [9, 100, 59.5],
    [15, 111.5, 64.5],
  ])("of %d years: %d/%d mmHg (fourth report 2004)", (age, sbp, dbp) => {
    expect(Math.abs(children.mean("sbp", near(age)) - sbp)).toBeLessThan(1.5);
    expect(Math.abs(children.mean("dbp", near(age)) - dbp)).toBeLessThan(1.5);
    expect(children.share((row) => children.at("sbp", row) > children.at("dbp", row))).toBe(1);
  });
});

it("refuses correlations that cannot hold together, and says which", () => {
  const edited = { "correlation.bmi.dbp": 0.95, "correlation.bmi.heart_rate": -0.95 };
  expect(() => crowd(stages, 100, { numbers: { ...edited, "correlation.dbp.heart_rate": 0.95 } })).toThrow(
    FaultError,
  );
});
