import { describe, expect, it } from "vitest";
import { learnEndings } from "./endings.ts";

const counts = (of: Record<number, number>): Float64Array =>
  Float64Array.from(
    Object.entries(of).flatMap(([visits, patients]) => Array<number>(patients).fill(Number(visits))),
  );
/** Share of courses that end with each visit, of those that have it. */
const shares = (given: Float64Array, most: number): number[] => {
  const usual = given.length / given.reduce((sum, n) => sum + n, 0);
  return [...learnEndings(given, most).odds].map((one) => {
    const odds = (Math.exp(one) * usual) / (1 - usual);
    return odds / (1 + odds);
  });
};

describe("learnEndings", () => {
  it("is the share of those that end with a visit, visit by visit where eight patients do", () => {
    const found = shares(counts({ 1: 50, 2: 25, 3: 100, 4: 25 }), 4);
    [50 / 200, 25 / 150, 100 / 125].forEach((share, k) => expect(found[k]).toBeCloseTo(share, 2));
    expect(found[3]).toBeGreaterThan(0.97);
  });

  it("joins visits with which few courses end, the last of them to those before", () => {
    const found = shares(counts({ 1: 40, 2: 4, 3: 4, 4: 30, 5: 2, 6: 1 }), 6);
    expect(found[1]).toBe(found[2]);
    expect(found[1]).toBeCloseTo(8 / (41 + 37), 2);
    expect(found[3]).toBe(found[5]);
    expect(found[3]).toBeCloseTo(33 / (33 + 3 + 1), 1);
  });

  it("knows visits that every patient has, where they are not so by chance and five have no more", () => {
    const found = learnEndings(counts({ 3: 20, 5: 60, 6: 20 }), 6);
    expect(found.least).toBe(3);
    expect(shares(counts({ 3: 20, 5: 60, 6: 20 }), 6)[0]).toBeLessThan(0.01);
    expect(learnEndings(counts({ 3: 2, 5: 60, 6: 20 }), 6).least).toBe(1);
    expect(learnEndings(counts({ 2: 6, 30: 6, 60: 8 }), 60).least).toBe(1);
  });

  it("counts courses beyond the most as courses of so many", () => {
    expect(learnEndings(counts({ 1: 10, 2: 10, 900: 5 }), 3).odds).toHaveLength(3);
  });
});
