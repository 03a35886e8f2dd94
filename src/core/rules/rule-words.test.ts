import { expect, test } from "vitest";
import { createRng } from "../math/rng.ts";
import { aConstraint, KINDS } from "./fixtures/random-rules.ts";
import type { RuleColumn } from "./read-rule.ts";
import { readRule } from "./read-rule.ts";
import { ruleKindName, ruleWords } from "./rule-words.ts";

const dates = ["admitted", "discharged", "died_at"].map((name): RuleColumn => ({ name, kind: "datetime" }));
const numbers =
  "age los_days weight_kg height_cm bmi pack_years sbp map dbp gcs eye verbal motor a b c".split(" ");
const levels: Readonly<Record<string, readonly string[]>> = {
  sex: ["male", "female"],
  smoker: ["no", "yes"],
  pregnant: ["no", "yes"],
  ward: ["Maternity", "Surgery"],
  clinic: ["A", "B"],
  city: ["Bonn"],
  county: ["NRW"],
};
const columns: readonly RuleColumn[] = [
  ...dates,
  ...numbers.map((name): RuleColumn => ({ name, kind: "integer" })),
  ...Object.entries(levels).map(([name, own]): RuleColumn => ({ name, kind: "category", levels: own })),
];

test.each([
  ["discharged >= admitted", "discharged is not before admitted"],
  ["admitted <= discharged < died_at", "discharged is not before admitted, and died_at is after discharged"],
  ["dbp <= map < sbp", "map is at least dbp, and sbp is above map"],
  ["los_days >= 1", "los_days is at least 1"],
  ["age in 12..55", "age is from 12 to 55"],
  ["age <= -3", "age is at most −3"],
  ['admitted >= "2020-02-01"', "admitted is not before 2020-02-01"],
  ["bmi = weight_kg / (height_cm / 100)^2", "bmi is weight_kg / (height_cm / 100)²"],
  [
    "los_days = floor(days(discharged - admitted))",
    "los_days is the time from admitted to discharged in whole days",
  ],
  ["gcs = eye + verbal + motor", "gcs is eye + verbal + motor"],
  ["a = b - (c - age) * 2", "a is b − (c − age) × 2"],
  ["discharged = died_at", "discharged equals died_at"],
  ["county follows from city", "county follows from city"],
  [
    "clinic, ward only in known pairs",
    "clinic and ward only in pairs that at least five training patients have",
  ],
  ["hours(discharged - admitted) < 30", "the time from admitted to discharged in hours is below 30"],
  ["never sex = male and pregnant = yes", "pregnant is never “yes” where sex is “male”"],
  [
    "never smoker = yes and age >= 18 and pack_years is missing",
    "pack_years is never missing where smoker is “yes” and age is at least 18",
  ],
  ["never ward = Maternity and died_at is present", "died_at is always missing where ward is “Maternity”"],
  [
    "never sex = male and ward in (Maternity, Surgery)",
    "ward is never “Maternity” or “Surgery” where sex is “male”",
  ],
  ["never sex = male and age < 18", "never sex is “male” and age is below 18"],
  ["never age < 18", "never age is below 18"],
  ["if smoker = no then pack_years is missing", "pack_years only where smoker is not “no”"],
  [
    "if smoker = no and age < 18 then pack_years is missing",
    "pack_years only where smoker is not “no” or age is at least 18",
  ],
  [
    "if ward = Maternity then sex = female and age in 12..55",
    "where ward is “Maternity”, sex is “female” and age is from 12 to 55",
  ],
  ["one of a, b, c is 1", "exactly one of a, b and c is 1"],
  ["a, b missing together", "a and b are missing together"],
  [
    "a, b, c, eye, verbal, motor, gcs, sbp, dbp, map missing together",
    "a, b, c, eye, verbal, motor and 4 more columns are missing together",
  ],
  ["a multiple of 5", "a is a multiple of 5"],
  ["sex same within patient", "sex is the same in all rows of a patient"],
  ["nothing after died_at", "no other date is after died_at"],
  ["dbp <= map and map <= sbp", "dbp is at most map and map is at most sbp"],
  [
    "sex in (male, female) or (age > 3 and a = 1)",
    "sex is “male” or “female” or (age is above 3 and a is 1)",
  ],
  ["not age in 3..", "age is not 3 or more"],
  ["not admitted < died_at", "admitted is not before died_at"],
  ["bmi is present", "bmi is present"],
])("%s", (text, words) => {
  expect(ruleWords(readRule(text, columns), columns)).toBe(words);
});

test("every kind has a name and words, whatever stands in it", () => {
  for (const kind of KINDS) {
    expect(ruleKindName(kind)).toMatch(/^[A-Z]/);
    const rng = createRng(KINDS.indexOf(kind));
    for (let i = 0; i < 50; i++)
      expect(ruleWords(aConstraint(rng, kind), [])).not.toMatch(/undefined|NaN|\[object/);
  }
});
