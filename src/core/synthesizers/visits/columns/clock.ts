import type { Grid } from "../../../codec/columns/grid.ts";
import { gridOf, gridOfValues, snap, stepOf } from "../../../codec/columns/grid.ts";
import { LEAST_SHARED } from "../../../codec/columns/column-code.ts";
import type { NumericBins } from "../../../codec/columns/numeric-bins.ts";
import { learnNumericBins, loadNumericBins } from "../../../codec/columns/numeric-bins.ts";
import { asIndex, asList, asNumber, asNumbers, asRecord } from "../../../codec/saved-state.ts";
import { isDated } from "../../../table/formats/dates/tokens.ts";
import type { ColumnSchema } from "../../../table/table.ts";
import type { CoursePlan } from "../../../visits/course-plan.ts";
import { learnEndings } from "./endings.ts";
import type { Endings } from "./endings.ts";
import { schemaOf } from "./visit-rows.ts";
import type { VisitRows } from "./visit-rows.ts";

const DAY = 86_400_000;

/** When visits are. Time is counted in ticks: a date's day, hour or second as it is written; a number's own unit. */
export interface Clock {
  /** the time column's unit in a tick */
  readonly tick: number;
  /** ticks of the unit that people give lengths of time in: a day where the column has dates */
  readonly unit: number;
  /** what a written time can be */
  readonly grid: Grid;
  /** of the gaps between visits, in ticks */
  readonly gaps: NumericBins;
  /** where nearly all gaps are multiples of one: that one, in ticks */
  readonly step: number | undefined;
  /** no patient has two visits at one time */
  readonly strict: boolean;
  /** the first time of all patients, where they have one in common */
  readonly first: number | undefined;
  /** Ticks: a usual gap, a usual and a long course. */
  readonly usualGap: number;
  readonly usualLength: number;
  readonly longLength: number;
  /** visits of a long course: no course has more */
  readonly most: number;
  /** mean number of visits */
  readonly meanVisits: number;
  /** Where follow-up ends at one time for all: that time, or ticks since the first visit. */
  readonly window: Window | undefined;
  /** every patient has as many visits as every other */
  readonly same: boolean;
  /** a date, whose month, weekday and hour may matter */
  readonly calendar: boolean;
  /** gap before each visit but the first, where all patients have the same: in ticks */
  readonly schedule: Float64Array | undefined;
  /** whether the number of visits is drawn first, with what does not change */
  readonly counted: boolean;
  /** with which visit courses end, where they do so one by one */
  readonly endings: Endings | undefined;
}

/** No visit is later: `time`, as the table has it, or `ticks` since the first visit. */
export type Window = { readonly time: number } | { readonly ticks: number };

export function learnClock(visits: VisitRows, { schedule: found }: CoursePlan, bins: number): Clock {
  const { table, time, times, starts, patients } = visits;
  const schema = schemaOf(table, time);
  const { tick, grid } = ticksOf(schema);
  const all = gapsOf(visits, tick);
  const later = Int32Array.from(all.keys()).filter((r) => starts[patients[r] as number] !== r);
  const gaps = Float64Array.from(later, (r) => all[r] as number);
  const written: Grid = schema.kind === "datetime" ? { type: "decimals", decimals: 0 } : grid;
  const strict = found.equal === 0;
  const code = learnNumericBins(gaps, gridOfValues(gaps, written), {
    bins,
    patients: Int32Array.from(later, (r) => patients[r] as number),
    ...(!strict && { limits: [{ text: "", value: 0, side: "below" as const }] }),
  });
  const counts = lengthsOf(starts);
  const lengths = Float64Array.from(counts, (count, p) => {
    const from = starts[p] as number;
    return ((times[from + count - 1] as number) - (times[from] as number)) / tick;
  });
  const firsts = Float64Array.from(counts, (_, p) => times[starts[p] as number] as number);
  const usualGap = medianOf(gaps.filter((gap) => gap > 0)) || 1;
  const most = Math.max(1, Math.ceil(meanOfGreatest(counts)));
  const schedule = scheduleOf(all, visits, most);
  const same = counts.every((count) => count === counts[0]);
  const counted = schedule !== undefined && !same;
  return {
    tick,
    unit: schema.kind === "datetime" ? DAY / tick : 1,
    grid,
    gaps: code,
    step: found.grid && rounded(found.grid.step / tick),
    strict,
    first: firsts.every((first) => first === firsts[0]) ? firsts[0] : undefined,
    usualGap,
    usualLength: medianOf(lengths.filter((length) => length > 0)) || 1,
    longLength: Math.max(meanOfGreatest(lengths), 1e-9),
    most,
    window: windowOf(visits, tick, lengths, usualGap),
    meanVisits: times.length / counts.length,
    same,
    calendar: schema.kind === "datetime" && isDated(schema.date?.pattern ?? ""),
    schedule,
    counted,
    endings: same || counted ? undefined : learnEndings(counts, most),
  };
}

export function ticksOf(schema: ColumnSchema): { tick: number; grid: Grid } {
  const grid = gridOf(schema);
  if (schema.kind !== "datetime") return { tick: 1, grid };
  return { tick: grid.type === "interval" ? Math.max(1, stepOf(grid)) : DAY, grid };
}

