import { totalVariation, totalVariationNoise } from "../../../math/space/distances.ts";
import type { Rng } from "../../../math/rng.ts";
import { mondayOf, throughYear, weekdayOf } from "../../../surveillance/calendar.ts";
import { daysIn, type Span } from "../../../surveillance/incidence.ts";
import type { Table } from "../../../table/table.ts";
import { BLOCKS, blocksOf, jackknifed } from "../blocks.ts";
import { equalSizes, type Draws } from "../equal-sizes.ts";
import { overDraws, type Estimate } from "../estimate.ts";
import type { Pulse, Tables } from "../../metric.ts";
import type { EventColumn } from "./event-columns.ts";

/** Periods that days are sorted into: a week of the series, a month of the year, a day of the week. */
export interface Periods {
  readonly name: string;
  readonly count: number;
  of(day: number): number;
}

export const weeksOf = ({ first, last }: Span): Periods => ({
  name: "weeks",
  count: Math.floor((last - mondayOf(first)) / 7) + 1,
  of: (day) => Math.floor((day - mondayOf(first)) / 7),
});
export const monthsOfYear: Periods = {
  name: "months of the year",
  count: 12,
  of: (day) => Math.min(11, Math.floor(12 * throughYear(day))),
};
export const daysOfWeek: Periods = { name: "days of the week", count: 7, of: weekdayOf };

/** One column sorted into one kind of periods. */
export interface Sorted {
  readonly name: string;
  /** 1 - total variation distance to train, of all synthetic rows */
  readonly value: number;
  /** the distance in parts of what chance puts between two tables of these sizes */
  readonly noise: number;
}

export interface PeriodShares {
  /** mean over the columns and periods, on as many rows as are held out */
  readonly own: Estimate;
  readonly reference: Estimate;
  /** furthest off first */
  readonly sorted: readonly Sorted[];
}

/** Draws of equal sizes: dates are quickly counted. */
const SIZES = { most: 30_000 };

/**
 * How far shares of events by period agree with train's: 1 - total variation distance. Days outside of train's are a period of
 * their own; rows without a day are left out.
 */
export async function periodShares(
  { train, holdout, synthetic }: Tables,
  columns: readonly (readonly [EventColumn, Periods])[],
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<PeriodShares> {
  const sizes = equalSizes({ holdout, synthetic }, rng, SIZES);
  const real = columns.map((column) => placesIn(train, column));
  const over = async ({ tables, variance }: Draws, label: string): Promise<Estimate> => {
    const draws: Estimate[] = [];
    for (const [i, table] of tables.entries()) {
      const groups = valueOnly ? undefined : blocksOf(table.rows, rng.fork(`${label} ${i}`), table.patients);
      draws.push(agreement(columns, real, table, groups));
      await pulse();
    }
    return overDraws(draws, variance);
  };
  const own = await over(sizes.synthetic, "synthetic");
  if (valueOnly) return { own, reference: own, sorted: [] };
  const reference = await over(sizes.holdout, "holdout");
  const sorted = columns.map((column, i): Sorted => {
    const [a, b] = [real[i] as Float64Array, placesIn(synthetic, column)];
    // Where there is no synthetic day at all, that is as far off as can be.
    if (b.every((n) => n === 0))
      return { name: nameOf(column), value: 0, noise: Math.sqrt(a.reduce((sum, n) => sum + n, 0)) };
    const distance = totalVariation(a, b);
    const typical = totalVariationNoise(a, b);
    return {
      name: nameOf(column),
      value: 1 - distance,
      noise: typical > 0 ? distance / typical : 0,
    };
  });
  return { own, reference, sorted: sorted.toSorted((a, b) => b.noise - a.noise) };
}

const nameOf = ([{ name }, periods]: readonly [EventColumn, Periods]): string => `${name}, ${periods.name}`;

function agreement(
  columns: readonly (readonly [EventColumn, Periods])[],
  real: readonly Float64Array[],
  table: Table,
  groups: Uint8Array | undefined,
): Estimate {
  const counted = columns.map((column) => blockedPlaces(table, column, groups));
  const without = (block: number): number =>
    counted.reduce((sum, blocks, i) => {
      const left = blocks[BLOCKS] as Float64Array;
      const own = block < 0 ? left : left.map((n, place) => n - (blocks[block]?.[place] as number));
      return sum + (own.some((n) => n > 0) ? 1 - totalVariation(real[i] as Float64Array, own) : 0);
    }, 0) / columns.length;
  return groups ? jackknifed(without) : { value: without(-1), error: 0 };
}

/** Rows in each period, and behind them those outside of the span. */
const placesIn = (table: Table, column: readonly [EventColumn, Periods]): Float64Array =>
  blockedPlaces(table, column, undefined)[BLOCKS] as Float64Array;

function blockedPlaces(
  table: Table,
  [{ name, span }, periods]: readonly [EventColumn, Periods],
  groups: Uint8Array | undefined,
): Float64Array[] {
  const counts = Array.from({ length: BLOCKS + 1 }, () => new Float64Array(periods.count + 1));
  daysIn(table, name).forEach((day, row) => {
    if (Number.isNaN(day)) return;
    const place = day < span.first || day > span.last ? periods.count : periods.of(day);
    for (const block of groups ? [groups[row] as number, BLOCKS] : [BLOCKS]) {
      const own = counts[block] as Float64Array;
      own[place] = (own[place] as number) + 1;
    }
  });
  return counts;
}
