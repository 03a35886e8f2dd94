import { describe, expect, it } from "vitest";
import { differenceInterval, meanInterval } from "./mean-interval.ts";

describe("intervals of means", () => {
  it("are Student's", () => {
    // scipy.stats.t.interval(0.95, 4, loc=mean, scale=sem) of 1, 2, 3, 4, 6
    const { value, interval } = meanInterval([1, 2, 3, 4, 6]);
    expect(value).toBeCloseTo(3.2, 12);
    expect(interval.low).toBeCloseTo(0.8116, 3);
    expect(interval.high).toBeCloseTo(5.5884, 3);
    expect(meanInterval([7])).toEqual({ value: 7, interval: { low: 7, high: 7 } });
  });

  it("are Welch's of a difference", () => {
    // scipy.stats.ttest_ind(..., equal_var=False).confidence_interval() has -2.953 to 0.553 at 7.23 degrees; rounded down it is wider
    const found = differenceInterval([1, 2, 3, 4, 2], [3, 5, 2, 4, 4]);
    expect(found?.value).toBeCloseTo(-1.2, 12);
    expect(found?.interval.low).toBeLessThan(-2.8);
    expect(found?.interval.high).toBeGreaterThan(0.4);
    expect(differenceInterval([1], [1, 2])).toBeUndefined();
  });
});
