import { describe, expect, it } from "vitest";
import { createBudget } from "./budget.ts";
import { addEntry, emptyLedger, ledgerLines, strikeEntry, totalOf, type LedgerEntry } from "./ledger.ts";
import type { Spend } from "./spend.ts";
import { epsilonOfSpends, noiseForSgd } from "./total-spent.ts";
import { epsilonOf, rhoOf } from "./zcdp.ts";

const spend = (rho: number, more: Partial<Spend> = {}): Spend => ({
  what: "Single columns",
  columns: "3",
  queries: 1,
  sensitivity: 1,
  rho,
  ...more,
});
const entry = (run: string, epsilon: number, delta: number, spent: readonly Spend[]): LedgerEntry => ({
  run,
  synthesizer: "dp-target",
  epsilon,
  delta,
  at: `2026-12-01T10:00:0${run.length}Z`,
  spent,
});
const empty = emptyLedger("patients.csv", { salt: "a", sha256: "0".repeat(64) });

describe("a budget", () => {
  it("is spent to the last of rho and no further", () => {
    const budget = createBudget(1, 1e-5, false);
    expect(budget.rho).toBe(rhoOf(1, 1e-5));
    for (let i = 0; i < 3; i++) budget.spend(spend(budget.rho / 3));
    expect(budget.left()).toBeLessThan(1e-12);
    expect(epsilonOfSpends(budget.spent, 1e-5)).toBeCloseTo(1, 9);
    expect(() => budget.spend(spend(1e-6))).toThrow(/left/);
    expect(() => budget.spend(spend(NaN))).toThrow(/left/);
    expect(() => budget.spend(spend(-1))).toThrow(/left/);
  });

  it("keeps a part of delta for thresholds, which alone may take it", () => {
    const budget = createBudget(1, 1e-5, true);
    budget.spend(spend(budget.rho, { delta: budget.thresholds }));
    expect(epsilonOfSpends(budget.spent, 1e-5)).toBeCloseTo(1, 9);
    expect(() => budget.spend(spend(0, { delta: 1e-9 }))).toThrow(/delta/);
    expect(() => createBudget(1, 1e-5, false).spend(spend(0, { delta: 1e-9 }))).toThrow(/delta/);
    expect(() => createBudget(1, 1e-5, true).spend(spend(0, { delta: NaN }))).toThrow(/delta/);
  });

  it("counts samples by their curve: what fits is taken, a little less noise is not", () => {
    const rate = 0.02;
    const steps = 200;
    const budget = createBudget(2, 1e-5, true);
    budget.spend(spend(0.05));
    const sigma = noiseForSgd(2, 1e-5 - budget.thresholds, rate, steps, 0.05);
    const sampled = { rate, steps, sigma };
    expect(() => budget.spend(spend(0, { sampled: { ...sampled, sigma: 0.999 * sigma } }))).toThrow(
      /200 samples/,
    );
    budget.spend(spend(0, { sampled }));
    expect(epsilonOfSpends(budget.spent, 1e-5 - budget.thresholds)).toBeCloseTo(2, 8);
    expect(budget.left()).toBeLessThan(1e-8);
    expect(() => budget.spend(spend(1e-3))).toThrow(/left/);
  });

  it("says what rho is left beside samples that do not take all", () => {
    const budget = createBudget(2, 1e-5, false);
    budget.spend(spend(0, { sampled: { rate: 0.02, steps: 200, sigma: 4 } }));
    const left = budget.left();
    expect(left).toBeGreaterThan(0.01);
    expect(left).toBeLessThan(budget.rho);
    budget.spend(spend(left));
    expect(() => budget.spend(spend(left * 1e-3))).toThrow(/left/);
  });
});

describe("a ledger", () => {
  const rho = rhoOf(1, 1e-5);
  const first = entry("1", 1, 1e-5, [spend(0.4 * rho), spend(0.6 * rho)]);
  const second = entry("2", 1, 1e-5, [spend(rho)]);

  it("adds runs by what they spent: two of epsilon 1 are less than 2", () => {
    const ledger = addEntry(addEntry(empty, first), second);
    const { epsilon, delta } = totalOf(ledger);
    expect(delta).toBe(1e-5);
    expect(epsilon).toBeCloseTo(epsilonOf(2 * rho, 1e-5), 9);
    expect(epsilon).toBeGreaterThan(1.4);
    expect(epsilon).toBeLessThan(1.5);
    expect(totalOf(ledger, 1e-3).epsilon).toBeLessThan(epsilon);
    expect(totalOf(strikeEntry(ledger, "1")).epsilon).toBeCloseTo(1, 9);
    expect(totalOf(empty)).toEqual({ epsilon: 0, delta: 0 });
  });

  it("takes the smallest delta of its runs, and adds what thresholds took of it", () => {
    const found = entry("3", 1, 1e-4, [spend(rho, { delta: 2e-6 })]);
    const { epsilon, delta } = totalOf(addEntry(addEntry(empty, first), found));
    expect(delta).toBe(1e-5);
    expect(epsilon).toBeCloseTo(epsilonOf(2 * rho, 8e-6), 9);
  });

  it("raises delta where the thresholds of many runs would take all of it", () => {
    let ledger = empty;
    for (let i = 0; i < 12; i++)
      ledger = addEntry(ledger, entry(`${i}`.padEnd(i + 2), 1, 1e-5, [spend(rho, { delta: 1e-6 })]));
    const { epsilon, delta } = totalOf(ledger);
    expect(delta).toBeCloseTo(2.4e-5, 12);
    expect(epsilon).toBeCloseTo(epsilonOf(12 * rho, 1.2e-5), 6);
    expect(totalOf(ledger, 1e-5).epsilon).toBe(Infinity);
  });

  it("adds a run of samples to one of tables", () => {
    const sampled = { rate: 0.02, steps: 200, sigma: noiseForSgd(1, 1e-5, 0.02, 200, 0) };
    const { epsilon } = totalOf(
      addEntry(addEntry(empty, first), entry("4", 1, 1e-5, [spend(0, { sampled })])),
    );
    expect(epsilon).toBeGreaterThan(1.3);
    expect(epsilon).toBeLessThan(1.7);
  });

  it("has a line for each run before and each spend, and ends with the sum", () => {
    const ledger = addEntry(addEntry(empty, second), first);
    const lines = ledgerLines(first, [second]);
    expect(lines.map(({ of }) => of)).toEqual(["run", "spend", "spend"]);
    expect(lines.map((line) => (line.of === "spend" ? line.share : line.rho))).toEqual([
      rho,
      expect.closeTo(0.4),
      expect.closeTo(0.6),
    ]);
    const epsilons = lines.map(({ soFar }) => soFar);
    expect(epsilons[0]).toBeCloseTo(1, 9);
    expect(epsilons).toEqual(epsilons.toSorted((a, b) => a - b));
    expect(epsilons.at(-1)).toBe(totalOf(ledger).epsilon);
    expect(ledgerLines(first).at(-1)?.soFar).toBeCloseTo(1, 9);
  });

  it("has each run once, and two runs of one name apart", () => {
    const ledger = addEntry(empty, first);
    expect(addEntry(ledger, first)).toBe(ledger);
    const twice = addEntry(ledger, { ...first, at: "2026-12-02T10:00:00Z" });
    expect(twice.entries.map(({ run }) => run)).toEqual(["1", "1 (2)"]);
    expect(strikeEntry(twice, "1").entries.map(({ run }) => run)).toEqual(["1 (2)"]);
    expect(empty.entries).toEqual([]);
  });
});
