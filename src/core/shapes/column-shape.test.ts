import { expect, test } from "vitest";
import type { ColumnComparison, HistogramComparison } from "../report/report.ts";
import {
  columnSentence,
  fittingTicks,
  histogramShape,
  liesDown,
  missingWords,
  offersLog,
  tallest,
} from "./column-shape.ts";

const labelWidth = (text: string): number => text.length * 5.6;

const histogram = (edges: number[], real: number[], decimals = 0): HistogramComparison => ({
  type: "histogram",
  edges,
  real,
  holdout: real,
  synthetic: real,
  decimals,
});

test("a bin merged from two keeps its area: it is half as high for the same share", () => {
  const { steps } = histogramShape(histogram([0, 1, 2, 4], [0.4, 0.4, 0.2], 1), "linear");
  expect(steps.map((step) => step.real)).toEqual([0.4, 0.4, 0.1]);
  expect(steps.map((step) => step.shares.real)).toEqual([0.4, 0.4, 0.2]);
  expect(steps.at(-1)).toMatchObject({ from: 0.5, to: 1 });
});

test("edges half a step beside whole numbers are written as the whole numbers inside", () => {
  const { steps, ticks } = histogramShape(histogram([-0.5, 1.5, 3.5], [0.5, 0.5]), "linear");
  expect(steps.map((step) => step.label)).toEqual(["0 to 1", "2 to 3"]);
  expect(ticks.map((t) => t.label)).toEqual(["0", "2", "3"]);
});

test("on a log axis bins equal in log are equally wide and the middle tick is the geometric mean", () => {
  const chart = {
    ...histogram([0, 5000, 10_000], [0.9, 0.1]),
    log: { edges: [1, 100, 10_000], real: [0.5, 0.5], holdout: [0.5, 0.5], synthetic: [0.4, 0.6] },
  };
  const { steps, ticks } = histogramShape(chart, "log");
  expect(steps.map((step) => step.to)).toEqual([0.5, 1]);
  expect(ticks.map((t) => t.label)).toEqual(["1", "100", "10,000"]);
  expect(offersLog(chart)).toBe(true);
  expect(histogramShape(chart, "linear").steps[0]?.shares.real).toBe(0.9);
});

test("held-out real raises the axis only when it is drawn", () => {
  const marks = [{ real: 0.2, synthetic: 0.3, holdout: 0.9 }];
  expect(tallest(marks, false)).toBe(0.3);
  expect(tallest(marks, true)).toBe(0.9);
});

test("bars lie down when there are more than eight, or when their names do not fit", () => {
  expect(liesDown(["No", "Yes"], 190, labelWidth)).toBe(false);
  expect(liesDown(["Never married", "Married, spouse absent"], 190, labelWidth)).toBe(true);
  expect(
    liesDown(
      Array.from({ length: 9 }, (_, i) => String(i)),
      800,
      labelWidth,
    ),
  ).toBe(true);
});

test("one sentence stands for the chart", () => {
  const column: ColumnComparison = {
    name: "age",
    kind: "integer",
    chart: histogram([0, 50, 100], [0.5, 0.5]),
    missing: { real: 0.1, holdout: 0.1, synthetic: 0.05 },
    distance: 0.084,
    noise: 4.1,
    verdict: "much-worse",
    remark: "Values over 90 are too rare",
  };
  expect(columnSentence(column)).toBe(
    "age: histograms of real and synthetic rows, distance 0.084, 4.1 times sampling noise; " +
      "missing 10.0% real, 5.0% synthetic; Values over 90 are too rare.",
  );
});

test("a real share that stands for 1 to 4 patients is written as fewer than 5", () => {
  expect(missingWords({ real: 0, holdout: 0, synthetic: 0.002, few: true })).toEqual({
    real: "<5",
    synthetic: "<1%",
  });
  expect(missingWords({ real: 0.18, holdout: 0.2, synthetic: 0, few: true }).real).toBe("18%");
  expect(missingWords({ real: 0, holdout: 0, synthetic: 0 }).real).toBe("0%");
});

test("tick labels that would touch leave the ends", () => {
  const ticks = [
    { at: 0, label: "104,000", anchor: "start" },
    { at: 0.5, label: "245,000", anchor: "middle" },
    { at: 1, label: "386,000", anchor: "end" },
  ] as const;
  expect(fittingTicks(ticks, 200, labelWidth).map(({ label }) => label)).toEqual([
    "104,000",
    "245,000",
    "386,000",
  ]);
  expect(fittingTicks(ticks, 100, labelWidth).map(({ label }) => label)).toEqual(["104,000", "386,000"]);
  expect(fittingTicks(ticks, 60, labelWidth).map(({ label }) => label)).toEqual(["104,000"]);
});
