import { expect, test } from "vitest";
import { pointWords } from "./curves-chart.tsx";

const axes = { x: "Predicted risk", y: "Observed risk" };
const write = (value: number): string => `${100 * value}%`;
const curve = (of: "real" | "synthetic", ...points: [number, number, number][]) => ({
  of,
  name: "Logistic",
  points: points.map(([x, y, rows]) => ({ x, y, rows })),
});

test("a curve of one dot, or of none, is a sentence and no chart", () => {
  expect(pointWords(axes, [curve("real", [0.1, 0.2, 60]), curve("synthetic", [NaN, 0.2, 3])], write)).toBe(
    "Real, Logistic: observed risk 20% where predicted risk is 10%, of 60 rows.",
  );
  expect(pointWords(axes, [curve("real")], write)).toMatch(/^No group of rows/);
  expect(pointWords(axes, [curve("real", [0.1, 0.2, 9], [0.3, 0.4, 9]), curve("synthetic")], write)).toBe(
    undefined,
  );
});
