import { describe, expect, it } from "vitest";
import { advantageByChance, advantageLimit, advantageOf, largestAdvantage } from "./advantage.ts";

const membership = {
  id: "membership-distance",
  name: "Membership by distance",
  family: "privacy",
  criterion: "membership",
  range: [0, 1],
} as const;
const linking = {
  id: "linkability",
  name: "Linkability",
  family: "privacy",
  attack: true,
  range: [0, 1],
} as const;
const loss = { value: 0, interval: { low: 0, high: 0 } };
const score = { value: 100, interval: loss.interval, baseline: loss };

const ok = (value: number, low: number, high: number, usual: number) => ({
  status: "ok" as const,
  value,
  interval: { low, high },
  baseline: { value: usual, interval: { low: usual, high: usual } },
  score,
  loss,
  sentence: "",
});

/** An attack that succeeds on `main` of those learned from and `control` of others. */
const attack = (main: number, control: number) => ({
  ...ok((main - control) / (1 - control), 0, 1, 0),
  detail: {
    type: "figures" as const,
    rows: [
      { name: "another", unit: "share" as const, synthetic: { value: 0.5 }, baseline: { value: 0.45 } },
      { name: "this", unit: "share" as const, synthetic: { value: main }, baseline: { value: control } },
    ],
  },
});

describe("the advantage of an attack", () => {
  it("is 2 AUC - 1 of one on membership, and never below 0", () => {
    expect(advantageOf(membership, ok(0.75, 0.6, 0.9, 0.5))).toEqual({
      value: 0.5,
      interval: { low: expect.closeTo(0.2, 12) as number, high: expect.closeTo(0.8, 12) as number },
    });
    expect(advantageOf(membership, ok(0.4, 0.3, 0.45, 0.5))).toEqual({
      value: 0,
      interval: { low: 0, high: 0 },
    });
  });

  it("is main less control rate of one by rates, as the limit has it", () => {
    expect(advantageOf(linking, attack(0.7, 0.4)).value).toBeCloseTo(0.3, 12);
    expect(advantageOf(linking, attack(0.7, 0.4)).interval.high).toBeCloseTo(0.6, 12);
    expect(advantageOf(linking, attack(1, 0)).value).toBe(1);
  });

  it("is the largest of all, and neither that of a group nor of another kind of measure", () => {
    const rows = [
      { info: membership, result: ok(0.55, 0.5, 0.6, 0.55) },
      { info: linking, result: attack(0.5, 0.3) },
      { info: { ...membership, id: "membership-by-group", name: "By group" }, result: ok(1, 1, 1, 1) },
      {
        info: { id: "tstr", name: "Use", family: "utility" as const, range: [0, 1] as const },
        result: ok(0.9, 0.9, 0.9, 0.9),
      },
      {
        info: { ...membership, id: "nothing", name: "Skipped" },
        result: { status: "skipped" as const, reason: "few" },
      },
    ];
    const found = largestAdvantage(rows);
    expect(found?.attack).toBe("Linkability");
    expect(found?.value).toBeCloseTo(0.2, 12);
    expect(largestAdvantage([])).toBeUndefined();
  });

  it("is not read from a difference of accuracies, which is no AUC", () => {
    const gap = { ...membership, id: "nnaa", name: "Privacy loss", range: [-1, 1] as const };
    const rows = [
      { info: membership, result: ok(0.53, 0.43, 0.63, 0.5) },
      { info: gap, result: ok(0.9, 0.6, 1, 0) },
    ];
    expect(largestAdvantage(rows)?.attack).toBe("Membership by distance");
    expect(advantageByChance(rows)).toBe(advantageByChance(rows.slice(0, 1)));
  });

  it("may seem to be as large as the errors of all attacks allow", () => {
    const one = [{ info: membership, result: ok(0.53, 0.43, 0.63, 0.5) }];
    expect(advantageByChance(one)).toBeCloseTo((2 * 0.1 * 1.644854) / 1.959964, 5);
    const two = [...one, { info: linking, result: ok(0, 0, 0.05, 0) }];
    expect(advantageByChance(two)).toBeCloseTo(0.2, 5);
    expect(advantageByChance([])).toBeUndefined();
  });

  it("is limited by epsilon and delta", () => {
    expect(advantageLimit(1, 0)).toBeCloseTo(0.46212, 5);
    expect(advantageLimit(0.3, 0)).toBeCloseTo(0.14889, 5);
    expect(advantageLimit(3, 0.01)).toBeCloseTo((Math.exp(3) - 1 + 0.02) / (Math.exp(3) + 1), 12);
    expect(advantageLimit(0, 0.2)).toBeCloseTo(0.2, 12);
    expect(advantageLimit(1000, 0)).toBe(1);
  });
});
