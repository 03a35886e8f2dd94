import { expect, test } from "vitest";
import { numbers } from "../../table/fixtures/made-table.ts";
import { agreeing } from "./agree-columns.ts";

test("a limit that both tables write has the real table's number, however it is spelled", () => {
  const real = numbers("crp", [4.9, 5.2, 60.1], {
    decimals: 1,
    limits: [
      { text: "<5", value: 4.9, side: "below" },
      { text: ">60", value: 60.1, side: "above" },
    ],
  });
  const other = numbers("crp", [4, 5, 7, 61], {
    decimals: 0,
    limits: [
      { text: "< 5", value: 4, side: "below" },
      { text: ">50", value: 61, side: "above" },
    ],
  });
  const { column } = agreeing(other, real);
  expect(column.type === "numeric" && [...column.values]).toEqual([4.9, 5, 7, 61]);
});
