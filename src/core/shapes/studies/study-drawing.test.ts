import { expect, test } from "vitest";
import type { BarsPicture, LinesPicture, StudyFigure, StudyKind, StudyPicture } from "../../report/study.ts";
import { figureInSentence, figureParts, figureWords } from "./figure-words.ts";
import { apart } from "./lines-shape.ts";
import { factorWords, unitAxis } from "./study-axis.ts";
import { studyDrawing, studyKeys, studyLeast } from "./study-drawing.ts";
import { studyLabel, studyListing } from "./study-words.ts";

const labelWidth = (text: string): number => text.length * 6;
const figure = (value: number, half = 0.02): StudyFigure => ({
  value,
  interval: { low: value - half, high: value + half },
});
const xs = [100, 200, 400];
const line = (name: string, kind: StudyKind, values: readonly number[]) => ({
  name,
  kind,
  points: values.map((value, i) => ({ x: xs[i] as number, figure: figure(value) })),
});

const lines: LinesPicture = {
  type: "lines",
  title: "Told from real rows, AUC",
  unit: "AUC",
  better: "lower",
  chance: 0.5,
  across: { name: "rows learned from", ticks: xs },
  lines: [
    line("Autoregressive", "synthetic", [0.79, 0.7, 0.6]),
    line("Copula", "synthetic", [0.87, 0.8, 0.61]),
    line("VAE", "synthetic", [0.99, 0.995, 0.605]),
    line("Real rows", "real", [0.5, 0.5, 0.5]),
    line("Independent columns", "independent", [0.98, 0.98, 0.98]),
  ],
};

const bars: BarsPicture = {
  type: "bars",
  title: "KL a column",
  unit: "nats",
  better: "lower",
  series: [
    { name: "By group", kind: "synthetic" },
    { name: "Whole", kind: "synthetic" },
  ],
  bars: [
    { name: "Women", note: "112 patients", figures: [figure(0.1), figure(0.2)] },
    { name: "Men", figures: [undefined, figure(0.1)] },
  ],
};

const others: StudyPicture[] = [
  {
    type: "matrix",
    title: "Predicting death",
    unit: "AUROC",
    better: "higher",
    down: { name: "Learned from", of: ["A", "B"] },
    across: { name: "Tested on", of: ["A", "B"] },
    cells: [
      [figure(0.9), figure(0.7)],
      [undefined, figure(0.8)],
    ],
  },
  {
    type: "points",
    title: "Risk and use",
    across: { name: "Risk", unit: "number", root: true },
    up: { name: "Use", unit: "AUROC" },
    points: [
      { name: "Copula", kind: "synthetic", across: figure(0.01), up: figure(0.8) },
      { name: "Real rows", kind: "real", across: figure(1, 0), up: figure(0.85) },
    ],
  },
  {
    type: "ranges",
    title: "Beside the others",
    columns: [
      { name: "Told from real", unit: "AUC", better: "lower", real: figure(0.5) },
      { name: "Distinct", unit: "count", better: "higher", drawn: false },
    ],
    lines: [
      { name: "Plain prompt", note: "251 rows", kind: "synthetic", figures: [figure(0.99), undefined] },
    ],
  },
];

