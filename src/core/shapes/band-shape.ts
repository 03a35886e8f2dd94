/** A number over time: the real band filled, the synthetic one as dashed edges; or single synthetic courses over the real band. */
import type { CoursesComparison, NumberCourse } from "../report/report.ts";
import { timeWords, valueWords } from "../words/courses.ts";
import { count } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";
import {
  acrossBox,
  courseAxis,
  sideLabels,
  sideRoom,
  timeFoot,
  upBox,
  type Box,
  type CourseAxis,
} from "./course-axis.ts";
import {
  areaPath,
  dotsPath,
  linePath,
  type Drawing,
  type Listing,
  type Mark,
  type Place,
  type Spot,
} from "./drawing.ts";

type Clock = CoursesComparison["clock"];
type Side = NumberCourse["real"];

export interface BandFrame {
  readonly course: NumberCourse;
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly labelWidth: LabelWidth;
}

/** Synthetic patients that are drawn at a time. */
export const TRACKS_AT_ONCE = 9;

const unitWords = ({ unit = "", log }: NumberCourse): string =>
  [unit, log === true ? "log" : ""].filter((word) => word !== "").join(", ");

/** A little room above and below, so that no mark lies on the axis. */
function widened({ low, high, log, ticks }: CourseAxis): CourseAxis {
  if (log) return { low: low / (high / low) ** 0.04, high: high * (high / low) ** 0.04, log, ticks };
  const room = 0.04 * (high - low);
  return { low: low - room, high: high + room, log, ticks };
}

interface Layout {
  readonly box: Box;
  readonly x: CourseAxis;
  readonly y: CourseAxis;
  readonly across: (time: number) => number;
  readonly up: (value: number) => number;
}

function layoutOf(
  { course, width, height, labelWidth }: BandFrame,
  times: readonly number[],
  values: readonly number[],
): Layout {
  const y = widened(courseAxis(values, 5, course.log === true));
  const box = { left: sideRoom(y, labelWidth), top: 24, right: width - 8, bottom: height - 36 };
  const x = courseAxis(times, Math.max(2, Math.min(6, Math.floor((box.right - box.left) / 56))));
  return { box, x, y, across: acrossBox(x, box), up: upBox(y, box) };
}

const bandValues = ({ low, high, median, lower, upper }: Side): number[] => [
  ...low,
  ...high,
  ...median,
  ...lower,
  ...upper,
];

const places = (layout: Layout, at: readonly number[], values: readonly number[]): Place[] =>
  at.map((time, i) => ({ x: layout.across(time), y: layout.up(values[i] as number) }));

function realBand(layout: Layout, { at, real }: NumberCourse): Mark[] {
  const [high, low] = [places(layout, at, real.high), places(layout, at, real.low)];
  return [
    { kind: "real-fill", d: areaPath(high, low) },
    { kind: "real-edge", d: linePath(high) + linePath(low) },
  ];
}

function frameMarks(frame: BandFrame, layout: Layout) {
  const foot = timeFoot(layout.x, layout.box, frame.clock.axis, frame.labelWidth);
  const unit = unitWords(frame.course);
  return {
    marks: [foot.mark],
    labels: [
      ...(unit === "" ? [] : [{ x: 0, y: 12, text: unit, anchor: "start" as const }]),
      ...sideLabels(layout.y, layout.box),
      ...foot.labels,
    ],
  };
}

/** Medians and tenths of real and synthetic patients. */
export function bandDrawing(frame: BandFrame): Drawing {
  const { course, width, height } = frame;
  const { at, real, synthetic } = course;
  const layout = layoutOf(frame, at, [...bandValues(real), ...bandValues(synthetic)]);
  const line = (values: readonly number[]): string => linePath(places(layout, at, values));
  const about = frameMarks(frame, layout);
  return {
    width,
    height,
    marks: [
      ...realBand(layout, course),
      { kind: "real-line", d: line(real.median) },
      { kind: "synthetic-edge", d: line(synthetic.low) + line(synthetic.high) },
      { kind: "synthetic-casing", d: line(synthetic.median) },
      { kind: "synthetic-line", d: line(synthetic.median) },
      ...(at.length === 1
        ? [{ kind: "synthetic-point" as const, d: dotsPath(places(layout, at, synthetic.median), 3) }]
        : []),
      ...about.marks,
    ],
    labels: about.labels,
    spots: at.map((time, bin) => spotOf(frame, layout, time, bin)),
  };
}

