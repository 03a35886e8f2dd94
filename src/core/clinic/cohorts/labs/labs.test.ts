import { describe, expect, it } from "vitest";
import { conditions } from "../conditions/conditions.ts";
import { ADULT_BANDS } from "../numbers/body/bands.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { population } from "../population/population.ts";
import { crowd } from "../simulating/crowd.ts";
import { vitals } from "../vitals/vitals.ts";
import { anionGap, filtration, friedewald, glycation } from "./formulas.ts";
import { labs } from "./labs.ts";

const numbers = numbersWith();
const adults = crowd([population("adults"), conditions(), vitals(), labs()], 40_000);
const { at } = adults;
const having =
  (condition: string, has = 1) =>
  (row: number): boolean =>
    at(condition, row) === has;
const inBand =
  (sex: "women" | "men", from: number, to = from + 10) =>
  (row: number): boolean =>
    at("female", row) === (sex === "women" ? 1 : 0) && at("age", row) >= from && at("age", row) < to;

describe("adults of NHANES 2009 to 2012", () => {
  it.each([
    ["creatinine", 78.3, 33.2, 0.05, 0.4],
    ["egfr", 96.2, 20.5, 0.05, 0.1],
    ["urea", 4.66, 1.73, 0.08, 0.2],
    ["albumin", 43, 3.23, 0.05, 0.1],
    ["total_cholesterol", 5.06, 1.05, 0.1, 0.1],
    ["hdl", 1.365, 0.4, 0.05, 0.1],
    ["triglycerides", 1.43, 0.93, 0.05, 0.15],
    ["ldl", 2.99, 0.9, 0.05, 0.1],
    ["white_cells", 7.04, 2.01, 0.05, 0.1],
    ["haematocrit", 41.3, 4.09, 0.05, 0.1],
    ["mcv", 90, 5.4, 0.05, 0.1],
    ["crp", 3.42, 5.05, 0.06, 0.3],
  ])("have %s of %d ± %d", (field, mean, sd, near, spread) => {
    expect(Math.abs(adults.mean(field) - mean) / sd).toBeLessThan(near);
    expect(Math.abs(adults.sd(field) / sd - 1)).toBeLessThan(spread);
  });

  it.each(["albumin", "hdl", "triglycerides", "ldl", "white_cells", "haematocrit", "mcv"])(
    "have its mean of %s in each sex and band of age",
    (field) => {
      for (const sex of ["women", "men"] as const)
        for (const from of ADULT_BANDS.slice(0, 6)) {
          const [mean, sd] = ["mean", "sd"].map((part) => numbers.of(`${field}.${part}.${sex}.${from}`));
          const found = adults.mean(field, inBand(sex, from));
          expect(Math.abs(found - (mean as number)) / (sd as number), `${sex} of ${from}`).toBeLessThan(0.17);
        }
    },
  );

  it("have filtration below 60 as often: 6.5% of women, 4.7% of men, 25% in their seventies", () => {
    const low = (of: (row: number) => boolean): number => adults.share((row) => at("egfr", row) < 60, of);
    expect(Math.abs(low(having("female")) - 0.065)).toBeLessThan(0.015);
    expect(Math.abs(low(having("female", 0)) - 0.047)).toBeLessThan(0.015);
    expect(Math.abs(low((row) => at("age", row) >= 70 && at("age", row) < 80) - 0.25)).toBeLessThan(0.05);
  });

  it("have HbA1c of 54 ± 17.6 with and 35.7 ± 4.1 mmol/mol without diabetes, glucose of 7.7 and 5.1 mmol/L", () => {
    for (const [has, a1c, a1cSd, glucose, glucoseSd] of [
      [1, 54, 17.6, 7.8, 3.1],
      [0, 35.7, 4.1, 5.11, 0.84],
    ] as const) {
      const of = having("diabetes", has);
      expect(Math.abs(adults.mean("hba1c", of) - a1c)).toBeLessThan(1);
      expect(Math.abs(adults.sd("hba1c", of) / a1cSd - 1)).toBeLessThan(0.1);
      expect(Math.abs(adults.mean("glucose", of) - glucose)).toBeLessThan(0.25);
      expect(Math.abs(adults.sd("glucose", of) / glucoseSd - 1)).toBeLessThan(0.15);
    }
  });

  it.each([
    ["bmi", 32.9, 28.1, 0.8],
    ["sbp", 128.6, 120.1, 1.5],
    ["dbp", 69.9, 71.1, 1],
    ["heart_rate", 73.8, 72.3, 1],
    ["hdl", 1.22, 1.39, 0.04],
    ["triglycerides", 1.81, 1.38, 0.12],
    ["ldl", 2.72, 3.03, 0.08],
    ["white_cells", 7.5, 7, 0.25],
    ["albumin", 41.6, 43.2, 0.5],
    ["egfr", 85.7, 97.7, 2],
  ])("have %s of %d with and %d without diabetes, within %d", (field, withIt, without, near) => {
    expect(Math.abs(adults.mean(field, having("diabetes")) - withIt)).toBeLessThan(near);
    expect(Math.abs(adults.mean(field, having("diabetes", 0)) - without)).toBeLessThan(near);
  });

  const log = Math.log;
  it.each([
    ["hba1c", "glucose", 0.692, undefined],
    ["hdl", "triglycerides", -0.512, log],
    ["bmi", "hdl", -0.324, undefined],
    ["bmi", "albumin", -0.33, undefined],
    ["creatinine", "urea", 0.468, log],
    ["age", "egfr", -0.687, undefined],
    ["albumin", "crp", -0.348, undefined],
    ["white_cells", "crp", 0.272, undefined],
    ["haematocrit", "albumin", 0.35, undefined],
  ] as const)("have the correlation of %s and %s: %d", (a, b, r, scale) => {
    const near = scale === undefined && b === "crp" ? 0.12 : 0.08;
    expect(Math.abs(adults.correlation(a, b, scale) - r)).toBeLessThan(near);
  });
});

