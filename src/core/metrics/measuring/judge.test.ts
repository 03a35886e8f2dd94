import { expect, it } from "vitest";
import { judge, judgedMeasure } from "./judge.ts";

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

const measured = (value: number, half: number, baseline: number, independent: number) => ({
  status: "ok" as const,
  value,
  interval: { low: value - half, high: value + half },
  baseline: { value: baseline, interval: { low: baseline, high: baseline } },
  score: { value: 0, interval: { low: 0, high: 0 }, baseline: { value: 0, interval: { low: 0, high: 0 } } },
  loss: loss(baseline - value, half),
  extremes: { independent, bootstrap: 1 },
  sentence: "It is so.",
});
const higher = { margin: 0.05, family: "fidelity", better: "higher" } as const;

it("asks for half of what held-out rows have over independent columns where those lie outside the margin", () => {
  expect(judgedMeasure(higher, measured(0.9, 0.01, 0.93, 0.86), 1)).toMatchObject({
    verdict: "cannot-tell",
    judgement: { margin: expect.closeTo(0.035, 10) },
  });
  expect(judgedMeasure(higher, measured(0.9, 0.01, 0.93, 0.7), 1).verdict).toBe("good");
  expect(judgedMeasure(higher, measured(0.9, 0.01, 0.93, 0.92), 1).verdict).toBe("good");
  expect(judgedMeasure({ ...higher, family: "privacy" }, measured(0.9, 0.01, 0.93, 0.86), 1).verdict).toBe(
    "good",
  );
});

it("calls nothing that is about relations good that independent columns might reach", () => {
  const relations = { ...higher, relations: true } as const;
  expect(judgedMeasure(relations, measured(0.91, 0.01, 0.93, 0.92), 1).verdict).not.toBe("good");
  expect(judgedMeasure(relations, measured(0.93, 0.002, 0.93, 0.92), 1).verdict).toBe("good");
  expect(judgedMeasure(relations, measured(0.95, 0.002, 0.93, 0.94), 1).verdict).toBe("cannot-tell");
  expect(judgedMeasure(relations, { ...measured(0.93, 0.002, 0.93, 0.95), floor: 0.9 }, 1).verdict).toBe(
    "good",
  );
});
