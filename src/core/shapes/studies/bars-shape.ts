/** Figures beside each other by name, as lying bars, so that long names have room. */
import type { BarsPicture, StudyFigure } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import { px, type Drawing, type Label, type Mark, type Spot } from "../drawing.ts";
import { fittingLabels, place, type RangeAxis } from "../range-shape.ts";
import { betterWords, drawable, figureWords, unitNumber } from "./figure-words.ts";
import { fitted, unitAxis } from "./study-axis.ts";
import { barMarks, sideOf, turnsOf, whiskerMark } from "./study-marks.ts";

const BAR = 13;
const PITCH = BAR + 2;
const TOP = 26;
const FOOT = 24;
const BETWEEN = 12;

/** Bars of areas under curves begin at what a guess reaches, all others at 0. */
export const barsFrom = ({ unit }: BarsPicture): number => (unit === "AUC" || unit === "AUROC" ? 0.5 : 0);

interface Layout {
  readonly picture: BarsPicture;
  readonly labelWidth: LabelWidth;
  readonly left: number;
  readonly room: number;
  /** of one name, with what is between it and the next */
  readonly group: number;
  readonly height: number;
  readonly axis: RangeAxis;
  readonly turns: readonly number[];
  readonly across: (value: number) => number;
  /** where every bar begins */
  readonly start: number;
}

function layoutOf(picture: BarsPicture, width: number, labelWidth: LabelWidth): Layout {
  const { bars, series, unit } = picture;
  const figures = bars.flatMap((bar) =>
    bar.figures.filter((figure): figure is StudyFigure => figure !== undefined),
  );
  const noted = bars.some(({ note }) => note !== undefined);
  const group = Math.max(series.length * PITCH, noted ? 30 : 16) + BETWEEN;
  const names = bars.flatMap(({ name, note = "" }) => [labelWidth(name), labelWidth(note)]);
  const numbers = figures.map(({ value }) => labelWidth(unitNumber(value, unit)));
  const left = Math.min(0.38 * width, Math.max(40, ...names) + 10);
  const room = width - left - Math.max(0, ...numbers) - 8;
  const axis = unitAxis(figures, unit, [barsFrom(picture)], Math.max(3, Math.floor(room / 60)));
  const at = place(axis, room);
  return {
    picture,
    labelWidth,
    left,
    room,
    group,
    height: TOP + bars.length * group + FOOT,
    axis,
    turns: turnsOf(series),
    across: (value) => left + at(value),
    start: left + at(barsFrom(picture)),
  };
}

export function barsDrawing(picture: BarsPicture, width: number, labelWidth: LabelWidth): Drawing {
  const layout = layoutOf(picture, width, labelWidth);
  const { axis, across, height, left, room, start } = layout;
  const groups = picture.bars.map((_, i) => groupOf(layout, i));
  const rule = (x: number): string => `M${px(x)} ${TOP}V${height - FOOT}`;
  return {
    width,
    height,
    marks: [
      { kind: "grid", d: axis.ticks.map(({ value }) => rule(across(value))).join("") },
      ...groups.flatMap(({ marks }) => marks),
      { kind: "axis", d: rule(start) },
    ],
    labels: [
      { x: 0, y: 11, text: `${picture.title} (${betterWords(picture.better)})`, anchor: "start" },
      ...fittingLabels(axis, room, labelWidth).map(({ value, label }): Label => ({
        x: across(value),
        y: height - 8,
        text: label,
        anchor: "middle",
      })),
      ...groups.flatMap(({ labels }) => labels),
    ],
    spots: groups.map(({ middle }, i) => ({ x: left + 20, y: middle, ...spotWords(picture, i) })),
  };
}

interface Group {
  readonly middle: number;
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
}

/** One name with its bars. */
function groupOf(layout: Layout, i: number): Group {
  const { picture, group, left, labelWidth } = layout;
  const { series } = picture;
  const { name, note, figures } = picture.bars[i] as BarsPicture["bars"][number];
  const middle = TOP + i * group + group / 2;
  const first = middle - (series.length * PITCH - 2) / 2;
  const named: Label[] = [
    {
      x: 0,
      y: middle + (note === undefined ? 4 : -2),
      text: fitted(name, left - 8, labelWidth),
      anchor: "start",
      tone: "ink",
    },
  ];
  if (note !== undefined)
    named.push({ x: 0, y: middle + 12, text: fitted(note, left - 8, labelWidth), anchor: "start" });
  const bars = series.map((_, s) => barOf(layout, figures[s], s, first + s * PITCH));
  return {
    middle,
    marks: bars.flatMap(({ marks }) => marks),
    labels: [...named, ...bars.map(({ label }) => label)],
  };
}

/** One bar, its whisker and its number behind both. */
function barOf(
  { picture: { series, unit }, turns, across, start }: Layout,
  figure: StudyFigure | undefined,
  at: number,
  y: number,
): { readonly marks: readonly Mark[]; readonly label: Label } {
  if (figure === undefined)
    return { marks: [], label: { x: start + 4, y: y + 10, text: "not measured", anchor: "start" } };
  const kind = series[at]?.kind ?? "synthetic";
  const { value, interval } = drawable(figure, unit);
  const end = across(value);
  const bar = `M${px(start)} ${px(y)}H${px(end)}V${px(y + BAR)}H${px(start)}Z`;
  const marks = barMarks(kind, turns[at] ?? 0, bar);
  let right = Math.max(start, end);
  if (interval !== undefined) {
    const [low, high, middle] = [across(interval.low), across(interval.high), px(y + BAR / 2)];
    right = Math.max(right, high);
    const line = `M${px(low)} ${middle}H${px(high)}`;
    const ends = `M${px(low)} ${px(y + BAR / 2 - 3)}v6M${px(high)} ${px(y + BAR / 2 - 3)}v6`;
    marks.push({ kind: "synthetic-casing", d: line }, whiskerMark(kind, line + ends));
  }
  return {
    marks,
    label: {
      x: right + 5,
      y: y + 10,
      text: unitNumber(figure.value, unit),
      anchor: "start",
      tone: kind === "real" ? "real" : "ink",
    },
  };
}

function spotWords({ bars, series, unit }: BarsPicture, i: number): Pick<Spot, "title" | "lines"> {
  const { name, note, figures } = bars[i] as BarsPicture["bars"][number];
  return {
    title: note === undefined ? name : `${name}, ${note}`,
    lines: series.map((one, s) => ({
      ...sideOf(one.kind),
      label: one.name,
      value: figures[s] === undefined ? "not measured" : figureWords(figures[s], unit),
    })),
  };
}
