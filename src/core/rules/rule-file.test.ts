import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import { aConstraint, KINDS, ODD_NAMES } from "./fixtures/random-rules.ts";
import type { FiledRule } from "./rule-file.ts";
import { readRuleFile, writeRuleFile } from "./rule-file.ts";
import { writeRule } from "./write-rule.ts";

const columns = ["age", "bmi", "<script>alert(1)</script>", 'a "quoted" name'];
const rules: readonly FiledRule[] = [
  {
    text: "age in 18..90",
    on: true,
    by: "found",
    words: "age is from 18 to 90",
    held: { rows: 400, broken: 0 },
  },
  { text: '`<script>alert(1)</script>` <= `a "quoted" name`', on: false, by: "person" },
];

test("rules come back from their file as they were, and the bytes are the same each time", () => {
  const text = writeRuleFile(rules);
  expect(readRuleFile(text, columns)).toEqual(
    rules.map(({ text: said, on, by }) => ({ text: said, on, by })),
  );
  expect(writeRuleFile(rules)).toBe(text);
  expect(JSON.parse(text)).toEqual({ semblance: "rules", version: 1, rules });
  expect(text.split("\n")).toHaveLength(9);
  expect(readRuleFile(`\uFEFF${writeRuleFile([])}`, columns)).toEqual([]);
});

test("rules of every kind with any name survive", () => {
  const rng = createRng(2);
  const many = KINDS.flatMap((kind) =>
    Array.from({ length: 20 }, (): FiledRule => ({
      text: writeRule(aConstraint(rng, kind)),
      on: true,
      by: "person",
    })),
  );
  const different = many.filter((rule, i) => many.findIndex(({ text }) => text === rule.text) === i);
  expect(readRuleFile(writeRuleFile(many), ODD_NAMES)).toEqual(different);
});

test("counts of fewer than five rows are in no file", () => {
  const held = (rows: number, broken: number): string =>
    writeRuleFile([{ text: "age > 3", on: true, by: "found", held: { rows, broken } }]);
  expect(held(100, 3)).not.toContain("held");
  expect(held(100, 97)).not.toContain("held");
  expect(held(3, 0)).not.toContain("held");
  expect(held(100, 5)).toContain('"held":{"rows":100,"broken":5}');
});

describe("a file that cannot be used says why and how to go on", () => {
  const file = (of: object): string => JSON.stringify({ semblance: "rules", version: 1, rules: [], ...of });
  const rule = (of: object): string => file({ rules: [{ text: "age > 3", on: true, by: "found", ...of }] });

  test.each<[string, string, RegExp]>([
    ["no JSON", "age > 3", /not JSON\. Choose a file/],
    ["empty", "", /not JSON/],
    ["a list", "[]", /no JSON object/],
    ["null", "null", /no JSON object/],
    ["another file", JSON.stringify({ semblance: "model", version: 1 }), /not “rules”/],
    ["a later version", file({ version: 2 }), /of version 2, and this lab reads version 1/],
    ["no version", file({ version: undefined }), /of version none/],
    ["rules that are no list", file({ rules: { length: 3 } }), /no list of rules/],
    ["a rule that is a text", file({ rules: ["age > 3"] }), /Rule 1 is no object/],
    ["a rule without text", rule({ text: 3 }), /Rule 1 has no text/],
    ["a rule that is neither on nor off", rule({ on: "yes" }), /Rule 1 does not say whether it is on/],
    ["a rule of nobody", rule({ by: "me" }), /Rule 1 does not say who/],
    [
      "a missing column",
      rule({ text: "aeg > 3" }),
      /Rule 1: The rule “aeg > 3” cannot be read.*Did you mean “age”\?.*take it out of the file/,
    ],
    ["a rule that is none", rule({ text: "age >" }), /Rule 1: .*the rule ends/],
    ["too many rules", file({ rules: Array.from({ length: 10_001 }, () => 1) }), /at most 10000/],
  ])("%s", (_, text, reason) => {
    const run = (): unknown => readRuleFile(text, columns);
    expect(run).toThrow(FaultError);
    expect(run).toThrow(reason);
  });

  test("whatever JSON it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.jsonValue().map((value) => file({ rules: [value] })),
        ),
        (text) => {
          try {
            readRuleFile(text, columns);
          } catch (error) {
            expect(error).toBeInstanceOf(FaultError);
          }
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });

  test("and nothing in it reaches what objects inherit", () => {
    const text =
      '{"semblance":"rules","version":1,"rules":[{"__proto__":{"polluted":1},"text":"age > 3","on":true,"by":"found"}]}';
    expect(readRuleFile(text, columns)).toEqual([{ text: "age > 3", on: true, by: "found" }]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});
