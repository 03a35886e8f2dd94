import { LEAST_SHARED } from "./column-code.ts";
import type { Grid } from "./grid.ts";
import { stepOf } from "./grid.ts";
import { islandsOf } from "./islands.ts";

/** Values between knots spread evenly; a spike has one knot. `levels[i]` in [0, 1] is the share of the bin below `knots[i]`. */
export interface Bin {
  readonly knots: Float64Array;
  readonly levels: Float64Array;
}

const ROWS_PER_INNER_KNOT = 12;
const MOST_KNOTS = 7;
/** Distinct values up to which each gets a bin of its own, where ten rows or more come on each. */
const LATTICE = 130;

export interface CutOptions {
  readonly wanted: number;
  readonly lattice: boolean;
  /** whether codes are looked for */
  readonly codes: boolean;
  /** numbers that only mark a limit: a spike where five rows share one, and no interval comes nearer than half a step */
  readonly marks?: readonly number[];
}

/**
 * Cuts the ascending `sorted` (at least 5) into about `wanted` bins in the order of the line: spikes, one value that at
 * least 5 rows share, and intervals. `lattice`: one bin per value, also where there are more values than bins wanted
 * (up to 130, ten rows each). `codes`: numbers that are codes are their shared values and nothing else. Every number in a
 * bin is a value of 5 rows or a mean of 5 rows or more.
 */
export function cutBins(
  sorted: Float64Array,
  grid: Grid,
  { wanted, lattice, codes, marks = [] }: CutOptions,
): readonly Bin[] {
  const runs = runsOf(sorted);
  const shared = runs.filter(({ from, to }) => to - from >= LEAST_SHARED);
  if (codes && areCodes(runs, shared, grid)) return shared.map(({ value }) => spike(value));
  const apart = shared.filter(({ value }) => marks.includes(value)).map(({ value }) => value);
  const numbers = apart.length > 0 ? sorted.filter((value) => !apart.includes(value)) : sorted;
  const few = runs.length <= Math.max(wanted, lattice ? Math.min(LATTICE, sorted.length / 10) : 0);
  const enough = few ? LEAST_SHARED : Math.max(sorted.length / wanted, LEAST_SHARED);
  const bins = islandsOf(numbers, apart, grid).flatMap((island) => {
    const own =
      island === sorted ? wanted : Math.max(1, Math.round((wanted * island.length) / sorted.length));
    return islandBins(island, grid, own, enough).map((bin) => clearOf(bin, apart, stepOf(grid)));
  });
  return [...apart.map(spike), ...bins].sort((a, b) => middle(a) - middle(b));
}

const middle = (bin: Bin): number => 0.5 * (bin.knots[0] as number) + 0.5 * (bin.knots.at(-1) as number);

/** The bins of numbers between which nothing is wide open; `enough` rows of one value are a spike. */
function islandBins(sorted: Float64Array, grid: Grid, wanted: number, enough: number): Bin[] {
  const runs = runsOf(sorted);
  const spikes = runs.filter(({ from, to }) => to - from >= enough);
  const segments = joined(segmentsBetween(sorted, spikes), sorted);
  const loose = segments.reduce((sum, segment) => sum + segment.length, 0);
  const pieces = Math.max(2, wanted - spikes.length);
  const bins = spikes.map(({ value }) => spike(value));
  for (const segment of segments)
    for (const piece of piecesOf(segment, Math.round((pieces * segment.length) / loose)))
      bins.push(interval(piece, sorted, grid));
  return bins;
}

/** How far of a limit's number an interval keeps, in steps of the grid, so that rounding never gives that number. */
const CLEAR = 0.501;

function clearOf(bin: Bin, apart: readonly number[], step: number): Bin {
  if (apart.length === 0 || bin.knots.length === 1) return bin;
  const at = middle(bin);
  const low = Math.max(...apart.map((mark) => (mark < at ? mark + CLEAR * step : -Infinity)));
  const high = Math.min(...apart.map((mark) => (mark > at ? mark - CLEAR * step : Infinity)));
  return { knots: bin.knots.map((knot) => Math.min(high, Math.max(low, knot))), levels: bin.levels };
}

/** Codes have so many different shared values. */
const FEWEST_CODES = 8;
const MOST_CODES = 300;
/** Share of the rows without the most frequent value whose value five or more share, and whose value two or more do. */
const SHARED_ROWS = 0.75;
const REPEATED_ROWS = 0.95;
/** Share of the grid between the least and the greatest shared value that such values stand on. */
const MOST_OCCUPIED = 1 / 3;

/** Share of the gaps between neighbours that the three most frequent ones make up: readings of few digits have few gaps. */
const MOST_REGULAR = 0.6;

/**
 * Whether a column's numbers are codes (of lesions, places, drugs) and not quantities: whole numbers, nearly every row's
 * one that five or more share, and yet most numbers between them never occur, without a rule.
 */
function areCodes(runs: readonly Run[], shared: readonly Run[], grid: Grid): boolean {
  if (shared.length < FEWEST_CODES || shared.length > MOST_CODES || !("decimals" in grid)) return false;
  if (grid.decimals > 0) return false;
  const rowsOf = (some: readonly Run[]): number => some.reduce((sum, { from, to }) => sum + to - from, 0);
  const [all, own] = [rowsOf(runs), rowsOf(shared)];
  const top = shared.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const twice = rowsOf(runs.filter(({ from, to }) => to - from > 1));
  if (own - top < SHARED_ROWS * (all - top) || twice - top < REPEATED_ROWS * (all - top)) return false;
  const places = (shared.at(-1) as Run).value / stepOf(grid) - (shared[0] as Run).value / stepOf(grid);
  return shared.length <= MOST_OCCUPIED * places && regularity(shared) < MOST_REGULAR;
}

