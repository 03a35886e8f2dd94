import { describe, expect, it } from "vitest";
import { exampleCourses } from "../report/fixtures/example-courses.ts";
import { bandDrawing, bandListing, tracksDrawing, tracksOf } from "./band-shape.ts";
import { courseAxis } from "./course-axis.ts";
import { areaPath, linePath, stairPath, type Drawing } from "./drawing.ts";
import { rasterDrawing } from "./raster-shape.ts";
import { survivalDrawing, survivalListing } from "./survival-shape.ts";
import { stretchesOf, timelineDrawing, timelineListing } from "./timeline-shape.ts";
import { stepsDrawing, stepsListing } from "./transition-shape.ts";

const labelWidth = (text: string): number => text.length * 5.6;
const courses = exampleCourses();
const { clock } = courses;
const [course] = courses.numbers;
const [matrix] = courses.steps;
const [timeline] = courses.timelines;
const { survival } = courses;
if (!course || !matrix || !timeline || !survival) throw new Error("the example lacks a picture");

const textsOf = ({ labels }: Drawing): string[] => labels.map(({ text }) => text);
const markOf = ({ marks }: Drawing, kind: string): string =>
  marks.find((mark) => mark.kind === kind)?.d ?? "";
/** Every number of every path and place. */
const numbersOf = ({ marks, labels, spots }: Drawing): number[] => [
  ...marks.flatMap(({ d }) => (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)),
  ...[...labels, ...spots].flatMap(({ x, y }) => [x, y]),
];

describe("lines", () => {
  const places = [0, 1, 2, 3].map((x) => ({ x, y: x === 2 ? NaN : x }));
  it("break where a value is not known", () => {
    expect(linePath(places)).toBe("M0 0L1 1M3 3");
    expect(stairPath(places)).toBe("M0 0H1V1M3 3");
    expect(
      areaPath(
        places,
        places.map(({ x }) => ({ x, y: 0 })),
      ),
    ).toBe("M0 0L1 1L1 0L0 0Z");
  });
});

describe("axes", () => {
  it("have round ticks within the values, decades on a logarithmic scale", () => {
    expect(courseAxis([0.3, 9.7]).ticks.map(({ label }) => label)).toEqual(["2", "4", "6", "8"]);
    expect(courseAxis([0.4, 30], 5, true).ticks.map(({ label }) => label)).toEqual(["1", "3", "10", "30"]);
    expect(courseAxis([2, 2]).high).toBeGreaterThan(2);
    expect(courseAxis([NaN]).ticks.length).toBeGreaterThan(0);
  });
});

describe("bands", () => {
  const drawing = bandDrawing({ course, clock, width: 400, height: 240, labelWidth });
  it("fill the real tenths as far as 20 patients are, and go on as a median", () => {
    expect(markOf(drawing, "real-fill").match(/[ML]/g)).toHaveLength(6);
    expect(markOf(drawing, "real-line").match(/[ML]/g)).toHaveLength(5);
    expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
    expect(textsOf(drawing)).toContain("mg/dL");
    expect(textsOf(drawing)).toContain("years since the first visit");
  });
  it("say in each bin what they are of", () => {
    expect(drawing.spots[4]?.lines.map(({ value }) => value)).toEqual([
      "3.8",
      "too few patients",
      "4.2",
      "too few patients",
      "6",
    ]);
    expect(
      bandListing(course, clock)
        .rows[3]?.cells.map(({ text }) => text)
        .slice(0, 4),
    ).toEqual(["3.6", "2.3 to 4.9", "too few patients", "12"]);
  });
  it("take nine synthetic courses at a time and leave out missing values", () => {
    expect(tracksOf(course, courses.tracks, 0).map(({ values }) => values.length)).toEqual([3, 1, 5]);
    expect(tracksOf(course, courses.tracks, 5)).toEqual(tracksOf(course, courses.tracks, 0));
    const drawn = tracksDrawing({ course, clock, width: 400, height: 240, labelWidth }, courses.tracks);
    expect(drawn.spots).toHaveLength(3);
    expect(markOf(drawn, "real-line")).toBe("");
  });
});

