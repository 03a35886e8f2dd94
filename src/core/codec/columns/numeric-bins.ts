import { normalQuantile } from "../../math/normal.ts";
import type { Rng } from "../../math/rng.ts";
import type { ColumnCode } from "./column-code.ts";
import { keptCount, LEAST_SHARED, mostFrequent } from "./column-code.ts";
import type { Bin } from "./cut-bins.ts";
import { coarserAbove, coarserGrid, type UpperGrid } from "./coarser-grid.ts";
import type { CutOptions } from "./cut-bins.ts";
import { cutBins, firstAtLeast } from "./cut-bins.ts";
import type { Limit } from "../../table/table.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, damaged } from "../saved-state.ts";
import type { Fineness } from "./fineness.ts";
import { learnFineness, roundFinely } from "./fineness.ts";
import type { Grid, Interval } from "./grid.ts";
import { gridOfValues, snap, stepOf } from "./grid.ts";
import { DAYS_OF_WEEK, learnWeekdays, onWeekday, type Weekdays } from "./weekdays.ts";

/**
 * A numeric column as bins in the order of the line: spikes (one repeated value, shared by at least 5 rows) and
 * intervals between. No edge of an interval is a value of a row: edges are midpoints of means of five neighbouring
 * order statistics, the outermost are means of the five most extreme values, inner knots are means of 5 rows or more.
 */
export interface NumericBins extends ColumnCode {
  readonly bins: readonly Bin[];
  /** On which the numbers between spikes lie. */
  readonly grid: Grid;
  /** bins + 1 cumulated shares of the present rows: 0 .. 1 */
  readonly cdf: Float64Array;
  /** Least and greatest normal score that still lies inside the outermost bins. */
  readonly scoreLimit: number;
  binOf(value: number): number;
  /** The value's place in (0, 1), drawn within its spike or grid cell. */
  positionOf(value: number, rng: Rng): number;
  /** Inverse of `positionOf`; on the column's grid, as finely as the column writes its numbers. */
  valueAt(position: number, rng: Rng): number;
  save(): unknown;
}

export interface BinOptions {
  /** about how many */
  readonly bins: number;
  /** see `cutBins`; true unless said */
  readonly lattice?: boolean;
  readonly patients?: Int32Array | undefined;
  /** Numbers that stand for "<5" and the like: a spike each, which no interval reaches. */
  readonly limits?: readonly Limit[];
}

/**
 * Cuts `values` (NaN = missing) into bins. A value counts once for each patient who has it, and five neighbouring values
 * are five patients' (`ofDifferentPatients`). Fewer than 5 belong to single patients: none is kept, and every cell comes
 * out missing.
 */
export function learnNumericBins(
  values: Float64Array,
  declared: Grid,
  { bins: wanted, lattice = true, patients, limits }: BinOptions,
): NumericBins {
  const present = values.filter(Number.isFinite).sort();
  const written = gridOfValues(present, declared);
  const own = patients ? ofDifferentPatients(values, patients) : present;
  if (own.length < LEAST_SHARED)
    return createNumericBins(
      [],
      new Float64Array(0),
      keptCount(values.length),
      written,
      finenessOf(own, [], written),
    );
  const missing = keptCount(values.length - present.length, missingPatients(values, patients));
  const codes = patients !== undefined || !standsInBlocks(values);
  const marks = limits?.map(({ value }) => value) ?? [];
  const { bins, grid } = cutOnGrid(own, written, { wanted, lattice, codes, marks });
  const fineness = finenessOf(own, bins, grid);
  const numbers = marks.length > 0 ? own.filter((value) => !marks.includes(value)) : own;
  const upper = grid === written ? coarserAbove(numbers, written) : undefined;
  const draft = createNumericBins(bins, new Float64Array(bins.length).fill(1), missing, grid, fineness);
  const counts = new Float64Array(bins.length);
  for (const value of present) {
    const bin = draft.binOf(value);
    counts[bin] = (counts[bin] as number) + 1;
  }
  const kept = bins.flatMap((_, i) => ((counts[i] as number) > 0 ? [i] : []));
  return createNumericBins(
    kept.map((i) => bins[i] as Bin),
    Float64Array.from(kept, (i) => keptCount(counts[i] as number)),
    missing,
    grid,
    fineness,
    { upper, weekdays: learnWeekdays(loose(own, bins), grid) },
  );
}

