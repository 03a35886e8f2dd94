import { expect, test } from "vitest";
import { columnHref, measureHref, shownAt } from "./address.ts";

test("an address shows a measure by its id and a column by its number, never by its name", () => {
  expect(shownAt(measureHref("column-shapes"))).toEqual({ measure: "column-shapes" });
  expect(shownAt(measureHref("a b&c"))).toEqual({ measure: "a b&c" });
  expect(columnHref(2)).toBe("#c=3");
  expect(shownAt("#c=3")).toEqual({ column: 2 });
  for (const hash of ["", "#/compare", "#c=", "#c=0", "#c=age", "#x=1"])
    expect(shownAt(hash)).toBeUndefined();
  expect(shownAt("#m=%E0%A4%A")).toEqual({ measure: "%E0%A4%A" });
});
