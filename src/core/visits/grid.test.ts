import { describe, expect, it } from "vitest";
import { createRng } from "../math/rng.ts";
import { coursesOf, type Courses } from "./courses.ts";
import { scheduleOf } from "./grid.ts";
import { visitsTable, type Marks } from "./fixtures/visits-table.ts";

function coursesWith(times: readonly (readonly (number | null)[])[], marks: Marks = {}): Courses {
  const id = times.flatMap((own, patient) => own.map(() => patient));
  return coursesOf(
    visitsTable({ id, time: times.flat() }, { time: { course: "time", ...marks } }),
  ) as Courses;
}

const HOUR = 3_600_000;

describe("scheduleOf", () => {
  it("finds hours among dates, with the minute that all visits share", () => {
    const times = Array.from({ length: 20 }, (_, p) =>
      Array.from({ length: 6 }, (_, k) => (24 * p + k) * HOUR + 600_000),
    );
    const { grid, equal } = scheduleOf(coursesWith(times, { kind: "datetime" }));
    expect(grid).toEqual({ step: HOUR, kept: 1, oneStep: 1, phase: 600_000 });
    expect(equal).toBe(0);
  });

  it("has no phase where patients begin at any minute, and steps may be left out", () => {
    const rng = createRng(1);
    const times = Array.from({ length: 40 }, () => {
      const from = rng.integer(100_000);
      return [0, 1, 2, 5, 6].map((k) => from + 30 * k);
    });
    const { grid } = scheduleOf(coursesWith(times));
    expect(grid).toMatchObject({ step: 30, kept: 1, oneStep: 0.75 });
    expect(grid?.phase).toBeUndefined();
  });

  it("bears 2% of gaps that break it, and not 3%", () => {
    const of = (odd: number): number[][] =>
      Array.from({ length: 100 }, (_, p) => (p < odd ? [0, 7 * 60 + 1] : [0, 60 * (1 + (p % 3))]));
    expect(scheduleOf(coursesWith(of(2))).grid?.step).toBe(60);
    expect(scheduleOf(coursesWith(of(3))).grid?.step).toBe(1);
  });

  it("takes .1 three times for .3, and none for what has no common step", () => {
    const tenths = Array.from({ length: 30 }, (_, p) => [0, 1, 2, 3].map((k) => 0.1 * (k + p)));
    expect(scheduleOf(coursesWith(tenths)).grid?.step).toBeCloseTo(0.1, 12);
    const rng = createRng(2);
    const any = Array.from({ length: 30 }, () => [rng.uniform(), 1 + rng.uniform(), 2 + rng.uniform()]);
    expect(scheduleOf(coursesWith(any)).grid).toBeUndefined();
  });

  it("counts equal times and rows without one", () => {
    const times = Array.from({ length: 30 }, () => [0, 0, 5, null]);
    expect(scheduleOf(coursesWith(times))).toMatchObject({
      equal: 0.5,
      unknown: 30,
      gaps: 60,
      grid: { step: 5, kept: 1 },
    });
  });
});
