import { describe, expect, it } from "vitest";
import { numbersWith } from "../numbers/numbers.ts";
import { anionGap, ckdEpi2021, filtration, friedewald, glycation } from "./formulas.ts";

const numbers = numbersWith();

describe("filtration", () => {
  const { of, creatinine } = ckdEpi2021(numbers);

  it("is that of Inker 2021 where its factors are plain", () => {
    expect(of(0.9, 60, 0)).toBeCloseTo(142 * 0.9938 ** 60, 6);
    expect(of(0.7, 60, 1)).toBeCloseTo(142 * 0.9938 ** 60 * 1.012, 6);
    expect(of(1.8, 40, 0)).toBeCloseTo(142 * 2 ** -1.2 * 0.9938 ** 40, 6);
    expect(of(0.35, 40, 1)).toBeCloseTo(142 * 0.5 ** -0.241 * 0.9938 ** 40 * 1.012, 6);
  });

  it.each([
    [1.2, 55, 0, 71],
    [1.2, 55, 1, 53],
    [0.8, 30, 1, 102],
    [2.5, 70, 0, 27],
  ])("of %d mg/dL at %d years (female: %d) is what calculators show, %d", (mg, age, female, shown) => {
    expect(Math.round(of(mg, age, female))).toBe(shown);
  });

  it("goes back to the creatinine that gave it", () => {
    for (const mg of [0.4, 0.7, 0.9, 1.3, 4])
      for (const female of [0, 1]) expect(creatinine(of(mg, 47, female), 47, female)).toBeCloseTo(mg, 9);
  });

  it("of children is the bedside formula of Schwartz 2009", () => {
    const both = filtration(numbers);
    expect(both.of(0.5 * 88.4, 7, 0, 120)).toBeCloseTo(0.413 * 240, 6);
    expect(both.creatinine(both.of(40, 7, 0, 120), 7, 0, 120)).toBeCloseTo(40, 9);
    expect(both.of(100, 18, 1, 165)).toBeCloseTo(of(100 / 88.4, 18, 1), 9);
  });
});

describe("glycation", () => {
  const { percent, ifcc, meanGlucose } = glycation(numbers);

  it.each([
    [5, 97],
    [6, 126],
    [7, 154],
    [8, 183],
    [9, 212],
    [10, 240],
    [11, 269],
    [12, 298],
  ])("of %d%% goes with the mean glucose of table 2 of Nathan 2008, %d mg/dL", (ngsp, glucose) => {
    expect(Math.round(meanGlucose(ifcc(ngsp)) * 18.016)).toBe(glucose);
  });

  it.each([
    [6, 42],
    [6.5, 48],
    [7, 53],
    [8, 64],
    [9, 75],
    [10, 86],
  ])("of %d%% is %d mmol/mol", (ngsp, mmol) => {
    expect(Math.round(ifcc(ngsp))).toBe(mmol);
    expect(percent(ifcc(ngsp))).toBeCloseTo(ngsp, 9);
  });
});

describe("cholesterol", () => {
  const { ldl } = friedewald(numbers);

  it("is what Friedewald 1972 leaves for LDL", () => {
    expect(ldl(5.2, 1.3, 1.76)).toBeCloseTo(3.1, 9);
  });

  it("has no LDL where triglycerides reach 4.5 mmol/L", () => {
    expect(ldl(7, 1, 4.49)).toBeGreaterThan(0);
    expect(ldl(7, 1, 4.5)).toBeNaN();
  });
});

it("counts the gap between ions", () => {
  expect(anionGap(140, 104, 24)).toBe(12);
});
