import type { Courses } from "./courses.ts";

/** A regular grid that times keep within patients, in the unit of the time column (dates: milliseconds). */
export interface Grid {
  /** The largest step of which nearly all gaps are multiples. */
  readonly step: number;
  /** Share of the gaps that are multiples of it, equal times among them. */
  readonly kept: number;
  /** Share of the gaps between different times that are exactly one step. */
  readonly oneStep: number;
  /** What every time leaves when divided by the step, where nearly all leave the same: 0 for whole hours. */
  readonly phase?: number;
}

export interface Schedule {
  readonly grid?: Grid;
  /** Share of the gaps that are none: two visits of a patient at one time. */
  readonly equal: number;
  /** Rows without a time. */
  readonly unknown: number;
  /** Known gaps between a patient's visits. */
  readonly gaps: number;
}

/** Share of the gaps that must be multiples of the step. */
const KEPT = 0.98;
/** Fewest gaps that tell of a grid. */
const LEAST_GAPS = 20;
/** Gaps that are looked at, evenly taken. */
const MOST_GAPS = 20_000;
/** Runs of gaps whose common divisors are tried, and the gaps of each. */
const RUNS = 60;
const RUN = 24;
/** Places behind the point that a time may have. */
const PLACES = 6;

/**
 * The gaps between the visits of each patient and the grid they keep. Gaps are compared as whole numbers of the least unit
 * that all times are written in (milliseconds for dates, up to six places behind the point otherwise), so that .1 three
 * times is .3. A run of gaps without one that breaks the grid has the step, or soon a multiple of it, as greatest common divisor: those of
 * many runs are tried, the largest first. Times that need more than six places have no grid.
 */
export function scheduleOf({ rows, starts, times }: Courses): Schedule {
  const unit = unitOf(times);
  const gaps: number[] = [];
  let [equal, unknown] = [0, 0];
  for (let p = 0; p + 1 < starts.length; p++) {
    for (let k = starts[p] as number; k < (starts[p + 1] as number); k++) {
      const time = times[rows[k] as number] as number;
      if (Number.isNaN(time)) unknown++;
      else if (k > (starts[p] as number)) {
        const gap = time - (times[rows[k - 1] as number] as number);
        if (gap === 0) equal++;
        gaps.push(gap);
      }
    }
  }
  const all = { equal: gaps.length === 0 ? 0 : equal / gaps.length, unknown, gaps: gaps.length };
  if (unit === undefined || gaps.length - equal < LEAST_GAPS) return all;
  const grid = gridOf(gaps, unit, times);
  return grid === undefined ? all : { ...all, grid };
}

/** How many of the least unit one is: 1 for whole numbers, 10 for one place behind the point; undefined beyond six. */
function unitOf(times: Float64Array): number | undefined {
  let unit = 1;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    while (Math.abs(time * unit - Math.round(time * unit)) > 1e-6 * Math.max(1, Math.abs(time))) {
      unit *= 10;
      if (unit > 10 ** PLACES) return undefined;
    }
  }
  return unit;
}

function gridOf(gaps: readonly number[], unit: number, times: Float64Array): Grid | undefined {
  const every = Math.max(1, Math.ceil(gaps.length / MOST_GAPS));
  const taken: number[] = [];
  for (let i = 0; i < gaps.length; i += every) taken.push(Math.round((gaps[i] as number) * unit));
  const different = taken.filter((gap) => gap !== 0);
  const zeros = taken.length - different.length;
  const counts = new Map<number, number>();
  for (const gap of different) counts.set(gap, (counts.get(gap) ?? 0) + 1);
  const found = [...counts].sort(([, a], [, b]) => b - a);
  const positive = different.length;
  const step = candidatesOf(different).find((one) => shareOf(found, one, positive) >= KEPT);
  if (step === undefined) return undefined;
  const exact = shareOf(found, step, positive);
  const phase = phaseOf(times, unit, step);
  return {
    step: step / unit,
    kept: (exact * positive + zeros) / (positive + zeros),
    oneStep: (counts.get(step) ?? 0) / positive,
    ...(phase !== undefined && { phase: phase / unit }),
  };
}

function shareOf(found: readonly (readonly [number, number])[], step: number, positive: number): number {
  let [kept, broken] = [0, 0];
  for (const [gap, count] of found) {
    if (gap % step === 0) kept += count;
    else broken += count;
    if (broken > (1 - KEPT) * positive) return 0;
  }
  return kept / positive;
}

/** Greatest common divisors of runs of gaps, the largest first. */
function candidatesOf(gaps: readonly number[]): number[] {
  const candidates = new Set<number>();
  const stride = Math.max(1, Math.floor(gaps.length / RUNS));
  for (let run = 0; run < Math.min(RUNS, gaps.length); run++) {
    let divisor = 0;
    for (let i = 0; i < RUN; i++) {
      divisor = greatestCommon(divisor, gaps[(run * stride + i) % gaps.length] as number);
      candidates.add(divisor);
    }
  }
  return [...candidates].sort((a, b) => b - a);
}

function greatestCommon(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** The remainder that nearly all times leave, or undefined. */
function phaseOf(times: Float64Array, unit: number, step: number): number | undefined {
  const counts = new Map<number, number>();
  let known = 0;
  for (const time of times) {
    if (Number.isNaN(time)) continue;
    known++;
    const rest = ((Math.round(time * unit) % step) + step) % step;
    counts.set(rest, (counts.get(rest) ?? 0) + 1);
    if (counts.size > 1000) return undefined;
  }
  for (const [rest, count] of counts) if (count >= KEPT * known) return rest;
  return undefined;
}