describe("adults of NHANES 2017 to 2018", () => {
  it.each([
    ["sodium", 140.3, 2.75],
    ["potassium", 4.09, 0.37],
    ["chloride", 101, 2.9],
    ["bicarbonate", 25.6, 2.5],
    ["anion_gap", 13.7, 2.41],
  ])("have %s of %d ± %d mmol/L", (field, mean, sd) => {
    expect(Math.abs(adults.mean(field) - mean) / sd).toBeLessThan(0.1);
    expect(Math.abs(adults.sd(field) / sd - 1)).toBeLessThan(0.1);
  });

  it("have more potassium and less bicarbonate the lower filtration is", () => {
    const low = (row: number): boolean => at("egfr", row) < 40;
    const old = (row: number): boolean => at("egfr", row) >= 60 && at("age", row) > 65;
    expect(adults.mean("potassium", low) - adults.mean("potassium", old)).toBeGreaterThan(0.1);
    expect(adults.mean("bicarbonate", low) - adults.mean("bicarbonate", old)).toBeLessThan(-0.5);
  });
});

describe("hearts and blood", () => {
  const free = (row: number): boolean =>
    ["heart_failure", "atrial_fibrillation", "ckd"].every((name) => at(name, row) === 0);

  it.each([
    ["men", 20, 30, 21],
    ["men", 50, 60, 38],
    ["women", 20, 30, 51],
    ["women", 50, 60, 66],
  ] as const)(
    "NT-proBNP of %s of %d to %d without heart disease: median %d ng/L (Welsh 2022)",
    (sex, from, to, median) => {
      const of = (row: number): boolean => free(row) && inBand(sex, from, to)(row);
      expect(adults.quantile("nt_probnp", 0.5, of) / median).toBeGreaterThan(0.85);
      expect(adults.quantile("nt_probnp", 0.5, of) / median).toBeLessThan(1.2);
    },
  );

  it("NT-proBNP with heart failure is around 900 ng/L in the sixties (Masson 2006)", () => {
    const of = (row: number): boolean =>
      at("heart_failure", row) === 1 && at("age", row) > 56 && at("age", row) < 70;
    const median = adults.quantile("nt_probnp", 0.5, of);
    expect(median).toBeGreaterThan(600);
    expect(median).toBeLessThan(1500);
  });

  it.each([
    [20, 40, 0.0033],
    [40, 60, 0.0174],
    [60, 105, 0.126],
  ])(
    "troponin of %d to %d is above 14 (women) or 22 ng/L (men) in %d without heart disease (McEvoy 2023)",
    (from, to, share) => {
      const well = (row: number): boolean =>
        ["heart_failure", "coronary_disease"].every((name) => at(name, row) === 0);
      const found = adults.share(
        (row) => at("troponin", row) > (at("female", row) === 1 ? 14 : 22),
        (row) => well(row) && at("age", row) >= from && at("age", row) < to,
      );
      expect(Math.abs(found - share)).toBeLessThan(0.005 + 0.45 * share);
    },
  );

  it("haemoglobin is below 130 in some 3.5% of men and below 120 g/L in 7.6% of women (Le 2016)", () => {
    const low = (female: number, most: number): number =>
      adults.share((row) => at("haemoglobin", row) < most, having("female", female));
    expect(Math.abs(low(0, 130) - 0.035)).toBeLessThan(0.04);
    expect(Math.abs(low(1, 120) - 0.076)).toBeLessThan(0.04);
  });

  it("platelets lie within 150 to 410 in 95% (Dacie and Lewis)", () => {
    expect(adults.share((row) => at("platelets", row) >= 150 && at("platelets", row) <= 410)).toBeCloseTo(
      0.96,
      1,
    );
  });

  it("stable COPD has more C-reactive protein (Gan 2004)", () => {
    const of = (has: number) => (row: number) => at("copd", row) === has && at("age", row) > 50;
    expect(adults.quantile("crp", 0.5, of(1)) / adults.quantile("crp", 0.5, of(0))).toBeGreaterThan(1.3);
  });
});

