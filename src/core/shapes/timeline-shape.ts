/** One synthetic patient: visits as ticks, numbers as lines with their values, states as boxes, the end as a line. */
import type { CoursesComparison, SyntheticTimeline } from "../report/report.ts";
import { isYes, timeWords, valueWords } from "../words/courses.ts";
import type { LabelWidth } from "./column-shape.ts";
import { acrossBox, courseAxis, timeFoot, type Box } from "./course-axis.ts";
import {
  dotsPath,
  linePath,
  px,
  type Drawing,
  type Label,
  type Listing,
  type Mark,
  type Place,
} from "./drawing.ts";

export interface TimelineFrame {
  readonly timeline: SyntheticTimeline;
  readonly clock: CoursesComparison["clock"];
  readonly width: number;
  readonly labelWidth: LabelWidth;
}

const VISITS = 30;
const NUMBER = 66;
const STATE = 28;

interface Row {
  readonly top: number;
  readonly box: Box;
  readonly across: (time: number) => number;
  readonly labelWidth: LabelWidth;
  /** where the line of the end stands */
  readonly end: number;
}

interface Drawn {
  readonly marks: readonly Mark[];
  readonly labels: readonly Label[];
}

export function timelineDrawing({ timeline, clock, width, labelWidth }: TimelineFrame): Drawing {
  const { times, numbers, states, end } = timeline;
  const names = [...numbers.map(({ name }) => name), ...states.map(({ name }) => name), "Visits"];
  const left = Math.min(Math.max(64, ...names.map(labelWidth)) + 14, width * 0.32);
  const bottom = VISITS + numbers.length * NUMBER + states.length * STATE + 12;
  const box: Box = { left, top: 0, right: width - 16, bottom };
  const axis = courseAxis(
    [...times, ...(end ? [end.at] : [])],
    Math.max(2, Math.min(7, Math.floor((width - left) / 60))),
  );
  const across = acrossBox(axis, box);
  const row = (top: number): Row => ({ top, box, across, labelWidth, end: end ? across(end.at) : Infinity });
  const known = times.filter(Number.isFinite);
  const foot = timeFoot(axis, box, clock.axis, labelWidth);
  const parts: Drawn[] = [
    {
      marks: [{ kind: "synthetic-line", d: known.map((time) => `M${px(across(time))} 6v10`).join("") }],
      labels: [{ x: 0, y: 15, text: "Visits", anchor: "start", tone: "strong" }],
    },
    ...numbers.map((number, i) => numberRow(number, times, row(VISITS + i * NUMBER))),
    ...states.map((state, i) => stateRow(state, timeline, row(VISITS + numbers.length * NUMBER + i * STATE))),
    ...(end === undefined ? [] : [endMark(end, row(bottom))]),
    { marks: [foot.mark], labels: foot.labels },
  ];
  return {
    width,
    height: bottom + 36,
    marks: parts.flatMap(({ marks }) => marks),
    labels: parts.flatMap(({ labels }) => labels),
    spots: times.flatMap((time, i) =>
      Number.isFinite(time) ? [spotOf(timeline, clock, across, time, i)] : [],
    ),
  };
}

function numberRow(number: SyntheticTimeline["numbers"][number], times: readonly number[], row: Row): Drawn {
  const { top, box, across, labelWidth } = row;
  const axis = courseAxis(number.values, 2);
  const [high, low] = [top + 20, top + NUMBER - 16];
  const up = (value: number): number => low - ((value - axis.low) / (axis.high - axis.low)) * (low - high);
  const places: Place[] = number.values.map((value, i) => ({ x: across(times[i] as number), y: up(value) }));
  const known = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  return {
    marks: [
      ...usualBand(number.usual, axis, up, box),
      { kind: "synthetic-line", d: linePath(known) },
      { kind: "synthetic-point", d: dotsPath(known, 3) },
    ],
    labels: [
      { x: 0, y: top + 28, text: cutName(number.name, box, labelWidth), anchor: "start", tone: "strong" },
      ...(number.unit === undefined
        ? []
        : [{ x: 0, y: top + 42, text: number.unit, anchor: "start" as const }]),
      ...valueLabels(number, places, row),
    ],
  };
}

/** The part of the usual range that the row shows. */
function usualBand(
  usual: SyntheticTimeline["numbers"][number]["usual"],
  { low, high }: { readonly low: number; readonly high: number },
  up: (value: number) => number,
  { left, right }: Box,
): Mark[] {
  if (usual === undefined) return [];
  const from = Math.max(low, usual[0] ?? -Infinity);
  const to = Math.min(high, usual[1] ?? Infinity);
  if (!(to > from)) return [];
  return [{ kind: "usual", d: `M${px(left)} ${px(up(to))}H${px(right)}V${px(up(from))}H${px(left)}Z` }];
}

