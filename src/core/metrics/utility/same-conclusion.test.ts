import { describe, expect, it } from "vitest";
import { oneSize, sameConclusion } from "./same-conclusion.ts";

const ratio = (value: number, error: number) => ({ value: Math.log(value), error });
const size = oneSize(undefined);

describe("the same conclusion", () => {
  it.each([
    ["alike in direction, significance and size", ratio(2.1, 0.2), ratio(1.8, 0.2), true],
    ["11.1 that comes out as 3.1", ratio(11.1, 0.4), ratio(3.1, 0.3), false],
    ["3.1 that comes out as 11.1", ratio(3.1, 0.3), ratio(11.1, 0.4), false],
    ["just inside a ratio of 1.5", ratio(3, 0.2), ratio(2.01, 0.2), true],
    ["just outside it", ratio(3, 0.2), ratio(1.99, 0.2), false],
    ["the other direction", ratio(1.3, 0.1), ratio(1 / 1.3, 0.1), false],
    ["no longer significant", ratio(1.5, 0.15), ratio(1.3, 0.15), false],
    ["shown in neither", ratio(1.1, 0.2), ratio(0.9, 0.2), true],
    ["shown in neither, but of another size", ratio(1.6, 0.4), ratio(0.7, 0.4), false],
  ])("%s", (_, real, synthetic, same) => {
    expect(sameConclusion(real, synthetic, size)).toBe(same);
  });

  it("of a mean: within a fifth of the outcome's standard deviation", () => {
    const bound = oneSize(20);
    expect(sameConclusion({ value: 8, error: 1 }, { value: 4.1, error: 1 }, bound)).toBe(true);
    expect(sameConclusion({ value: 8, error: 1 }, { value: 3.9, error: 1 }, bound)).toBe(false);
  });
});