/** Share of the neighbouring rows that have one value, beyond chance, from which it is one patient's. */
const IN_BLOCKS = 0.3;

/**
 * Whether rows below each other have the same value far more often than chance would have it: visits of one patient
 * without an identifier, whose five rows are not five patients.
 */
function standsInBlocks(values: Float64Array): boolean {
  const counts = new Map<number, number>();
  let [pairs, same, present] = [0, 0, 0];
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) return;
    present++;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    const before = values[i - 1];
    if (before === undefined || !Number.isFinite(before)) return;
    pairs++;
    if (before === value) same++;
  });
  const chance = [...counts.values()].reduce((sum, count) => sum + (count / present) ** 2, 0);
  return same > (chance + IN_BLOCKS) * pairs;
}

/** Bins, and the grid on which the numbers between their spikes lie. */
function cutOnGrid(
  own: Float64Array,
  written: Grid,
  options: CutOptions,
): { readonly bins: readonly Bin[]; readonly grid: Grid } {
  const bins = cutBins(own, written, options);
  const grid = coarserGrid(loose(own, bins), written);
  return { bins: grid === written ? bins : cutBins(own, grid, options), grid };
}

/** What is no spike. */
function loose(own: Float64Array, bins: readonly Bin[]): Float64Array {
  const spikes = new Set(bins.flatMap(({ knots }) => (knots.length === 1 ? [knots[0]] : [])));
  return own.filter((value) => !spikes.has(value));
}

/**
 * Present values, rising, each once for every patient who has it, and without those of a patient of whom one of the four
 * before is: five neighbours are always five patients. However many extreme values one patient has, no more than one of
 * them stands at an end or by itself.
 */
function ofDifferentPatients(values: Float64Array, patients: Int32Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).filter((i) => Number.isFinite(values[i]));
  order.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const kept: number[] = [];
  let before: number[] = [];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = values[order[from] as number] as number;
    while (to < order.length && values[order[to] as number] === value) to++;
    // Who stood before longest ago comes last, so that all stay where five patients share the value.
    const whose = new Set(Array.from(order.subarray(from, to), (row) => patients[row] as number));
    const ages = before;
    for (const patient of [...whose].sort((a, b) => ages.indexOf(a) - ages.indexOf(b))) {
      if (before.includes(patient)) continue;
      before = [...before, patient].slice(1 - LEAST_SHARED);
      kept.push(value);
    }
  }
  return Float64Array.from(kept);
}

/** Patients with a missing value; rows where nobody says whose they are. */
function missingPatients(values: Float64Array, patients: Int32Array | undefined): number {
  const whose = new Set<number>();
  values.forEach((value, row) => {
    if (!Number.isFinite(value)) whose.add(patients?.[row] ?? row);
  });
  return whose.size;
}

/** Of the numbers that are no spikes, which come back as they are. */
function finenessOf(present: Float64Array, bins: readonly Bin[], grid: Grid): Fineness {
  if (!("decimals" in grid) || grid.decimals === 0) return [];
  return learnFineness(loose(present, bins), grid);
}

/** What else is known of how numbers lie within bins. */
interface Within {
  readonly upper?: UpperGrid | undefined;
  readonly weekdays?: Weekdays | undefined;
}

