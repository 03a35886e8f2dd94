import { describe, expect, it } from "vitest";
import { mostPatients, nearestStep, sizes, sizesUpTo } from "./sizes.ts";

describe("the sizes of a simulation", () => {
  it("go from 100 to 1,000,000 in steps of less than a half", () => {
    expect([sizes[0], sizes.at(-1)]).toEqual([100, 1_000_000]);
    for (const [i, size] of sizes.slice(1).entries()) {
      expect(size / (sizes[i] as number)).toBeGreaterThan(1.1);
      expect(size / (sizes[i] as number)).toBeLessThanOrEqual(1.5);
    }
  });

  it("end where the rows of all visits would be more than a million", () => {
    expect(mostPatients(3, 8.2)).toBe(1_000_000);
    const most = mostPatients(4, 8.2);
    expect(most).toBe(121_951);
    expect(sizesUpTo(most).slice(-2)).toEqual([120_000, 121_951]);
  });

  it("are found from a number that is none of them", () => {
    expect(sizes[nearestStep(sizes, 5210)]).toBe(5000);
    expect(sizes[nearestStep(sizes, 7)]).toBe(100);
  });
});
