import { expect, test } from "vitest";
import { readText } from "../../fixtures/read-text.ts";

const targetOf = async (names: readonly string[]): Promise<string | undefined> => {
  const lines = Array.from({ length: 120 }, (_, i) =>
    names.map((_name, at) => `v${(i >> at) % 2}`).join(","),
  );
  const { table } = await readText([names.join(","), ...lines].join("\n"));
  return table.schema.columns.find(({ role }) => role === "target")?.name;
};

test("a last column that is named like a place is not taken as the outcome", async () => {
  expect(await targetOf(["ward_type", "finding"])).toBe("finding");
  expect(await targetOf(["finding", "region_y"])).toBeUndefined();
  expect(await targetOf(["finding", "hospitalid"])).toBeUndefined();
});

test("a mortality is an outcome however its name is run together, and wherever it stands", async () => {
  expect(await targetOf(["actualhospitalmortality", "finding", "region_y"])).toBe("actualhospitalmortality");
});
