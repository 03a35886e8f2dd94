import { expect, test } from "vitest";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { clinicalFacts, publicFacts } from "./known-facts.ts";

const of = (name: string, options = {}): ReturnType<typeof madeTable>["schema"] =>
  madeTable([numbers(name, [1, 2, 3], { decimals: 1, ...options })]).schema;

test("the unit in a name decides the range; without one it is that of every unit", () => {
  expect(clinicalFacts(of("glucose_mg_dl")).columns[0]?.range).toEqual({
    from: 5,
    to: 2700,
    why: "clinical",
  });
  expect(clinicalFacts(of("glucose")).columns[0]?.range).toEqual({ from: 0.3, to: 2700, why: "clinical" });
  expect(clinicalFacts(of("glucose", { unit: "mmol/L" })).columns[0]?.range).toMatchObject({ to: 150 });
});

test("percentages and counts have theirs, other columns nothing", () => {
  expect(clinicalFacts(of("burned surface", { measure: "percentage" })).columns[0]?.range).toMatchObject({
    to: 100,
  });
  expect(clinicalFacts(of("zorp score"))).toEqual({ columns: [] });
  expect(clinicalFacts(madeTable([levels("age", [0], ["old"])]).schema)).toEqual({ columns: [] });
});

test("nothing depends on the values", () => {
  const facts = [[1], [99_999], [NaN]].map((values) =>
    clinicalFacts(madeTable([numbers("creatinine", values, { decimals: 2 })]).schema),
  );
  expect(facts[1]).toEqual(facts[0]);
  expect(facts[2]).toEqual(facts[0]);
});

test("what is declared stands over what is known, and each fact says why it is public", () => {
  const { facts, reasons } = publicFacts(of("age"), {
    columns: [{ name: "age", range: { from: 18, to: 100, why: "declared" }, missing: false }],
  });
  expect(facts.columns).toEqual([
    { name: "age", range: { from: 18, to: 100, why: "declared" }, missing: false },
  ]);
  expect(reasons.map(({ fact, why }) => [fact, why])).toEqual([
    ["range", "declared"],
    ["missing", "declared"],
  ]);
  const never = publicFacts(of("age"), { columns: [{ name: "age", missing: false }] });
  expect(never.facts.columns[0]).toMatchObject({ missing: false, range: { why: "clinical" } });
});

test("an age without a unit is in years, a year of the calendar is one", () => {
  expect(clinicalFacts(of("age", { decimals: 0 })).columns[0]?.range).toMatchObject({ from: 0, to: 122 });
  expect(clinicalFacts(of("age_days", { decimals: 0 })).columns[0]?.range).toMatchObject({ to: 44_600 });
  expect(clinicalFacts(of("birth_year", { decimals: 0 })).columns[0]?.range).toMatchObject({
    from: 1900,
    to: 2100,
  });
  expect(clinicalFacts(of("years of school", { decimals: 0 }))).toEqual({ columns: [] });
});
