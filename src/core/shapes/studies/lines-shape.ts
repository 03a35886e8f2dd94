/** Figures over an ordered factor: a line a method, whiskers as wide as the intervals, real rows as a band. */
import type { LinesPicture, StudyFigure, StudyLine } from "../../report/study.ts";
import type { LabelWidth } from "../column-shape.ts";
import {
  areaPath,
  linePath,
  px,
  type Drawing,
  type Label,
  type Mark,
  type Place,
  type Spot,
} from "../drawing.ts";
import { betterWords, drawable, figureWords } from "./figure-words.ts";
import { factorWords, fitted, shareOf, unitAxis, type Box } from "./study-axis.ts";
import { lineMarks, pointMark, sideOf, toneOf, turnsOf, whiskerMark } from "./study-marks.ts";

const HEIGHT = 330;
/** From this width on each line carries its name at its end; below it the keys do. */
const NAMED_FROM = 420;
const LINE = 14;
/** Between whiskers at the same place. */
const APART = 3;

interface Layout {
  readonly picture: LinesPicture;
  readonly box: Box;
  readonly across: (x: number) => number;
  readonly up: (value: number) => number;
}

interface Drawn {
  readonly line: StudyLine;
  readonly turn: number;
  readonly places: readonly (Place & { readonly figure: StudyFigure })[];
}

export function linesDrawing(picture: LinesPicture, width: number, labelWidth: LabelWidth): Drawing {
  const named = width >= NAMED_FROM;
  const names = picture.lines.map(({ name }) => labelWidth(name) * 1.08);
  const aside = named ? Math.min(0.34 * width, 14 + Math.max(0, ...names)) : 14;
  const figures = picture.lines.flatMap(({ points }) => points.map(({ figure }) => figure));
  const axis = unitAxis(figures, picture.unit, picture.chance === undefined ? [] : [picture.chance], 7);
  const left = Math.max(44, 10 + Math.max(0, ...axis.ticks.map(({ label }) => labelWidth(label))));
  const box = { left, top: 24, right: width - aside, bottom: HEIGHT - 42 };
  const up = (value: number): number => box.bottom - shareOf(axis, value) * (box.bottom - box.top);
  const layout = { picture, box, across: acrossOf(picture, box), up };
  const turns = turnsOf(picture.lines);
  const drawn = picture.lines.map((line, i) => placed(layout, line, turns[i] as number));
  return {
    width,
    height: HEIGHT,
    marks: [
      {
        kind: "grid",
        d: axis.ticks.map(({ value }) => `M${px(box.left)} ${px(up(value))}H${px(box.right)}`).join(""),
      },
      ...chanceMark(layout),
      ...footMarks(layout),
      ...drawn.flatMap((one) => bandMarks(layout, one)),
      ...drawn.filter(({ line }) => line.kind !== "synthetic").flatMap((one) => pathMarks(layout, one)),
      ...drawn
        .filter(({ line }) => line.kind === "synthetic")
        .toReversed()
        .flatMap((one) => pathMarks(layout, one)),
    ],
    labels: [
      { x: 0, y: 11, text: `${picture.title} (${betterWords(picture.better)})`, anchor: "start" },
      ...axis.ticks.map(({ value, label }): Label => ({
        x: box.left - 6,
        y: up(value) + 3.5,
        text: label,
        anchor: "end",
      })),
      ...footLabels(layout, labelWidth),
      ...(named ? endLabels(layout, drawn, aside - 8, labelWidth) : []),
    ],
    spots: spotsOf(layout, drawn),
  };
}

/** Ticks evenly apart where the factor asks for it, else by value. */
function acrossOf({ across: { ticks, even } }: LinesPicture, { left, right }: Box): (x: number) => number {
  const room = Math.min(16, 0.06 * (right - left));
  const last = ticks.length - 1;
  const span = (ticks[last] ?? 1) - (ticks[0] ?? 0);
  const share = (x: number): number => {
    if (last < 1) return 0.5;
    if (even !== true) return (x - (ticks[0] as number)) / (span || 1);
    const next = ticks.findIndex((tick) => tick >= x);
    if (next < 0) return 1;
    if (next === 0) return 0;
    const [from, to] = [ticks[next - 1] as number, ticks[next] as number];
    return (next - 1 + (x - from) / (to - from)) / last;
  };
  return (x) => left + room + share(x) * (right - left - 2 * room);
}

/** Whiskers of different methods stand a little beside each other. */
function placed({ picture, across, up }: Layout, line: StudyLine, turn: number): Drawn {
  const count = picture.lines.filter(({ kind }) => kind === line.kind).length;
  const aside = line.kind === "synthetic" || line.kind === "simulated" ? APART * (turn - (count - 1) / 2) : 0;
  const places = line.points
    .toSorted((a, b) => a.x - b.x)
    .map(({ x, figure }) => {
      const shown = drawable(figure, picture.unit);
      return { x: across(x) + aside, y: up(shown.value), figure: shown };
    });
  return { line, turn, places };
}

const chanceMark = ({ picture: { chance }, box, up }: Layout): Mark[] =>
  chance === undefined
    ? []
    : [{ kind: "axis", d: `M${px(box.left)} ${px(up(chance))}H${px(box.right)}`, dash: "6 4" }];

function footMarks({ picture, box, across }: Layout): Mark[] {
  const ticks = picture.across.ticks.map((tick) => `M${px(across(tick))} ${px(box.bottom)}v4`);
  return [{ kind: "axis", d: `M${px(box.left)} ${px(box.bottom)}H${px(box.right)}${ticks.join("")}` }];
}

