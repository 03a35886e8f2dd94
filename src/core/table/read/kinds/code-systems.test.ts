import { describe, expect, it } from "vitest";
import { codeSystem } from "./code-systems.ts";
import { columnOf, oneColumn, readText } from "../../fixtures/read-text.ts";

const system = (name: string, levels: readonly string[]): string | undefined =>
  codeSystem({ name, levels, counts: levels.map(() => 5) })?.name;

describe("coding systems", () => {
  it.each([
    ["ICD-9", "dx1", ["410.71", "V45.81", "E885.9", "428.0"]],
    ["ICD-9", "diag", ["250", "250.0", "250.00", "414.01"]],
    ["ICD-10", "principal", ["I50.14", "E11.9", "J44.0", "N18.5"]],
    ["ICD-10", "diagnosis_code", ["I50", "E11", "J44", "C50"]],
    ["ATC", "drug", ["C09AA05", "A10BA02", "N02BE01", "B01AF02"]],
    ["OPS", "prozedur", ["5-470.11", "1-632.0", "8-980", "5-820.00"]],
    // Common laboratory terms and concepts, as the two systems publish them.
    ["LOINC", "test", ["2823-3", "2951-2", "718-7", "4548-4"]],
    ["SNOMED CT", "finding", ["44054006", "38341003", "195967001", "73211009"]],
  ])("%s in “%s”", (expected, name, levels) => expect(system(name, levels)).toBe(expected));

  it.each([
    ["hb", ["13.5", "9.8", "110", "250"]],
    ["room", ["A10", "B12", "C03", "A11"]],
    ["score", ["1-3", "2-5", "3-9", "4-4"]],
    ["platelets", ["250000", "180000", "310000", "95000"]],
    ["stage", ["T1", "T2", "T3", "T4"]],
    ["study day", ["250", "251", "252.5", "300"]],
  ])("none in “%s”", (name, levels) => expect(system(name, levels)).toBeUndefined());

  it("takes codes of LOINC that would be months for codes", async () => {
    const codes = ["2085-9", "2093-3", "2571-8", "1920-8"];
    const cells = Array.from({ length: 60 }, (_, i) => codes[i % 4] as string);
    const { table } = await readText(oneColumn("code", cells));
    expect(columnOf(table, "code").schema).toMatchObject({ kind: "category", system: "LOINC" });
    const months = Array.from({ length: 60 }, (_, i) => `${2015 + (i % 5)}-${1 + (i % 9)}`);
    const { table: dates } = await readText(oneColumn("code", months));
    expect(columnOf(dates, "code").schema).toMatchObject({ kind: "datetime", date: { pattern: "YYYY-M" } });
  });

  it("keeps each code as it is written, and as a level", async () => {
    const cells = ["410.71", "V45.81", "E885.9", "428.0", "428"].flatMap((code) =>
      Array<string>(8).fill(code),
    );
    const { table } = await readText(oneColumn("dx", cells));
    const { schema, cells: read } = columnOf(table, "dx");
    expect(schema).toMatchObject({ kind: "category", measure: "code", system: "ICD-9" });
    expect(new Set(read)).toEqual(new Set(["410.71", "V45.81", "E885.9", "428.0", "428"]));
  });
});
