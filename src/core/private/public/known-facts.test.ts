import { expect, test } from "vitest";
import type { ColumnSchema } from "../../table/table.ts";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { clinicalFacts, publicFacts, unitsSpanned, unitTaken } from "./known-facts.ts";

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

test("an age without a unit is in years, and one that names another is in that", () => {
  expect(clinicalFacts(of("age")).columns[0]?.range).toMatchObject({ from: 0, to: 122 });
  expect(clinicalFacts(of("age_days")).columns[0]?.range).toMatchObject({ to: 44_600 });
  expect(clinicalFacts(of("Alter", { unit: "months" })).columns[0]?.range).toMatchObject({ to: 1464 });
  const column = (name: string, options = {}) => of(name, options).columns[0] as ColumnSchema;
  expect(unitTaken(column("age"))).toBe("years");
  expect(unitTaken(column("age_days"))).toBeUndefined();
  expect(unitsSpanned(column("age"))).toEqual([]);
  expect(unitsSpanned(column("glucose"))).toEqual(["mg/dL", "mmol/L"]);
  expect(unitsSpanned(column("glucose_mg_dl"))).toEqual([]);
});

test("a calendar year is known by its name, years since something are not one", () => {
  const range = (name: string) => clinicalFacts(of(name, { kind: "integer", decimals: 0 })).columns[0]?.range;
  for (const name of ["Geburtsjahr", "year_of_birth", "admission year", "YOB"])
    expect(range(name), name).toMatchObject({ from: 1880, to: 2100 });
  for (const name of ["years since diagnosis", "year 1 score", "smoking pack years"])
    expect(range(name), name).not.toMatchObject({ from: 1880 });
});
