/** One simulated patient's value over time as geometry, with what happened. */
import { fixed, plain } from "../../words/numbers.ts";
import type { LabelWidth } from "../column-shape.ts";
import { linePath, px, type Drawing, type Label, type Mark, type Place } from "../drawing.ts";
import { fittingLabels, plainTick, valueAxis } from "../range-shape.ts";

export interface PatientCourse {
  /** "months" */
  readonly unit: string;
  /** of the value that is drawn: "eGFR" */
  readonly name: string;
  readonly valueUnit?: string;
  readonly decimals: number;
  readonly points: readonly { readonly time: number; readonly value: number }[];
  readonly events: readonly { readonly time: number; readonly text: string }[];
}

const SIDE = 14;
/** Under the name of what is drawn, and the words of events. */
const TOP = 40;
const NAME = 11;
const EVENT = 27;
const BOTTOM = 22;
/** Least room between the words of two events. */
const GAP = 10;
const RADIUS = 2.6;
/** More visits than this are a line without circles. */
const MOST_CIRCLES = 16;

/** @param width in pixels, as `height` */
export function courseDrawing(
  course: PatientCourse,
  width: number,
  height: number,
  labelWidth: LabelWidth,
): Drawing {
  const { points, name, events, valueUnit } = course;
  const times = valueAxis(
    [...points, ...events].map(({ time }) => ({ value: time })),
    undefined,
    ends(course),
  );
  const values = valueAxis(points.map(({ value }) => ({ value })));
  const end = lastValue(course);
  const [left, right] = [SIDE, width - SIDE - labelWidth(end)];
  const base = height - BOTTOM;
  const x = (time: number): number =>
    left + ((time - times.low) / (times.high - times.low || 1)) * (right - left);
  const y = (value: number): number =>
    base - 4 - ((value - values.low) / (values.high - values.low || 1)) * (base - 4 - TOP);
  const places = points.map(({ time, value }) => ({ x: x(time), y: y(value) }));
  const unit = valueUnit === undefined ? "" : `, ${valueUnit}`;
  const ticks = fittingLabels(times, width, labelWidth);
  const marks: Mark[] = [
    { kind: "axis", d: `M${left} ${px(base + 0.5)}H${px(right)}` },
    ...times.ticks.map(({ value }): Mark => ({ kind: "axis", d: `M${px(x(value))} ${px(base)}v4` })),
    ...events.map(({ time }): Mark => ({
      kind: "ink-line",
      d: `M${px(x(time))} ${EVENT + 6}V${px(base)}`,
      dash: "2 3",
    })),
    { kind: "ink-line", d: linePath(places) },
    ...(points.length > MOST_CIRCLES ? [] : [{ kind: "ink-ring", d: rings(places) } satisfies Mark]),
  ];
  const labels: Label[] = [
    ...ticks.map(({ value, label }): Label => ({ x: x(value), y: base + 17, text: label, anchor: "middle" })),
    { x: left, y: NAME, text: `${name}${unit}`, anchor: "start", tone: "ink" },
    ...eventLabel(course, x, [left, right], labelWidth),
    ...lastLabel(end, places),
  ];
  return { width, height, marks, labels, spots: [] };
}

/** The words of the first event above its line, and of others where they fit beside those before. */
function eventLabel(
  { events }: PatientCourse,
  x: (time: number) => number,
  [left, right]: readonly [number, number],
  labelWidth: LabelWidth,
): Label[] {
  const labels: Label[] = [];
  let taken = left - GAP;
  for (const { time, text } of events) {
    const half = labelWidth(text) / 2;
    const middle = Math.min(Math.max(x(time), taken + GAP + half), right - half);
    // Words that do not stand above their line would belong to another.
    if (middle - half < taken + GAP || Math.abs(middle - x(time)) > half) continue;
    labels.push({ x: middle, y: EVENT, text, anchor: "middle", tone: "ink" });
    taken = middle + half;
  }
  return labels;
}

const lastValue = ({ points, decimals }: PatientCourse): string =>
  fixed(points.at(-1)?.value ?? NaN, decimals);

/** Beside the last circle. */
function lastLabel(text: string, places: readonly Place[]): Label[] {
  const at = places.at(-1);
  return at === undefined ? [] : [{ x: at.x + 6, y: at.y + 4, text, anchor: "start" }];
}

/** The axis begins with the first visit and ends with the last. */
function ends({ points }: PatientCourse): readonly [number, number] {
  const times = points.map(({ time }) => time);
  return [Math.min(...times), Math.max(...times)];
}

const rings = (places: readonly Place[]): string =>
  places
    .map(
      ({ x, y }) =>
        `M${px(x - RADIUS)} ${px(y)}a${RADIUS} ${RADIUS} 0 1 0 ${2 * RADIUS} 0a${RADIUS} ${RADIUS} 0 1 0 ${-2 * RADIUS} 0`,
    )
    .join("");

/** "eGFR goes from 61 to 48 over 12 months; month 3: spironolactone stopped." */
export function courseLabel(course: PatientCourse): string {
  const { name, points, decimals, unit } = course;
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return name;
  const span = plain(last.time - first.time);
  const begin = `${name} goes from ${fixed(first.value, decimals)} to ${fixed(last.value, decimals)} over ${span} ${unit}`;
  return `${[begin, ...course.events.map((event) => `${timeWords(event.time, unit).toLowerCase()}: ${event.text}`)].join("; ")}.`;
}

/** "Month 3", "Hour 12" */
export function timeWords(time: number, unit: string): string {
  const one = unit.replace(/s$/, "");
  return `${one.charAt(0).toUpperCase()}${one.slice(1)} ${plainTick(Math.round(time), 1)}`;
}
