import { kolmogorovSmirnov, kolmogorovSmirnovNoise } from "../../../math/space/distances.ts";
import { quantileSorted, skewness, sortedPresent } from "../../../math/statistics.ts";
import type { AlignedColumn } from "../../../metrics/measuring/align.ts";
import { noiseVerdict } from "../../../metrics/metric.ts";
import type { NumberCourse } from "../../../report/report.ts";
import { LEAST_PATIENTS } from "../../small-cells.ts";
import { REAL, SYNTHETIC, visitsOf, type CourseSide } from "./course-side.ts";

type Numeric = Extract<AlignedColumn, { type: "numeric" }>;
export type BandSide = NumberCourse["real"];

/** Patients below whom quartiles, and tenths, would be about one patient's value. */
const LEAST_FOR_QUARTILES = 10;
const LEAST_FOR_TENTHS = 20;
/** Times at which a schedule's visits are; more are no schedule. */
const MOST_TIMES = 24;
const MOST_BINS = 12;

/** Bins of time: visits belong to the nearest middle, if none is further away than `reach`. */
export interface TimeBins {
  readonly at: readonly number[];
  readonly reach: number;
}

/**
 * The times of a schedule where real visits keep one; else round steps from the first visit to the time by which 95% of
 * the real visits were.
 */
export function timeBins({ elapsed }: CourseSide): TimeBins {
  const known = sortedPresent(elapsed);
  const counts = new Map<number, number>();
  for (const time of known) counts.set(time, (counts.get(time) ?? 0) + 1);
  const kept = [...counts].filter(([, visits]) => visits >= LEAST_PATIENTS).map(([time]) => time);
  const covered = kept.reduce((sum, time) => sum + (counts.get(time) as number), 0);
  if (kept.length <= MOST_TIMES && covered >= 0.98 * known.length) return { at: kept, reach: 1e-9 };
  const last = quantileSorted(known, 0.95);
  const first = known[0] ?? 0;
  const step = roundStep((last - first) / MOST_BINS);
  const bins = Math.max(1, Math.floor((last - first) / step + 1e-9) + 1);
  return { at: Array.from({ length: bins }, (_, i) => round(first + i * step)), reach: step / 2 };
}

/** The least of 1, 2 or 5 times a power of ten that is not below `step`. */
function roundStep(step: number): number {
  if (!(step > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((m) => m * power).find((round) => round >= step * (1 - 1e-9)) as number;
}

/** The number's course in both tables: bands, change within patients, and how far the bands lie apart. */
export function compareBand(
  { schema, values }: Numeric,
  sides: readonly CourseSide[],
  bins: TimeBins,
): Omit<NumberCourse, "tracks"> {
  const [real, synthetic] = [REAL, SYNTHETIC].map((side) =>
    valuesByBin(values[side] as Float64Array, sides[side] as CourseSide, bins),
  ) as [Float64Array[], Float64Array[]];
  const shown = bins.at.map((_, bin) => (real[bin]?.length ?? 0) >= LEAST_PATIENTS);
  const keep = <T>(list: readonly T[]): T[] => list.filter((_, bin) => shown[bin]);
  const present = sortedPresent(values[REAL] as Float64Array);
  const gaps = keep(real.map((own, bin) => gapOf(own, synthetic[bin] as Float64Array))).filter(
    (gap) => gap !== undefined,
  );
  const mean = (of: (gap: { distance: number; noise: number }) => number): number =>
    gaps.length === 0 ? NaN : round(gaps.reduce((sum, gap) => sum + of(gap) / gaps.length, 0));
  const noise = mean((gap) => gap.noise);
  return {
    name: schema.name,
    ...(schema.unit !== undefined && { unit: schema.unit }),
    decimals: schema.kind === "integer" ? 0 : (schema.number?.decimals ?? 2),
    ...((present[0] ?? 0) > 0 && skewness(present) > 2 && { log: true as const }),
    at: keep(bins.at),
    real: bandOf(keep(real)),
    synthetic: bandOf(keep(synthetic)),
    within: {
      real: withinDeviation(values[REAL] as Float64Array, sides[REAL] as CourseSide),
      synthetic: withinDeviation(values[SYNTHETIC] as Float64Array, sides[SYNTHETIC] as CourseSide),
    },
    distance: mean((gap) => gap.distance),
    noise,
    verdict: Number.isNaN(noise) ? "cannot-tell" : noiseVerdict(noise),
  };
}

function gapOf(a: Float64Array, b: Float64Array): { distance: number; noise: number } | undefined {
  if (a.length < LEAST_PATIENTS || b.length < LEAST_PATIENTS) return undefined;
  const distance = kolmogorovSmirnov(a, b);
  return { distance, noise: distance / kolmogorovSmirnovNoise(a.length, b.length) };
}

/** For each bin one value of every patient with a known one there, that of the visit nearest its middle; ascending. */
export function valuesByBin(values: Float64Array, side: CourseSide, { at, reach }: TimeBins): Float64Array[] {
  const found: number[][] = at.map(() => []);
  for (let patient = 0; patient < side.patients; patient++) {
    const nearest = new Map<number, { off: number; value: number }>();
    for (const row of visitsOf(side.courses, patient)) {
      const [time, value] = [side.elapsed[row] as number, values[row] as number];
      const bin = Number.isNaN(value) ? -1 : binOf(time, at, reach);
      if (bin < 0) continue;
      const off = Math.abs(time - (at[bin] as number));
      if (off < (nearest.get(bin)?.off ?? Infinity)) nearest.set(bin, { off, value });
    }
    for (const [bin, { value }] of nearest) found[bin]?.push(value);
  }
  return found.map((own) => Float64Array.from(own).sort());
}

function binOf(time: number, at: readonly number[], reach: number): number {
  if (Number.isNaN(time)) return -1;
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (time - (at[middle] as number) > (at[middle + 1] as number) - time) low = middle + 1;
    else high = middle;
  }
  return Math.abs(time - (at[low] as number)) <= reach + 1e-9 ? low : -1;
}

function bandOf(bins: readonly Float64Array[]): BandSide {
  const at = (share: number, least: number): number[] =>
    bins.map((own) => (own.length < least ? NaN : round(quantileSorted(own, share))));
  return {
    patients: bins.map(({ length }) => length),
    low: at(0.1, LEAST_FOR_TENTHS),
    lower: at(0.25, LEAST_FOR_QUARTILES),
    median: at(0.5, LEAST_PATIENTS),
    upper: at(0.75, LEAST_FOR_QUARTILES),
    high: at(0.9, LEAST_FOR_TENTHS),
  };
}

/** Pooled standard deviation around each patient's own mean; NaN where under 5 patients have two values. */
export function withinDeviation(values: Float64Array, { courses, patients }: CourseSide): number {
  let [squares, freedom, counted] = [0, 0, 0];
  for (let patient = 0; patient < patients; patient++) {
    const own = Array.from(visitsOf(courses, patient), (row) => values[row] as number).filter(
      (value) => !Number.isNaN(value),
    );
    if (own.length < 2) continue;
    const centre = own.reduce((sum, value) => sum + value / own.length, 0);
    for (const value of own) squares += (value - centre) ** 2;
    freedom += own.length - 1;
    counted++;
  }
  return counted < LEAST_PATIENTS ? NaN : round(Math.sqrt(squares / freedom));
}

/** Five significant digits: what can be seen, and no patient's digits. */
export const round = (value: number): number => (Number.isFinite(value) ? Number(value.toPrecision(5)) : NaN);
