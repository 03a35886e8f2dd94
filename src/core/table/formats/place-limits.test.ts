import { describe, expect, it } from "vitest";
import type { CutLimit } from "./cut-number.ts";
import { LimitsSoFar, placeLimits } from "./place-limits.ts";

const below: CutLimit = { side: "below", inclusive: false };
const above: CutLimit = { side: "above", inclusive: false };

function placed(limits: readonly [string, CutLimit, number][], values: readonly number[], decimals: number) {
  const found = new LimitsSoFar();
  for (const [text, limit, at] of limits) found.add(text, limit, at, 1);
  const places = placeLimits(found.done(), Float64Array.from(values), decimals);
  return Object.fromEntries([...places.values()].map(({ text, value }) => [text, value]));
}

describe("the number of a limit", () => {
  it("lies one step of the grid beyond it", () => {
    expect(placed([["<5", below, 5]], [5, 6.1], 1)).toEqual({ "<5": 4.9 });
    expect(placed([[">89", above, 89]], [88, 61], 0)).toEqual({ ">89": 90 });
    expect(placed([["<0.5", below, 0.5]], [1, 2, 3], 0)).toEqual({ "<0.5": 0 });
    expect(placed([["≤5", { side: "below", inclusive: true }, 5]], [6, 7], 0)).toEqual({ "≤5": 5 });
  });

  it("is no other cell's and no other limit's", () => {
    expect(placed([["<5", below, 5]], [4.9, 4.8, 6], 1)).toEqual({ "<5": 4.7 });
    expect(
      placed(
        [
          ["<5", below, 5],
          ["<3", below, 3],
          [">9", above, 9],
        ],
        [6, 7],
        0,
      ),
    ).toEqual({ "<5": 4, "<3": 2, ">9": 10 });
    const crowd = Array.from({ length: 90 }, (_, i) => i);
    expect(placed([["<80", below, 80]], crowd, 0)).toEqual({ "<80": -1 });
  });

  it("is one for all spellings, under the text that most cells have", () => {
    const found = new LimitsSoFar();
    found.add("<5", below, 5, 2);
    found.add("< 5", below, 5, 7);
    expect(found.done()).toMatchObject([{ text: "< 5", cells: 9, even: false }]);
  });
});
