/** The geometry of one patient's futures: bands of a number, or shares of levels, by time since the last given visit. */
import { percentTick, valueAxis, type RangeAxis } from "./range-shape.ts";

export interface FutureFrame {
  readonly width: number;
  readonly height: number;
  /** left of the plot, and under it */
  readonly left: number;
  readonly bottom: number;
}

interface BandPoint {
  readonly time: number;
  readonly median: number;
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

interface Axes {
  readonly x: RangeAxis;
  readonly y: RangeAxis;
  readonly atX: (time: number) => number;
  readonly atY: (value: number) => number;
}

/** Paths in the units of the frame, whose origin is its upper left corner. */
export interface BandShape extends Axes {
  readonly wide: string;
  readonly narrow: string;
  readonly median: string;
}

export interface LevelLine {
  readonly level: string;
  readonly path: string;
  /** where its name stands: at its last point, moved away from the others */
  readonly label: number;
  readonly last: number;
}

/** Room above the plot, for the uppermost label. */
const TOP = 8;
/** Least distance between the names of two lines. */
const LABEL = 14;
/** Levels that are drawn, those that come to the largest share. */
const MOST_LEVELS = 5;

/** The bands, from the last given value on where it is known. */
export function bandShape(
  points: readonly BandPoint[],
  start: number | undefined,
  frame: FutureFrame,
): BandShape {
  const first = start === undefined ? [] : [flat(start)];
  const all = [...first, ...points];
  const marks = all.flatMap(({ low95, high95 }) => [{ value: low95 }, { value: high95 }]);
  const axes = axesOf(all, valueAxis(marks), frame);
  const area = (low: (point: BandPoint) => number, high: (point: BandPoint) => number): string =>
    `${line(axes, all, high)}${line(axes, all.toReversed(), low).replace("M", "L")}Z`;
  return {
    ...axes,
    wide: area(
      ({ low95 }) => low95,
      ({ high95 }) => high95,
    ),
    narrow: area(
      ({ low80 }) => low80,
      ({ high80 }) => high80,
    ),
    median: line(axes, all, ({ median }) => median),
  };
}

const flat = (value: number): BandPoint => ({
  time: 0,
  median: value,
  low80: value,
  high80: value,
  low95: value,
  high95: value,
});

/** A line for each of the most frequent levels, from the last given one on where it is known. */
export function levelShape(
  levels: readonly string[],
  later: readonly { readonly time: number; readonly shares: readonly number[] }[],
  start: string | undefined,
  frame: FutureFrame,
): Axes & { readonly lines: readonly LevelLine[] } {
  const first = { time: 0, shares: levels.map((level) => (level === start ? 1 : 0)) };
  const points = start !== undefined && levels.includes(start) ? [first, ...later] : later;
  const most = (i: number): number => Math.max(0, ...points.map(({ shares }) => shares[i] ?? 0));
  const shown = [...levels.keys()]
    .filter((i) => most(i) > 0)
    .sort((a, b) => most(b) - most(a) || a - b)
    .slice(0, MOST_LEVELS);
  const axes = axesOf(points, valueAxis([{ value: 0 }, { value: 1 }], percentTick, [0, 1]), frame);
  const lines = shown
    .map((i) => {
      const last = points.at(-1)?.shares[i] ?? 0;
      const path = line(axes, points, ({ shares }) => shares[i] ?? 0);
      return { level: levels[i] as string, path, last, label: axes.atY(last) };
    })
    .sort((a, b) => a.label - b.label);
  let free = -Infinity;
  const apart = lines.map((one) => {
    const label = Math.max(one.label, free);
    free = label + LABEL;
    return { ...one, label };
  });
  return { ...axes, lines: apart };
}

function axesOf(points: readonly { readonly time: number }[], y: RangeAxis, frame: FutureFrame): Axes {
  const end = points.at(-1)?.time ?? 1;
  const x = valueAxis([{ value: 0 }, { value: end }], undefined, [0, end]);
  const { width, height, left, bottom } = frame;
  const wide = Math.max(1, width - left);
  const high = Math.max(1, height - bottom - TOP);
  return {
    x,
    y,
    atX: (time) => left + (wide * (time - x.low)) / Math.max(1e-12, x.high - x.low),
    atY: (value) => TOP + high * (1 - (value - y.low) / Math.max(1e-12, y.high - y.low)),
  };
}

function line<P extends { readonly time: number }>(
  { atX, atY }: Axes,
  points: readonly P[],
  value: (point: P) => number,
): string {
  return points
    .map((point, i) => `${i === 0 ? "M" : "L"}${round(atX(point.time))} ${round(atY(value(point)))}`)
    .join("");
}

const round = (value: number): number => Math.round(10 * value) / 10;