test("names at line ends lie a line apart and inside the picture, whatever their figures", () => {
  const { labels, height } = studyDrawing(lines, 520, labelWidth);
  const ends = labels.filter(({ x, anchor }) => anchor === "start" && x > 100).map(({ y }) => y);
  expect(ends).toHaveLength(5);
  const sorted = ends.toSorted((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++)
    expect((sorted[i] as number) - (sorted[i - 1] as number)).toBeGreaterThanOrEqual(14);
  expect(Math.max(...ends)).toBeLessThan(height);
  expect(apart([10, 10, 10], 14, 0, 100)).toEqual([0, 14, 28]);
  expect(apart([10, 50], 14, 0, 100)).toEqual([10, 50]);
});

test("on a narrow screen the keys name the lines, and ticks stand by value unless they are asked to be even", () => {
  const narrow = studyDrawing(lines, 340, labelWidth);
  expect(narrow.labels.some(({ text }) => text === "Copula")).toBe(false);
  const ticks = (picture: LinesPicture): number[] =>
    studyDrawing(picture, 340, labelWidth)
      .labels.filter(({ text }) => xs.map(String).includes(text))
      .map(({ x }) => x);
  const [a = 0, b = 0, c = 0] = ticks(lines);
  expect((c - a) / (b - a)).toBeCloseTo(3);
  const [d = 0, e = 0, f = 0] = ticks({ ...lines, across: { ...lines.across, even: true } });
  expect((f - d) / (e - d)).toBeCloseTo(2);
});

test("methods of one kind differ by marker and dash; real, independent and simulated by kind of mark", () => {
  const keys = studyKeys(lines);
  const looks = keys.map(({ marks }) =>
    marks.map(({ kind, dash, d }) => `${kind} ${dash ?? ""} ${d}`).join(),
  );
  expect(new Set(looks).size).toBe(keys.length);
  expect(keys.at(-1)?.name).toBe("A guess");
});

test("an interval beyond what an area can be ends at 1", () => {
  const { marks } = studyDrawing(
    { ...lines, lines: [line("VAE", "synthetic", [0.99, 0.99, 0.99])] },
    520,
    labelWidth,
  );
  const whisker = marks.find(({ kind, d }) => kind === "synthetic-thin" && d.includes("V"))?.d ?? "";
  const top = Math.min(...[...whisker.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y)));
  expect(top).toBeGreaterThanOrEqual(24);
});

test("bars begin at 0, those of areas at a half, and one that is missing says so", () => {
  const { labels, marks } = studyDrawing(bars, 500, labelWidth);
  expect(labels.filter(({ text }) => text === "not measured")).toHaveLength(1);
  expect(marks.filter(({ kind }) => kind === "synthetic-hatch")).toHaveLength(1);
  expect(marks.filter(({ kind }) => kind === "synthetic-box")).toHaveLength(2);
  const below = studyDrawing(
    { ...bars, unit: "AUROC", bars: [{ name: "a", figures: [figure(0.4), figure(0.6)] }] },
    500,
    labelWidth,
  );
  const box = below.marks.find(({ kind }) => kind === "synthetic-box")?.d ?? "";
  const hatch = below.marks.find(({ kind }) => kind === "synthetic-hatch")?.d ?? "";
  const [from, to] = [/M([\d.]+)/, /H([\d.]+)/].map((one) => Number(one.exec(hatch)?.[1]));
  expect(to).toBeLessThan(from as number);
  expect(/M([\d.]+)/.exec(box)?.[1]).toBe(String(from));
});

test("every picture has geometry, a sentence and a table without a number that is not one", () => {
  for (const picture of [lines, bars, ...others])
    for (const width of [300, 700]) {
      const drawn = studyDrawing(picture, Math.max(width, studyLeast(picture, labelWidth)), labelWidth);
      const all = JSON.stringify([drawn, studyLabel(picture), studyListing(picture)]);
      expect(all).not.toMatch(/NaN|undefined|Infinity|null/);
      expect(studyLabel(picture)).toMatch(/\.$/);
      const { heads, rows } = studyListing(picture);
      for (const { cells } of rows) expect(cells).toHaveLength(heads.length - 1);
    }
});

test("a study without a figure yet is drawn empty", () => {
  const empty = { ...lines, lines: lines.lines.map((one) => ({ ...one, points: [] })) };
  expect(JSON.stringify(studyDrawing(empty, 500, labelWidth))).not.toMatch(/NaN|Infinity|null/);
  expect(JSON.stringify(studyDrawing({ ...bars, bars: [] }, 500, labelWidth))).not.toMatch(
    /NaN|Infinity|null/,
  );
});

