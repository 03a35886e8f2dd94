/** One line a method: in each column a figure with its interval over the band of real rows, and the number. */
import type { RangesPicture, StudyFigure } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import { px, type Drawing, type Label, type Mark, type Spot } from "../drawing.ts";
import { place, type RangeAxis } from "../range-shape.ts";
import { drawable, figureWords, unitNumber } from "./figure-words.ts";
import { fitted, headLines, unitAxis } from "./study-axis.ts";
import { pointMark, sideOf, turnsOf, whiskerMark } from "./study-marks.ts";

const ROW = 44;
const TOP = 30;
const LINE = 14;
const REAL = "Real rows";
/** The most room that one line of a head takes where its column is not drawn. */
const HEAD = 130;
/** The least room of a drawn column, its number included. */
const LEAST = 170;

interface Column {
  readonly at: number;
  readonly left: number;
  readonly width: number;
  readonly number: number;
  /** none where the number stands alone */
  readonly axis?: RangeAxis;
}

const numberRoom = ({ columns, lines }: RangesPicture, at: number, labelWidth: LabelWidth): number =>
  Math.max(
    0,
    ...[...lines.map(({ figures }) => figures[at]), columns[at]?.real].map((figure) =>
      figure ? labelWidth(unitNumber(figure.value, columns[at]?.unit ?? "number")) : 8,
    ),
  ) + 8;

const headsIn = ({ columns }: RangesPicture, labelWidth: LabelWidth): string[][] =>
  columns.map(({ name, drawn }) => (drawn === false ? headLines(name, HEAD, labelWidth) : [name]));

const topOf = (picture: RangesPicture, labelWidth: LabelWidth): number =>
  TOP + LINE * (Math.max(1, ...headsIn(picture, labelWidth).map(({ length }) => length)) - 1);

const aloneRoom = (picture: RangesPicture, at: number, labelWidth: LabelWidth): number =>
  Math.max(numberRoom(picture, at, labelWidth), ...(headsIn(picture, labelWidth)[at] ?? []).map(labelWidth)) +
  16;

const nameRoom = ({ lines }: RangesPicture, width: number, labelWidth: LabelWidth): number =>
  Math.min(
    Math.max(120, 0.3 * width),
    Math.max(
      ...lines.flatMap(({ name, note }) => [labelWidth(name) * 1.08, labelWidth(note ?? "")]),
      labelWidth(REAL),
    ) + 14,
  );

/** Narrower than this it is scrolled rather than squeezed. */
export function rangesLeast(picture: RangesPicture, labelWidth: LabelWidth): number {
  const rooms = picture.columns.map(({ drawn }, at) =>
    drawn === false ? aloneRoom(picture, at, labelWidth) : LEAST,
  );
  return Math.ceil(nameRoom(picture, 0, labelWidth) + rooms.reduce((sum, room) => sum + room, 0));
}

function columnsOf(picture: RangesPicture, width: number, labelWidth: LabelWidth): Column[] {
  const names = nameRoom(picture, width, labelWidth);
  const alone = picture.columns.map(({ drawn }, at) =>
    drawn === false ? aloneRoom(picture, at, labelWidth) : 0,
  );
  const drawn = alone.filter((room) => room === 0).length;
  const each = (width - names - alone.reduce((sum, room) => sum + room, 0)) / Math.max(1, drawn);
  let left = names;
  return picture.columns.map(({ unit, real }, at): Column => {
    const room = alone[at] === 0 ? each : (alone[at] as number);
    const figures = [...picture.lines.map(({ figures: own }) => own[at]), real].filter(
      (figure): figure is StudyFigure => figure !== undefined,
    );
    const column = { at, left, width: room, number: left + room - 10 };
    left += room;
    return alone[at] === 0 && figures.length > 0 ? { ...column, axis: unitAxis(figures, unit) } : column;
  });
}

