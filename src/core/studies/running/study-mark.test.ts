import { expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import type { Table } from "../../table/table.ts";
import { studyMark } from "./study-mark.ts";

const cohort = simulateCohort("heart-failure", 1);
const changed = (change: (schema: Table["schema"]["columns"][number]) => object, at: number): Table => ({
  ...cohort,
  schema: {
    ...cohort.schema,
    columns: cohort.schema.columns.map((column, i) => (i === at ? { ...column, ...change(column) } : column)),
  },
});

test("the same table has the same mark whatever its file is called; another cell, role or level has another", () => {
  const mark = studyMark(cohort);
  expect(mark).toMatch(/^[0-9a-f]{16}$/);
  expect(studyMark({ ...cohort, name: "renamed.csv" })).toBe(mark);
  expect(studyMark(simulateCohort("heart-failure", 1))).toBe(mark);
  expect(studyMark(simulateCohort("heart-failure", 2))).not.toBe(mark);
  const numeric = cohort.columns.findIndex(({ type }) => type === "numeric");
  const omitted = changed(() => ({ role: "omit" }), numeric);
  expect(studyMark(omitted)).not.toBe(mark);
  const columns = cohort.columns.map((column, i) => {
    if (i !== numeric || column.type !== "numeric") return column;
    const values = column.values.slice();
    values[3] = (values[3] ?? 0) + 1e-9;
    return { ...column, values };
  });
  expect(studyMark({ ...cohort, columns })).not.toBe(mark);
  const order = [...cohort.columns].reverse();
  expect(studyMark({ ...cohort, columns: order })).not.toBe(mark);
});
