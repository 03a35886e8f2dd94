/** Privacy risk across, use upwards: runs, real rows and coarsened tables as points with their intervals. */
import type { Plane, PlaneFigure, PlanePoint, PlaneRisk, PlaneUse } from "../report/plane.ts";
import { fixed, intervalWords } from "../words/numbers.ts";
import { epsilonWords, unitWords, axisOfUse } from "../words/plane-words.ts";
import type { LabelWidth } from "./column-shape.ts";
import {
  linePath,
  px,
  type Drawing,
  type Label,
  type Listing,
  type Mark,
  type Place,
  type Spot,
} from "./drawing.ts";
import { plainTick, valueAxis, type RangeAxis } from "./range-shape.ts";

export interface PlaneFrame {
  readonly plane: Plane;
  readonly width: number;
  readonly height: number;
  readonly labelWidth: LabelWidth;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const MARGIN = { left: 44, top: 30, right: 20, bottom: 54 };
const RISK_TICKS = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];
const HALF = 5;
const LINE = 12;

/** Both are measured: it can be drawn. */
export type DrawnPoint = PlanePoint & { readonly risk: PlaneRisk; readonly use: PlaneFigure };

/** The points that have a place, by risk, then by use. */
export const drawnPoints = (points: readonly PlanePoint[]): DrawnPoint[] =>
  points
    .flatMap((point) =>
      point.risk !== undefined && point.use !== undefined
        ? [{ ...point, risk: point.risk, use: point.use }]
        : [],
    )
    .sort(
      (a, b) =>
        a.risk.value - b.risk.value ||
        Number(a.kind === "real") - Number(b.kind === "real") ||
        a.use.value - b.use.value,
    );

/** `spots` go by risk, so that arrow keys do. Needs a plane whose use is measured. */
export function planeDrawing({ plane, width, height, labelWidth }: PlaneFrame): Drawing {
  const { use } = plane;
  const points = drawnPoints(plane.points);
  if (use === undefined) return { width, height, marks: [], labels: [], spots: [] };
  const box: Box = {
    left: MARGIN.left,
    top: MARGIN.top,
    right: width - MARGIN.right,
    bottom: height - MARGIN.bottom,
  };
  const axis = axisFor(points, use);
  const across = (risk: number): number => box.left + Math.sqrt(Math.max(0, risk)) * (box.right - box.left);
  const up = (value: number): number =>
    box.bottom - ((value - axis.low) / (axis.high - axis.low)) * (box.bottom - box.top);
  const at = (point: DrawnPoint): Place => ({ x: across(point.risk.value), y: up(point.use.value) });
  const draw = { plane, use, points, box, axis, across, up, at, labelWidth };
  const labels = pointLabels(draw);
  return {
    width,
    height,
    marks: [
      ...groundMarks(draw),
      ...pathMarks(draw),
      ...limitMarks(draw),
      ...points.flatMap((point) => pointMarks(draw, point)),
    ],
    labels: [...axisLabels(draw), ...labels],
    spots: points.map((point) => ({ ...at(point), ...spotWords(point, use) })),
  };
}

interface Draw {
  readonly plane: Plane;
  readonly use: PlaneUse;
  readonly points: readonly DrawnPoint[];
  readonly box: Box;
  readonly axis: RangeAxis;
  readonly across: (risk: number) => number;
  readonly up: (value: number) => number;
  readonly at: (point: DrawnPoint) => Place;
  readonly labelWidth: LabelWidth;
}

/** From what a guess reaches, or below, to the best interval's end. */
function axisFor(points: readonly DrawnPoint[], { chance }: PlaneUse): RangeAxis {
  const marks = [
    ...points.map(({ use }) => ({ value: use.value, interval: use.interval })),
    { value: chance },
  ];
  return valueAxis(marks, plainTick, [-1, 1]);
}

function groundMarks({ plane, use, box, axis, across, up }: Draw): Mark[] {
  const chance = plane.byChance === undefined ? box.left : Math.min(box.right, across(plane.byChance));
  return [
    {
      kind: "usual",
      d:
        chance > box.left
          ? `M${px(box.left)} ${px(box.top)}H${px(chance)}V${px(box.bottom)}H${px(box.left)}Z`
          : "",
    },
    {
      kind: "grid",
      d: axis.ticks.map(({ value }) => `M${px(box.left)} ${px(up(value))}H${px(box.right)}`).join(""),
    },
    { kind: "axis", d: dotted(box.left, box.right, up(use.chance)) },
    {
      kind: "axis",
      d:
        `M${px(box.left)} ${px(box.bottom)}H${px(box.right)}` +
        RISK_TICKS.map((risk) => `M${px(across(risk))} ${px(box.bottom)}v4`).join(""),
    },
  ];
}

/** Small dashes, as a path: a drawing has no style of its own. */
function dotted(from: number, to: number, y: number): string {
  let path = "";
  for (let x = from; x < to; x += 4) path += `M${px(x)} ${px(y)}h1.500`;
  return path;
}

