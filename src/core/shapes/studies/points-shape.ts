/** Two figures of each point against each other, with their intervals as crosses. */
import type { PointsPicture, StudyFigure } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import { px, type Drawing, type Label, type Mark, type Place, type Spot } from "../drawing.ts";
import { overlap, spotsAround, type Rect } from "../plane-shape.ts";
import { percentTick, place, type RangeAxis } from "../range-shape.ts";
import { drawable, figureWords } from "./figure-words.ts";
import { shareOf, unitAxis, type Box } from "./study-axis.ts";
import { pointMark, sideOf, toneOf, turnsOf, whiskerMark } from "./study-marks.ts";

interface Named {
  readonly point: PointsPicture["points"][number];
  readonly turn: number;
  /** as they are drawn */
  readonly across: StudyFigure;
  readonly up: StudyFigure;
  readonly at: Place;
}

export function pointsDrawing(picture: PointsPicture, width: number, labelWidth: LabelWidth): Drawing {
  const { across, up, points } = picture;
  const height = width < 600 ? 380 : 420;
  const box: Box = { left: 48, top: 26, right: width - 16, bottom: height - 42 };
  const x = acrossAxis(picture);
  const y = unitAxis(
    points.map((point) => point.up),
    up.unit,
    [],
    7,
  );
  const right = alongOf(x, across.root === true, box);
  const high = (value: number): number => box.bottom - shareOf(y, value) * (box.bottom - box.top);
  const turns = turnsOf(points);
  const drawn = points.map((point, i): Named => {
    const [a, u] = [drawable(point.across, across.unit), drawable(point.up, up.unit)];
    return { point, turn: turns[i] as number, across: a, up: u, at: { x: right(a.value), y: high(u.value) } };
  });
  const rules =
    y.ticks.map(({ value }) => `M${px(box.left)} ${px(high(value))}H${px(box.right)}`).join("") +
    x.ticks.map(({ value }) => `M${px(right(value))} ${px(box.top)}V${px(box.bottom)}`).join("");
  return {
    width,
    height,
    marks: [
      { kind: "grid", d: rules },
      { kind: "axis", d: `M${px(box.left)} ${px(box.bottom)}H${px(box.right)}` },
      ...drawn.map((one) => intervalMark(one, right, high)),
      ...drawn.map(({ point: { kind }, turn, at }) => pointMark(kind, turn, at.x, at.y)),
    ],
    labels: [
      { x: 0, y: 11, text: up.name, anchor: "start" },
      ...y.ticks.map(({ value, label }): Label => ({
        x: box.left - 6,
        y: high(value) + 3.5,
        text: label,
        anchor: "end",
      })),
      ...footLabels(x, right, box, labelWidth),
      {
        x: box.right,
        y: box.bottom + 36,
        text: across.root === true ? `${across.name}, square-root scale` : across.name,
        anchor: "end",
      },
      ...nameLabels(drawn, box, labelWidth),
    ],
    spots: drawn.toSorted((one, other) => one.at.x - other.at.x).map((one) => spotOf(picture, one)),
  };
}

const ROOT_TICKS = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];

/** On a square-root scale from 0, with ticks where such a scale needs them. */
function acrossAxis({ across: { unit, root }, points }: PointsPicture): RangeAxis {
  const axis = unitAxis(
    points.map(({ across }) => across),
    unit,
    root === true ? [0] : [],
    8,
  );
  if (root !== true) return axis;
  const shown = ROOT_TICKS.filter((value) => value <= axis.high);
  return {
    low: 0,
    high: axis.high,
    ticks: shown.map((value) => ({
      value,
      label: unit === "share" ? percentTick(value, 0.01) : String(value),
    })),
  };
}

const intervalMark = (
  { point: { kind }, across, up, at }: Named,
  right: (value: number) => number,
  high: (value: number) => number,
): Mark =>
  whiskerMark(
    kind,
    (across.interval
      ? `M${px(right(across.interval.low))} ${px(at.y)}H${px(right(across.interval.high))}`
      : "") + (up.interval ? `M${px(at.x)} ${px(high(up.interval.low))}V${px(high(up.interval.high))}` : ""),
  );

const spotOf = ({ across, up }: PointsPicture, { point, at }: Named): Spot => ({
  ...at,
  title: point.name,
  lines: [
    { ...sideOf(point.kind), label: across.name, value: figureWords(point.across, across.unit) },
    { ...sideOf(point.kind), label: up.name, value: figureWords(point.up, up.unit) },
  ],
});

/** Ticks whose names fit beside each other. */
function footLabels(
  { ticks }: RangeAxis,
  right: (value: number) => number,
  { bottom }: Box,
  labelWidth: LabelWidth,
): Label[] {
  let free = -Infinity;
  return ticks.flatMap(({ value, label }): Label[] => {
    const [x, half] = [right(value), labelWidth(label) / 2];
    if (x - half < free) return [];
    free = x + half + 6;
    return [{ x, y: bottom + 17, text: label, anchor: "middle" }];
  });
}

/** By value, or by its square root where the picture asks for it. */
function alongOf(axis: RangeAxis, root: boolean, { left, right }: Box): (value: number) => number {
  const scaled = (value: number): number => (root ? Math.sqrt(Math.max(0, value)) : value);
  const at = place({ low: scaled(axis.low), high: scaled(axis.high), ticks: [] }, right - left);
  return (value) => left + at(scaled(value));
}

/** One without room is left to its key, the tip and the table. */
function nameLabels(drawn: readonly Named[], box: Box, labelWidth: LabelWidth): Label[] {
  const taken: Rect[] = drawn.map(({ at: { x, y } }) => ({
    left: x - 5,
    right: x + 5,
    top: y - 5,
    bottom: y + 5,
  }));
  return drawn.flatMap(({ point: { name, kind }, turn, at }): Label[] => {
    const free = spotsAround(at, labelWidth(name) * 1.08).find(
      ({ rect }) =>
        rect.left >= box.left &&
        rect.right <= box.right + 14 &&
        rect.top >= box.top - 4 &&
        rect.bottom <= box.bottom &&
        !taken.some((other) => overlap(rect, other)),
    );
    if (free === undefined) return [];
    taken.push(free.rect);
    return [{ x: free.x, y: free.y, text: name, anchor: "start", ...toneOf(kind, turn) }];
  });
}