/** Ticks since the patient's visit before; 0 at the first. */
export function gapsOf({ times, starts, patients }: VisitRows, tick: number): Float64Array {
  return Float64Array.from(times, (time, r) =>
    starts[patients[r] as number] === r ? 0 : rounded((time - (times[r - 1] as number)) / tick),
  );
}

/** Without what subtraction leaves behind the tenth place. */
export const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

export const lengthsOf = (starts: Int32Array): Float64Array =>
  Float64Array.from(
    { length: starts.length - 1 },
    (_, p) => (starts[p + 1] as number) - (starts[p] as number),
  );

/** The time `ticks` after `first`, as it can be written. */
export const timeAt = ({ tick, grid }: Clock, first: number, ticks: number): number =>
  snap(first + ticks * tick, grid);

/** The gaps that all patients have in common, visit by visit, as far as five patients go. */
function scheduleOf(gaps: Float64Array, { starts }: VisitRows, most: number): Float64Array | undefined {
  const common: number[] = [];
  for (let k = 1; k < most; k++) {
    let gap: number | undefined;
    let patients = 0;
    for (let p = 0; p + 1 < starts.length; p++) {
      const r = (starts[p] as number) + k;
      if (r >= (starts[p + 1] as number)) continue;
      gap ??= gaps[r] as number;
      if (gaps[r] !== gap) return undefined;
      patients++;
    }
    if (gap === undefined || patients < LEAST_SHARED) return undefined;
    common.push(gap);
  }
  return common.length > 0 ? Float64Array.from(common) : undefined;
}

/** Usual gaps before the end within which a last visit speaks for one, and patients of whom it must be so. */
const NEAR = 2;
const AT_END = 0.15;

/** Whether many courses are cut off at one time, as records of one day or of a study that was closed are. */
function windowOf(
  { times, starts }: VisitRows,
  tick: number,
  lengths: Float64Array,
  usualGap: number,
): Window | undefined {
  const lasts = lengths.map((_, p) => times[(starts[p + 1] as number) - 1] as number);
  const [latest, longest] = [meanOfGreatest(lasts), meanOfGreatest(lengths)];
  const near = (values: Float64Array, end: number, unit: number): number =>
    values.reduce((sum, value) => sum + Number(value > end - NEAR * usualGap * unit), 0) / values.length;
  const [byTime, byLength] = [near(lasts, latest, tick), near(lengths, longest, 1)];
  if (Math.max(byTime, byLength) < AT_END) return undefined;
  return byTime >= byLength ? { time: latest } : { ticks: longest };
}

/** Mean of the five in the middle, so that it is no patient's own. */
function medianOf(values: Float64Array): number {
  const from = Math.max(0, (values.length - LEAST_SHARED) >> 1);
  const middle = values.toSorted().subarray(from, from + LEAST_SHARED);
  return middle.reduce((sum, value) => sum + value / middle.length, 0);
}

/** Mean of the five greatest. */
function meanOfGreatest(values: Float64Array): number {
  const own = values.toSorted().slice(-LEAST_SHARED);
  return own.reduce((sum, value) => sum + value, 0) / Math.max(1, own.length);
}

export const savedClock = ({
  gaps,
  schedule,
  endings,
  grid: _grid,
  tick: _tick,
  ...rest
}: Clock): unknown => ({
  ...rest,
  gaps: gaps.save(),
  ...(schedule && { schedule: [...schedule] }),
  ...(endings && { endings: { odds: [...endings.odds], least: endings.least } }),
});

/** Inverse of `savedClock`; throws FaultError `model-damaged`. */
export function loadClock(saved: unknown, schema: ColumnSchema): Clock {
  const state = asRecord(saved, "clock");
  const number = (name: string): number => asNumber(state[name], "clock");
  const maybe = (name: string): number | undefined => (state[name] === undefined ? undefined : number(name));
  const { tick, grid } = ticksOf(schema);
  return {
    tick,
    grid,
    unit: number("unit"),
    gaps: loadNumericBins(state["gaps"]),
    step: maybe("step"),
    strict: state["strict"] === true,
    first: maybe("first"),
    usualGap: number("usualGap"),
    usualLength: number("usualLength"),
    longLength: number("longLength"),
    most: asIndex(state["most"], 10_000_000, "clock"),
    meanVisits: number("meanVisits"),
    window: loadWindow(state["window"]),
    same: state["same"] === true,
    calendar: state["calendar"] === true,
    schedule:
      state["schedule"] === undefined ? undefined : asNumbers(asList(state["schedule"], "clock"), "clock"),
    counted: state["counted"] === true,
    endings: loadEndings(state["endings"]),
  };
}

function loadEndings(saved: unknown): Endings | undefined {
  if (saved === undefined) return undefined;
  const state = asRecord(saved, "clock");
  const odds = asNumbers(asList(state["odds"], "clock"), "clock");
  return { odds, least: asIndex(state["least"], odds.length + 1, "clock") };
}

function loadWindow(saved: unknown): Window | undefined {
  if (saved === undefined) return undefined;
  const state = asRecord(saved, "clock");
  return state["time"] === undefined
    ? { ticks: asNumber(state["ticks"], "clock") }
    : { time: asNumber(state["time"], "clock") };
}
