import { expect, test } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import reference from "../fixtures/expressions.json" with { type: "json" };
import { readExpression } from "../read-rule.ts";
import { ruleTest } from "../rule-test.ts";
import { scopeOf } from "./scope.ts";
import { valueOf } from "./values.ts";

const tableOf = (rows: readonly (readonly (number | null)[])[]) =>
  madeTable(
    ["a", "b", "c"].map((name, j) =>
      numbers(
        name,
        rows.map((row) => row[j] ?? NaN),
        { decimals: 0 },
      ),
    ),
  );

test("calculations are what Python makes of them", () => {
  expect(reference.arithmetic).toHaveLength(400);
  for (const { text, row, value } of reference.arithmetic) {
    const got = valueOf(scopeOf(tableOf([row])), readExpression(text))(0);
    expect(Math.abs(got - value) / Math.max(1, Math.abs(value)), text).toBeLessThan(1e-9);
  }
});

test("conditions on missing cells have the answers of SQLite's three-valued logic", () => {
  const table = tableOf(reference.logic.rows);
  expect(reference.logic.cases).toHaveLength(300);
  for (const { text, answers } of reference.logic.cases) {
    const keeps = ruleTest({ kind: "expression", holds: readExpression(text) }, table);
    const got = answers.map((_, row) => keeps(row));
    expect(got, text).toEqual(answers.map((answer) => (answer === null ? undefined : answer === 1)));
  }
});
