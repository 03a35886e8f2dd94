import { expect, it } from "vitest";
import { judge } from "./judge.ts";

const loss = (value: number, half: number) => ({
  value,
  interval: { low: value - half, high: value + half },
});

it("calls good what lies inside the margin with its whole interval, and worse what lies outside with all of it", () => {
  expect(judge(loss(0.01, 0.03), 0.05, 1).verdict).toBe("good");
  expect(judge(loss(-0.2, 0.03), 0.05, 1).verdict).toBe("good");
  expect(judge(loss(0.1, 0.03), 0.05, 1).verdict).toBe("worse");
  expect(judge(loss(0.2, 0.03), 0.05, 1).verdict).toBe("much-worse");
  expect(judge(loss(0.03, 0.03), 0.05, 1).verdict).toBe("cannot-tell");
});

it("asks more of one measure the more are judged beside it: Bonferroni, 5% for all of them", () => {
  // 0.09 ± 0.035 at 95% is 0.09 ± 0.0519 for 100 measures, 3.29 / 1.96 times as wide
  expect(judge(loss(0.09, 0.035), 0.05, 1).verdict).toBe("worse");
  expect(judge(loss(0.09, 0.035), 0.05, 100).verdict).toBe("cannot-tell");
  expect(judge(loss(0.09, 0.035), 0.05, 100).judgement.seen).toBeCloseTo(
    0.05 + (0.035 * 3.2905) / 1.95996,
    4,
  );
});

it("says how many times as many patients would be enough where there is no loss", () => {
  expect(judge(loss(0.02, 0.1), 0.05, 1).judgement.times).toBeCloseTo(4, 10);
  expect(judge(loss(0.01, 0.03), 0.05, 1).judgement.times).toBeUndefined();
});

it("has seen nothing below what its interval could hide, also where a risk cannot lie below 0", () => {
  const risk = { value: 0, interval: { low: 0, high: 0.15 } };
  expect(judge(risk, 0.09, 1).judgement.seen).toBeCloseTo(0.24, 10);
});
