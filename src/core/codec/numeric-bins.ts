import { normalQuantile } from "../math/normal.ts";
import type { Rng } from "../math/rng.ts";
import type { ColumnCode } from "./column-code.ts";
import { keptCount, LEAST_SHARED, mostFrequent } from "./column-code.ts";
import { asIndex, asList, asNumber, asNumbers, asOneOf, asRecord, damaged } from "./damaged.ts";
import type { Fineness } from "./fineness.ts";
import { learnFineness, roundFinely } from "./fineness.ts";
import type { Grid } from "./grid.ts";
import { gridOfValues, snap, stepOf } from "./grid.ts";

/**
 * A numeric column as bins in the order of the line: spikes (one repeated value, shared by at least 5 rows) and
 * intervals between. No edge of an interval is a value of a row: edges are midpoints of means of three neighbouring
 * order statistics, the outermost are means of the three most extreme values, inner knots are means of a dozen rows.
 */
export interface NumericBins extends ColumnCode {
  readonly bins: readonly Bin[];
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

/** Values between knots spread evenly; a spike has one knot. `levels[i]` in [0, 1] is the share of the bin below `knots[i]`. */
export interface Bin {
  readonly knots: Float64Array;
  readonly levels: Float64Array;
}

const ROWS_PER_INNER_KNOT = 12;
const MOST_KNOTS = 7;

/** Cuts `values` (NaN = missing) into about `wanted` bins, or one bin per value where there are few distinct ones. */
export function learnNumericBins(values: Float64Array, declared: Grid, wanted: number): NumericBins {
  const present = values.filter(Number.isFinite).sort();
  const grid = gridOfValues(present, declared);
  const missing = keptCount(values.length - present.length);
  const bins = present.length < 2 ? lonely(present, grid) : cut(present, grid, wanted);
  const fineness = finenessOf(present, bins, grid);
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
  );
}

/** Of the numbers that are no spikes, which come back as they are. */
function finenessOf(present: Float64Array, bins: readonly Bin[], grid: Grid): Fineness {
  if (grid.type !== "decimals" || grid.decimals === 0) return [];
  const spikes = new Set(bins.flatMap(({ knots }) => (knots.length === 1 ? [knots[0]] : [])));
  return learnFineness(
    present.filter((value) => !spikes.has(value)),
    grid.decimals,
  );
}

const spike = (value: number): Bin => ({ knots: Float64Array.of(value), levels: Float64Array.of(0) });

/** One present value belongs to one row, so that only its first digit is kept. */
function lonely(present: Float64Array, grid: Grid): Bin[] {
  return Array.from(present, (value) => spike(snap(Number(value.toPrecision(1)), grid)));
}

function cut(sorted: Float64Array, grid: Grid, wanted: number): Bin[] {
  const { spikes, rest } = separate(sorted, wanted);
  const bins = spikes.map(spike);
  const cuts = [0, ...cutsBetween(rest, spikes, Math.max(2, wanted - spikes.length)), rest.length];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const piece = rest.subarray(cuts[i], cuts[i + 1]);
    if (piece.length > 0) bins.push(interval(piece, sorted, grid));
  }
  const middle = (bin: Bin): number => 0.5 * (bin.knots[0] as number) + 0.5 * (bin.knots.at(-1) as number);
  return bins.sort((a, b) => middle(a) - middle(b));
}

/** Values repeated often enough to stand for themselves, and all the others. */
function separate(sorted: Float64Array, wanted: number): { spikes: number[]; rest: Float64Array } {
  const runs: { value: number; from: number; to: number }[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const run = runs.at(-1);
    if (run && run.value === sorted[i]) run.to = i + 1;
    else runs.push({ value: sorted[i] as number, from: i, to: i + 1 });
  }
  const few = runs.length <= Math.max(wanted, Math.min(130, sorted.length / 10));
  const enough = few ? LEAST_SHARED : Math.max(sorted.length / wanted, LEAST_SHARED);
  const spikes = runs.filter((run) => run.to - run.from >= enough);
  const rare = runs.filter((run) => run.to - run.from < enough);
  const rest = new Float64Array(rare.reduce((sum, run) => sum + run.to - run.from, 0));
  let at = 0;
  for (const run of rare) {
    rest.fill(run.value, at, at + run.to - run.from);
    at += run.to - run.from;
  }
  return { spikes: spikes.map((run) => run.value), rest };
}

/** Where `rest` is cut: at quantiles and at spikes, never within equal values nor into pieces of fewer than 5 rows. */
function cutsBetween(rest: Float64Array, spikes: readonly number[], pieces: number): number[] {
  const most = Math.max(1, Math.min(pieces, Math.floor(rest.length / LEAST_SHARED)));
  const cuts = new Set<number>();
  for (let i = 1; i < most; i++)
    cuts.add(firstAtLeast(rest, rest[Math.round((rest.length * i) / most)] as number));
  for (const value of spikes) cuts.add(firstAtLeast(rest, value));
  const kept: number[] = [];
  for (const at of [...cuts].sort((a, b) => a - b))
    if (at - (kept.at(-1) ?? 0) >= LEAST_SHARED && rest.length - at >= LEAST_SHARED) kept.push(at);
  return kept;
}

