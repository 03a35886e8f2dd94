import type { Cohort, CohortColumn } from "../cohort.ts";
import { withoutCapital } from "./climb-lines.ts";
import type { CohortSample, Times } from "./cohort-sample.ts";
import { isDrug, supportWords, titleOf, wordsOf } from "./column-words.ts";
import { isNone, unitWords, written } from "./written.ts";

/** Something that happened to a patient between two visits. */
export interface ClimbEvent {
  readonly time: number;
  readonly text: string;
}

/** One patient over time: a number to be drawn, and what happened in words. */
export interface ClimbCourse {
  /** "months" */
  readonly unit: string;
  readonly name: string;
  readonly valueUnit?: string;
  readonly decimals: number;
  readonly points: readonly { readonly time: number; readonly value: number }[];
  readonly events: readonly ClimbEvent[];
}

export interface Happening extends ClimbEvent {
  /** the larger, the more it is worth telling */
  readonly weight: number;
}

/** Tells what happened to each patient of a sample, in the order of time. */
export function happeningsIn(sample: CohortSample, times: Times): (place: number) => Happening[] {
  const { cohort, rows, patients } = sample;
  const changing = cohort.columns
    .filter(({ level, steady }) => level >= 3 && steady !== true)
    .filter((column) => ["levels", "yes-no"].includes(column.shown.as) || isDose(column))
    .map((column) => {
      const values = isDose(column) ? given(rows.get(column.name)) : rows.get(column.name);
      return { column, values, usual: mostFrequent(values) };
    });
  return (place) => {
    const { from, to } = patients[place] as CohortSample["patients"][number];
    const found: Happening[] = [];
    for (const { column, values, usual } of changing) {
      for (let row = from; row < to; row++) {
        const before = row === from ? undefined : (values[row - 1] as number);
        const now = values[row] as number;
        // A visit of the most frequent kind is no event.
        if (column.level === 4 && now === usual) continue;
        const what = changed(column, before, now);
        if (what !== undefined) found.push({ ...what, time: times.values[row] as number });
      }
    }
    return found.toSorted((a, b) => a.time - b.time);
  };
}

const isDose = ({ name, shown }: Pick<CohortColumn, "name" | "shown">): boolean =>
  shown.as === "number" && isDrug(name);

/** 1 where a dose is above 0. */
const given = (doses: Float64Array): Float64Array =>
  doses.map((dose) => (Number.isNaN(dose) ? NaN : Number(dose > 0)));

function mostFrequent(codes: Float64Array): number {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  let [usual, most] = [NaN, 0];
  for (const [code, count] of counts) if (count > most) [usual, most] = [code, count];
  return usual;
}

function changed(
  column: CohortColumn,
  before: number | undefined,
  now: number,
): Omit<Happening, "time"> | undefined {
  const { name, shown, level } = column;
  if (Number.isNaN(now) || (before !== undefined && (Number.isNaN(before) || before === now)))
    return undefined;
  if (shown.as === "yes-no" || shown.as === "number") {
    if (before === undefined) return undefined;
    const support = supportWords(name);
    if (support !== undefined) return { text: now === 1 ? support[1] : support[2], weight: 3 };
    if (isDrug(name)) return { text: `${wordsOf(name)} ${now === 1 ? "started" : "stopped"}`, weight: 3 };
    if (/miss/.test(name)) return now === 1 ? { text: "visit missed", weight: 2 } : undefined;
    return now === 1 ? { text: wordsOf(name), weight: level === 4 ? 4 : 2 } : undefined;
  }
  const [was, is] = [written(column, before ?? NaN), written(column, now)];
  if (is === undefined) return undefined;
  if (level === 4)
    return isNone(is) || before === undefined ? undefined : { text: withoutCapital(is), weight: 4 };
  return was === undefined
    ? undefined
    : { text: `${wordsOf(name)}: ${withoutCapital(was)} to ${withoutCapital(is)}`, weight: 3 };
}

const MOST_EVENTS = 3;

/** A patient's course; undefined where nothing that is a number changes over the visits. */
export function climbCourse(
  sample: CohortSample,
  times: Times,
  place: number,
  happened: readonly Happening[],
): ClimbCourse | undefined {
  const column = drawnColumn(sample, times, place);
  if (column === undefined) return undefined;
  const first = (one: Happening): boolean => happened.find(({ text }) => text === one.text) === one;
  const told = onceEach(happened)
    .toSorted((a, b) => Number(first(b)) - Number(first(a)) || b.weight - a.weight)
    .slice(0, MOST_EVENTS);
  const { name, unit, shown } = column;
  return {
    unit: times.unit,
    name: titleOf(name),
    ...(unitWords(unit) !== "" && { valueUnit: unitWords(unit) }),
    decimals: shown.as === "number" ? shown.decimals : 0,
    points: pointsOf(sample, times, place, name),
    events: atOneTime(told),
  };
}

/** In the order of time; what happened at one time is one event. */
function atOneTime(told: readonly Happening[]): ClimbEvent[] {
  const times = [...new Set(told.map(({ time }) => time))].toSorted((a, b) => a - b);
  return times.map((time) => {
    const texts = told.filter((one) => one.time === time).map(({ text }) => text);
    return { time, text: [...new Set(texts)].join(", ") };
  });
}

/** What comes and goes is told the first time. */
function onceEach(happened: readonly Happening[]): Happening[] {
  return happened.filter(
    ({ text, weight }, i) => weight >= 4 || happened.findIndex((one) => one.text === text) === i,
  );
}

/** Values of a column over a patient's visits; visits without one are left out. */
export function pointsOf(
  { rows, patients }: CohortSample,
  times: Times,
  place: number,
  name: string,
): { time: number; value: number }[] {
  const { from, to } = patients[place] as CohortSample["patients"][number];
  const values = rows.get(name);
  const points: { time: number; value: number }[] = [];
  for (let row = from; row < to; row++) {
    const [time, value] = [times.values[row] as number, values[row] as number];
    if (!Number.isNaN(value) && !Number.isNaN(time)) points.push({ time, value });
  }
  return points;
}

/** The first that the cohort tells by and that changes; else what changes most against its spread among all. */
function drawnColumn(sample: CohortSample, times: Times, place: number): CohortColumn | undefined {
  const { cohort, rows } = sample;
  const changes = (column: CohortColumn): number => {
    const values = pointsOf(sample, times, place, column.name).map(({ value }) => value);
    if (values.length < 2) return 0;
    const range = Math.max(...values) - Math.min(...values);
    return range / Math.max(Number.EPSILON, spreadOf(rows.get(column.name)));
  };
  const able = numbersOver(cohort, times).filter((column) => changes(column) > 0);
  const told = cohort.telling.drawn.flatMap((name) => able.find((column) => column.name === name) ?? []);
  return told[0] ?? able.toSorted((a, b) => changes(b) - changes(a))[0];
}

/** Columns of numbers that may be drawn over time. */
const numbersOver = ({ columns }: Cohort, times: Times): CohortColumn[] =>
  columns.filter(
    ({ name, shown, steady }) =>
      shown.as === "number" && steady !== true && name !== "age" && name !== "visit" && name !== times.column,
  );

/** Standard deviation of the values that are there. */
export function spreadOf(values: Float64Array): number {
  let [n, sum, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
}
