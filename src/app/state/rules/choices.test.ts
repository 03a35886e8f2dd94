import { describe, expect, it } from "vitest";
import { withRule, withSwitch, withoutRule } from "./choices.ts";
import type { RuleChoice } from "../../../worker/protocol.ts";
import type { RuleLine } from "./rules.ts";

const line = (rule: RuleChoice, group: RuleLine["group"] = "found"): RuleLine => ({
  index: 1,
  rule,
  group,
  kind: "Order",
  words: "",
  held: "",
  remark: "",
  gap: "",
  notes: [],
  kept: "",
});
const found = line({ text: "a <= b", on: true, by: "found" });
const nearly = line({ text: "b <= c", on: false, by: "found" }, "nearly");
const own = line({ text: "a >= 1", on: true, by: "person" }, "person");
const ownChoice = own.rule;

describe("what a person makes of rules", () => {
  it("switches found rules, and forgets a choice that says what was found", () => {
    const off = withSwitch([ownChoice], found, false);
    expect(off).toEqual([ownChoice, { text: "a <= b", on: false, by: "found" }]);
    expect(withSwitch(off, found, true)).toEqual([ownChoice]);
    expect(withSwitch([], nearly, true)).toEqual([{ text: "b <= c", on: true, by: "found" }]);
    expect(withSwitch([ownChoice], own, false)).toEqual([{ ...ownChoice, on: false }]);
  });

  it("writes a rule in the place of a found one, again, and goes back to what was found", () => {
    const written = withRule([], [found], "a < b", found);
    expect(written).toEqual([{ text: "a < b", on: true, by: "person", instead: "a <= b" }]);
    const [choice] = written as [RuleChoice];
    const again = withRule(written, [line(choice, "person")], "a < c", line(choice, "person"));
    expect(again).toEqual([{ text: "a < c", on: true, by: "person", instead: "a <= b" }]);
    expect(withoutRule(again, line(again[0] as RuleChoice, "person"))).toEqual([]);
  });

  it("adds a rule once: what is listed already is switched on", () => {
    expect(withRule([], [found, nearly], "b <= c")).toEqual([{ text: "b <= c", on: true, by: "found" }]);
    expect(withRule([], [found], "a <= b")).toEqual([]);
    const off = { ...ownChoice, on: false };
    expect(withRule([off], [line(off, "person")], own.rule.text)).toEqual([ownChoice]);
    expect(withRule([ownChoice], [own, nearly], "b <= c", own)).toEqual([
      { text: "b <= c", on: true, by: "found" },
    ]);
  });
});