/** Share of the gaps between neighbours that are one of the three most frequent. */
function regularity(runs: readonly Run[]): number {
  const counts = new Map<number, number>();
  runs.slice(1).forEach(({ value }, i) => {
    const gap = value - (runs[i] as Run).value;
    counts.set(gap, (counts.get(gap) ?? 0) + 1);
  });
  const [a = 0, b = 0, c = 0] = [...counts.values()].sort((x, y) => y - x);
  return (a + b + c) / (runs.length - 1);
}

interface Run {
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** Equal values next to each other. */
function runsOf(sorted: Float64Array): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let i = 1; i <= sorted.length; i++)
    if (i === sorted.length || sorted[i] !== sorted[from]) {
      runs.push({ value: sorted[from] as number, from, to: i });
      from = i;
    }
  return runs;
}

const spike = (value: number): Bin => ({ knots: Float64Array.of(value), levels: Float64Array.of(0) });

/** The rows before, between and after the spikes. */
function segmentsBetween(sorted: Float64Array, spikes: readonly Run[]): Float64Array[] {
  const starts = [0, ...spikes.map(({ to }) => to)];
  const ends = [...spikes.map(({ from }) => from), sorted.length];
  return starts.map((start, i) => sorted.subarray(start, ends[i])).filter((segment) => segment.length > 0);
}

/**
 * Segments of fewer than 5 rows joined with a neighbour across a spike, as long as the two together span no more than a
 * quarter of the column's range between the 5% and 95% quantiles. What stays too small gets no bin: its rows fall to
 * the nearest one.
 */
function joined(segments: readonly Float64Array[], sorted: Float64Array): Float64Array[] {
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] as number;
  const reach = quantile(0.95) / 4 - quantile(0.05) / 4;
  const kept: Float64Array[] = [];
  for (const segment of segments) {
    const before = kept.at(-1);
    const small = before && Math.min(before.length, segment.length) < LEAST_SHARED;
    if (small && (segment.at(-1) as number) - (before[0] as number) <= reach)
      kept[kept.length - 1] = concatenated(before, segment);
    else kept.push(segment);
  }
  return kept.filter(({ length }) => length >= LEAST_SHARED);
}

function concatenated(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** `segment` cut at quantiles, never within equal values nor into pieces of fewer than 5 rows. */
function piecesOf(segment: Float64Array, wanted: number): Float64Array[] {
  const most = Math.max(1, Math.min(wanted, Math.floor(segment.length / LEAST_SHARED)));
  const cuts = [0];
  for (let i = 1; i < most; i++) {
    const at = firstAtLeast(segment, segment[Math.round((segment.length * i) / most)] as number);
    if (at - (cuts.at(-1) as number) >= LEAST_SHARED && segment.length - at >= LEAST_SHARED) cuts.push(at);
  }
  return cuts.map((from, i) => segment.subarray(from, cuts[i + 1]));
}

/** First index whose value is at least `value`, in ascending `sorted`. */
export function firstAtLeast(sorted: ArrayLike<number>, value: number): number {
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
  if (least === greatest) return spike(least);
  const first = firstAtLeast(sorted, least);
  let final = first;
  while (final < last && (sorted[final + 1] as number) <= greatest) final++;
  const smooth = (i: number): number => {
    const from = Math.max(0, Math.min(i - 2, last - 4));
    return mean(sorted.subarray(from, from + LEAST_SHARED));
  };
  const half = stepOf(grid) / 2;
  const low =
    first === 0 ? outermost(sorted.slice(0, 5)) - half : 0.5 * smooth(first) + 0.5 * smooth(first - 1);
  const high =
    final === last
      ? outermost(sorted.slice(-5).reverse()) + half
      : 0.5 * smooth(final) + 0.5 * smooth(final + 1);
  const knots = [Math.min(low, high), Math.max(low, high)];
  const levels = [0, 1];
  for (const { level, value } of innerKnots(piece)) {
    knots.push(value);
    levels.push(level);
  }
  return { knots: Float64Array.from(knots).sort(), levels: Float64Array.from(levels).sort() };
}

/**
 * Mean of the five most extreme values, given from the outside in; the outermost counts no further out than the other
 * four reach, so that one row far away does not set the edge.
 */
function outermost(five: Float64Array): number {
  const [out, next, , , inner] = five as unknown as [number, number, number, number, number];
  const reach = next + (next - inner);
  five[0] = out > next ? Math.min(out, reach) : Math.max(out, reach);
  return mean(five);
}

/** Means of groups of about a dozen rows; of the five in the middle where there are fewer than 15 rows. */
function innerKnots(piece: Float64Array): { level: number; value: number }[] {
  const rows = piece.length;
  if (rows < 2 * LEAST_SHARED) return [];
  if (rows < 3 * LEAST_SHARED) {
    const from = Math.floor((rows - LEAST_SHARED) / 2);
    return [
      { level: (from + LEAST_SHARED / 2) / rows, value: mean(piece.subarray(from, from + LEAST_SHARED)) },
    ];
  }
  const groups = Math.min(MOST_KNOTS, Math.max(3, Math.floor(rows / ROWS_PER_INNER_KNOT)));
  return Array.from({ length: groups - 2 }, (_, i) => {
    const from = Math.round((rows * (i + 1)) / groups);
    const to = Math.round((rows * (i + 2)) / groups);
    return { level: (i + 1.5) / groups, value: mean(piece.subarray(from, to)) };
  });
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value / values.length, 0);
