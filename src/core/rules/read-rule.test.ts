import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "../fault.ts";
import { FaultError } from "../fault.ts";
import type { Constraint } from "./constraint.ts";
import { ODD_NAMES } from "./fixtures/random-rules.ts";
import type { RuleColumn } from "./read-rule.ts";
import { readExpression, readRule } from "./read-rule.ts";
import { writeRule } from "./write-rule.ts";

const day = { pattern: "YYYY-MM-DD" };
const decimals = (places: number) => ({ decimals: places, decimalMark: ".", thousandsMark: "" }) as const;

const columns: readonly RuleColumn[] = [
  { name: "age", kind: "integer", number: decimals(0) },
  { name: "los_days", kind: "integer", number: decimals(0) },
  { name: "weight_kg", kind: "decimal", number: decimals(1) },
  { name: "height_cm", kind: "decimal", number: decimals(1) },
  { name: "bmi", kind: "decimal", number: decimals(1) },
  { name: "pack_years", kind: "decimal", number: decimals(1) },
  { name: "admitted", kind: "datetime", date: day },
  { name: "discharged", kind: "datetime", date: day },
  { name: "died_at", kind: "datetime", date: { pattern: "DD.MM.YYYY HH:mm" } },
  { name: "sex", kind: "category", levels: ["male", "female"] },
  { name: "smoker", kind: "category", levels: ["yes", "no"] },
  { name: "disposition", kind: "category", levels: ["home", "died", "died in ED"] },
  { name: "grade", kind: "category", levels: ["1", "2", "3"] },
  { name: "clinic", kind: "category", levels: ["A", "B"] },
  { name: "ward", kind: "category", levels: ["A1", "Maternity"] },
  { name: "a", kind: "boolean", levels: ["0", "1"] },
  { name: "b", kind: "boolean", levels: ["0", "1"] },
  { name: 'a column: with "odd" names', kind: "integer" },
  { name: "<b>bold</b>", kind: "integer" },
];

const is = (name: string, value: string | number) => ({
  type: "compare",
  operands: [
    { type: "column", name },
    typeof value === "number" ? { type: "number", value } : { type: "text", value },
  ],
  comparisons: ["="],
});

const read = (text: string): Constraint => readRule(text, columns);

function faultOf(run: () => unknown): Extract<Fault, { code: "rule-unreadable" }> {
  try {
    run();
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "rule-unreadable") return error.fault;
    throw error;
  }
  throw new Error("It was read.");
}

