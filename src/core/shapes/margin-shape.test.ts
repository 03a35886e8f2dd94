import { expect, test } from "vitest";
import { marginLines, marginSentence, marginShape } from "./margin-shape.ts";

const loss = (value: number, low: number, high: number) => ({ value, interval: { low, high } });

test("worse lies to the left of the margin, better to the right of equality", () => {
  expect(marginLines.margin).toBeLessThan(marginLines.equal);
  const worse = marginShape(loss(0.06, 0.04, 0.08), 0.03);
  expect(worse.point).toBeLessThan(marginLines.margin);
  expect(worse.whisker?.from).toBeLessThan(worse.point as number);
  const better = marginShape(loss(-0.01, -0.02, 0.01), 0.03);
  expect(better.point).toBeGreaterThan(marginLines.equal);
  expect(better.whisker?.from).toBeGreaterThan(marginLines.margin);
});

test("a loss of one margin stands on the dashed line, none on the solid one, whatever the unit", () => {
  expect(marginShape(loss(0.09, 0.09, 0.09), 0.09).point).toBeCloseTo(marginLines.margin, 12);
  expect(marginShape(loss(0, 0, 0), 12).point).toBeCloseTo(marginLines.equal, 12);
});

test("what lies beyond an end is said to, and a value beyond it is told in words", () => {
  const far = marginShape(loss(0.73, 0.7, 0.76), 0.01);
  expect(far).toMatchObject({ far: "73 margins", beyond: { worse: true, better: false } });
  expect(far.point).toBeUndefined();
  expect(marginShape(loss(0.05, -0.2, 0.6), 0.05)).toMatchObject({ beyond: { worse: true, better: true } });
});

test("what was not measured has no mark", () => {
  expect(marginShape(loss(NaN, NaN, NaN), 0.05)).toEqual({ beyond: { worse: false, better: false } });
  expect(marginSentence("Privacy", { value: NaN }, 0.05)).toBe("Privacy: not measured.");
});

test("the picture is told in words for those who do not see it", () => {
  expect(marginSentence("Coverage", loss(0.069, 0.036, 0.1), 0.03)).toBe(
    "Coverage: 2.3 margins worse than held-out patients (loss in margins 2.3, 95% interval 1.2 to 3.3; up to 1 is as good).",
  );
});
