/** Axes of pictures over time: round ticks on a linear or logarithmic scale. */
import { fixed, plain } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";
import { px, type Label, type Mark } from "./drawing.ts";
import { decimalsOf } from "./range-shape.ts";

export interface CourseAxis {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** From the least to the greatest of `values`, with about `wanted` round ticks inside. */
export function courseAxis(values: readonly number[], wanted = 5, log = false): CourseAxis {
  const known = values.filter((value) => Number.isFinite(value) && (!log || value > 0));
  let [low, high] = known.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Infinity, -Infinity],
  );
  if (known.length === 0) [low, high] = log ? [1, 10] : [0, 1];
  if (!(high > low))
    [low, high] = log
      ? [low / 2, high * 2]
      : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  return { low, high, log, ticks: log ? logTicks(low, high) : linearTicks(low, high, wanted) };
}

function linearTicks(low: number, high: number, wanted: number): CourseAxis["ticks"] {
  const power = 10 ** Math.floor(Math.log10((high - low) / wanted));
  const step =
    [1, 2, 5, 10].map((m) => m * power).find((size) => (high - low) / size <= wanted) ?? 10 * power;
  const ticks: { value: number; label: string }[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++)
    ticks.push({ value: i * step, label: fixed(i * step, decimalsOf(step)) });
  return ticks;
}

/** 1, 3, 10, 30, ...; also 2 and 5 where that leaves fewer than three. */
function logTicks(low: number, high: number): CourseAxis["ticks"] {
  for (const within of [[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 4, 5, 6, 8]]) {
    const ticks: { value: number; label: string }[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
      for (const m of within) {
        const value = m * 10 ** power;
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9))
          ticks.push({ value, label: plain(value) });
      }
    if (ticks.length >= 3)
      return ticks.map(({ value, label }) => ({
        value,
        label: label.replace(/\.?0+$/, (end) => (label.includes(".") ? "" : end)),
      }));
  }
  return linearTicks(low, high, 4);
}

/** A box that a plot stands in, in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const share = ({ low, high, log }: CourseAxis, value: number): number =>
  log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);

export const acrossBox =
  (axis: CourseAxis, { left, right }: Box) =>
  (value: number): number =>
    left + share(axis, value) * (right - left);

/** Grows upwards. */
export const upBox =
  (axis: CourseAxis, { top, bottom }: Box) =>
  (value: number): number =>
    bottom - share(axis, value) * (bottom - top);

/** The axis of time under a box: its line, its ticks as far as they fit, and what it counts. */
export function timeFoot(
  axis: CourseAxis,
  box: Box,
  title: string,
  labelWidth: LabelWidth,
): { mark: Mark; labels: Label[] } {
  const at = acrossBox(axis, box);
  let free = -Infinity;
  const ticks = axis.ticks.flatMap(({ value, label }): Label[] => {
    const half = labelWidth(label) / 2;
    if (at(value) - half < free) return [];
    free = at(value) + half + 6;
    return [{ x: at(value), y: box.bottom + 15, text: label, anchor: "middle" }];
  });
  return {
    mark: { kind: "axis", d: `M${px(box.left)} ${px(box.bottom + 0.5)}H${px(box.right)}` },
    labels: [...ticks, { x: box.right, y: box.bottom + 31, text: title, anchor: "end" }],
  };
}

/** Labels at the left of a box. */
export const sideLabels = (axis: CourseAxis, box: Box): Label[] =>
  axis.ticks.map(({ value, label }) => ({
    x: box.left - 8,
    y: upBox(axis, box)(value) + 4,
    text: label,
    anchor: "end" as const,
  }));

/** Room that the labels at the left need. */
export const sideRoom = (axis: CourseAxis, labelWidth: LabelWidth): number =>
  12 + axis.ticks.reduce((most, { label }) => Math.max(most, labelWidth(label)), 12);
