/** Axes of study pictures: round ticks in the unit of the figure, and what of a label fits. */
import type { StudyFigure, StudyUnit } from "../../report/study.ts";
import { count, plain } from "../../words/numbers.ts";
import type { LabelWidth } from "../column-shape.ts";
import { percentTick, plainTick, valueAxis, type RangeAxis, type RangeMark } from "../range-shape.ts";
import { drawable, unitEnds, unitNumber } from "./figure-words.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Around the figures and `also`; never beyond what the unit can be. At most `ticks` round ticks, about four where it is left out. */
export function unitAxis(
  figures: readonly StudyFigure[],
  unit: StudyUnit,
  also: readonly number[] = [],
  ticks?: number,
): RangeAxis {
  const marks: RangeMark[] = [
    ...figures.map((figure) => drawable(figure, unit)),
    ...also.map((value) => ({ value })),
  ];
  const axis = valueAxis(marks, tickIn(unit), unitEnds(unit));
  return ticks === undefined ? axis : { ...axis, ticks: denser(axis, unit, ticks) };
}

/** Round ticks, at most `most` of them. */
function denser({ low, high }: RangeAxis, unit: StudyUnit, most: number): RangeAxis["ticks"] {
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const step = [1, 2, 5, 10].map((m) => m * power).find((one) => (high - low) / one <= most) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const value = (first + i) * step;
    return { value, label: tickIn(unit)(value, step) };
  });
}

const tickIn =
  (unit: StudyUnit) =>
  (value: number, step: number): string =>
    unit === "share"
      ? percentTick(value, step)
      : unit === "seconds" && (step >= 1 || value === 0)
        ? unitNumber(value, unit)
        : `${plainTick(value, step)}${unit === "seconds" ? " s" : ""}`;

/** The share of an axis at which a value stands, 0 to 1; what lies beyond stands at the end. */
export const shareOf = ({ low, high }: RangeAxis, value: number): number =>
  (Math.max(low, Math.min(high, value)) - low) / (high - low || 1);

/** A name cut to `room` pixels, with an ellipsis where it was. */
export function fitted(text: string, room: number, labelWidth: LabelWidth): string {
  if (labelWidth(text) <= room) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && labelWidth(`${characters.join("")}…`) > room) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}

/** A head in the two lines that take least room where it is wider than `room`, broken behind a space, a dash, a line or a slash. */
export function headLines(name: string, room: number, labelWidth: LabelWidth): string[] {
  if (labelWidth(name) <= room) return [name];
  const parts = name.split(/(?<=[ _/-])(?=.)/);
  const widest = (lines: readonly string[]): number => Math.max(...lines.map(labelWidth));
  const [best = [name]] = parts
    .slice(1)
    .map((_, i) => [
      parts
        .slice(0, i + 1)
        .join("")
        .trim(),
      parts.slice(i + 1).join(""),
    ])
    .toSorted((a, b) => widest(a) - widest(b));
  return best.map((line) => fitted(line, room, labelWidth));
}

/** A step of an axis as a person would write it: "1,000", "0.5", "0.25". */
export const factorWords = (value: number): string =>
  Number.isInteger(value)
    ? count(value)
    : plain(value)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
