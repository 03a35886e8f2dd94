import { describe, expect, it } from "vitest";
import { distinctNumbers, firstEqual } from "./first-equal.ts";
import { createRng } from "./rng.ts";

describe("the first of equal numbers", () => {
  it("is found whatever the numbers are, NaN never", () => {
    const values = Float64Array.of(3, NaN, 0, 3, -0, 1e300, NaN, 1e300, 2 ** 32, 0);
    expect([...firstEqual(values)]).toEqual([0, 1, 2, 0, 2, 5, 6, 5, 8, 2]);
    expect(distinctNumbers(values)).toBe(4);
    expect([...firstEqual(new Float64Array(0))]).toEqual([]);
  });

  it("is what a Map finds among thousands", () => {
    const rng = createRng(4);
    const values = Float64Array.from({ length: 3000 }, (_, i) =>
      i % 3 === 0 ? rng.uniform() : rng.integer(500),
    );
    const seen = new Map<number, number>();
    values.forEach((value, i) => seen.has(value) || seen.set(value, i));
    expect([...firstEqual(values)]).toEqual([...values].map((value) => seen.get(value)));
    expect(distinctNumbers(values)).toBe(seen.size);
  });
});
