/** The geometry of events over time: real counts as steps, synthetic ones as a line, alarms as marks above. */
import type { IncidenceSeries } from "../report/report.ts";
import { count } from "../words/numbers.ts";
import type { LabelWidth } from "./column-shape.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface IncidenceMarks {
  /** real counts, a filled area, and its upper edge */
  readonly area: string;
  readonly edge: string;
  /** periods of 1 to 4 patients, as high as these could be */
  readonly hidden: string;
  readonly synthetic: string;
  /** a full triangle above each alarm of the real series, an open one above each of the synthetic */
  readonly realAlarms: string;
  readonly syntheticAlarms: string;
  readonly x: readonly { readonly at: number; readonly label: string }[];
  readonly y: readonly { readonly at: number; readonly label: string }[];
}

/** What the hidden counts are below. */
const HIDDEN = 5;
const DAY = 86_400_000;
/** Height of the two rows of alarms above the counts. */
export const ALARM_ROWS = 26;
const TRIANGLE = 5;

const lengthOf = ({ every }: IncidenceSeries): number => (every === "week" ? 7 : 1);

/** Synthetic counts as they would be in as many events as the real series has. */
export const scaledSynthetic = ({ synthetic = [], scale = 1 }: IncidenceSeries): number[] =>
  synthetic.map((value) => value / scale);

export function incidenceMarks(series: IncidenceSeries, box: Box, labelWidth: LabelWidth): IncidenceMarks {
  const { real, alarms } = series;
  const made = scaledSynthetic(series);
  const most = [...real, ...made].reduce((a, b) => (b > a ? b : a), HIDDEN);
  const ticks = countTicks(most);
  const high = ticks.at(-1) as number;
  const width = (box.right - box.left) / Math.max(1, real.length);
  const atX = (period: number): number => box.left + period * width;
  const atY = (value: number): number => box.bottom - (value / high) * (box.bottom - box.top);
  const triangles = (periods: readonly number[] = [], row: number): string =>
    periods
      .map((at) => {
        const [x, y] = [round(atX(at + 0.5)), box.top - ALARM_ROWS + 3 + row * 12];
        return `M${x - TRIANGLE} ${y}h${2 * TRIANGLE}l${-TRIANGLE} 8z`;
      })
      .join("");
  return {
    ...steps(real, atX, atY, box.bottom),
    synthetic: made
      .map((value, i) => `${i === 0 ? "M" : "L"}${round(atX(i + 0.5))} ${round(atY(value))}`)
      .join(""),
    realAlarms: triangles(alarms?.real, 0),
    syntheticAlarms: triangles(alarms?.synthetic, 1),
    x: timeTicks(series, atX, box, labelWidth),
    y: ticks.map((value) => ({ at: round(atY(value)), label: count(value) })),
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

function steps(
  real: readonly number[],
  atX: (period: number) => number,
  atY: (value: number) => number,
  bottom: number,
): Pick<IncidenceMarks, "area" | "edge" | "hidden"> {
  let [area, edge, hidden] = ["", "", ""];
  real.forEach((value, i) => {
    const [from, to] = [round(atX(i)), round(atX(i + 1))];
    if (Number.isNaN(value)) {
      hidden += `M${from} ${bottom}V${round(atY(HIDDEN - 1))}H${to}V${bottom}z`;
    } else if (value > 0) {
      const top = round(atY(value));
      area += `M${from} ${bottom}V${top}H${to}V${bottom}z`;
      edge += `M${from} ${top}H${to}`;
    }
  });
  return { area, edge, hidden };
}

/** 0 and two to six round counts above it; the last is no less than `most`. */
function countTicks(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most / 2));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => most / s <= 5) ?? 10 * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

