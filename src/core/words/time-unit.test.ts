import { expect, test } from "vitest";
import { countedIn, timeUnitOf } from "./time-unit.ts";

test.each([
  [{ name: "visit_day" }, "days"],
  [{ name: "time", unit: "h" }, "hours"],
  [{ name: "MonateSeitBeginn" }, "months"],
  [{ name: "time", unit: "cycles" }, undefined],
  [{ name: "day_of_life", unit: "h" }, "hours"],
])("%j counts %s", (column, unit) => expect(timeUnitOf(column)).toBe(unit));

test("dates are counted in days, and a unit that is no known one keeps its name", () => {
  expect(countedIn({ name: "date", kind: "datetime" })).toBe("days");
  expect(countedIn({ name: "time", kind: "decimal", unit: "cycles" })).toBe("cycles");
  expect(countedIn({ name: "wave", kind: "integer" })).toBeUndefined();
});
