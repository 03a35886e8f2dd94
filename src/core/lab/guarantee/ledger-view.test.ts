import { describe, expect, test } from "vitest";
import type { LedgerEntry } from "../../private/accounting/ledger.ts";
import { rhoOf } from "../../private/accounting/zcdp.ts";
import { viewOfLedger, withNextRun } from "./ledger-view.ts";

const delta = 0.0003;
const spend = (rho: number) => ({
  what: "Counts",
  columns: "13",
  queries: 13,
  sensitivity: 1,
  sigma: 5,
  rho,
});
const entry = (run: string, epsilon: number): LedgerEntry => {
  const rho = rhoOf(epsilon, delta);
  return {
    run,
    synthesizer: "dp-target",
    epsilon,
    delta,
    at: "2026-12-01T12:00:00.000Z",
    spent: [spend(rho / 4), spend((3 * rho) / 4)],
  };
};

describe("the ledger as it is shown", () => {
  test("nothing spent is nothing", () => {
    expect(viewOfLedger({ entries: [] })).toEqual({ entries: [], epsilon: 0, delta: 0 });
  });

  test("epsilon grows line by line up to the total, and two runs cost less than their sum", () => {
    const view = viewOfLedger({ entries: [entry("a", 3), entry("b", 1)] });
    const lines = view.entries.flatMap(({ soFar }) => soFar);
    expect(lines).toHaveLength(4);
    expect(lines.toSorted((a, b) => a - b)).toEqual(lines);
    expect(lines[1]).toBeCloseTo(3, 6);
    expect(lines.at(-1)).toBe(view.epsilon);
    expect(view.epsilon).toBeGreaterThan(3);
    expect(view.epsilon).toBeLessThan(4);
  });

  test("what the next run will come to is what it comes to once it is entered", () => {
    const before = [entry("a", 3)];
    const next = withNextRun({ entries: before }, { epsilon: 1, delta, findsLevels: false, samples: false });
    expect(next.epsilon).toBeCloseTo(viewOfLedger({ entries: [...before, entry("b", 1)] }).epsilon, 9);
    expect(next.atMost).toBe(false);
    const alone = withNextRun({ entries: [] }, { epsilon: 1, delta, findsLevels: true, samples: false });
    expect(alone.epsilon).toBeCloseTo(1, 6);
  });

  test("a run whose curve is not known is added in full", () => {
    const next = withNextRun(
      { entries: [entry("a", 3)] },
      { epsilon: 1, delta, findsLevels: false, samples: true },
    );
    expect(next.epsilon).toBeCloseTo(4, 6);
    expect(next).toMatchObject({ atMost: true, delta: 2 * delta });
  });
});