/** First index whose value is at least `value`, in ascending `sorted`. */
function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bin of `piece`, rows next to each other in `sorted` but for spikes between. */
function interval(piece: Float64Array, sorted: Float64Array, grid: Grid): Bin {
  const last = sorted.length - 1;
  const least = piece[0] as number;
  const greatest = piece.at(-1) as number;
  const first = firstAtLeast(sorted, least);
  let final = first;
  while (final < last && (sorted[final + 1] as number) <= greatest) final++;
  const smooth = (i: number): number => {
    const from = Math.max(0, Math.min(i - 1, last - 2));
    return mean(sorted.subarray(from, from + 3));
  };
  const half = stepOf(grid) / 2;
  const low = first === 0 ? smooth(0) - half : 0.5 * smooth(first) + 0.5 * smooth(first - 1);
  const high = final === last ? smooth(last) + half : 0.5 * smooth(final) + 0.5 * smooth(final + 1);
  const groups = Math.min(MOST_KNOTS, Math.max(3, Math.floor(piece.length / ROWS_PER_INNER_KNOT)));
  const knots = [Math.min(low, high), Math.max(low, high)];
  const levels = [0, 1];
  if (piece.length >= ROWS_PER_INNER_KNOT)
    for (let g = 1; g < groups - 1; g++) {
      const from = Math.round((piece.length * g) / groups);
      const to = Math.round((piece.length * (g + 1)) / groups);
      knots.push(mean(piece.subarray(from, to)));
      levels.push((g + 0.5) / groups);
    }
  if (knots[0] === knots[1]) return spike(snap(low, grid));
  return { knots: Float64Array.from(knots).sort(), levels: Float64Array.from(levels).sort() };
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);

/** Bins with `counts` train rows each, and `missing` train rows without a value. */
function createNumericBins(
  bins: readonly Bin[],
  counts: Float64Array,
  missing: number,
  grid: Grid,
  fineness: Fineness,
): NumericBins {
  const present = counts.reduce((sum, count) => sum + count, 0);
  const total = Math.max(1, present + missing);
  const count = bins.length + (missing > 0 ? 1 : 0);
  const shares = Float64Array.from({ length: count }, (_, i) => (counts[i] ?? missing) / total);
  const cdf = new Float64Array(bins.length + 1);
  for (let i = 0; i < bins.length; i++)
    cdf[i + 1] = (cdf[i] as number) + (counts[i] as number) / (present || 1);
  cdf[bins.length] = 1;
  const points = new Map<number, number>();
  const intervals: number[] = [];
  bins.forEach((bin, i) => {
    if (bin.knots.length === 1) points.set(bin.knots[0] as number, i);
    else intervals.push(i);
  });
  const highs = intervals.map((i) => (bins[i] as Bin).knots.at(-1) as number);
  const centres = bins.map((bin) => bin.knots[0] as number);
  const step = stepOf(grid);
  const margin = Math.min(1e-4, Math.min(cdf[1] ?? 1, 1 - (cdf[bins.length - 1] ?? 0)) / 4);

  const binOf = (value: number): number => {
    const point = points.get(value);
    if (point !== undefined) return point;
    if (intervals.length > 0)
      return intervals[Math.min(firstAtLeast(highs, value), intervals.length - 1)] as number;
    const above = Math.min(firstAtLeast(centres, value), centres.length - 1);
    if (above <= 0) return 0;
    const below = centres[above - 1] as number;
    return value - below < (centres[above] as number) - value ? above - 1 : above;
  };

  const positionOf = (value: number, rng: Rng): number => {
    const bin = binOf(value);
    const { knots, levels } = bins[bin] as Bin;
    const from = cdf[bin] as number;
    const width = (cdf[bin + 1] as number) - from;
    const share =
      knots.length === 1
        ? 0.02 + 0.96 * rng.uniform()
        : shareBelow(knots, levels, value + (rng.uniform() - 0.5) * step, rng);
    return Math.min(1 - margin, Math.max(margin, from + share * width));
  };

  const valueIn = (bin: number, share: number, rng: Rng): number => {
    const { knots, levels } = bins[bin] as Bin;
    if (knots.length === 1) return knots[0] as number;
    let i = 1;
    while (i < levels.length - 1 && (levels[i] as number) < share) i++;
    const from = levels[i - 1] as number;
    const along = Math.min(1, Math.max(0, (share - from) / ((levels[i] as number) - from)));
    const value = (knots[i - 1] as number) * (1 - along) + (knots[i] as number) * along;
    if (fineness.length === 0) return snap(value, grid);
    return roundFinely(value, knots[0] as number, knots.at(-1) as number, fineness, rng);
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
    }),
  };
}

/** Share of the bin below `value`; drawn evenly where several knots are equal to it. */
function shareBelow(knots: Float64Array, levels: Float64Array, value: number, rng: Rng): number {
  const last = knots.length - 1;
  const held = Math.min(knots[last] as number, Math.max(knots[0] as number, value));
  let i = 1;
  while (i < last && (knots[i] as number) < held) i++;
  const from = knots[i - 1] as number;
  const width = (knots[i] as number) - from;
  const along = width > 0 ? Math.min(1, held / width - from / width) : rng.uniform();
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
  const wanted = grid.type === "decimals" && grid.decimals > 0 ? grid.decimals + 1 : 0;
  const fineness = [...asNumbers(state["fineness"], "decimals", wanted)];
  if (fineness.some((weight) => weight < 0) || (wanted > 0 && !fineness.some((weight) => weight > 0)))
    return damaged("decimals");
  return createNumericBins(bins, counts, missing, grid, fineness);
}

function loadGrid(saved: unknown): Grid {
  const state = asRecord(saved, "grid");
  const type = asOneOf(state["type"], ["decimals", "interval", "month", "year", "free"], "grid");
  if (type === "decimals") return { type, decimals: asIndex(state["decimals"], 31, "grid") };
  if (type === "interval") return { type, milliseconds: asNumber(state["milliseconds"], "grid") || 1 };
  return { type };
}
