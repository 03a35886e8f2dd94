import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createRng } from "../../../math/rng.ts";
import { courseTable, type CourseReference } from "../../fixtures/reference-courses.ts";
import { alignedCourses, wholePatients, type AlignedCourses, type CourseSide } from "./aligned-courses.ts";
import { overPatients, patientSamples, resampled } from "./over-patients.ts";
import { patientSummaries } from "./patient-summaries.ts";
import { visitPairs } from "./visit-pairs.ts";

const courseReference = JSON.parse(
  readFileSync(new URL("../../fixtures/courses.json", import.meta.url), "utf8"),
) as CourseReference;
const [train, synthetic] = [courseTable(courseReference.train), courseTable(courseReference.synthetic)];
const courses = alignedCourses([train, synthetic, synthetic]) as AlignedCourses;
const side = (i: number): CourseSide => courses.sides[i] as CourseSide;

describe("aligned courses", () => {
  it("have each patient's visits in the order of time, and know what stays the same", () => {
    expect(courses.sides.map(({ patients }) => patients)).toEqual([70, 50, 50]);
    expect([...visitPairs(side(0)).gap]).toEqual(courseReference.gaps);
    expect(courses.columns.map(({ name, fixed }) => [name, fixed])).toEqual([
      ["age", true],
      ["sex", true],
      ["bili", false],
      ["weight", false],
      ["crp", false],
      ["stage", false],
      ["ward", false],
    ]);
  });

  it("are told of a table whose rows are nobody's: each row a patient", () => {
    const { patients: _, ...flat } = synthetic;
    const told = alignedCourses([train, synthetic, flat]) as AlignedCourses;
    expect(told.sides[2]).toMatchObject({ patients: synthetic.rows, rows: synthetic.rows });
    expect(alignedCourses([flat, synthetic])).toBeUndefined();
  });

  it("find the columns of another table by name, whatever its schema says of them", () => {
    const order = [...train.columns.keys()].toReversed();
    const turned = {
      ...synthetic,
      columns: order.map((i) => synthetic.columns[i] as (typeof synthetic.columns)[number]),
      schema: {
        ...synthetic.schema,
        columns: order.map((i) => ({ ...train.schema.columns[i], course: undefined }) as never),
      },
    };
    const told = alignedCourses([train, turned]) as AlignedCourses;
    expect(told.sides[1]?.times).toEqual(side(1).times);
  });

  it("are cut between patients where there are too many rows", () => {
    const cut = wholePatients(train, 100, createRng(1));
    expect(cut.rows).toBeLessThanOrEqual(100);
    expect(cut.rows).toBeGreaterThan(80);
    const whole = new Set(cut.patients);
    const own = [...(train.patients as Int32Array)].filter((patient) => whole.has(patient));
    expect(own).toHaveLength(cut.rows);
  });
});

describe("summaries of patients", () => {
  const table = patientSummaries(courses, 0);

  it("are those of pandas and numpy", () => {
    const names = table.schema.columns.map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(courseReference.summary).toSorted());
    table.columns.forEach((column, i) => {
      const expected = courseReference.summary[names[i] as string] ?? [];
      expected.forEach((value, patient) => {
        if (column.type === "coded") {
          expect(column.levels[column.codes[patient] as number] ?? null, names[i]).toBe(value);
          return;
        }
        const own = column.values[patient] as number;
        if (value === null) expect(own, names[i]).toBeNaN();
        else expect(own, names[i]).toBeCloseTo(value as number, 8);
      });
    });
  });
});

describe("measures over patients", () => {
  it("draw samples of as many patients, and resample within them", () => {
    const { weights, variance } = patientSamples(side(0), 20, createRng(1));
    expect(weights).toHaveLength(10);
    expect(variance).toBeCloseTo(20 / 70);
    for (const sample of weights) expect(sample.reduce((a, b) => a + b)).toBe(20);
    const [first] = weights as [Uint16Array];
    const again = resampled(first, createRng(2));
    expect(again.reduce((a, b) => a + b)).toBe(20);
    expect([...again.keys()].every((p) => again[p] === 0 || first[p] === 1)).toBe(true);
    expect(Math.max(...again)).toBeGreaterThan(1);
    expect(patientSamples(side(0), 70, createRng(1))).toMatchObject({ variance: 1 });
  });

  it("a mean has the error of as many patients, not of as many rows", async () => {
    const level = Float64Array.from({ length: 70 }, (_, p) => (p % 7) / 10);
    const distances = async (s: number) => {
      const { patients, whose } = side(s);
      return (weights: Uint16Array): Float64Array => {
        let [sum, rows] = [0, 0];
        for (const p of whose) {
          sum += (weights[p] as number) * (level[p % 70] as number);
          rows += weights[p] as number;
        }
        return Float64Array.of(patients > 0 ? sum / rows : NaN);
      };
    };
    const how = { rng: createRng(3), pulse: async () => {} };
    const { own, items } = await overPatients(courses, ["level"], distances, how);
    expect(own.value).toBeCloseTo(0.3, 1);
    expect(own.error).toBeGreaterThan(0.2 / Math.sqrt(50) / 1.3);
    expect(own.error).toBeLessThan((0.2 / Math.sqrt(50)) * 1.6);
    expect(items).toHaveLength(1);
  });
});
