import { expect, test } from "vitest";
import { FaultError } from "../fault.ts";
import { createRng } from "../math/rng.ts";
import { levels, madeTable, numbers, texts } from "../table/fixtures/made-table.ts";
import type { Table } from "../table/table.ts";
import { learnedRule, loadLearnedRule } from "./learned-rule.ts";
import { readRule, ruleColumns } from "./read-rule.ts";
import { countRule } from "./rule-test.ts";

const rng = createRng(8);
const rows = 600;
const age = Array.from({ length: rows }, () => rng.integer(90));
const city = Array.from({ length: rows }, (_, i) => (i < 3 ? 4 : rng.integer(4)));
const table: Table = madeTable([
  numbers("age", age, { decimals: 0 }),
  texts(
    "band",
    age.map((years) => (years < 18 ? "child" : years < 65 ? "adult" : "old")),
  ),
  levels("city", city, ["A", "B", "C", "D", "village"]),
  levels(
    "county",
    city.map((place) => (place < 2 ? 0 : place < 4 ? 1 : 2)),
    ["north", "south", "valley"],
  ),
  numbers(
    "months",
    age.map((years) => 12 * years),
    { decimals: 0 },
  ),
]);

const TEXTS = [
  "county follows from city",
  "band follows from age",
  "city, county only in known pairs",
  "months = 12 * age",
  "age >= 0",
];

test.each(TEXTS)(
  "what “%s” learned is saved and loaded as it was, without what few patients have",
  (text) => {
    const rule = readRule(text, ruleColumns(table));
    const learned = learnedRule(rule, table);
    const saved = JSON.stringify(learned);
    expect(saved).not.toMatch(/village|valley/);
    expect(loadLearnedRule(JSON.parse(saved))).toEqual(learned);
    expect(countRule(rule, table, loadLearnedRule(JSON.parse(saved))).broken).toBe(
      text.includes("pairs") ? 3 : 0,
    );
  },
);

test.each([
  [null],
  [[]],
  [{ known: [["A", {}]] }],
  [{ gives: [["A"]] }],
  [{ gives: "A" }],
  [{ steps: { edges: [1, 2], gives: ["a", "b"] } }],
  [{ steps: { edges: ["1"], gives: ["a", "b"] } }],
])("a damaged one is refused: %j", (saved) => {
  expect(() => loadLearnedRule(saved)).toThrow(FaultError);
});