/** The interval of real rows as a band; one figure alone as a short one. */
function bandMarks({ up, box }: Layout, { line, places }: Drawn): Mark[] {
  const known = places.filter(({ figure }) => figure.interval !== undefined);
  if (line.kind !== "real" || known.length < 2) return [];
  const edge = (end: "low" | "high"): Place[] => {
    const own = known.map(({ x, figure }) => ({ x, y: up(figure.interval?.[end] ?? figure.value) }));
    const [first, last] = [own[0] as Place, own.at(-1) as Place];
    return [
      { ...first, x: Math.max(box.left, first.x - 8) },
      ...own,
      { ...last, x: Math.min(box.right, last.x + 8) },
    ];
  };
  return [
    { kind: "real-fill", d: areaPath(edge("high"), edge("low")) },
    { kind: "real-edge", d: linePath(edge("high")) + linePath(edge("low")) },
  ];
}

function pathMarks({ up }: Layout, { line: { kind }, turn, places }: Drawn): Mark[] {
  const whiskers = places
    .flatMap(({ x, figure: { interval } }) =>
      interval === undefined ? [] : [`M${px(x)} ${px(up(interval.low))}V${px(up(interval.high))}`],
    )
    .join("");
  const alone = places.length === 1;
  const withPoints = kind === "synthetic" || kind === "simulated" || alone;
  return [
    ...lineMarks(kind, turn, linePath(places)),
    ...(withPoints ? [whiskerMark(kind, whiskers)] : []),
    ...(withPoints ? places.map(({ x, y }) => pointMark(kind, turn, x, y)) : []),
  ];
}

/** Those that fit beside the last, which is always written. */
function footLabels({ picture: { across: factor }, box, across }: Layout, labelWidth: LabelWidth): Label[] {
  const labels: Label[] = [];
  let free = Infinity;
  for (const tick of factor.ticks.toReversed()) {
    const text = factorWords(tick);
    const half = labelWidth(text) / 2;
    const x = across(tick);
    if (x + half + 6 > free) continue;
    free = x - half;
    labels.push({ x, y: box.bottom + 17, text, anchor: "middle" });
  }
  return [...labels.reverse(), { x: box.right, y: box.bottom + 36, text: factor.name, anchor: "end" }];
}

/** Names beside the ends of their lines, moved apart where they would touch. */
function endLabels({ box }: Layout, drawn: readonly Drawn[], room: number, labelWidth: LabelWidth): Label[] {
  const ends = drawn
    .flatMap(({ line, turn, places }) => {
      const last = places.at(-1);
      return last === undefined ? [] : [{ line, turn, y: last.y + 4 }];
    })
    .sort((a, b) => a.y - b.y);
  const ys = apart(
    ends.map(({ y }) => y),
    LINE,
    box.top + 4,
    box.bottom + 4,
  );
  return ends.map(({ line, turn }, i) => ({
    x: box.right + 8,
    y: ys[i] as number,
    text: fitted(line.name, room / 1.08, labelWidth),
    anchor: "start",
    ...toneOf(line.kind, turn),
  }));
}

/** `wanted`, rising, moved as little as it takes to lie `gap` apart between the ends where there is room. */
export function apart(wanted: readonly number[], gap: number, least: number, most: number): number[] {
  const groups: { from: number; count: number; mean: number }[] = [];
  for (const [i, y] of wanted.entries()) {
    groups.push({ from: i, count: 1, mean: y });
    for (;;) {
      const [before, last] = [groups.at(-2), groups.at(-1)];
      if (!before || !last) break;
      const [end, start] = [
        before.mean + ((before.count - 1) * gap) / 2,
        last.mean - ((last.count - 1) * gap) / 2,
      ];
      if (start - end >= gap) break;
      groups.splice(-2, 2, {
        from: before.from,
        count: before.count + last.count,
        mean: (before.mean * before.count + last.mean * last.count) / (before.count + last.count),
      });
    }
  }
  const placed = groups.flatMap(({ count, mean }) =>
    Array.from({ length: count }, (_, i) => mean + (i - (count - 1) / 2) * gap),
  );
  const over = Math.max(0, (placed.at(-1) ?? 0) - most);
  let free = least - Math.max(0, (placed.length - 1) * gap - (most - least));
  return placed.map((y) => {
    const at = Math.max(free, y - over);
    free = at + gap;
    return at;
  });
}

/** What is said of each place along the axis: every line that has a figure there. */
function spotsOf({ picture, box, across }: Layout, drawn: readonly Drawn[]): Spot[] {
  return picture.across.ticks.flatMap((tick): Spot[] => {
    const here = drawn.flatMap(({ line, places }) => {
      const at = line.points.toSorted((a, b) => a.x - b.x).findIndex(({ x }) => x === tick);
      const place = places[at];
      return place === undefined
        ? []
        : [{ line, y: place.y, figure: line.points.find(({ x }) => x === tick)?.figure }];
    });
    if (here.length === 0) return [];
    return [
      {
        x: across(tick),
        y: Math.max(box.top, Math.min(...here.map(({ y }) => y))),
        title: `${factorWords(tick)} ${picture.across.name}`,
        lines: here.map(({ line, figure }) => ({
          ...sideOf(line.kind),
          label: line.name,
          value: figureWords(figure, picture.unit),
        })),
      },
    ];
  });
}
