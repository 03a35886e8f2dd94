import { expect, test } from "vitest";
import { levels, madeTable, numbers } from "../../table/fixtures/made-table.ts";
import { withWrittenWords } from "./written-words.ts";

const table = madeTable([
  levels("died", [0, 1, 1], ["yes", "no"], { kind: "boolean" }),
  levels("odd", [0, 1, 1], ["Maria", "Zebedee"], { kind: "boolean" }),
  levels("ward", [0, 1, 1], ["no", "yes"]),
  numbers("age", Float64Array.of(1, 2, 3), { decimals: 0 }),
]);

test("the words of a column of yes and no are public and said to be, where they are on the list of such words and nobody declared any", () => {
  const words = { values: ["no", "yes"], why: "written" };
  expect(withWrittenWords({ columns: [] }, table)).toEqual({ columns: [{ name: "died", levels: words }] });
  expect(withWrittenWords({ columns: [{ name: "died", missing: false }] }, table)).toEqual({
    columns: [{ name: "died", missing: false, levels: words }],
  });
  const declared = { columns: [{ name: "died", levels: { values: ["no"], why: "declared" as const } }] };
  expect(withWrittenWords(declared, table)).toEqual(declared);
});
