import { describe, expect, it } from "vitest";
import { columnOf, readText } from "../../fixtures/read-text.ts";

const rows = 120;
const many = (cell: (i: number) => string | number): string[] =>
  Array.from({ length: rows }, (_, i) => String(cell(i)));
const roleOf = async (
  name: string,
  cells: readonly string[],
  changes: Parameters<typeof readText>[1] = {},
) => {
  const lines = cells.map((cell, i) => `${cell},${i % 7},x${i % 3}`);
  const { table } = await readText([`${name},visits,ward`, ...lines].join("\n"), changes);
  return columnOf(table, name).schema.role;
};

describe("groups that are compared without anybody marking them", () => {
  it.each([
    ["age", many((i) => 20 + (i % 60))],
    ["Age_Years", many((i) => (20 + (i % 60) + 0.5).toFixed(1))],
    ["anchor_age", many((i) => 18 + (i % 70))],
    ["Alter", many((i) => i % 90)],
    ["sex", many((i) => (i % 2 ? "m" : "f"))],
    ["gender", many((i) => i % 2)],
    ["Geschlecht", many((i) => (i % 2 ? "m" : "w"))],
    ["edad", many((i) => 20 + (i % 60))],
    ["âge", many((i) => 20 + (i % 60))],
    ["età", many((i) => 20 + (i % 60))],
    ["sexo", many((i) => (i % 2 ? "h" : "m"))],
    ["Género", many((i) => i % 2)],
    ["q3", many((i) => (i % 2 ? "Mujer" : "Hombre"))],
    ["column_7", many((i) => (i % 2 ? "Female" : "Male"))],
    ["v2", many((i) => ["M", "F", "F", "U"][i % 4] as string)],
    ["race", many((i) => ["A", "B", "C"][i % 3] as string)],
  ])("%s", async (name, cells) => {
    expect(await roleOf(name, cells)).toBe("sensitive");
  });

  it.each([
    ["stage", many((i) => 20 + (i % 60))],
    ["dosage", many((i) => 20 + (i % 60))],
    ["gestational_age", many((i) => 24 + (i % 18))],
    ["mother_age", many((i) => 18 + (i % 30))],
    ["age", many((i) => 200 + ((i * 7) % 600))],
    ["age", many((i) => (i % 60) - 3)],
    ["answer", many((i) => (i % 2 ? "m" : "n"))],
    ["letter", many((i) => "FMABCDEG"[i % 8] as string)],
  ])("%s is not one (%#)", async (name, cells) => {
    expect(await roleOf(name, cells)).toBe("feature");
  });

  it("a person takes a mark back, and what comes last and holds sexes is not the target", async () => {
    const age = many((i) => 20 + (i % 60));
    expect(await roleOf("age", age, { changes: [{ type: "role", column: "age", role: "feature" }] })).toBe(
      "feature",
    );
    const { table } = await readText(
      ["a,who", ...Array.from({ length: 60 }, (_, i) => `${i % 13},${i % 2 ? "male" : "female"}`)].join("\n"),
    );
    expect(table.schema.columns.map(({ role }) => role)).toEqual(["feature", "sensitive"]);
  });
});
