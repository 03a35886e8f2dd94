import { expect, test } from "vitest";
import { exampleReport } from "../../../core/lab/take-away/fixtures/example-report.ts";
import { allFolds, foldsAt } from "./use-folds.ts";
import { foundIn } from "./found.ts";

const report = exampleReport();

test("a measure is found by its words, and a column in the measures that tell of it, which are opened", () => {
  expect(foundIn(report, " ").shown).toBeUndefined();
  const byName = foundIn(report, "what TSTR is");
  expect([...(byName.shown ?? [])]).toEqual(["tstr"]);
  expect(byName.inside.size).toBe(0);
  const byColumn = foundIn(report, "age");
  expect([...byColumn.inside]).toEqual(["shapes", "regression"]);
  expect(byColumn.columns).toBe(false);
  expect(foundIn(report, "numeric column").columns).toBe(true);
  expect(foundIn(report, "diastolic").inside).toEqual(new Set(["rules"]));
  expect(foundIn(report, "nothing like it").shown?.size).toBe(0);
});

test("an address unfolds what holds the thing, and the thing last", () => {
  expect(foldsAt({ measure: "tstr" }, report)).toEqual(["side-utility", "good-utility", "measure-tstr"]);
  expect(foldsAt({ column: 2 }, report)).toEqual(["part-columns", "column-2"]);
  expect(foldsAt({ measure: "unknown" }, report)).toEqual([]);
  expect(foldsAt({ column: 99 }, report)).toEqual([]);
  expect(allFolds(report)).toContain("measure-skipped");
});
