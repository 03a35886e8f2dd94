import { chanceOfAtLeast, countQuantile } from "../math/counts/negative-binomial.ts";
import { normalCdf, normalQuantile } from "../math/normal.ts";
import type { Design } from "../math/regression/design.ts";
import { quasiPoisson, spreadAt, type QuasiPoissonFit } from "../math/regression/quasi-poisson.ts";
import { studentTwoSided } from "../math/counts/student.ts";
import { mondayOf, yearsBefore } from "./calendar.ts";

/**
 * Farrington's algorithm (Farrington, Andrews, Beale and Catchpole, J R Stat Soc A 1996; 159: 547-563) with the improvements
 * of Noufaily et al. (Stat Med 2013; 32: 1206-1222), as R's surveillance::farringtonFlexible computes it with dates.
 */
export interface FarringtonSettings {
  /** b: years back */
  readonly years: number;
  /** w: weeks before and behind the same week of past years */
  readonly halfWindow: number;
  /** levels of season; 1: only the windows of past years are looked at (1996), 10: all weeks (2013) */
  readonly seasons: number;
  /** weeks before the one in question that are no baseline, so that an outbreak that began does not hide itself */
  readonly excluded: number;
  /** Anscombe residuals above which a past week counts for less; undefined: all count alike */
  readonly reweighFrom: number | undefined;
  /** p value below which a trend is kept (1: always), where there are 3 years and it predicts no more than was ever seen */
  readonly trendBelow: number;
  /** one-sided chance of an alarm in a week without an outbreak */
  readonly alpha: number;
  /** "two-thirds": normal after the power 2/3 (1996); "negative-binomial": its quantile at the expected mean (2013) */
  readonly threshold: "two-thirds" | "negative-binomial";
  /** no alarm where the last `weeks` weeks, this one among them, have fewer events than `events` */
  readonly least: { readonly events: number; readonly weeks: number };
}

/** Noufaily et al. 2013. */
export const farringtonDefaults: FarringtonSettings = {
  years: 5,
  halfWindow: 3,
  seasons: 10,
  excluded: 26,
  reweighFrom: 2.58,
  trendBelow: 1,
  alpha: 0.005,
  threshold: "negative-binomial",
  least: { events: 5, weeks: 4 },
};

/** What is expected of one period and what was seen. */
export interface Watched {
  /** which period */
  readonly at: number;
  readonly expected: number;
  /** counts above it are an alarm */
  readonly upper: number;
  /** chance of so many events or more where there is no outbreak */
  readonly chance: number;
  readonly dispersion: number;
  readonly alarm: boolean;
}

/** Weeks of a series: counts of ISO weeks, the first of which begins on day `start`. */
export interface Weeks {
  readonly start: number;
  readonly counts: ArrayLike<number>;
}

/** The same week in each of the last `years` years, this one first: the Monday nearest to the same date. */
function sameWeeks(start: number, at: number, years: number): number[] {
  const day = start + 7 * at;
  return Array.from({ length: years + 1 }, (_, back) => {
    const date = yearsBefore(day, back);
    const monday = mondayOf(date);
    return (date - monday > 3 ? monday + 7 - start : monday - start) / 7;
  });
}

/** Whether the weeks of `years` years back lie in the series. */
export const reaches = (start: number, at: number, { years, halfWindow }: FarringtonSettings): boolean =>
  (sameWeeks(start, at, years)[years] as number) >= halfWindow;

/**
 * The season of each week that week `at` is compared with, -1 where it is no baseline. The last level is that of the windows
 * around the same week; between two windows the weeks are cut evenly into the others.
 */
function seasonsOf(start: number, at: number, settings: FarringtonSettings): Int32Array {
  const { years, halfWindow, seasons, excluded } = settings;
  const season = new Int32Array(at + 1).fill(-1);
  const put = (from: number, to: number, level: number): void => {
    for (let week = Math.max(0, from); week <= Math.min(at, to); week++) season[week] = level;
  };
  const same = sameWeeks(start, at, years);
  put(at - halfWindow, at, seasons - 1);
  for (let back = 1; back <= years; back++) {
    const week = same[back] as number;
    put(week - halfWindow, week + halfWindow, seasons - 1);
    if (seasons === 1) continue;
    const between = (same[back - 1] as number) - 2 * halfWindow - 1 - week;
    const each = Math.floor(between / (seasons - 1));
    let from = week + halfWindow + 1;
    for (let level = 0; level < seasons - 1; level++) {
      const length = each + (level < between % (seasons - 1) ? 1 : 0);
      put(from, from + length - 1, level);
      from += length;
    }
  }
  put(at - excluded, at, -1);
  return season;
}

/**
 * Whether week `at` has more events than the same time of past years lets expect.
 * @returns undefined where the series does not reach back far enough or no fit is found
 */
