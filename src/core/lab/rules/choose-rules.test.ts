import { describe, expect, test } from "vitest";
import type { FoundRule } from "../../rules/constraint.ts";
import { chosenRules, type WrittenRule } from "./choose-rules.ts";
import type { RuleChoice } from "./rule-list.ts";

const rule = (text: string, nearly = false): WrittenRule => {
  const [low = "", high = ""] = text.split(" <= ");
  const found: FoundRule = {
    constraint: { kind: "order", columns: [low, high], strict: [false] },
    support: { rows: 100, broken: nearly ? 3 : 0 },
    nearly,
  };
  return { found, text };
};
const written = [rule("a <= b"), rule("b <= c", true), rule("c <= d")];
const listed = (choices: readonly RuleChoice[], of = written) =>
  chosenRules(of, choices).map(({ rule: { text, on, by }, group }) => [group, text, on, by].join(" "));

describe("what was found and what a person made of it", () => {
  test("what holds in every row is on, what nearly does is off, both in the order of the list", () => {
    expect(listed([])).toEqual([
      "found a <= b true found",
      "found c <= d true found",
      "nearly b <= c false found",
    ]);
  });

  test("a switch is kept, and waits while its rule is not found", () => {
    const off = [{ text: "a <= b", on: false, by: "found" }] as const;
    expect(listed(off)[0]).toBe("found a <= b false found");
    expect(listed(off, written.slice(1))).toEqual(["found c <= d true found", "nearly b <= c false found"]);
  });

  test("one that was switched on and is not found any more is the person's", () => {
    const on = [{ text: "b <= c", on: true, by: "found" }] as const;
    expect(listed(on)).toContain("nearly b <= c true found");
    expect(listed(on, [rule("a <= b")])).toEqual(["found a <= b true found", "person b <= c true person"]);
  });

  test("a found rule stands aside for what was written in its place, and for the same text", () => {
    const own = [
      { text: "a < b", on: true, by: "person", instead: "a <= b" },
      { text: "c <= d", on: false, by: "person" },
    ] as const;
    expect(listed(own)).toEqual([
      "nearly b <= c false found",
      "person a < b true person",
      "person c <= d false person",
    ]);
  });
});
