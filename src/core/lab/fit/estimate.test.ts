import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { simulateCohort } from "../../clinic/cohorts/cohorts.ts";
import type { Synthesizer } from "../../synthesizers/synthesizer.ts";
import { createEstimator, shapeOf, type FitPlan } from "./estimate.ts";

/** Seconds of the figures' machine: processor time over its pace (`measurePace`), by bench/measuring-seconds.ts. */
const { tables: timed, since } = JSON.parse(
  readFileSync(new URL("fixtures/measuring-seconds.json", import.meta.url), "utf8"),
) as {
  tables: { table: string; rows: number; columns: number; first: number; all: number }[];
  /** by how much metrics that were added later lengthen both */
  since: { first: number; all: number };
};

const table = simulateCohort("diabetes", 1);
const shape = shapeOf(table, 0.2);

const find = (id: string): Synthesizer => {
  const described: Pick<Synthesizer, "id" | "name" | "summary" | "reference" | "params"> = {
    id,
    name: id,
    summary: "",
    reference: "",
    params: {},
  };
  const unused = (): never => {
    throw new Error("only asked for its figures");
  };
  const known =
    id === "unmeasured"
      ? {}
      : { expectedSeconds: (of: { rows: number }, _p: object, pace: number) => (of.rows / 1000) * pace };
  return { ...described, ...known, fit: unused, load: unused };
};
const plan = (more: Partial<FitPlan> = {}): FitPlan => ({
  synthesizer: "fast",
  params: {},
  shape: { ...shape, rows: 10_000 },
  device: "wasm",
  ...more,
});

describe("the shape of a table", () => {
  test("counts what is learned from: held-out rows and left-out columns do not count", () => {
    expect(shape.rows).toBe(Math.round(table.rows * 0.8));
    expect(shape.columns).toBeLessThanOrEqual(table.columns.length);
    expect(shape.numeric).toBeGreaterThan(0);
    expect(shape.numeric).toBeLessThan(shape.columns);
    expect(shape.levels).toBeGreaterThan(shape.columns - shape.numeric);
  });
});

describe("what a fit is expected to take", () => {
  test("is the synthesizer's own figure at the pace of this machine", () => {
    expect(createEstimator(1, find).expect(plan())).toEqual({ seconds: 10, from: "figures" });
    expect(createEstimator(2.5, find).expect(plan())?.seconds).toBe(25);
  });

  test("is not named where nothing is known", () => {
    const estimator = createEstimator(1, find);
    expect(estimator.expect(plan({ synthesizer: "unmeasured" }))).toBeUndefined();
    expect(estimator.expect(plan({ device: "webgpu" }))).toBeUndefined();
  });

  test("learns from fits that ended here, for that synthesizer on that device only", () => {
    const estimator = createEstimator(1, find);
    estimator.learn(plan(), 30);
    expect(estimator.expect(plan())).toEqual({ seconds: 30, from: "runs" });
    expect(estimator.expect(plan({ shape: { ...shape, rows: 20_000 } }))?.seconds).toBe(60);
    expect(estimator.expect(plan({ synthesizer: "other" }))?.seconds).toBe(10);
    estimator.learn(plan({ device: "webgpu" }), 5);
    expect(estimator.expect(plan({ device: "webgpu" }))?.seconds).toBe(5);
    expect(estimator.expect(plan())?.seconds).toBe(30);
  });

  test("of a synthesizer without figures is known once one with the same settings has run", () => {
    const estimator = createEstimator(1, find);
    const unmeasured = plan({ synthesizer: "unmeasured", params: { steps: 5 } });
    expect(estimator.expect(unmeasured)).toBeUndefined();
    estimator.learn(unmeasured, 700);
    expect(estimator.expect(unmeasured)).toEqual({ seconds: expect.closeTo(700), from: "runs" });
    const half = { ...unmeasured, shape: { ...unmeasured.shape, rows: 5000 } };
    expect(estimator.expect(half)?.seconds).toBeCloseTo(350);
    expect(estimator.expect({ ...unmeasured, params: { steps: 9 } })).toBeUndefined();
  });

  test("measuring is expected from the cells of train at this machine's pace, and learned", () => {
    const estimator = createEstimator(2, find);
    const { first, all } = estimator.expectMeasuring(shape);
    expect(first).toBeCloseTo(2 * createEstimator(1, find).expectMeasuring(shape).first);
    expect(all).toBeGreaterThan(2 * first);
    estimator.learnMeasuring(shape, 3 * all);
    expect(estimator.expectMeasuring(shape).first).toBeCloseTo(3 * first);
    expect(estimator.expectMeasuring(shape).all).toBeCloseTo(3 * all);
    const huge = { ...shape, rows: 1_000_000 };
    expect(estimator.expectMeasuring(huge)).toEqual(estimator.expectMeasuring({ ...shape, rows: 20_000 }));
  });

  test("is within a factor of two of what measuring took on each of the tables it was timed on", () => {
    const estimator = createEstimator(1, find);
    expect(timed.length).toBeGreaterThan(5);
    for (const { rows, columns, first, all } of timed) {
      const expected = estimator.expectMeasuring({ ...shape, rows, columns });
      for (const ratio of [expected.first / (first * since.first), expected.all / (all * since.all)]) {
        expect(ratio).toBeGreaterThan(0.5);
        expect(ratio).toBeLessThan(2);
      }
    }
  });

  test("comes within twice of a steady machine after one fit, and one odd fit moves it half way at most", () => {
    const estimator = createEstimator(1, find);
    for (const seconds of [40, 40, 40]) estimator.learn(plan(), seconds);
    expect(estimator.expect(plan())?.seconds).toBeCloseTo(40);
    estimator.learn(plan(), 1e6);
    expect(estimator.expect(plan())?.seconds).toBeLessThan(80);
  });
});

test("a method of patients over time is expected where there are some", () => {
  const visits = { synthesizer: "visits", params: { steps: 0, units: 0 }, device: "wasm" } as const;
  const estimator = createEstimator(1);
  expect(estimator.expect({ ...visits, shape })).toBeUndefined();
  expect(estimator.expect({ ...visits, shape: { ...shape, patients: 200 } })?.seconds).toBeGreaterThan(0);
});