export function farrington(
  { start, counts }: Weeks,
  at: number,
  settings: FarringtonSettings = farringtonDefaults,
): Watched | undefined {
  if (!reaches(start, at, settings)) return undefined;
  const season = seasonsOf(start, at, settings);
  const weeks = [...season.keys()].filter((week) => (season[week] as number) >= 0);
  const seen = weeks.map((week) => counts[week] as number);
  const baseline: Baseline = { at, weeks, season, seen, seasons: settings.seasons };
  const found = expectedBy(baseline, settings);
  if (found === undefined) return undefined;
  const observed = counts[at] as number;
  const recent = Array.from({ length: settings.least.weeks }, (_, i) => counts[at - i] ?? 0);
  const enough = recent.reduce((sum, count) => sum + count, 0) >= settings.least.events;
  const { expected, dispersion } = found;
  const { upper, chance } =
    settings.threshold === "negative-binomial"
      ? quantileThreshold(found, observed, settings.alpha)
      : powerThreshold(found, observed, settings.alpha);
  return { at, expected, upper, chance, dispersion, alarm: enough && observed > upper };
}

interface Baseline {
  readonly at: number;
  readonly weeks: readonly number[];
  /** of every week up to `at` */
  readonly season: Int32Array;
  readonly seen: readonly number[];
  readonly seasons: number;
}

interface Expected {
  readonly expected: number;
  /** standard error of the expected count */
  readonly error: number;
  readonly dispersion: number;
}

function expectedBy(baseline: Baseline, settings: FarringtonSettings): Expected | undefined {
  const trending = fitted(baseline, true, settings.reweighFrom);
  if (trending) {
    const found = predicted(trending, [1, baseline.at], settings.seasons);
    const { coefficients, unscaled } = trending.fit;
    const error = Math.sqrt(trending.fit.dispersion * (unscaled[coefficients.length + 1] as number));
    const spare = baseline.weeks.length - coefficients.length;
    const significant =
      settings.trendBelow >= 1 ||
      studentTwoSided((coefficients[1] as number) / error, spare) < settings.trendBelow;
    const most = baseline.seen.reduce((a, b) => Math.max(a, b), 0);
    if (settings.years >= 3 && significant && found.expected <= most) return found;
  }
  const level = fitted(baseline, false, settings.reweighFrom);
  return level && predicted(level, [1], settings.seasons);
}

interface Fitted {
  readonly fit: QuasiPoissonFit;
  /** 1 or more */
  readonly dispersion: number;
}

/** The baseline's regression; with `reweighFrom` a second time with past outbreaks counting for less. */
function fitted(
  { weeks, season, seen, seasons }: Baseline,
  trend: boolean,
  reweighFrom: number | undefined,
): Fitted | undefined {
  const design: Design = {
    rows: weeks.length,
    numbers: trend ? [Float64Array.from(weeks)] : [],
    factors: seasons > 1 ? [{ codes: seasonCodes(weeks, season, seasons), levels: seasons - 1 }] : [],
  };
  const first = quasiPoisson(design, seen);
  if (!first.converged || !Number.isFinite(first.dispersion)) return undefined;
  const dispersion = Math.max(1, first.dispersion);
  if (reweighFrom === undefined) return { fit: first, dispersion };
  const fit = quasiPoisson(design, seen, weightsOf(anscombe(first, seen, dispersion), reweighFrom));
  return { fit, dispersion: Math.max(1, fit.dispersion) };
}

/** The windows' own level is that of the intercept. */
const seasonCodes = (weeks: readonly number[], season: Int32Array, seasons: number): Int32Array =>
  Int32Array.from(weeks, (week) => (season[week] === seasons - 1 ? -1 : (season[week] as number)));

/** Anscombe's residuals of Poisson counts, standardised (Farrington et al. 1996, section 3.6). */
function anscombe(
  { fitted: means, leverages }: QuasiPoissonFit,
  seen: readonly number[],
  phi: number,
): number[] {
  return seen.map((count, i) => {
    const mean = means[i] as number;
    const residual = 1.5 * (count ** (2 / 3) * mean ** (-1 / 6) - Math.sqrt(mean));
    return residual / Math.sqrt(phi * Math.max(1e-12, 1 - (leverages[i] as number)));
  });
}

/** 1/s^2 above the bound, scaled to sum to the number of weeks. */
function weightsOf(residuals: readonly number[], bound: number): Float64Array {
  const raw = residuals.map((s) => (s > bound ? 1 / s ** 2 : 1));
  const scale = residuals.length / raw.reduce((sum, weight) => sum + weight, 0);
  return Float64Array.from(raw, (weight) => scale * weight);
}

function predicted({ fit, dispersion }: Fitted, known: readonly number[], seasons: number): Expected {
  const x = [...known, ...Array<number>(seasons - 1).fill(0)];
  const score = x.reduce((sum, value, i) => sum + value * (fit.coefficients[i] as number), 0);
  const expected = Math.exp(score);
  return { expected, error: expected * Math.sqrt(fit.dispersion * spreadAt(x, fit.unscaled)), dispersion };
}

function quantileThreshold({ expected, dispersion }: Expected, observed: number, alpha: number) {
  const law = { mean: expected, dispersion };
  return { upper: countQuantile(law, 1 - alpha), chance: chanceOfAtLeast(law, observed) };
}

function powerThreshold({ expected, error, dispersion }: Expected, observed: number, alpha: number) {
  const power = 2 / 3;
  const tau = dispersion + error ** 2 / expected;
  const deviation = Math.sqrt((4 / 9) * expected ** (1 / 3) * tau);
  const middle = expected ** power;
  const upper = (middle + normalQuantile(1 - alpha) * deviation) ** (1 / power);
  return { upper, chance: normalCdf((middle - observed ** power) / deviation) };
}
