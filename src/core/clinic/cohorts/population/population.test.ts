import { describe, expect, it } from "vitest";
import { crowd } from "../simulating/crowd.ts";
import { numbersWith } from "../numbers/numbers.ts";
import { cohortPyramid } from "./cohort-pyramid.ts";
import { population } from "./population.ts";

const COUNT = 30_000;
const people = (of: Parameters<typeof population>[0]) => crowd([population(of)], COUNT);

describe("ages and sexes", () => {
  it("of a country are those of the census of 2010: 308.7 million, 50.8% women, 24.0% under 18, 13.0% from 65", () => {
    const bands = cohortPyramid(numbersWith(), "general");
    expect(bands.reduce((sum, { women, men }) => sum + women + men, 0)).toBeCloseTo(308_746, -2);
    const { share, at, rows } = people("general");
    expect(share((row) => at("female", row) === 1)).toBeCloseTo(0.508, 2);
    expect(share((row) => at("age", row) < 18)).toBeCloseTo(0.24, 2);
    expect(share((row) => at("age", row) >= 65)).toBeCloseTo(0.13, 2);
    expect(rows.get("sex").every((sex, row) => sex === 1 - at("female", row))).toBe(true);
  });

  it("of emergency visits follow the rates of 2018: infants most often, then those of 75 and over; 55% women", () => {
    const { share, at } = people("emergency");
    const between = (from: number, to: number): number =>
      share((row) => at("age", row) >= from && at("age", row) < to);
    const country = people("general");
    const rate = (from: number, to: number): number =>
      between(from, to) /
      country.share((row) => country.at("age", row) >= from && country.at("age", row) < to);
    expect(rate(75, 105) / rate(45, 65)).toBeCloseTo(52 / 37, 1);
    expect(rate(18, 45) / rate(45, 65)).toBeCloseTo(41 / 37, 1);
    expect(between(0, 1) / (between(1, 18) / 17)).toBeGreaterThan(2);
    expect(share((row) => at("female", row) === 1)).toBeCloseTo(0.55, 2);
  });

  it("of heart failure admissions: 73 ± 14 years, 18.7% over 85 (Forman 2009)", () => {
    const { mean, sd, share, at } = people("heart-failure");
    expect(Math.abs(mean("age") - 73)).toBeLessThan(1);
    expect(Math.abs(sd("age") - 14)).toBeLessThan(1);
    expect(Math.abs(share((row) => at("age", row) >= 86) - 0.187)).toBeLessThan(0.025);
    expect(share((row) => at("female", row) === 1)).toBeCloseTo(0.5, 1);
  });

  it("of intensive care are those counted in the eICU demo: median in the sixties, 44% women after 80", () => {
    const { quantile, share, at } = people("icu");
    expect(quantile("age", 0.5)).toBeGreaterThan(63);
    expect(quantile("age", 0.5)).toBeLessThan(67);
    expect(
      share(
        (row) => at("female", row) === 1,
        (row) => at("age", row) >= 80,
      ),
    ).toBeCloseTo(151 / 336, 1);
  });

  it("of a diabetes clinic are older than those of all adults", () => {
    expect(people("diabetes").mean("age")).toBeGreaterThan(people("adults").mean("age") + 10);
  });

  it("are those of a pyramid that is given", () => {
    const own = [
      { from: 30, to: 39, women: 3, men: 1 },
      { from: 80, to: 80, women: 0, men: 4 },
    ];
    const { share, at, quantile } = crowd([population("icu")], COUNT, { pyramid: own });
    expect(share((row) => at("age", row) >= 80)).toBeCloseTo(0.5, 1);
    expect(
      share(
        (row) => at("female", row) === 1,
        (row) => at("age", row) < 40,
      ),
    ).toBeCloseTo(0.75, 1);
    expect(quantile("age", 0)).toBeGreaterThanOrEqual(30);
    expect(quantile("age", 1)).toBeLessThan(81);
  });

  it("of a pyramid are only those whom a cohort can have, in their shares; nobody of them is refused", () => {
    const country = [
      { from: 0, to: 19, women: 300, men: 300 },
      { from: 20, to: 29, women: 100, men: 100 },
      { from: 30, to: 109, women: 320, men: 0 },
    ];
    const { rows, share, at } = crowd([population("maternity")], COUNT, { pyramid: country });
    expect(rows.get("female").every((female) => female === 1)).toBe(true);
    expect(rows.get("age").every((age) => age >= 15 && age < 50)).toBe(true);
    expect(share((row) => at("age", row) < 20)).toBeCloseTo(75 / 255, 2);
    expect(share((row) => at("age", row) >= 30)).toBeCloseTo(80 / 255, 2);
    const children = [{ from: 0, to: 9, women: 1, men: 1 }];
    for (const of of ["diabetes", "heart-failure", "icu", "maternity"] as const)
      expect(() => crowd([population(of)], 1, { pyramid: children })).toThrow(
        /nobody whom this cohort can have/,
      );
    const men = [{ from: 20, to: 39, women: 0, men: 5 }];
    expect(() => crowd([population("maternity")], 1, { pyramid: men })).toThrow(/: women of 15 to 49\./);
  });
});
