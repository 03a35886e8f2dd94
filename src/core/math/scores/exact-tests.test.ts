import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { believed, chanceOfSoFew } from "./exact-tests.ts";

/** Made by core/metrics/fixtures/notice.py with scipy and statsmodels. */
const reference = JSON.parse(
  readFileSync(new URL("../../metrics/fixtures/notice.json", import.meta.url), "utf8"),
) as {
  fisher: [number, number, number, number, number][];
  discoveries: { p: number[]; stand: boolean[] };
};

describe("exact tests", () => {
  it.each(reference.fisher)(
    "%d of %d against %d of %d: scipy's one-sided Fisher test",
    (a, n, b, m, chance) => {
      expect(chanceOfSoFew(a, n, b, m) / chance).toBeCloseTo(1, 8);
    },
  );

  it("believes the tests that statsmodels' fdr_bh does, and none where nothing is small", () => {
    const { p, stand } = reference.discoveries;
    expect(believed(p, 0.05)).toEqual(stand);
    expect(stand.filter(Boolean).length).toBeGreaterThan(3);
    expect(believed([0.2, 0.06, 0.9], 0.05)).toEqual([false, false, false]);
    expect(believed([], 0.05)).toEqual([]);
  });

  it("steps up: a chance that would not stand alone does when larger ones do", () => {
    expect(believed([0.01, 0.04, 0.045, 0.05], 0.05)).toEqual([true, true, true, true]);
    expect(believed([0.06, 0.04, 0.045, 0.05], 0.05)).toEqual([false, false, false, false]);
  });
});
