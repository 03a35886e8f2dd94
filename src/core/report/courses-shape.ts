/** What a report says of patients over time: real ones as bands and shares of at least five patients, synthetic ones also one by one. */
import * as z from "zod";
import { interval, number, verdict } from "../metrics/metric-shape.ts";
import { columnComparison, histogram } from "./comparison-shape.ts";

const numbers = z.array(number);

/** How time is drawn: a visit's number where the source counts visits, else the time since the patient's first visit. */
const clock = z.object({
  /** "years", "hours", "visit"; the column's name where its unit is not known */
  unit: z.string(),
  /** under an axis: "years since the first visit" */
  axis: z.string(),
});

/** One side of a band; NaN in bins of too few patients: under 5, for quartiles under 10, for tenths under 20. */
const bandSide = z.object({
  patients: numbers,
  low: numbers,
  lower: numbers,
  median: numbers,
  upper: numbers,
  high: numbers,
});

const numberCourse = z
  .object({
    name: z.string(),
    unit: z.string().exactOptional(),
    decimals: z.number(),
    /** drawn on a logarithmic axis */
    log: z.literal(true).exactOptional(),
    /** middles of the bins of time, in the clock's unit */
    at: numbers,
    /** medians, quartiles, tenths of patients: each has one value in a bin, that of the visit nearest its middle */
    real: bandSide,
    synthetic: bandSide,
    /** standard deviation within patients */
    within: z.object({ real: number, synthetic: number }),
    /** Kolmogorov-Smirnov statistic, the mean over bins */
    distance: number,
    /** distance / its sampling noise */
    noise: number,
    verdict,
    /** synthetic patients: values at their visits, in the order of `tracks` */
    tracks: z.array(numbers),
  })
  .refine(
    ({ at, real, synthetic }) =>
      [real, synthetic].every((side) => Object.values(side).every((values) => values.length === at.length)),
    "bands and bins do not fit",
  );

const stepSide = z.object({
  /** of each row; NaN in rows of under 5 patients */
  steps: numbers,
  /** of each row's steps; NaN = a cell of 1 to 4 patients, or one that covers for it */
  shares: z.array(numbers),
  /** the share of all cells of a row that are NaN */
  rest: numbers,
});

/** From one visit to the next: rows = the level now, columns = the level then, and behind them the end. */
const stepMatrix = z
  .object({
    name: z.string(),
    levels: z.array(z.string()).max(12),
    /** what the last column stands for where a course can end in it: "died" */
    end: z.string().exactOptional(),
    real: stepSide,
    synthetic: stepSide,
    /** total variation distance of a row, the mean over rows as frequent as they are in the real table */
    distance: number,
    noise: number,
    verdict,
  })
  .refine(
    ({ levels, end, real, synthetic }) =>
      [real, synthetic].every(
        ({ steps, rest, shares }) =>
          [steps, rest, shares].every(({ length }) => length === levels.length) &&
          shares.every((row) => row.length === levels.length + (end === undefined ? 0 : 1)),
      ),
    "levels and shares do not fit",
  );

const survivalSide = z.object({ survival: numbers, low: numbers, high: numbers, atRisk: numbers });

/** Kaplan-Meier curves with pointwise 95% intervals at times between which at least five real patients have the event. */
const survivalComparison = z
  .object({
    /** "died", "status 2" */
    event: z.string(),
    /** under the axis */
    axis: z.string(),
    times: numbers,
    real: survivalSide,
    synthetic: survivalSide,
    /** numbers at risk stand under these times; NaN where under 5 real patients are left */
    risk: z.object({ times: numbers, real: numbers, synthetic: numbers }),
    horizon: number,
    /** restricted mean time without the event to `horizon`, synthetic less real */
    difference: z.object({ value: number, interval }),
    /** share of the times at which each curve lies within the other's interval */
    agree: number,
  })
  .refine(
    ({ times, real, synthetic }) =>
      [real, synthetic].every((side) => Object.values(side).every(({ length }) => length === times.length)),
    "times and curves do not fit",
  );

const visitsComparison = z.object({
  /** synthetic patients: the times of their visits, the longest last */
  raster: z.array(numbers).max(40),
  gaps: histogram,
  perPatient: histogram,
  /** medians */
  gap: z.object({ real: number, synthetic: number }),
  visits: z.object({ real: number, synthetic: number }),
});

/** A synthetic patient. */
const timeline = z.object({
  /** the patient's place among the synthetic ones, from 1 */
  number: z.number(),
  times: numbers,
  numbers: z.array(
    z.object({
      name: z.string(),
      unit: z.string().exactOptional(),
      decimals: z.number(),
      values: numbers,
      /** what is usual for adults, where the lab knows the quantity; null = open */
      usual: z.tuple([z.number().nullable(), z.number().nullable()]).exactOptional(),
    }),
  ),
  /** levels at the visits, "" = missing */
  states: z.array(
    z.object({ name: z.string(), yes: z.literal(true).exactOptional(), levels: z.array(z.string()) }),
  ),
  end: z.object({ label: z.string(), at: number }).exactOptional(),
  story: z.string(),
});

export const coursesComparison = z.object({
  /** patients with courses */
  patients: z.object({ real: z.number(), synthetic: z.number() }),
  visits: z.object({ real: z.number(), synthetic: z.number() }),
  clock,
  /** changing numbers, those furthest off first */
  numbers: z.array(numberCourse).max(24),
  /** times of the visits of the synthetic patients that are drawn one by one */
  tracks: z.array(numbers).max(30),
  steps: z.array(stepMatrix).max(12),
  survival: survivalComparison.exactOptional(),
  visiting: visitsComparison,
  timelines: z.array(timeline).max(12),
  firstVisit: z.array(columnComparison),
  /** ids of the measures that are about courses */
  measures: z.array(z.string()),
  /** one sentence: what looks right, what does not */
  sentence: z.string(),
});
