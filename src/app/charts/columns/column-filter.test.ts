import { expect, test } from "vitest";
import { filtered } from "./column-filter.ts";

const names = new Set(["age", "sex", "los_days"]);
const by = (rows: readonly string[], find: string) => filtered(rows, (row) => row, { find, names });

test("rows that stand for columns or pairs are filtered by name", () => {
  expect(by(["age", "sex"], "AG")).toEqual(["age"]);
  expect(by(["age with sex", "sex with los_days"], "los")).toEqual(["sex with los_days"]);
});

test("rows that stand for something else stay whatever is looked for", () => {
  expect(by(["Precision", "Recall"], "age")).toEqual(["Precision", "Recall"]);
  expect(by(["age", "sex"], " ")).toEqual(["age", "sex"]);
});