/** Bins with `counts` train rows each, and `missing` train rows without a value. */
function createNumericBins(
  bins: readonly Bin[],
  counts: Float64Array,
  missing: number,
  grid: Grid,
  fineness: Fineness,
  { upper, weekdays }: Within = {},
): NumericBins {
  const present = counts.reduce((sum, count) => sum + count, 0);
  const total = Math.max(1, present + missing);
  const count = bins.length + (missing > 0 ? 1 : 0);
  const shares = Float64Array.from({ length: count }, (_, i) => (counts[i] ?? missing) / total);
  const cdf = new Float64Array(bins.length + 1);
  for (let i = 0; i < bins.length; i++)
    cdf[i + 1] = (cdf[i] as number) + (counts[i] as number) / (present || 1);
  cdf[bins.length] = 1;
  const step = stepOf(grid);
  const margin = Math.min(1e-4, Math.min(cdf[1] ?? 1, 1 - (cdf[bins.length - 1] ?? 0)) / 4);
  const binOf = finder(bins);

  const positionOf = (value: number, rng: Rng): number => {
    const bin = binOf(value);
    const { knots, levels } = bins[bin] as Bin;
    const from = cdf[bin] as number;
    const width = (cdf[bin + 1] as number) - from;
    const dithered = value + (rng.uniform() - 0.5) * step;
    const beyond = Math.min(0.5, LEAST_SHARED / 2 / (counts[bin] as number));
    let share = 0.02 + 0.96 * rng.uniform();
    if (knots.length > 1) {
      if (dithered < (knots[0] as number)) share = beyond * rng.uniform();
      else if (dithered > (knots.at(-1) as number)) share = 1 - beyond * rng.uniform();
      else share = shareBelow(knots, levels, dithered, rng);
    }
    return Math.min(1 - margin, Math.max(margin, from + share * width));
  };

  const valueIn = (bin: number, share: number, rng: Rng): number => {
    const { knots, levels } = bins[bin] as Bin;
    if (knots.length === 1) return knots[0] as number;
    let i = 1;
    while (i < levels.length - 1 && (levels[i] as number) < share) i++;
    const from = levels[i - 1] as number;
    const along = Math.min(1, Math.max(0, (share - from) / ((levels[i] as number) - from)));
    const drawn = (knots[i - 1] as number) * (1 - along) + (knots[i] as number) * along;
    const ends = [knots[0] as number, knots.at(-1) as number] as const;
    const value = weekdays ? onWeekday(drawn, weekdays, ends, grid, rng) : drawn;
    if (upper !== undefined && value >= upper.from) return snap(value, upper.grid);
    if (fineness.length === 0) return snap(value, grid);
    return roundFinely(value, ends, fineness, grid, rng);
  };

  const valueAt = (position: number, rng: Rng): number => {
    let bin = firstAtLeast(cdf, position) - 1;
    bin = Math.max(0, Math.min(bins.length - 1, bin));
    const from = cdf[bin] as number;
    const share = (position - from) / Math.max((cdf[bin + 1] as number) - from, 1e-300);
    return valueIn(bin, Math.min(1 - 1e-9, Math.max(1e-9, share)), rng);
  };

  return {
    count,
    shares,
    missing: missing > 0 ? bins.length : -1,
    bins,
    grid,
    cdf,
    scoreLimit: -normalQuantile(margin),
    binOf,
    positionOf,
    valueAt,
    tokenOf: (cell) => {
      if (Number.isFinite(cell) && bins.length > 0) return binOf(cell);
      return missing > 0 ? bins.length : mostFrequent(shares);
    },
    cellOf: (token, rng) => (token < bins.length ? valueIn(token, Math.max(1e-9, rng.uniform()), rng) : NaN),
    save: () => ({
      bins: bins.map((bin) => ({ knots: [...bin.knots], levels: [...bin.levels] })),
      counts: [...counts],
      missing,
      grid,
      fineness,
      ...(upper && { upper }),
      ...(weekdays && { weekdays }),
    }),
  };
}

/**
 * The bin of a value: its own spike, else the interval it lies in or less than half an interval's width beside, else
 * the nearest bin.
 */
function finder(bins: readonly Bin[]): (value: number) => number {
  const spikes = Int32Array.from(bins.flatMap(({ knots }, i) => (knots.length === 1 ? [i] : [])));
  const intervals = Int32Array.from(bins.flatMap(({ knots }, i) => (knots.length === 1 ? [] : [i])));
  const points = Float64Array.from(spikes, (i) => (bins[i] as Bin).knots[0] as number);
  const lows = Float64Array.from(intervals, (i) => (bins[i] as Bin).knots[0] as number);
  const highs = Float64Array.from(intervals, (i) => (bins[i] as Bin).knots.at(-1) as number);
  /** How far beside interval i, less half its width; Infinity where there is none. */
  const beside = (i: number, value: number): number => {
    if (i < 0 || i >= highs.length) return Infinity;
    const [low, high] = [lows[i] as number, highs[i] as number];
    return Math.max(0, Math.max(low - value, value - high) - 0.5 * (high - low));
  };
  const away = (i: number, value: number): number =>
    i < 0 || i >= points.length ? Infinity : Math.abs((points[i] as number) - value);
  return (value) => {
    const point = firstAtLeast(points, value);
    if (points[point] === value) return spikes[point] as number;
    const at = firstAtLeast(highs, value);
    if ((lows[at] as number) <= value) return intervals[at] as number;
    const interval = beside(at, value) <= beside(at - 1, value) ? at : at - 1;
    const spike = away(point - 1, value) <= away(point, value) ? point - 1 : point;
    const found = beside(interval, value) <= away(spike, value) ? intervals[interval] : spikes[spike];
    return found ?? 0;
  };
}

