/** The geometry of range plots: an axis in a metric's own units, and where a value stands on it. */
import type { Interval } from "../metrics/metric.ts";
import { fixed } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";

/** A labelled axis for points: it may start anywhere, because nothing is drawn as a length from its start. */
export interface RangeAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** A value and the interval around it, where it has one. */
export interface RangeMark {
  readonly value: number;
  readonly interval?: Interval;
}

const marksOf = ({ value, interval }: RangeMark): number[] =>
  [value, interval?.low, interval?.high].filter(
    (number): number is number => number !== undefined && Number.isFinite(number),
  );

/** The widest of 1, 2 or 5 times a power of ten that puts at least three ticks between the ends. */
function widestStep(low: number, high: number): number {
  const power = 10 ** Math.floor(Math.log10((high - low) / 2));
  const ticks = (step: number): number => Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) + 1;
  return [5, 2, 1, 0.5, 0.2].map((m) => m * power).find((step) => ticks(step) >= 3) ?? power / 10;
}

/** An end of a range; a report from a file has NaN for one that is infinite. */
const end = (value: number | undefined, none: number): number =>
  value === undefined || Number.isNaN(value) ? none : value;

/** An axis in a metric's own units around the marks, with about four round ticks. */
export function valueAxis(
  marks: readonly RangeMark[],
  write: (value: number, step: number) => string = plainTick,
  within?: readonly [number, number],
): RangeAxis {
  const all = marks.flatMap(marksOf);
  const least = all.length === 0 ? 0 : all.reduce((a, b) => Math.min(a, b));
  const most = all.length === 0 ? 1 : all.reduce((a, b) => Math.max(a, b));
  const margin = (most - least) * 0.12 || Math.abs(most) * 0.05 || 0.01;
  const low = Math.min(least, Math.max(end(within?.[0], -Infinity), least - margin));
  const high = Math.max(most, Math.min(end(within?.[1], Infinity), most + margin));
  const step = widestStep(low, high);
  const ticks: { value: number; label: string }[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9 && ticks.length < 12; i++) {
    ticks.push({ value: i * step, label: write(i * step, step) });
  }
  return { low, high, ticks };
}

/** Decimals that tell steps apart: 0.05 -> 2. */
export const decimalsOf = (step: number): number =>
  Math.min(6, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));

export const plainTick = (value: number, step: number): string => fixed(value, decimalsOf(step));
export const percentTick = (value: number, step: number): string =>
  `${fixed(100 * value, decimalsOf(100 * step))}%`;

/** Room at either end of an axis for half a label and half a mark, in pixels. */
const PAD = 9;

/** Where a value stands, in pixels; what lies beyond the axis stands at its end. */
export const place =
  (axis: RangeAxis, width: number) =>
  (value: number): number =>
    PAD +
    ((Math.max(axis.low, Math.min(axis.high, value)) - axis.low) / (axis.high - axis.low || 1)) *
      (width - 2 * PAD);

/** The ticks whose labels fit side by side along an axis of `width` pixels, from its start. */
export function fittingLabels(axis: RangeAxis, width: number, labelWidth: LabelWidth): RangeAxis["ticks"] {
  const at = place(axis, width);
  let free = -Infinity;
  return axis.ticks.filter(({ value, label }) => {
    const half = labelWidth(label) / 2;
    if (at(value) - half < free) return false;
    free = at(value) + half + 4;
    return true;
  });
}