function spotOf({ course, clock }: BandFrame, layout: Layout, time: number, bin: number): Spot {
  const { real, synthetic } = course;
  return {
    x: layout.across(time),
    y: layout.up(real.median[bin] as number),
    title: timeWords(clock, time),
    lines: [
      { of: "real", label: "Real median", value: valueWords(course, real.median[bin] as number) },
      { of: "real", label: "Real, 10 to 90%", value: rangeWords(course, real.low[bin], real.high[bin]) },
      { of: "syn", label: "Synthetic median", value: valueWords(course, synthetic.median[bin] as number) },
      {
        of: "syn",
        label: "Synthetic, 10 to 90%",
        value: rangeWords(course, synthetic.low[bin], synthetic.high[bin]),
      },
      { label: "Real patients", value: count(real.patients[bin] as number) },
    ],
  };
}

const rangeWords = (course: NumberCourse, low: number | undefined, high: number | undefined): string =>
  low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)
    ? "too few patients"
    : `${valueWords(course, low)} to ${valueWords(course, high)}`;

/** Nine synthetic patients, `turn` by `turn`, over the real band. */
export function tracksDrawing(frame: BandFrame, times: readonly (readonly number[])[], turn = 0): Drawing {
  const { course, clock, width, height } = frame;
  const shown = tracksOf(course, times, turn);
  const layout = layoutOf(
    frame,
    [...course.at, ...shown.flatMap((track) => track.times)],
    [
      ...course.real.low,
      ...course.real.high,
      ...course.real.median,
      ...shown.flatMap((track) => track.values),
    ],
  );
  const lines = shown.map((track) => places(layout, track.times, track.values));
  const about = frameMarks(frame, layout);
  return {
    width,
    height,
    marks: [
      ...realBand(layout, course),
      { kind: "synthetic-thin", d: lines.map(linePath).join("") },
      { kind: "synthetic-point", d: lines.map((own) => dotsPath(own, 1.8)).join("") },
      ...about.marks,
    ],
    labels: about.labels,
    spots: shown.map((track, i) => ({
      x: lines[i]?.at(-1)?.x ?? 0,
      y: lines[i]?.at(-1)?.y ?? 0,
      title: "A synthetic patient",
      lines: [
        { of: "syn" as const, label: "First value", value: valueWords(course, track.values[0] as number) },
        { of: "syn" as const, label: "Last value", value: valueWords(course, track.values.at(-1) as number) },
        { label: "Last seen", value: timeWords(clock, track.times.at(-1) as number) },
      ],
    })),
  };
}

/** The courses of one turn, at their visits with a known value; those without any are left out. */
export function tracksOf({ tracks }: NumberCourse, times: readonly (readonly number[])[], turn: number) {
  const usable = tracks
    .map((values, i) => {
      const own = times[i] ?? [];
      const known = own.flatMap((time, k) =>
        Number.isFinite(time) && Number.isFinite(values[k]) ? [{ time, value: values[k] as number }] : [],
      );
      return { times: known.map(({ time }) => time), values: known.map(({ value }) => value) };
    })
    .filter((track) => track.times.length > 0);
  const turns = Math.max(1, Math.ceil(usable.length / TRACKS_AT_ONCE));
  const from = (turn % turns) * TRACKS_AT_ONCE;
  return usable.slice(from, from + TRACKS_AT_ONCE);
}

/** The bands as a table. */
export function bandListing(course: NumberCourse, clock: Clock): Listing {
  const { at, real, synthetic } = course;
  const cells = (side: Side, bin: number, of: "real" | "syn") => [
    { text: valueWords(course, side.median[bin] as number), of },
    { text: rangeWords(course, side.lower[bin], side.upper[bin]), of },
    { text: rangeWords(course, side.low[bin], side.high[bin]), of },
    { text: count(side.patients[bin] as number), of },
  ];
  const heads = ["median", "quartiles", "10 to 90%", "patients"];
  return {
    heads: [
      clock.unit === "visit" ? "Visit" : `Time, ${clock.unit}`,
      ...heads.map((head) => `Real ${head}`),
      ...heads.map((head) => `Synthetic ${head}`),
    ],
    rows: at.map((time, bin) => ({
      name: timeWords(clock, time),
      cells: [...cells(real, bin, "real"), ...cells(synthetic, bin, "syn")],
    })),
  };
}