/** Share of the bin below `value`, which lies in it; drawn evenly where several knots are equal to it. */
function shareBelow(knots: Float64Array, levels: Float64Array, value: number, rng: Rng): number {
  const last = knots.length - 1;
  let i = 1;
  while (i < last && (knots[i] as number) < value) i++;
  const from = knots[i - 1] as number;
  const width = (knots[i] as number) - from;
  const along = width > 0 ? Math.min(1, value / width - from / width) : rng.uniform();
  return (levels[i - 1] as number) + along * ((levels[i] as number) - (levels[i - 1] as number));
}

/** Inverse of `NumericBins.save`. */
export function loadNumericBins(saved: unknown): NumericBins {
  const state = asRecord(saved, "bins");
  const bins = asList(state["bins"], "bins").map((item): Bin => {
    const bin = asRecord(item, "bins");
    const knots = asNumbers(bin["knots"], "bin knots");
    const levels = asNumbers(bin["levels"], "bin knots", knots.length);
    const rising = knots.every((knot, i) => i === 0 || knot >= (knots[i - 1] as number));
    const spread = levels.every((level, i) => i === 0 || level > (levels[i - 1] as number));
    if (knots.length < 1 || !rising || !spread) return damaged("bin knots");
    return { knots, levels };
  });
  const counts = asNumbers(state["counts"], "bin counts", bins.length);
  const missing = asNumber(state["missing"], "bin counts");
  if (missing < 0 || counts.some((count) => count <= 0)) return damaged("bin counts");
  const grid = loadGrid(state["grid"]);
  const wanted = "decimals" in grid && grid.decimals > 0 ? grid.decimals + 1 : 0;
  const fineness = [...asNumbers(state["fineness"], "decimals", wanted)];
  if (fineness.some((weight) => weight < 0) || (wanted > 0 && !fineness.some((weight) => weight > 0)))
    return damaged("decimals");
  const upper = state["upper"] === undefined ? undefined : asRecord(state["upper"], "grid");
  const above = upper && { from: asNumber(upper["from"], "grid"), grid: loadGrid(upper["grid"]) };
  return createNumericBins(bins, counts, missing, grid, fineness, {
    upper: above,
    weekdays: loadWeekdays(state["weekdays"]),
  });
}

function loadWeekdays(saved: unknown): Weekdays | undefined {
  if (saved === undefined) return undefined;
  const weekdays = [...asNumbers(saved, "weekdays", DAYS_OF_WEEK)];
  return weekdays.every((count) => count >= 0) && weekdays.some((count) => count > 0)
    ? weekdays
    : damaged("weekdays");
}

function loadInterval(state: Readonly<Record<string, unknown>>): Interval {
  const milliseconds = asNumber(state["milliseconds"], "grid") || 1;
  const offset = state["offset"] === undefined ? 0 : asNumber(state["offset"], "grid");
  const within = state["within"] === undefined ? undefined : asNumbers(state["within"], "grid", 2);
  if (milliseconds < 0) return damaged("grid");
  return {
    type: "interval",
    milliseconds,
    ...(offset !== 0 && { offset }),
    ...(within && { within: [within[0] as number, within[1] as number] }),
  };
}

function loadGrid(saved: unknown): Grid {
  const state = asRecord(saved, "grid");
  const type = asOneOf(state["type"], ["decimals", "multiple", "interval", "month", "year", "free"], "grid");
  if (type === "decimals") return { type, decimals: asIndex(state["decimals"], 31, "grid") };
  if (type === "multiple") {
    const of = asNumber(state["of"], "grid");
    const offset = asNumber(state["offset"], "grid");
    return of > 0 ? { type, of, offset, decimals: asIndex(state["decimals"], 31, "grid") } : damaged("grid");
  }
  if (type === "interval") return loadInterval(state);
  return { type };
}