export function rangesDrawing(picture: RangesPicture, width: number, labelWidth: LabelWidth): Drawing {
  const columns = columnsOf(picture, width, labelWidth);
  const hasReal = picture.columns.some(({ real }) => real !== undefined);
  const turns = turnsOf(picture.lines);
  const top = topOf(picture, labelWidth);
  const height = top + (picture.lines.length + (hasReal ? 1 : 0)) * ROW;
  const names = nameRoom(picture, width, labelWidth);
  const marks: Mark[] = [
    {
      kind: "grid",
      d: Array.from(
        { length: picture.lines.length + 1 },
        (_, i) => `M0 ${top + i * ROW - 0.5}H${px(width)}`,
      ).join(""),
    },
  ];
  const labels: Label[] = columns.flatMap((column) => headLabels(picture, column, top, labelWidth));
  const spots: Spot[] = [];
  picture.lines.forEach(({ name, note, kind, figures }, i) => {
    const middle = top + i * ROW + ROW / 2;
    labels.push({
      x: 0,
      y: middle + (note === undefined ? 4 : -2),
      text: fitted(name, (names - 10) / 1.08, labelWidth),
      anchor: "start",
      tone: "strong",
    });
    if (note !== undefined)
      labels.push({ x: 0, y: middle + 13, text: fitted(note, names - 10, labelWidth), anchor: "start" });
    for (const column of columns) {
      marks.push(...realMarks(picture, column, middle));
      const figure = figures[column.at];
      if (figure !== undefined)
        marks.push(
          ...figureMarks(picture, column, middle, figure, kind, turns[i] === undefined ? 0 : turns[i]),
        );
      labels.push(numberLabel(picture, column, middle, figure, "ink"));
    }
    spots.push({
      x: names + 20,
      y: middle,
      title: name,
      lines: picture.columns.map((column, at) => ({
        ...sideOf(kind),
        label: column.name,
        value: figureWords(figures[at], column.unit),
      })),
    });
  });
  if (hasReal) {
    const middle = top + picture.lines.length * ROW + ROW / 2;
    labels.push({ x: 0, y: middle + 4, text: REAL, anchor: "start", tone: "real" });
    for (const column of columns) {
      marks.push(...realMarks(picture, column, middle));
      labels.push(numberLabel(picture, column, middle, picture.columns[column.at]?.real, "real"));
    }
  }
  return { width, height, marks, labels, spots };
}

function headLabels(picture: RangesPicture, column: Column, top: number, labelWidth: LabelWidth): Label[] {
  const { name, unit } = picture.columns[column.at] as RangesPicture["columns"][number];
  if (column.axis === undefined)
    return headLines(name, HEAD, labelWidth).map((text, i, all) => ({
      x: column.number,
      y: top - 16 - LINE * (all.length - 1 - i),
      text,
      anchor: "end",
    }));
  const ends = `${unitNumber(column.axis.low, unit)} to ${unitNumber(column.axis.high, unit)}`;
  const full = `${name}: ${ends}`;
  const text = labelWidth(full) <= column.width - 8 ? full : fitted(name, column.width - 8, labelWidth);
  return [{ x: column.left + 4, y: top - 16, text, anchor: "start" }];
}

const acrossIn = (column: Column, axis: RangeAxis): ((value: number) => number) => {
  const at = place(axis, plotWidth(column));
  return (value) => column.left + at(value);
};

const plotWidth = ({ left, number }: Column): number => number - left - 56;

function realMarks(picture: RangesPicture, column: Column, y: number): Mark[] {
  const { real, unit } = picture.columns[column.at] as RangesPicture["columns"][number];
  if (column.axis === undefined) return [];
  const across = acrossIn(column, column.axis);
  const ground: Mark = {
    kind: "grid",
    d: `M${px(column.left + 4)} ${px(y)}H${px(column.left + plotWidth(column))}`,
  };
  if (real === undefined) return [ground];
  const { value, interval } = drawable(real, unit);
  const [low, high] = [across(interval?.low ?? value), across(interval?.high ?? value)];
  return [
    { kind: "real-fill", d: `M${px(low)} ${px(y - 9)}H${px(high)}V${px(y + 9)}H${px(low)}Z` },
    { kind: "real-line", d: `M${px(across(value))} ${px(y - 9)}v18` },
    ground,
  ];
}

function figureMarks(
  picture: RangesPicture,
  column: Column,
  y: number,
  figure: StudyFigure,
  kind: RangesPicture["lines"][number]["kind"],
  turn: number,
): Mark[] {
  if (column.axis === undefined) return [];
  const { value, interval } = drawable(figure, picture.columns[column.at]?.unit ?? "number");
  const across = acrossIn(column, column.axis);
  const whisker =
    interval === undefined
      ? ""
      : `M${px(across(interval.low))} ${px(y)}H${px(across(interval.high))}M${px(across(interval.low))} ${px(y - 4)}v8M${px(across(interval.high))} ${px(y - 4)}v8`;
  return [whiskerMark(kind, whisker), pointMark(kind, kind === "synthetic" ? 0 : turn, across(value), y)];
}

const numberLabel = (
  picture: RangesPicture,
  column: Column,
  y: number,
  figure: StudyFigure | undefined,
  tone: "ink" | "real",
): Label => ({
  x: column.number,
  y: y + 4,
  text: figure === undefined ? "–" : unitNumber(figure.value, picture.columns[column.at]?.unit ?? "number"),
  anchor: "end",
  tone,
});
