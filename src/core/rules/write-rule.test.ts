import { describe, expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import type { Constraint } from "./constraint.ts";
import { aCondition, aConstraint, aValue, KINDS, ODD_NAMES } from "./fixtures/random-rules.ts";
import type { RuleColumn } from "./read-rule.ts";
import { readExpression, readRule } from "./read-rule.ts";
import { writeExpression, writeRule } from "./write-rule.ts";

describe("a rule that is written", () => {
  test.each(KINDS)("of kind %s is read as the same again, whatever its names", (kind) => {
    const rng = createRng(KINDS.indexOf(kind) + 1);
    for (let i = 0; i < 400; i++) {
      const constraint = aConstraint(rng, kind);
      const text = writeRule(constraint);
      expect(readRule(text, ODD_NAMES), text).toEqual(constraint);
    }
  });

  test("as an expression is read as the same tree, brackets only where they are needed", () => {
    const rng = createRng(7);
    for (let i = 0; i < 1000; i++) {
      const tree = i % 2 ? aCondition(rng, 5) : aValue(rng, 6);
      expect(readExpression(writeExpression(tree))).toEqual(tree);
    }
    const texts = [
      "bmi = weight_kg / (height_cm / 100)^2",
      "a - (b - c) - d + e * -f",
      "(a + b)^-2^c",
      "if not (a = 1 or b = 2) and c is missing then d is present or e in 1..",
      'never sex = "male" and pregnant = "yes"',
      "not a < b < c",
    ];
    for (const text of texts) expect(writeRule(readRule(wrapped(text), names))).toBe(wrapped(text));
  });

  test("with ends on dates has dates, and milliseconds where no column says that they are dates", () => {
    const day = Date.UTC(2020, 1, 29);
    const range: Constraint = { kind: "range", column: "seen", low: day, high: day + 37_800_000 };
    const columns: RuleColumn[] = [{ name: "seen", kind: "datetime", date: { pattern: "D.M.YYYY H:mm" } }];
    expect(writeRule(range, columns)).toBe('seen in "2020-02-29".."2020-02-29T10:30"');
    expect(writeRule(range)).toBe(`seen in ${day}..${day + 37_800_000}`);
  });

  test.each([
    ["D.M.YYYY H:mm", 60_000],
    ["YYYY-MM-DD", 86_400_000],
    ["HH:mm", 60_000],
    ["YYYY-MM-DDTHH:mm:ss.SSSZ", 1],
  ])("with ends on the grid of %s is read as the same", (pattern, step) => {
    const columns: RuleColumn[] = [{ name: "seen", kind: "datetime", date: { pattern } }];
    const rng = createRng(3);
    for (let i = 0; i < 200; i++) {
      const steps = pattern === "HH:mm" ? rng.integer(1440) : rng.integer(2 ** 31) - 2 ** 30;
      const range: Constraint = { kind: "range", column: "seen", low: steps * step };
      expect(readRule(writeRule(range, columns), columns)).toEqual(range);
      const open: Constraint = { kind: "range", column: "seen", high: steps * step };
      expect(readRule(writeRule(open, columns), columns)).toEqual(open);
    }
  });
});

const names = ["a", "b", "c", "d", "e", "f", "bmi", "weight_kg", "height_cm", "sex", "pregnant"];
const wrapped = (text: string): string => (/[<=]|is/.test(text) ? text : `f = ${text.replace("-f", "-b")}`);