describe("one story", () => {
  it("chronic kidney disease has low filtration or albuminuria, and nobody else has (KDIGO)", () => {
    const shows = (row: number): boolean => at("egfr", row) < 60 || at("acr", row) >= 3;
    expect(adults.share((row) => shows(row) === (at("ckd", row) === 1))).toBe(1);
  });

  it("filtration, LDL and the gap are what their formulas make of the rest", () => {
    const [rate, fats] = [filtration(numbers), friedewald(numbers)];
    for (let row = 0; row < 2000; row++) {
      const get = (name: string): number => at(name, row);
      expect(rate.of(get("creatinine"), get("age"), get("female"), get("height_cm"))).toBeCloseTo(
        get("egfr"),
        6,
      );
      const ldl = fats.ldl(get("total_cholesterol"), get("hdl"), get("triglycerides"));
      if (Number.isNaN(ldl)) expect(get("ldl")).toBeNaN();
      else expect(ldl).toBeCloseTo(get("ldl"), 6);
      expect(anionGap(get("sodium"), get("chloride"), get("bicarbonate"))).toBeCloseTo(get("anion_gap"), 6);
    }
  });

  it("glucose rises with the mean glucose of HbA1c, and lies 0.9 mmol/L below it (Nathan 2008, NHANES)", () => {
    const { meanGlucose } = glycation(numbers);
    for (const [low, high] of [
      [30, 40],
      [48, 60],
      [64, 90],
    ] as const) {
      const of = (row: number): boolean => at("hba1c", row) >= low && at("hba1c", row) < high;
      const gap = adults.mean("glucose", of) - meanGlucose(adults.mean("hba1c", of));
      expect(Math.abs(gap + 0.9), `HbA1c of ${low} to ${high}`).toBeLessThan(0.6);
    }
  });

  it("children have creatinine of their height and the blood of their age", () => {
    const pyramid = [{ from: 0, to: 17, women: 1, men: 1 }];
    const children = crowd([population("emergency"), vitals(), labs()], 10_000, { pyramid });
    const near = (row: number): boolean => Math.abs(children.at("age", row) - 4) < 0.5;
    expect(children.mean("creatinine", near)).toBeGreaterThan(30);
    expect(children.mean("creatinine", near)).toBeLessThan(42);
    expect(Math.abs(children.mean("haematocrit", near) - 37)).toBeLessThan(0.5);
    expect(Math.abs(children.mean("white_cells", near) - 10)).toBeLessThan(0.5);
  });
});