/** The first days of years, quarters or months, the finest whose names find room. */
function timeTicks(
  series: IncidenceSeries,
  atX: (period: number) => number,
  box: Box,
  labelWidth: LabelWidth,
): IncidenceMarks["x"] {
  const length = lengthOf(series);
  const from = series.start;
  const to = from + series.real.length * length;
  const placed = (months: number) =>
    firstDays(from, to, months).map((day) => ({
      at: round(atX((day - from) / length)),
      label: tickLabel(day, months),
    }));
  const fits = (ticks: IncidenceMarks["x"]): boolean =>
    ticks.every(({ at, label }, i) => {
      const next = ticks[i + 1];
      return next === undefined || next.at - at >= labelWidth(label) + 10;
    });
  const found = [1, 3, 6, 12].map(placed).find(fits) ?? placed(12).filter((_, i) => i % 2 === 0);
  const ticks = found.length > 0 ? withYear(found, from) : [{ at: box.left, label: dayWords(from) }];
  return ticks.filter(({ at, label }) => at + labelWidth(label) / 2 <= box.right + 8);
}

/** The first name says its year, where it is a month's. */
function withYear(ticks: IncidenceMarks["x"], from: number): IncidenceMarks["x"] {
  const [first, ...rest] = ticks;
  if (first === undefined || /\d/.test(first.label)) return ticks;
  return [{ ...first, label: `${first.label} ${new Date(from * DAY).getUTCFullYear()}` }, ...rest];
}

function firstDays(from: number, to: number, months: number): number[] {
  const date = new Date(from * DAY);
  const found: number[] = [];
  for (let month = 0; ; month += months) {
    const first = Date.UTC(date.getUTCFullYear(), month) / DAY;
    if (first >= to) return found;
    if (first >= from) found.push(first);
  }
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function tickLabel(day: number, months: number): string {
  const date = new Date(day * DAY);
  const year = String(date.getUTCFullYear());
  if (months >= 12 || date.getUTCMonth() === 0) return year;
  return MONTHS[date.getUTCMonth()] as string;
}

const dayWords = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** "2021-02-01", or "week of 2021-02-01 (5)" with the number of the ISO week. */
export function periodWords(series: IncidenceSeries, period: number): string {
  const day = series.start + period * lengthOf(series);
  if (series.every === "day") return dayWords(day);
  const thursday = new Date((day + 3) * DAY);
  const week = 1 + Math.floor((day + 3 - Date.UTC(thursday.getUTCFullYear(), 0, 1) / DAY) / 7);
  return `Week ${week}, from ${dayWords(day)}`;
}

/** A real count in words. */
export const realWords = ({ rounded }: IncidenceSeries, value: number): string =>
  Number.isNaN(value) ? "under 5 or hidden" : `${rounded && value > 0 ? "about " : ""}${count(value)}`;

const detectors = {
  farrington: "Farrington's algorithm, as Noufaily improved it",
  "ears-c2": "EARS C2, which looks at the nine periods before",
} as const;

/** What the alarms say, in two sentences. */
export function alarmWords(series: IncidenceSeries): string {
  const { alarms, unwatched, every } = series;
  if (alarms === undefined) return `Outbreaks cannot be told. ${unwatched ?? ""}`.trim();
  const { real, synthetic } = alarms;
  const by = `Alarms by ${detectors[alarms.detector]}, from ${periodWords(series, alarms.from).toLowerCase()} on`;
  const words = (n: number): string => `${count(n)} ${every}${n === 1 ? "" : "s"}`;
  if (synthetic === undefined) return `${by}: ${words(real.length)}.`;
  const near = real.filter((at) => synthetic.some((other) => Math.abs(other - at) <= 1)).length;
  const alone = synthetic.filter((at) => !real.some((other) => Math.abs(other - at) <= 1)).length;
  if (real.length === 0 && synthetic.length === 0) return `${by}: none in the real or the synthetic table.`;
  return (
    `${by}: ${words(real.length)} in the real table, of which ${count(near)} in the synthetic one too (at most one ${every} away); ` +
    `${words(alone)} in the synthetic table alone.`
  );
}

/** Which series it is: "onset by week", "ward: A by week". */
export const seriesName = ({ by }: IncidenceSeries): string =>
  by === undefined ? "All" : `${by.column}: ${by.level}`;