describe("the kind of a rule follows from its shape", () => {
  test.each<[string, Constraint]>([
    [
      "admitted <= discharged < died_at",
      { kind: "order", columns: ["admitted", "discharged", "died_at"], strict: [false, true] },
    ],
    ["discharged >= admitted", { kind: "order", columns: ["admitted", "discharged"], strict: [false] }],
    [
      "died_at > discharged ≥ admitted",
      { kind: "order", columns: ["admitted", "discharged", "died_at"], strict: [false, true] },
    ],
    ["age in 12..55", { kind: "range", column: "age", low: 12, high: 55 }],
    ["age in ..55", { kind: "range", column: "age", high: 55 }],
    ["age in 12..", { kind: "range", column: "age", low: 12 }],
    ["bmi in .5..1e2", { kind: "range", column: "bmi", low: 0.5, high: 100 }],
    ["-3 <= bmi <= 80", { kind: "range", column: "bmi", low: -3, high: 80 }],
    ["80 >= bmi", { kind: "range", column: "bmi", high: 80 }],
    ["los_days > 0", { kind: "range", column: "los_days", low: 1 }],
    ["0 < bmi < .3", { kind: "range", column: "bmi", low: 0.1, high: 0.2 }],
    ["los_days < 3.5", { kind: "range", column: "los_days", high: 3 }],
    ["age = 40", { kind: "range", column: "age", low: 40, high: 40 }],
    ['admitted >= "2020-02-01"', { kind: "range", column: "admitted", low: Date.UTC(2020, 1, 1) }],
    ['admitted <= "2020-02"', { kind: "range", column: "admitted", high: Date.UTC(2020, 1, 29) }],
    ['admitted > "2020-02-01"', { kind: "range", column: "admitted", low: Date.UTC(2020, 1, 2) }],
    ['died_at <= "2020-02-01"', { kind: "range", column: "died_at", high: Date.UTC(2020, 1, 1, 23, 59) }],
    [
      'died_at >= "01.02.2020 10:30"',
      { kind: "range", column: "died_at", low: Date.UTC(2020, 1, 1, 10, 30) },
    ],
    [
      'died_at in "2020".."2021"',
      { kind: "range", column: "died_at", low: Date.UTC(2020), high: Date.UTC(2021, 11, 31, 23, 59) },
    ],
    ["county follows from city", { kind: "follows", column: "county", from: "city" }],
    ["clinic, ward only in known pairs", { kind: "combinations", columns: ["clinic", "ward"] }],
    [
      "clinic, ward, sex only in known combinations",
      { kind: "combinations", columns: ["clinic", "ward", "sex"] },
    ],
    ["one of a, b is 1", { kind: "one-hot", columns: ["a", "b"] }],
    ["a, b missing together", { kind: "missing-together", columns: ["a", "b"] }],
    ["los_days multiple of .5", { kind: "multiple", column: "los_days", of: 0.5 }],
    ["sex same within patient", { kind: "same-within-patient", column: "sex" }],
    ["nothing after died_at", { kind: "nothing-after", column: "died_at" }],
  ])("%s", (text, constraint) => {
    const more = [...columns, { name: "county" }, { name: "city" }];
    expect(readRule(text, more)).toEqual(constraint);
  });

  test("a column that equals a calculation of others is a formula, on either side", () => {
    const formula = read("bmi = weight_kg / (height_cm / 100)^2");
    expect(formula).toMatchObject({ kind: "formula", column: "bmi" });
    expect(read("weight_kg / (height_cm / 100)^2 = bmi")).toEqual(formula);
    expect(read("los_days = floor(days(discharged - admitted))")).toMatchObject({
      kind: "formula",
      column: "los_days",
    });
    expect(read("discharged = died_at")).toEqual({
      kind: "formula",
      column: "discharged",
      equals: { type: "column", name: "died_at" },
    });
    expect(read("bmi = bmi + weight_kg").kind).toBe("expression");
  });

  test("what is neither is an expression", () => {
    for (const text of [
      "pack_years <= bmi and bmi <= age",
      "age > 18 or sex = male",
      "age != 3",
      "admitted <= discharged >= died_at",
      "bmi < weight_kg / 2",
      "age in (1, 2)",
      "bmi is present",
      "a = 1",
      "1 <= age = 5 <= bmi",
    ])
      expect(read(text).kind, text).toBe("expression");
    expect(readRule("x > 0", ["x"]).kind).toBe("expression");
  });

  test("levels need no quotes beside their column, whatever side they stand on", () => {
    const gate: Constraint = {
      kind: "implies",
      when: is("smoker", "no") as never,
      then: { type: "missing", column: "pack_years" },
    };
    for (const text of [
      "if smoker = no then pack_years is empty",
      'if smoker = "no" then pack_years is missing',
      "IF smoker = no THEN pack_years is not present",
    ])
      expect(read(text)).toEqual(gate);
    expect(read("if disposition = died in ED then los_days = 0")).toMatchObject({
      when: is("disposition", "died in ED"),
    });
    expect(read("if disposition = died then los_days = 0")).toMatchObject({
      when: is("disposition", "died"),
    });
    expect(read("if disposition in (died in ED, home) then age > 1")).toMatchObject({
      when: { type: "in", options: [{ value: "died in ED" }, { value: "home" }] },
    });
    expect(read("never female = sex and grade >= 2")).toMatchObject({
      when: {
        parts: [
          {
            operands: [
              { type: "text", value: "female" },
              { type: "column", name: "sex" },
            ],
          },
          {},
        ],
      },
    });
    expect(read('if ward = "Maternity" then sex = female and age in 12..55')).toMatchObject({
      kind: "implies",
      then: { type: "and", parts: [is("sex", "female"), { type: "between" }] },
    });
  });

  test("names that are no words stand in back-quotes; HTML is a name like any other", () => {
    expect(read('`a column: with "odd" names` >= 3')).toEqual({
      kind: "range",
      column: 'a column: with "odd" names',
      low: 3,
    });
    expect(read("age <= `<b>bold</b>`")).toMatchObject({ columns: ["age", "<b>bold</b>"] });
    expect(readRule("`and` < `log` <= days", ["and", "log", "days"])).toMatchObject({
      columns: ["and", "log", "days"],
    });
    expect(readRule("AND > 3 and B > 2", ["AND", "B"]).kind).toBe("expression");
  });

  test("signs bind as in arithmetic", () => {
    const value = (text: string): unknown => readExpression(text);
    expect(value("-2^2")).toEqual(value("-(2^2)"));
    expect(value("2^3^2")).toEqual(value("2^(3^2)"));
    expect(value("1 - 2 - 3")).toEqual(value("(1 - 2) - 3"));
    expect(value("1 + 2 * 3 mod 4")).toEqual(value("1 + ((2 * 3) mod 4)"));
    expect(value("not x = 1 and y = 2 or z = 3")).toEqual(value("((not (x = 1)) and (y = 2)) or (z = 3)"));
    expect(value("if x = 1 then if y = 1 then z = 1")).toEqual(value("if x = 1 then (if y = 1 then z = 1)"));
  });
});