test("figures as text", () => {
  expect(figureWords(figure(0.79, 0.03), "AUC")).toBe("0.790 ±0.030");
  expect(figureWords({ value: 0.02, interval: { low: 0, high: 0.06 } }, "number")).toBe(
    "0.020 0.000 to 0.060",
  );
  expect(figureWords({ value: 361 }, "seconds")).toBe("6 min 1 s");
  expect(figureWords({ value: 0.2 }, "seconds")).toBe("0.2 s");
  expect(figureWords({ value: 0 }, "seconds")).toBe("0 s");
  expect(figureWords(figure(0.114, 0.01), "share")).toBe("11.4% ±1.0%");
  expect(figureWords({ value: 1838 }, "count")).toBe("1,838");
  expect(figureWords({ value: 2.68 }, "nats")).toBe("2.68");
  expect(figureWords(undefined, "AUC")).toBe("–");
  expect(figureParts({ value: 0.5 }, "AUC")).toEqual({ value: "0.500" });
  expect(figureInSentence({ value: 0.015, interval: { low: -0.014, high: 0.044 } }, "AUROC")).toBe(
    "0.015 (95% interval −0.014 to 0.044)",
  );
});

test("parts of a second have ticks that differ", () => {
  const ticks = unitAxis([figure(0.04, 0.03)], "seconds").ticks.map(({ label }) => label);
  expect(new Set(ticks).size).toBe(ticks.length);
  expect(ticks[0]).toBe("0.02 s");
  expect(figureWords({ value: 0.01 }, "seconds")).toBe("under 0.1 s");
});

test("a long head of a range that is not drawn takes two lines, whole, and drawn columns take the room that is left", () => {
  const ranges: StudyPicture = {
    type: "ranges",
    title: "Beside the others",
    columns: [
      { name: "Told from real", unit: "AUC", better: "lower", real: figure(0.5) },
      { name: "Distinct values of meanbp", unit: "count", better: "higher", drawn: false },
    ],
    lines: [{ name: "Plain prompt", kind: "synthetic", figures: [figure(0.99), figure(40)] }],
  };
  const { labels } = studyDrawing(ranges, 900, labelWidth);
  const texts = labels.map(({ text }) => text);
  expect(texts).toEqual(expect.arrayContaining(["Distinct values", "of meanbp"]));
  expect(texts.some((text) => text.includes("…"))).toBe(false);
  const numbers = labels.filter(({ text, anchor }) => anchor === "end" && /^[\d.]+$/.test(text));
  expect(Math.max(...numbers.map(({ x }) => x))).toBeCloseTo(890);
});

test("an interval beyond 0 does not end at 0 in words, and factors carry no zeros at their end", () => {
  const figureNear = { value: -0.005, interval: { low: -0.0097, high: -0.0003 } };
  expect(figureInSentence(figureNear, "AUROC", true)).toBe("−0.005 (−0.010 to −0.0003)");
  expect(figureInSentence({ value: 0.5, interval: { low: 0, high: 1 } }, "AUROC", true)).toBe(
    "0.500 (0.000 to 1.000)",
  );
  expect([0.5, 0.25, 10, 2000].map(factorWords)).toEqual(["0.5", "0.25", "10", "2,000"]);
});

test("a step of an axis is written without noughts that say nothing", () => {
  expect([0.5, 0.25, 2, 1000, 0.1, 0.99999].map(factorWords)).toEqual([
    "0.5",
    "0.25",
    "2",
    "1,000",
    "0.1",
    "1",
  ]);
});

test("long ticks are not cut at the left", () => {
  const slow = {
    ...lines,
    unit: "seconds" as const,
    lines: [line("VAE", "synthetic", [5, 60, 130])],
  };
  const ticks = studyDrawing(slow, 520, labelWidth).labels.filter(
    ({ anchor, x }) => anchor === "end" && x < 200,
  );
  expect(ticks.some(({ text }) => text.includes("min"))).toBe(true);
  for (const { x, text } of ticks) expect(x - labelWidth(text)).toBeGreaterThanOrEqual(0);
});
