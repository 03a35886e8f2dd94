import type { Design } from "../math/regression/design.ts";
import { quasiPoisson } from "../math/regression/quasi-poisson.ts";
import { throughYear, weekdayOf } from "./calendar.ts";
import { daysOf, periodStart, wholePeriods, type Incidence } from "./incidence.ts";

/** Pairs of sine and cosine with periods of a year and of half a year. */
const HARMONICS = 2;
/** A season is told from so many days on. */
const LEAST_YEARS = 1.5 * 365;
const YEAR = 365.25;
const MONTHS = 12;
const WEEKDAYS = 7;

/** What a whole series is expected to be: exp(level + trend + season + weekday), and how far counts scatter about it. */
export interface ExpectedSeries {
  /** of each whole period, in counts */
  readonly expected: Float64Array;
  /** Factor by which the expected count grows in a year. */
  readonly trend: number;
  /** Factor at the middle of each month against the year's geometric mean; undefined for less than a year and a half. */
  readonly season: readonly number[] | undefined;
  /** Factor of Monday ... Sunday against the week's geometric mean; undefined where weeks were counted. */
  readonly weekday: readonly number[] | undefined;
  /** Variance of the counts in parts of the expected count: 1 where they are Poisson. */
  readonly dispersion: number;
}

/** A log-linear quasi-Poisson regression of the whole periods of a series; undefined where it cannot be fitted. */
export function expectedSeries(incidence: Incidence): ExpectedSeries | undefined {
  const { from, to } = wholePeriods(incidence);
  const periods = to - from;
  const length = daysOf(incidence.every);
  const seasonal = periods * length >= LEAST_YEARS;
  const daily = incidence.every === "day" && periods >= 3 * WEEKDAYS;
  const starts = Array.from({ length: periods }, (_, i) => periodStart(incidence, from + i));
  const middle = (starts[0] ?? 0) + (periods * length) / 2;
  const years = Float64Array.from(starts, (day) => (day + length / 2 - middle) / YEAR);
  const waves = starts.map((day) => wavesAt(throughYear(day + Math.floor(length / 2))));
  const numbers = seasonal
    ? [
        years,
        ...Array.from({ length: 2 * HARMONICS }, (_, h) => Float64Array.from(waves, (w) => w[h] as number)),
      ]
    : [years];
  const design: Design = {
    rows: periods,
    numbers,
    factors: daily
      ? [{ codes: Int32Array.from(starts, (day) => weekdayOf(day) - 1), levels: WEEKDAYS - 1 }]
      : [],
  };
  const counts = incidence.counts.subarray(from, to);
  if (periods <= 2 * (numbers.length + WEEKDAYS) || counts.every((count) => count === 0)) return undefined;
  const fit = quasiPoisson(design, counts);
  if (!fit.converged || !Number.isFinite(fit.dispersion)) return undefined;
  const own = fit.coefficients.subarray(2, 2 + 2 * HARMONICS);
  const monthly = Array.from({ length: MONTHS }, (_, m) =>
    wavesAt((m + 0.5) / MONTHS).reduce((sum, wave, h) => sum + wave * (own[h] as number), 0),
  );
  const days = [0, ...fit.coefficients.subarray(1 + numbers.length)];
  return {
    expected: fit.fitted,
    trend: Math.exp(fit.coefficients[1] as number),
    season: seasonal ? factors(monthly) : undefined,
    weekday: daily ? factors(days) : undefined,
    dispersion: fit.dispersion,
  };
}

const wavesAt = (share: number): number[] =>
  Array.from({ length: HARMONICS }, (_, h) => 2 * Math.PI * (h + 1) * share).flatMap((angle) => [
    Math.sin(angle),
    Math.cos(angle),
  ]);

/** exp of scores, with a geometric mean of 1. */
function factors(scores: readonly number[]): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return scores.map((score) => Math.exp(score - mean));
}
