import { expect, test } from "vitest";
import { levels, madeTable } from "../../table/fixtures/made-table.ts";
import { withWrittenLevels } from "./written-levels.ts";

const yesNo = { kind: "boolean" } as const;

test("the words of yes and no are how cells are written; other levels, and what is declared, stay as they are", () => {
  const table = madeTable([
    levels("diabetes", [0, 1], ["ja", "nein"], yesNo),
    levels("ward", [0, 1], ["A", "B"]),
    levels("died", [0, 1], ["0", "1"], yesNo),
  ]);
  const declared = {
    columns: [
      { name: "died", levels: { values: ["0", "1"], why: "declared" as const } },
      { name: "diabetes", missing: false },
    ],
  };
  const { columns } = withWrittenLevels(table, declared);
  expect(columns).toEqual([
    declared.columns[0],
    { name: "diabetes", missing: false, levels: { values: ["nein", "ja"], why: "written" } },
  ]);
  expect(withWrittenLevels(table, { columns })).toEqual({ columns });
});
