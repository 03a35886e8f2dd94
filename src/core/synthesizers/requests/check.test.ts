import { describe, expect, test } from "vitest";
import { FaultError } from "../../fault.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import type { SampleRequest } from "../synthesizer.ts";
import { checkRequest, type ColumnCondition } from "./check.ts";

const DAY = 86_400_000;

const like = madeTable([
  numbers("age", [], { kind: "integer" }),
  levels("sex", [], ["F", "M", "X"]),
  numbers("seen", [], { pattern: "YYYY-MM-DD" }),
  levels("grade", [], ["1", "2", "3", "4"]),
]);

function only(where: NonNullable<SampleRequest["where"]>): ColumnCondition {
  const checked = checkRequest({ where }, like).where;
  expect(checked).toHaveLength(1);
  return checked[0] as ColumnCondition;
}

describe("a condition", () => {
  test("on numbers holds both ends, and for empty cells only where that is asked", () => {
    const { meets, words } = only([{ column: "age", from: 18, to: 65 }]);
    expect([17.9, 18, 65, 65.1, NaN].map(meets)).toEqual([false, true, true, false, false]);
    expect(words).toBe("age is from 18 to 65");
    const either = only([{ column: "age", to: 18, missing: true }]);
    expect([18, 19, NaN].map(either.meets)).toEqual([true, false, true]);
    expect(either.words).toBe("age is at most 18 or missing");
    const empty = only([{ column: "age", missing: true }]);
    expect([18, NaN].map(empty.meets)).toEqual([false, true]);
    expect(empty.words).toBe("age is missing");
    const present = only([{ column: "sex", missing: false }]);
    expect([-1, 0, 2].map(present.meets)).toEqual([false, true, true]);
    expect(present.words).toBe("sex is not missing");
  });

  test("on dates takes them as the column writes them", () => {
    const { meets, words } = only([{ column: "seen", in: ["1970-02-01"] }]);
    expect([31 * DAY, 32 * DAY].map(meets)).toEqual([true, false]);
    expect(words).toBe("seen is 1970-02-01");
    expect(only([{ column: "seen", from: 0 }]).words).toBe("seen is at least 1970-01-01");
  });

  test("on levels names them, or gives a range of those that are numbers", () => {
    const named = only([{ column: "sex", in: ["M", "X"] }]);
    expect([-1, 0, 1, 2].map(named.meets)).toEqual([false, false, true, true]);
    expect(named.words).toBe("sex is M or X");
    const ranged = only([{ column: "grade", from: 3 }]);
    expect([...(ranged.levels ?? [])]).toEqual([0, 0, 1, 1]);
  });

  test("and another on the same column are one, which both must meet", () => {
    const { low, high, words } = only([
      { column: "age", from: 20 },
      { column: "age", to: 30 },
    ]);
    expect([low, high, words]).toEqual([20, 30, "age is at least 20 and age is at most 30"]);
    const sexes = only([
      { column: "sex", in: ["F", "M"] },
      { column: "sex", in: ["M", "X"] },
    ]);
    expect([...(sexes.levels ?? [])]).toEqual([0, 1, 0]);
  });
});

test("shares keep the levels that are to come, with their weights", () => {
  const { shares } = checkRequest({ shares: { column: "sex", shares: { X: 3, F: 1, M: 0 } } }, like);
  expect(shares?.column).toBe(1);
  expect([...(shares?.codes ?? [])]).toEqual([2, 0]);
  expect([...(shares?.weights ?? [])]).toEqual([3, 1]);
});

test.each([
  [{ where: [{ column: "weight", from: 3 }] }, "unknown-column", /weight/],
  [{ where: [{ column: "sex", in: ["female"] }] }, "condition-invalid", /no level “female”; it has F, M, X/],
  [{ where: [{ column: "age", from: 9, to: 3 }] }, "condition-invalid", /start is above its end/],
  [{ where: [{ column: "age", from: NaN }] }, "condition-invalid", /must be numbers/],
  [{ where: [{ column: "age", in: ["old"] }] }, "condition-invalid", /“old” is no value of it/],
  [{ where: [{ column: "sex", from: 3 }] }, "condition-invalid", /holds texts/],
  [{ where: [{ column: "age" }] }, "condition-invalid", /Nothing is asked/],
  [
    {
      where: [
        { column: "sex", in: ["F"] },
        { column: "sex", in: ["M"] },
      ],
    },
    "condition-invalid",
    /No cell can meet/,
  ],
  [{ shares: { column: "sex", shares: { F: -1, M: 2 } } }, "condition-invalid", /number from 0/],
  [{ shares: { column: "sex", shares: { F: 0 } } }, "condition-invalid", /above 0/],
  [{ shares: { column: "age", shares: { "3": 1 } } }, "condition-invalid", /levels only/],
  [{ shares: { column: "sex", shares: { Q: 1 } } }, "condition-invalid", /no level “Q”/],
  [
    { where: [{ column: "sex", in: ["M"] }], shares: { column: "sex", shares: { F: 1 } } },
    "condition-invalid",
    /which the conditions leave out/,
  ],
  [{ where: [{ column: "age", from: 3 }], tries: 0 }, "condition-invalid", /from 1/],
  [{ complete: like, where: [{ column: "age", from: 3 }] }, "condition-invalid", /without conditions/],
] satisfies [SampleRequest, string, RegExp][])("%j is refused", (request, code, words) => {
  try {
    checkRequest(request, like);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    expect(error.fault.code).toBe(code);
    expect(error.message).toMatch(words);
    return;
  }
  expect.unreachable("it was not refused");
});