/** Coarsened tables in the order of k, runs of one method in the order of epsilon. */
function pathMarks({ points, at }: Draw): Mark[] {
  const by = (which: "known" | "all"): Place[] =>
    points
      .filter(({ coarsened }) => coarsened?.by === which)
      .toSorted((a, b) => (a.coarsened?.k ?? 0) - (b.coarsened?.k ?? 0))
      .map(at);
  const limited = points
    .filter(({ guarantee }) => guarantee !== undefined)
    .toSorted((a, b) => (a.guarantee?.epsilon ?? 0) - (b.guarantee?.epsilon ?? 0))
    .map(at);
  return [
    { kind: "real-line", d: linePath(by("all")) },
    { kind: "real-edge", d: linePath(by("known")) },
    { kind: "synthetic-edge", d: linePath(limited) },
  ];
}

/** The limit of the shown run: dots from its point, and a bracket that no attack can pass. */
function limitMarks({ plane, points, across, at }: Draw): Mark[] {
  const shown = points.find(({ id }) => id === plane.run);
  if (shown?.guarantee === undefined || shown.guarantee.seeded === true) return [];
  const { x, y } = at(shown);
  const limit = across(shown.guarantee.limit);
  return [
    { kind: "axis", d: dotted(x, limit, y) },
    { kind: "end", d: `M${px(limit - 4)} ${px(y - 9)}h4v18h-4` },
  ];
}

function pointMarks({ plane, across, up, at }: Draw, point: DrawnPoint): Mark[] {
  const { x, y } = at(point);
  const { risk, use, kind, id } = point;
  const bars =
    `M${px(across(risk.interval.low))} ${px(y)}H${px(across(risk.interval.high))}` +
    `M${px(x)} ${px(up(use.interval.low))}V${px(up(use.interval.high))}`;
  if (kind === "real" || kind === "coarsened")
    return [
      { kind: "real-edge", d: kind === "real" ? bars : "" },
      { kind: "real-fill", d: square(x, y) },
      { kind: "real-line", d: square(x, y) },
    ];
  const whisker = { kind: id === plane.run ? "synthetic-line" : "synthetic-thin", d: bars } as const;
  if (kind === "independent") return [whisker, { kind: "synthetic-line", d: cross(x, y) }];
  const mark = point.guarantee === undefined ? circle(x, y) : diamond(x, y);
  return [whisker, { kind: "synthetic-point", d: mark }];
}

export const square = (x: number, y: number): string => `M${px(x - 4)} ${px(y - 4)}h8v8h-8Z`;
export const diamond = (x: number, y: number): string =>
  `M${px(x)} ${px(y - HALF - 0.5)}l${HALF + 0.5} ${HALF + 0.5}l${-HALF - 0.5} ${HALF + 0.5}l${-HALF - 0.5} ${-HALF - 0.5}Z`;
export const circle = (x: number, y: number): string =>
  `M${px(x - HALF)} ${px(y)}a${HALF} ${HALF} 0 1 0 ${2 * HALF} 0a${HALF} ${HALF} 0 1 0 ${-2 * HALF} 0`;
export const cross = (x: number, y: number): string => `M${px(x - 4)} ${px(y - 4)}l8 8m0 -8l-8 8`;

function axisLabels({ plane, use, box, axis, across, up, labelWidth }: Draw): Label[] {
  const wide = box.right - box.left > 420;
  const title = axisOfUse(use);
  const labels: Label[] = [
    {
      x: 0,
      y: 12,
      text: labelWidth(title) < box.right ? title : `Use: ${unitWords(use)} on held-out patients`,
      anchor: "start",
    },
    ...axis.ticks.map(({ value, label }): Label => ({
      x: box.left - 6,
      y: up(value) + 4,
      text: label,
      anchor: "end",
    })),
    { x: box.right, y: box.bottom + 34, text: "Risk: largest advantage of any attack", anchor: "end" },
    {
      x: box.right,
      y: box.bottom + 48,
      text: wide ? "0 nothing gained, 1 every patient found; square-root scale" : "square-root scale",
      anchor: "end",
    },
  ];
  let last = -Infinity;
  for (const risk of RISK_TICKS) {
    const x = across(risk);
    if (x - last < 26) continue;
    last = x;
    labels.push({ x, y: box.bottom + 17, text: String(risk), anchor: "middle" });
  }
  const chance = plane.byChance === undefined ? 0 : across(plane.byChance) - box.left;
  const words = chance > 150 ? "No more than by chance" : "By chance";
  if (chance > labelWidth(words) + 10)
    labels.push({ x: box.left + 5, y: box.top + 13, text: words, anchor: "start" });
  return labels;
}

interface Named {
  readonly text: string;
  readonly tone?: Label["tone"];
}

const lineNames = { known: "known columns", all: "every column" } as const;

function nameOf({ id, kind, name, guarantee, coarsened }: DrawnPoint, run: string, first: boolean): Named {
  if (coarsened !== undefined)
    return { text: first ? `k = ${coarsened.k}, ${lineNames[coarsened.by]}` : String(coarsened.k) };
  if (kind === "real") return { text: "Real rows" };
  if (guarantee !== undefined && id !== run) return { text: epsilonWords(guarantee.epsilon) };
  if (id !== run) return { text: name };
  return { text: guarantee === undefined ? name : epsilonWords(guarantee.epsilon), tone: "strong" };
}