describe("what cannot be read says where, why and how to go on", () => {
  test("a level that is a word of rules", () => {
    const smoker: RuleColumn = { name: "smoker", kind: "category", levels: ["never", "former"] };
    const fault = faultOf(() =>
      readRule("if smoker = never then age > 3", [smoker, { name: "age", kind: "integer" }]),
    );
    expect(fault.reason).toBe(
      '“never” is a word of rules. The level of that name stands in double quotes: "never".',
    );
    expect(fault.at).toBe(12);
  });

  test.each([
    ["age > 3 and pain score <= 10", 12, "`pain score`"],
    ["<b>pain</b> score <= 10", 0, "`<b>pain</b> score`"],
    ["age group <= 3", 0, "`age group`"],
    ["tumour size-mm > 3", 0, "`tumour size-mm`"],
  ])("%s: a name that needs back-quotes", (text, at, name) => {
    const columns = ["age", "pain score", "<b>pain</b> score", "age group", "tumour size-mm", "size"];
    const fault = faultOf(() => readRule(text, columns));
    expect(fault.reason).toBe(`A name like this stands in back-quotes: ${name}`);
    expect(fault.at).toBe(at);
  });

  test.each<[string, number, RegExp]>([
    ["", 0, /empty/],
    ["   ", 0, /empty/],
    ["wieght_kg > 3", 0, /no column “wieght_kg”. Did you mean “weight_kg”\?/],
    ["age > hieght_cm", 6, /Did you mean “height_cm”\?/],
    [
      "if smoker = noo then age > 3",
      12,
      /no column “noo”, and “smoker” has no such level\. Did you mean “no”\?/,
    ],
    ["if smoker = sometimes then age > 3", 12, /“smoker” has no such level.*"sometimes"/],
    ["age > ", 6, /number, a column or a text was expected, but the rule ends/],
    ["age > (3 + 2", 12, /closing bracket “\)” was expected, but the rule ends/],
    ["age > 3)", 7, /Nothing was expected here, but “\)” comes/],
    ['age = "old"', 6, /“age” holds numbers, but “old” is a text/],
    ['bmi + "3" > 2', 6, /Numbers stand without quotes/],
    ["sex > 3", 6, /“sex” holds words/],
    ["sex + 1 > 3", 0, /“sex” holds words/],
    ["sex < smoker", 0, /no order/],
    ["admitted > 3", 11, /Compare it with a date such as "2020-01-31"/],
    ["admitted > 2020", 11, /Compare it with a date/],
    ['admitted > "31 feb"', 11, /no date/],
    ["admitted < age", 11, /is a date/],
    ["discharged <= admitted + 30", 25, /days\(discharged - admitted\) <= 30/],
    ["discharged - admitted <= 30", 25, /needs a unit/],
    ["days(admitted) > 3", 5, /time between two dates/],
    ["admitted * 2 > 3", 0, /only be subtracted/],
    ["age and bmi > 3", 0, /true or false/],
    ["if sex then age > 3", 3, /such as sex = "male"/],
    ["age", 0, /true or false/],
    ["age > 3 age", 8, /Nothing was expected here/],
    ["age is 3", 7, /“missing” or “present”/],
    ["age + 1 is missing", 0, /Only a column/],
    ["age in 3", 8, /“\.\.” between two ends.*in \(1, 2\)/],
    ["age in ..", 7, /at least one end/],
    ["foo(age) > 2", 0, /no function “foo”.*abs, floor/],
    ["log(age, 2) > 2", 0, /log takes one number/],
    ['sex = "male', 6, /never closed/],
    ["sex = 'male'", 6, /double quotes/],
    ["age > 3 & bmi > 2", 8, /Write and\./],
    ["2nd > 3", 0, /back-quotes: `2nd`/],
    ["age > 1e999", 6, /too large/],
    ["one of a, a is 1", 10, /named twice/],
    ["one of a, b is 2", 15, /“is 1” was expected/],
    ["a, b apart", 5, /missing together/],
    ["age multiple of 0", 16, /above 0/],
    ["age multiple of -5", 17, /above 0/],
    ["sex follows from sex", 17, /from itself/],
    ["nothing after age", 14, /no date/],
    ["(age > 3) + 1 > 2", 0, /comparison stands where a number/],
    ["(age > 3) = (bmi > 2)", 0, /cannot be compared/],
    ["if age > 3", 10, /“then” was expected/],
    ["then > 3", 0, /number, a column/],
  ])("%s", (text, at, reason) => {
    const fault = faultOf(() => read(text));
    expect(fault.text).toBe(text);
    expect(fault.reason).toMatch(reason);
    expect(fault.at).toBe(at);
  });

  test("the words name the rule and count characters from 1", () => {
    const text = "wieght_kg > 3";
    expect(() => read(text)).toThrow(
      "The rule “wieght_kg > 3” cannot be read. At character 1: There is no column “wieght_kg”. Did you mean “weight_kg”?",
    );
  });

  test("nothing is nested or written so deep that the stack ends", () => {
    for (const [open, inner, close] of [
      ["(", "age", ")"],
      ["-", "age", ""],
      ["not ", "age > 1", ""],
      ["if age > 1 then ", "age > 1", ""],
      ["2^", "age", ""],
      ["abs(", "age", ")"],
    ] as const) {
      const deep = (levels: number): string => open.repeat(levels) + inner + close.repeat(levels);
      const rule = (levels: number): string => (inner === "age" ? `${deep(levels)} > 1` : deep(levels));
      expect(() => read(rule(40)), open).not.toThrow();
      expect(faultOf(() => read(rule(500))).reason, open).toMatch(/nested too deeply/);
      expect(faultOf(() => read(rule(100_000))).reason, open).toMatch(/too deeply|too long/);
    }
    const sum = (terms: number): string => `bmi = ${Array.from({ length: terms }, () => "age").join(" + ")}`;
    expect(read(writeRule(read(sum(1900))))).toEqual(read(sum(1900)));
    expect(faultOf(() => read(sum(3000))).reason).toMatch(/too long/);
  });
});

test("no text ends in anything but a constraint or a fault", () => {
  const pieces = fc.array(
    fc.constantFrom(
      ...'age bmi admitted died_at sex smoker male no grade a b if then and or not in is missing of one never nothing after only known pairs mod ( ) , .. <= < = >= + - * / ^ 1 .5 1e3 0 " ` \\ "male" "2020-01-01" days( abs( round( multiple follows from same within patient together'.split(
        " ",
      ),
    ),
    { maxLength: 14 },
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    pieces.map((list) => list.join(" ")),
    pieces.map((list) => list.join("")),
  );
  const outcome = (run: () => unknown): void => {
    try {
      run();
    } catch (error) {
      expect(error).toBeInstanceOf(FaultError);
      const { fault } = error as FaultError;
      expect(fault.code).toBe("rule-unreadable");
    }
  };
  fc.assert(
    fc.property(text, (said) => {
      outcome(() => readRule(said, columns));
      outcome(() => readRule(said, ODD_NAMES));
      outcome(() => readExpression(said));
    }),
    { seed: 16, numRuns: 4000 },
  );
});
