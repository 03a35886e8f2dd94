import { expect, test } from "vitest";
import type { ClinicalRule } from "../../../core/clinic/rules/clinical-rule.ts";
import { withOwnRule, withoutOwnRule, withState } from "./book-choices.ts";

const empty = { off: [], on: [], own: [] };
const rule = (id: string, text: string): ClinicalRule => ({
  id,
  text,
  says: text,
  kahn: "plausibility.atemporal",
  kind: "range",
  hard: false,
  source: "Set by a person",
});

test("a switch is said only where it is not what would be anyway", () => {
  const off = withState(empty, "a", false, false);
  expect(off).toEqual({ off: ["a"], on: [], own: [] });
  expect(withState(off, "a", true, false)).toEqual(empty);
  const kept = withState(empty, "a", true, true);
  expect(kept).toEqual({ off: [], on: ["a"], own: [] });
  expect(withState(kept, "a", false, false)).toEqual({ off: ["a"], on: [], own: [] });
});

test("a rule of the same id takes the place of the one before, and goes without a trace", () => {
  const one = withOwnRule({ ...empty, off: ["a"] }, rule("a", "x >= 1"));
  expect(one.off).toEqual([]);
  const two = withOwnRule(one, rule("a", "x >= 2"));
  expect(two.own.map(({ text }) => text)).toEqual(["x >= 2"]);
  expect(withoutOwnRule(two, "a")).toEqual(empty);
});
