import { describe, expect, it } from "vitest";
import { madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { matchedColumns } from "./known-quantities.ts";
import { namedQuantity } from "./quantity-names.ts";

function toldOf(name: string, median: number): string | undefined {
  const cells = Array.from({ length: 61 }, (_, i) => median * (1 + (i - 30) / 1000));
  const [column] = matchedColumns([madeTable([numbers(name, cells, { kind: "decimal" })])]);
  return column?.match && `${column.match.quantity.name}, ${column.match.sure}`;
}

describe("a name one letter off", () => {
  it.each([
    ["hemaglobin_max", 11, "Haemoglobin, guess"],
    ["Alk._Phospatase", 80, "Alkaline phosphatase, guess"],
    ["TOTAL_PROTIEN", 7, undefined],
    ["hemaglobin", 900, undefined],
  ])("%s of median %d is %s", (name, median, wanted) => expect(toldOf(name, median)).toBe(wanted));

  it.each(["vitamin K", "interleukin 8", "birth height"])("%s is another name", (name) =>
    expect(toldOf(name, 20)).toBeUndefined(),
  );

  it("is no name where only the name counts", () => {
    expect(namedQuantity("hemaglobin")).toBeUndefined();
    expect(namedQuantity("hemoglobin")?.quantity.name).toBe("Haemoglobin");
  });
});

describe("words run together", () => {
  it.each([
    ["avgsysbp", 132, "Systolic pressure, likely"],
    ["sodiumserum", 140, "Sodium, likely"],
    ["triage", 3, undefined],
    ["hst_hr_day1", 105, undefined],
  ])("%s of median %d is %s", (name, median, wanted) => expect(toldOf(name, median)).toBe(wanted));
});