/** Names beside their points, those first that matter most; one without room is left to the list and the tip. */
function pointLabels(draw: Draw): Label[] {
  const { plane, points, box, across, at, labelWidth } = draw;
  const taken: Rect[] = points.map((point) => {
    const { x, y } = at(point);
    return { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 };
  });
  const labels: Label[] = [];
  const put = (place: Place, { text, tone }: Named): void => {
    const width = labelWidth(text);
    const free = spotsAround(place, width).find(
      (one) => inside(one.rect, box) && !taken.some((other) => overlap(one.rect, other)),
    );
    if (free === undefined) return;
    taken.push(free.rect);
    labels.push({ x: free.x, y: free.y, text, anchor: "start", ...(tone && { tone }) });
  };
  const shown = points.find(({ id }) => id === plane.run);
  if (shown?.guarantee !== undefined && shown.guarantee.seeded !== true)
    put(
      { x: across(shown.guarantee.limit), y: at(shown).y },
      {
        text: `limit of ${epsilonWords(shown.guarantee.epsilon)}: ${fixed(shown.guarantee.limit, 2)}`,
        tone: "strong",
      },
    );
  const rank = ({ id, kind }: DrawnPoint): number =>
    id === plane.run ? 0 : { run: 1, real: 2, independent: 3, coarsened: 4 }[kind];
  const named = new Set<string>();
  for (const point of points.toSorted(
    (a, b) => rank(a) - rank(b) || (a.coarsened?.k ?? 0) - (b.coarsened?.k ?? 0),
  )) {
    const line = point.coarsened?.by ?? "";
    put(at(point), nameOf(point, plane.run, !named.has(line)));
    named.add(line);
  }
  return labels;
}

/** The room that a label takes. */
export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const overlap = (a: Rect, b: Rect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const inside = (rect: Rect, box: Box): boolean =>
  rect.left >= box.left &&
  rect.right <= box.right + MARGIN.right &&
  rect.top >= box.top - 4 &&
  rect.bottom <= box.bottom;

/** Places of a label around a point, the best first. */
export function spotsAround({ x, y }: Place, width: number): readonly (Place & { readonly rect: Rect })[] {
  return [
    { x: x + 8, y: y - 7 },
    { x: x + 8, y: y + 15 },
    { x: x - width - 8, y: y - 7 },
    { x: x - width - 8, y: y + 15 },
    { x: x + 9, y: y + 4 },
    { x: x - width - 9, y: y + 4 },
  ].map((spot) => ({
    ...spot,
    rect: { left: spot.x - 2, right: spot.x + width + 2, top: spot.y - LINE + 2, bottom: spot.y + 3 },
  }));
}

const two = (value: number): string => fixed(value, 2);
const three = (value: number): string => fixed(value, 3);

function spotWords(point: DrawnPoint, use: PlaneUse): Pick<Spot, "title" | "lines"> {
  const of = point.kind === "real" || point.kind === "coarsened" ? "real" : "syn";
  const { risk, guarantee } = point;
  return {
    title: coarsenedName(point),
    lines: [
      { of, label: "Risk", value: `${two(risk.value)} (${intervalWords(risk.interval, two)})` },
      {
        of,
        label: unitWords(use),
        value: `${three(point.use.value)} (${intervalWords(point.use.interval, three)})`,
      },
      ...(point.kind === "real" ? [] : [{ label: "Attack", value: risk.attack }]),
      ...(guarantee === undefined || guarantee.seeded === true
        ? []
        : [{ label: "Limit", value: two(guarantee.limit) }]),
    ],
  };
}

/** Of coarsened tables with the columns by which they are. */
export const coarsenedName = ({ name, coarsened }: PlanePoint): string =>
  coarsened === undefined ? name : `${name}, ${coarsened.by === "all" ? "every column" : "known columns"}`;

/** The plane as a table: every point, also those that have no place. */
export function planeListing({ points, use }: Plane): Listing {
  const figure = (one: PlaneFigure | undefined, write: (value: number) => string): string =>
    one === undefined ? "not measurable" : `${write(one.value)} (${intervalWords(one.interval, write)})`;
  return {
    heads: [
      "Table",
      "Risk (95% interval)",
      "Attack",
      use === undefined ? "Use" : `${unitWords(use)} (95% interval)`,
      "Limit",
    ],
    rows: points
      .toSorted((a, b) => (a.risk?.value ?? 2) - (b.risk?.value ?? 2))
      .map((point) => {
        const of = point.kind === "real" || point.kind === "coarsened" ? "real" : "syn";
        return {
          name: coarsenedName(point),
          cells: [
            { of, text: point.kind === "real" ? "1, by definition" : figure(point.risk, two) },
            { text: point.kind === "real" ? "" : (point.risk?.attack ?? "") },
            { of, text: figure(point.use, three) },
            {
              text:
                point.guarantee === undefined || point.guarantee.seeded === true
                  ? ""
                  : two(point.guarantee.limit),
            },
          ],
        };
      }),
  };
}