/** Values over their points, beside the line of the end; first and last always, those between as far as they fit. */
function valueLabels(
  number: SyntheticTimeline["numbers"][number],
  places: readonly Place[],
  { labelWidth, end }: Row,
): Label[] {
  const all = places.flatMap((place, i) =>
    Number.isFinite(place.x) && Number.isFinite(place.y)
      ? [{ ...place, text: valueWords(number, number.values[i] as number) }]
      : [],
  );
  const half = ({ text }: { text: string }): number => labelWidth(text) / 2;
  const last = all.at(-1);
  let free = -Infinity;
  return all
    .filter((own) => {
      if (own !== last && last !== undefined && own !== all[0] && own.x + half(own) + 6 > last.x - half(last))
        return false;
      if (own.x - half(own) < free && own !== last) return false;
      free = own.x + half(own) + 6;
      return true;
    })
    .map((own): Label => {
      const x = own.x + half(own) + 3 > end ? Math.min(own.x, end - half(own) - 3) : own.x;
      return { x, y: own.y - 7, text: own.text, anchor: "middle", tone: "ink" };
    });
}

const cutName = (name: string, { left }: Box, labelWidth: LabelWidth): string => {
  if (labelWidth(name) <= left - 8) return name;
  let end = name.length - 1;
  while (end > 1 && labelWidth(`${name.slice(0, end)}…`) > left - 8) end--;
  return `${name.slice(0, end)}…`;
};

/** Stretches of one level, each until the next visit with another; the last until the end, or the last visit. */
export function stretchesOf(
  levels: readonly string[],
  times: readonly number[],
  until: number,
): { readonly level: string; readonly from: number; readonly to: number }[] {
  const stretches: { level: string; from: number; to: number }[] = [];
  levels.forEach((level, i) => {
    const time = times[i] as number;
    if (level === "" || !Number.isFinite(time)) return;
    const open = stretches.at(-1);
    if (open?.level === level) return;
    if (open) open.to = time;
    stretches.push({ level, from: time, to: until });
  });
  return stretches;
}

function stateRow(
  { name, yes, levels }: SyntheticTimeline["states"][number],
  { times, end }: SyntheticTimeline,
  { top, box, across, labelWidth }: Row,
): Drawn {
  const last = times.filter(Number.isFinite).at(-1) ?? 0;
  const stretches = stretchesOf(levels, times, Math.max(last, end?.at ?? last));
  const y = top + 4;
  const rect = (from: number, to: number): string =>
    `M${px(across(from))} ${px(y)}H${px(Math.max(across(to), across(from) + 2))}v16H${px(across(from))}Z`;
  const shown = yes === true ? stretches.filter(({ level }) => isYes(level)) : stretches;
  return {
    marks: shown.map(({ from, to }) => ({
      kind: yes === true ? "synthetic-hatch" : "synthetic-box",
      d: rect(from, to),
    })),
    labels: [
      { x: 0, y: top + 16, text: cutName(name, box, labelWidth), anchor: "start", tone: "strong" },
      ...(yes === true
        ? []
        : shown.flatMap(({ level, from, to }): Label[] =>
            across(to) - across(from) > labelWidth(level) + 6
              ? [
                  {
                    x: (across(from) + across(to)) / 2,
                    y: y + 12,
                    text: level,
                    anchor: "middle",
                    tone: "ink",
                  },
                ]
              : [],
          )),
    ],
  };
}

function endMark(
  { label, at }: NonNullable<SyntheticTimeline["end"]>,
  { top, box, across, labelWidth }: Row,
): Drawn {
  const x = across(at);
  const left = x - labelWidth(label) - 4 > box.left;
  return {
    marks: [{ kind: "end", d: `M${px(x)} 2V${px(box.bottom)}` }],
    labels: [
      { x: left ? x - 4 : x + 4, y: top - 2, text: label, anchor: left ? "end" : "start", tone: "strong" },
    ],
  };
}

function spotOf(
  { numbers, states }: SyntheticTimeline,
  clock: TimelineFrame["clock"],
  across: (time: number) => number,
  time: number,
  i: number,
) {
  return {
    x: across(time),
    y: 6,
    title: timeWords(clock, time),
    lines: [
      ...numbers.map((number) => ({
        of: "syn" as const,
        label: number.name,
        value: valueWords(number, number.values[i] as number),
      })),
      ...states.map(({ name, levels }) => ({
        of: "syn" as const,
        label: name,
        value: levels[i] === "" ? "–" : (levels[i] ?? "–"),
      })),
    ],
  };
}

/** A row for each visit. */
export function timelineListing(
  { times, numbers, states }: SyntheticTimeline,
  clock: TimelineFrame["clock"],
): Listing {
  return {
    heads: [
      "Visit",
      ...numbers.map(({ name, unit }) => (unit === undefined ? name : `${name}, ${unit}`)),
      ...states.map(({ name }) => name),
    ],
    rows: times.map((time, i) => ({
      name: Number.isFinite(time) ? timeWords(clock, time) : "–",
      cells: [
        ...numbers.map((number) => ({
          text: Number.isFinite(number.values[i]) ? valueWords(number, number.values[i] as number) : "–",
          of: "syn" as const,
        })),
        ...states.map(({ levels }) => ({
          text: levels[i] === "" ? "–" : (levels[i] ?? "–"),
          of: "syn" as const,
        })),
      ],
    })),
  };
}
