import { describe, expect, test } from "vitest";
import { madeTable, numbers, texts } from "../../table/fixtures/made-table.ts";
import { FaultError } from "../../fault.ts";
import { checkPublicFacts, readPublicFacts, writePublicFacts } from "./public-file.ts";

const { schema } = madeTable([
  numbers("age", [1, 2], { decimals: 0 }),
  numbers("seen", [0, 1], { pattern: "DD.MM.YYYY" }),
  texts("sex", ["0", "1"]),
]);
const read = (columns: object): ReturnType<typeof readPublicFacts> =>
  readPublicFacts(JSON.stringify({ columns }), schema, "public.json");

test("ranges, dates in the column's way or ISO, levels and missing cells are read, and written back the same", () => {
  const facts = read({
    age: { range: [0, 110] },
    seen: { range: ["2019-01-01", "31.12.2024"] },
    sex: { levels: [0, "1"], missing: false },
  });
  expect(facts.columns).toEqual([
    { name: "age", range: { from: 0, to: 110, why: "declared" } },
    {
      name: "seen",
      range: { from: Date.UTC(2019, 0, 1), to: Date.UTC(2024, 11, 31), why: "declared" },
    },
    { name: "sex", levels: { values: ["0", "1"], why: "declared" }, missing: false },
  ]);
  expect(readPublicFacts(writePublicFacts(facts, schema), schema, "public.json")).toEqual(facts);
});

test("what is known of a clinical quantity is not written as if somebody had declared it", () => {
  const known = { columns: [{ name: "age", range: { from: 0, to: 130, why: "clinical" as const } }] };
  expect(JSON.parse(writePublicFacts(known, schema))).toEqual({ columns: {} });
});

describe("refuses, naming the column and a way out,", () => {
  const fault = (of: () => unknown): { reason: string; remedy: string } => {
    try {
      of();
    } catch (error) {
      if (error instanceof FaultError && error.fault.code === "guarantee-refused") return error.fault;
      throw error;
    }
    throw new Error("Nothing was refused.");
  };
  test.each<[string, object, RegExp]>([
    ["an unknown column", { weight: { range: [1, 2] } }, /“weight”.*no such column/],
    ["a range upside down", { age: { range: [110, 0] } }, /“age” runs from 110 to 0/],
    ["a range of one value", { age: { range: [5, 5] } }, /“age”/],
    ["a level twice", { sex: { levels: ["0", "1", 0] } }, /“sex” have “0” twice/],
    ["no level", { sex: { levels: [] } }, /“sex”/],
    ["levels of numbers", { age: { levels: ["1"] } }, /“age”.*numbers/],
    ["a range of levels", { sex: { range: [0, 1] } }, /“sex”.*levels/],
    ["a text in a range of numbers", { age: { range: ["", 1] } }, /“age” is not a number/],
    ["a number in a range of dates", { seen: { range: [0, 1] } }, /“seen” is not a date/],
    ["a word that it does not know", { age: { least: 0 } }, /columns\.age/],
  ])("%s", (_, columns, reason) => {
    const refused = fault(() => read(columns));
    expect(refused.reason).toMatch(reason);
    expect(refused.remedy).not.toBe("");
  });

  test("what is no JSON, and no object", () => {
    expect(fault(() => readPublicFacts("{", schema, "p.json")).reason).toContain("p.json");
    expect(fault(() => readPublicFacts("[]", schema, "p.json")).remedy).toContain("columns");
  });

  test("facts of another source that cannot be", () => {
    const facts = (range: { from: number; to: number }) => ({
      columns: [{ name: "age", range: { ...range, why: "declared" as const } }],
    });
    expect(fault(() => checkPublicFacts(facts({ from: 2, to: 1 }), schema)).reason).toContain("age");
    expect(fault(() => checkPublicFacts(facts({ from: 0, to: Infinity }), schema)).reason).toContain("age");
    expect(() => checkPublicFacts(facts({ from: 0, to: 1 }), schema)).not.toThrow();
  });
});
