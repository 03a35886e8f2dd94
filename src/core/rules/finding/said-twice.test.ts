import { expect, test } from "vitest";
import { createRng } from "../../math/rng.ts";
import { levels, madeTable } from "../../table/fixtures/made-table.ts";
import type { Table } from "../../table/table.ts";
import { ruleOfDerivation } from "../derived-rules.ts";
import { findInRows, findRules } from "./find-rules.ts";
import { countRule } from "../rule-test.ts";
import { withoutSaidTwice } from "./said-twice.ts";
import { readRule } from "../read-rule.ts";
import { writeRule } from "../write-rule.ts";

const CITIES = ["Aport", "Aburg", "Bport", "Bburg", "Cport", "Cburg", "Dport", "Dburg"];

/** Towns in their counties, and a question that only women are asked. */
function asked(rows: number): Table {
  const rng = createRng(5);
  const city = Array.from({ length: rows }, () => rng.integer(8));
  const sex = Array.from({ length: rows }, () => rng.integer(2));
  return madeTable([
    levels("city", city, CITIES),
    levels(
      "county",
      city.map((code) => Math.floor(code / 2)),
      ["A", "B", "C", "D"],
    ),
    levels("sex", sex, ["F", "M"]),
    levels(
      "pregnant",
      sex.map((code) => (code === 1 ? -1 : rng.uniform() < 0.1 ? 1 : 0)),
      ["no", "yes"],
    ),
  ]);
}

test("what follows from another column is not told again as combinations, and a gate not as a lookup", async () => {
  const table = asked(1000);
  const { rules, derivations } = await findInRows(table);
  const texts = rules.map(({ constraint }) => writeRule(constraint));
  expect(texts).toContain("county follows from city");
  expect(texts).toContain('if sex = "M" then pregnant is missing');
  expect(texts).toContain('never sex = "F" and pregnant is missing');
  expect(texts).toHaveLength(3);
  const steps = derivations.steps.map((step) => ruleOfDerivation(step, table.schema.columns));
  expect(steps.flatMap((rule) => (rule ? [writeRule(rule)] : []))).toEqual(["county follows from city"]);
});

test("combinations stay beside a lookup that some rows break", () => {
  const table = asked(300);
  const rules = ["county follows from city", "city, county only in known pairs"].map((text, k) => ({
    constraint: readRule(text, table.schema.columns),
    support: { rows: 300, broken: k === 0 ? 1 : 0 },
    nearly: k === 0,
  }));
  expect(withoutSaidTwice(rules, table)).toEqual(rules);
});

test("what is found is counted like a rule that a person writes", async () => {
  const table = asked(1000);
  for (const { constraint, support } of await findRules(table))
    expect(support, writeRule(constraint)).toEqual(countRule(constraint, table));
});
