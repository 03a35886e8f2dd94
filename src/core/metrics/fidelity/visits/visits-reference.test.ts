import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { takeRows } from "../../../table/table.ts";
import { courseTable, type CourseReference } from "../../fixtures/reference-courses.ts";
import { alignedCourses, type AlignedCourses } from "../../measuring/courses/aligned-courses.ts";
import type { Metric, Tables } from "../../metric.ts";
import { changeShapes } from "./change-shapes.ts";
import { changeSpread } from "./change-spread.ts";
import { changingNumbers } from "./changing-numbers.ts";
import { courseDurations } from "./course-durations.ts";
import { crossLag } from "./cross-lag.ts";
import { iccOf, intraclassCorrelation, momentSums } from "./intraclass-correlation.ts";
import { lagCorrelation } from "./lag-correlation.ts";
import { missingRuns } from "./missing-runs.ts";
import { transitions } from "./transitions.ts";
import { visitCounts } from "./visit-counts.ts";
import { visitGaps } from "./visit-gaps.ts";
import { visitShapes } from "./visit-shapes.ts";

/** Made by fixtures/courses.py with numpy, pandas and scipy. */
const { measured, icc, ...written } = JSON.parse(
  readFileSync(new URL("../../fixtures/courses.json", import.meta.url), "utf8"),
) as CourseReference;
const [train, synthetic] = [courseTable(written.train), courseTable(written.synthetic)];
const tables: Tables = { train, holdout: train, synthetic };
const mean = (each: Readonly<Record<string, number>>): number =>
  Object.values(each).reduce((a, b) => a + b, 0) / Object.values(each).length;

async function valueOf(metric: Metric) {
  const result = await metric.compute(tables, createRng(1));
  if (result.status !== "ok") throw new Error(result.reason);
  return result;
}

describe("measures of courses, against pandas and scipy", () => {
  it.each<[string, Metric, number]>([
    ["visits per patient", visitCounts, measured.visits],
    ["gaps", visitGaps, measured.gaps],
    ["durations", courseDurations, measured.durations],
  ])("%s", async (_, metric, expected) => {
    expect((await valueOf(metric)).value).toBeCloseTo(expected, 10);
  });

  it.each<[string, Metric, Readonly<Record<string, number>>]>([
    ["correlation with the visit before", lagCorrelation, measured.lag],
    ["spread of changes", changeSpread, measured.spread],
    ["distribution of changes", changeShapes, measured.changes],
    ["ICC", intraclassCorrelation, measured.icc],
    ["transitions", transitions, measured.transitions],
    ["one column before another", crossLag, measured.cross],
    ["gaps that go on", missingRuns, measured.missing],
    ["columns visit by visit", visitShapes, measured.shapes],
  ])("%s, of each column", async (_, metric, expected) => {
    const { value, detail } = await valueOf(metric);
    expect(value).toBeCloseTo(mean(expected), 10);
    if (detail?.type !== "per-column") throw new Error("there are no columns");
    expect(detail.columns.map(({ name }) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
    for (const { name, value: own } of detail.columns)
      expect(own, name).toBeCloseTo(expected[name] ?? NaN, 10);
  });

  it("ICC(1) itself, and with a patient counted twice that of the table with the patient twice", async () => {
    const courses = alignedCourses([train]) as AlignedCourses;
    const numbers = await changingNumbers(courses, async () => {});
    const sumsIn = (of: AlignedCourses, columns: typeof numbers) =>
      columns.map((column) => momentSums(of, column, 0));
    const everybody = new Uint16Array(70).fill(1);
    sumsIn(courses, numbers).forEach((sums, i) =>
      expect(iccOf(sums, everybody)).toBeCloseTo(icc[numbers[i]?.name ?? ""] ?? NaN, 10),
    );
    const rows = [...(train.patients as Int32Array).keys()];
    const again = rows.filter((row) => train.patients?.[row] === 3);
    const twice = takeRows(train, Int32Array.from([...rows, ...again]));
    const patients = twice.patients?.map((patient, row) => (row < rows.length ? patient : 99));
    const other = alignedCourses([{ ...twice, ...(patients && { patients }) }]) as AlignedCourses;
    const [sums] = sumsIn(courses, numbers);
    const [both] = sumsIn(other, await changingNumbers(other, async () => {}));
    if (!sums || !both) throw new Error("there are no numbers");
    expect(iccOf(sums, everybody.with(3, 2))).toBeCloseTo(iccOf(both, new Uint16Array(71).fill(1)), 10);
  });
});
