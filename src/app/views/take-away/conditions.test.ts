import { describe, expect, it } from "vitest";
import {
  acceptanceWords,
  askedOf,
  askedWords,
  conditionOf,
  dayOf,
  momentOf,
  type Draft,
} from "../../state/conditions.ts";

const draft = (more: Partial<Draft>): Draft => ({ id: 1, column: "age", levels: [], empty: "no", ...more });

describe("what is asked of the rows", () => {
  it("is one condition for each line that asks for something", () => {
    expect(conditionOf(draft({ from: 65 }))).toEqual({ column: "age", from: 65 });
    expect(conditionOf(draft({ from: 65, to: 80, empty: "also" }))).toEqual({
      column: "age",
      from: 65,
      to: 80,
      missing: true,
    });
    expect(conditionOf(draft({ column: "sex", levels: ["F"] }))).toEqual({ column: "sex", in: ["F"] });
    expect(conditionOf(draft({ from: 65, empty: "only" }))).toEqual({ column: "age", missing: true });
    expect(conditionOf(draft({}))).toEqual({ column: "age", missing: false });
    expect(conditionOf(draft({ empty: "also" }))).toBeUndefined();
  });

  it("leaves out levels without a share, and is nothing when nothing is asked", () => {
    expect(askedOf({ drafts: [draft({ empty: "also" })] })).toBeUndefined();
    expect(askedOf({ drafts: [], rebalance: { column: "sex", percents: { F: 0, M: 0 } } })).toBeUndefined();
    expect(askedOf({ drafts: [], rebalance: { column: "sex", percents: { F: 50, M: 50, X: 0 } } })).toEqual({
      shares: { column: "sex", shares: { F: 50, M: 50 } },
    });
  });

  it("is said in words, dates as days", () => {
    const from = momentOf("2021-03-04", "first") ?? NaN;
    const asked = {
      where: [
        { column: "seen", from, to: momentOf("2021-03-05", "last") ?? NaN },
        { column: "sex", in: ["F", "M"], missing: true },
        { column: "crp", missing: true },
      ],
      shares: { column: "ward", shares: { A: 1, B: 3 } },
    };
    const fields = [
      { name: "seen", type: "range", low: 0, high: 1, step: 1, datePattern: "DD.MM.YYYY" } as const,
    ];
    expect(askedWords(asked, fields)).toBe(
      "seen from 2021-03-04 to 2021-03-05 and sex F or M or empty and crp empty; ward 25% A, 75% B",
    );
    expect(askedWords(undefined)).toBe("");
    expect(dayOf(from)).toBe("2021-03-04");
    expect(momentOf("", "first")).toBeUndefined();
  });

  it("says how many candidates met it", () => {
    expect(acceptanceWords({ drawn: 3800, kept: 100 })).toBe("1 of 38 candidates met it");
    expect(acceptanceWords({ drawn: 100, kept: 100 })).toBe("every candidate met it");
    expect(acceptanceWords({ drawn: 120, kept: 100 })).toBe("83% of the candidates met it");
    expect(acceptanceWords({ drawn: 250, kept: 100 })).toBe("1 of 2.5 candidates met it");
    expect(acceptanceWords({ drawn: 5000, kept: 0 })).toBe("none of 5,000 candidates met it");
  });
});