describe("steps", () => {
  it("write shares, hide what is of few patients, and outline the furthest off among what is shown", () => {
    const real = stepsDrawing({ matrix, view: "real", width: 400, labelWidth });
    expect(textsOf(real).filter((text) => text === "< 5")).toHaveLength(2);
    expect(textsOf(real)).toContain("70.0");
    const difference = stepsDrawing({ matrix, view: "difference", width: 400, labelWidth });
    expect(textsOf(difference)).toEqual(expect.arrayContaining(["−10.0", "+20.0", "−20.0", "0.0"]));
    expect(difference.marks.filter(({ kind }) => kind === "frame")).toHaveLength(2);
    expect(difference.marks.filter(({ kind }) => kind === "hidden")).toHaveLength(2);
  });
  it("leave no text of a middle shade: ink up to a half, the surface's colour above", () => {
    const { labels, marks } = stepsDrawing({ matrix, view: "real", width: 400, labelWidth });
    expect(labels.find(({ text }) => text === "70.0")?.tone).toBe("on-strong");
    const strengths = marks.flatMap(({ strength }) => (strength === undefined ? [] : [strength]));
    expect(strengths.every((strength) => strength <= 0.45 || strength >= 0.85)).toBe(true);
  });
  it("list the difference only where both sides are shown", () => {
    expect(stepsListing(matrix).rows[1]).toEqual({
      name: "1 to 2",
      cells: [
        { text: "under 5 patients", of: "real" },
        { text: "30.0%", of: "syn" },
        { text: "–" },
        { text: "80" },
      ],
    });
  });
});

describe("survival", () => {
  it("falls in stairs, with a band, and numbers at risk that are not told where few are left", () => {
    const drawing = survivalDrawing({ survival, width: 600, height: 320, labelWidth });
    expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
    expect(markOf(drawing, "real-line").match(/V/g)).toHaveLength(4);
    expect(drawing.labels.filter(({ tone }) => tone === "real").map(({ text }) => text)).toEqual([
      "120",
      "40",
      "–",
    ]);
    expect(survivalListing(survival).rows[1]?.cells[0]?.text).toBe("90.0% (84.0% to 95.0%)");
  });
});

describe("visits", () => {
  it("are a tick each, a row a patient", () => {
    const drawing = rasterDrawing({ raster: courses.visiting.raster, clock, width: 400, labelWidth });
    expect(markOf(drawing, "synthetic-thin").match(/M/g)).toHaveLength(10);
    expect(drawing.spots).toHaveLength(3);
  });
});

describe("a synthetic patient", () => {
  it("has values at the visits, states as stretches until the end, and the end", () => {
    const drawing = timelineDrawing({ timeline, clock, width: 640, labelWidth });
    expect(textsOf(drawing)).toEqual(
      expect.arrayContaining(["1.1", "1.4", "4.9", "died", "ascites", "2", "3"]),
    );
    expect(numbersOf(drawing).every(Number.isFinite)).toBe(true);
    expect(drawing.marks.filter(({ kind }) => kind === "synthetic-box")).toHaveLength(2);
    expect(drawing.marks.filter(({ kind }) => kind === "synthetic-hatch")).toHaveLength(1);
    expect(drawing.marks.filter(({ kind }) => kind === "usual")).toHaveLength(1);
    expect(stretchesOf(["2", "", "3", "3"], [0, 1, 2, 3], 5)).toEqual([
      { level: "2", from: 0, to: 2 },
      { level: "3", from: 2, to: 5 },
    ]);
    expect(timelineListing(timeline, clock).rows[2]?.cells.map(({ text }) => text)).toEqual(["–", "3", "no"]);
  });
});
