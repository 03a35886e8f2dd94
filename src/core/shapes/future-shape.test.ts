import { describe, expect, it } from "vitest";
import { bandShape, levelShape } from "./future-shape.ts";

const frame = { width: 110, height: 118, left: 10, bottom: 10 };
const point = (time: number, median: number) => ({
  time,
  median,
  low80: median - 1,
  high80: median + 1,
  low95: median - 2,
  high95: median + 2,
});

describe("futures as geometry", () => {
  it("begin at the last given value, the 80% band within the 95% band", () => {
    const shape = bandShape([point(5, 6), point(10, 8)], 4, frame);
    expect(shape.median.startsWith(`M10 ${Math.round(10 * shape.atY(4)) / 10}`)).toBe(true);
    expect(shape.atX(10)).toBeCloseTo(110, 9);
    expect(shape.atY(8)).toBeLessThan(shape.atY(6));
    expect(shape.wide.match(/[ML]/g)).toHaveLength(6);
    const ys = (path: string): number[] => [...path.matchAll(/ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(Math.min(...ys(shape.wide))).toBeLessThan(Math.min(...ys(shape.narrow)));
    expect(Math.max(...ys(shape.wide))).toBeGreaterThanOrEqual(Math.max(...ys(shape.narrow)));
  });

  it("draw the most frequent levels, their names apart", () => {
    const levels = ["a", "b", "c", "never"];
    const points = [
      { time: 0, shares: [1, 0, 0, 0] },
      { time: 4, shares: [0.34, 0.33, 0.33, 0] },
    ];
    const { lines, y } = levelShape(levels, points, undefined, frame);
    expect(lines.map(({ level }) => level).toSorted()).toEqual(["a", "b", "c"]);
    const [first, second, third] = lines.map(({ label }) => label) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(14);
    expect(third - second).toBeGreaterThanOrEqual(14);
    const from = levelShape(levels, points.slice(1), "a", frame);
    expect(from.lines.map(({ path }) => path).toSorted()).toEqual(lines.map(({ path }) => path).toSorted());
    expect(y.ticks.map(({ label }) => label)).toContain("100%");
  });
});
