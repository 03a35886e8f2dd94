import { describe, expect, it } from "vitest";
import { FaultError } from "../../../fault.ts";
import { madeTable, numbers, texts } from "../../../table/fixtures/made-table.ts";
import { countedRules, plausibilityRules } from "../plausibility-rules.ts";
import { isRuleBook, readRuleBook, writeRuleBook } from "./rule-book-file.ts";

const DAY = 86_400_000;
const at = <T>(of: (i: number) => T): T[] => Array.from({ length: 60 }, (_, i) => of(i));
const table = madeTable([
  numbers(
    "ejection_fraction",
    at((i) => 20 + i),
    { decimals: 0 },
  ),
  numbers(
    "sodium",
    at((i) => 130 + (i % 15)),
    { decimals: 0 },
  ),
  numbers(
    "bmi",
    at((i) => 18 + (i % 20)),
    { decimals: 1 },
  ),
  numbers(
    "admission_date",
    at((i) => i * DAY),
    { pattern: "YYYY-MM-DD" },
  ),
  numbers(
    "discharge_date",
    at((i) => (i + 3) * DAY),
    { pattern: "YYYY-MM-DD" },
  ),
  texts(
    "sex",
    at((i) => (i % 2 === 0 ? "Female" : "Male")),
  ),
  texts(
    "pregnant",
    at((i) => (i % 6 === 0 ? "yes" : "no")),
  ),
  texts(
    "dialysis",
    at((i) => (i % 10 === 0 ? "yes" : "no")),
  ),
]);

const book = (rules: readonly unknown[], more: object = {}): string =>
  JSON.stringify({ semblance: "clinical-rules", version: 1, rules, ...more });

async function written(rule: unknown): Promise<string[]> {
  const read = await readRuleBook(book([rule]), table);
  const ids = new Set(read.own.map(({ id }) => id));
  return countedRules([table], read).counted.flatMap(({ bound }) =>
    ids.has(bound.rule.id) ? [bound.written] : [],
  );
}

async function refused(text: string): Promise<string> {
  try {
    await readRuleBook(text, table);
  } catch (error) {
    if (error instanceof FaultError && error.fault.code === "rule-file-unreadable") return error.fault.reason;
    throw error;
  }
  throw new Error("it was read");
}

describe("rules as people write them", () => {
  it.each([
    ["ejection_fraction between 5 and 85", "ejection_fraction in 5..85"],
    ["Ejection fraction is between 5 and 85", "ejection_fraction in 5..85"],
    ["lvef at most 85", "ejection_fraction <= 85"],
    ["discharge after admission", "admission_date <= discharge_date"],
    ["admission not after discharge", "admission_date <= discharge_date"],
    ["if pregnant then female", 'if pregnant = "yes" then sex = "Female"'],
    ["if pregnant then not male", 'if pregnant = "yes" then not sex = "Male"'],
    ["if dialysis then sodium above 120", 'if dialysis = "yes" then sodium > 120'],
    ["sodium at least 100", "sodium >= 100"],
    ["{Sodium, mmol/L} in 100..180", "sodium in 100..180"],
    ["sodium < 200", "sodium <= 199"],
    ["sodium is between 100 and 180 mmol/L", "sodium in 100..180"],
    ["ejection fraction below 85%", "ejection_fraction <= 84"],
    ["pregnant only if female", 'if pregnant = "yes" then sex = "Female"'],
  ])("reads “%s”", async (said, rule) => expect(await written(said)).toEqual([rule]));

  it("gives back what it wrote, to the byte", async () => {
    const read = await readRuleBook(
      book(
        ["discharge after admission", { text: "sodium >= 100", says: "No sodium is below 100", hard: true }],
        {
          off: ["pressure.order"],
          on: ["body.bmi"],
        },
      ),
      table,
    );
    const file = writeRuleBook(read);
    expect(isRuleBook(file)).toBe(true);
    expect(await readRuleBook(file, table)).toEqual(read);
    expect(writeRuleBook(await readRuleBook(file, table))).toBe(file);
  });

  it("a rule on several lines is said on one, so that the file can be saved and opened again", async () => {
    const read = await readRuleBook(book(["sodium >= 100\n\tand sodium <= 180"]), table);
    expect(read.own.map(({ says }) => says)).toEqual(["sodium >= 100 and sodium <= 180"]);
    expect(await readRuleBook(writeRuleBook(read), table)).toEqual(read);
  });

  it("switches rules off, puts a person's in the place of a built-in one, and counts it though real rows break it", async () => {
    const read = await readRuleBook(
      book([{ id: "sodium.range", text: "{Sodium} in 138..150" }], {
        off: ["ejection-fraction.range.percent"],
      }),
      table,
    );
    const { rules } = plausibilityRules([table], read);
    expect(rules.map(({ rule }) => rule.id)).not.toContain("ejection-fraction.range.percent");
    const sodium = countedRules([table], read).counted.filter(
      ({ bound }) => bound.rule.id === "sodium.range",
    );
    expect(sodium.map(({ bound, state }) => [bound.written, state])).toEqual([["sodium in 138..150", "on"]]);
    expect(sodium[0]?.breaks.broken).toBe(32);
  });
});

describe("rule books that cannot be used", () => {
  it.each([
    ["no JSON", "rules: all", /it is not JSON/],
    [
      "another file",
      JSON.stringify({ semblance: "rules", version: 1, rules: [] }),
      /“semblance” is not “clinical-rules”/,
    ],
    [
      "another version",
      JSON.stringify({ semblance: "clinical-rules", version: 7 }),
      /of version 7, and this lab reads version 1/,
    ],
    ["no column", book(["weigth <= 5"]), /Rule 1: .*There is no column “weigth”/],
    [
      "a column nearly named",
      book(["sodim between 5 and 8"]),
      /There is no column and no quantity called “sodim”\. Did you mean “sodium”/,
    ],
    [
      "an unknown quantity",
      book(["{Sodiun} >= 5"]),
      /not a quantity that the lab knows\. Did you mean \{Sodium\}/,
    ],
    ["HTML in its text", book(["sodium < 5 <script>alert(1)</script>"]), /Rule 1: .*It holds HTML/],
    [
      "HTML in what it says",
      book([{ text: "sodium >= 5", says: "<b>high</b>" }]),
      /Rule 1 \(“sodium >= 5”\): “says” holds HTML/,
    ],
    [
      "a word of Kahn's that is none",
      book([{ text: "sodium >= 5", kahn: "truth" }]),
      /Rule 1 .*“kahn” is not as a rule has it/,
    ],
    ["a property that is none", book([{ text: "sodium >= 5", colour: "red" }]), /Rule 1 .*colour/],
    ["a division by zero", book(["sodium / 0 > 5"]), /“sodium \/ 0 > 5” cannot be used: .*division by zero/],
    [
      "rules that contradict",
      book(["sodium >= 140", "sodium <= 135"]),
      /“sodium >= 140” and “sodium <= 135” cannot be used/,
    ],
    [
      "a unit that is none of its quantity",
      book(["sodium below 3 mg"]),
      /“mg” is not a unit of Sodium that the lab knows: mmol\/L/,
    ],
    ["turned ends", book(["sodium between 150 and 100"]), /lower end is above its upper end/],
    [
      "an id that is none",
      book([], { off: ["presure.order"] }),
      /“off” names “presure\.order”.*Did you mean “pressure\.order”/,
    ],
    ["a rule off and on", book([], { off: ["body.bmi"], on: ["body.bmi"] }), /both off and on/],
  ])("with %s are refused with the rule and the way out", async (_, text, reason) =>
    expect(await refused(text)).toMatch(reason),
  );
});
