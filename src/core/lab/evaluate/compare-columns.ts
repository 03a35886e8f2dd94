import {
  kolmogorovSmirnovNoise,
  kolmogorovSmirnovWithMissing,
  totalVariation,
  totalVariationNoise,
} from "../../math/space/distances.ts";
import { skewness, sortedPresent } from "../../math/statistics.ts";
import { alignColumns, countCodes } from "../../metrics/measuring/align.ts";
import type { AlignedColumn } from "../../metrics/measuring/align.ts";
import { noiseVerdict } from "../../metrics/metric.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { learnedColumns } from "../../table/table.ts";
import { levelRemark, missingRemark, rangeRemark } from "./column-remark.ts";
import type { BarsComparison, ColumnComparison, HistogramComparison } from "../../report/report.ts";
import { countBetween, linearEdges, logEdges, reachOf } from "./histogram-bins.ts";
import type { Reach } from "./histogram-bins.ts";
import { isSmall, mergeSmallBins, poolSmallCounts } from "../small-cells.ts";

/** Rows of one table that are compared: above this, every k-th row. */
export const COMPARED_ROWS = 50_000;
const SHOWN_LEVELS = 8;

/**
 * Each learned column of `real` (what was trained on) beside the same column of `synthetic`, worst first. The tables may
 * have further columns; they are matched by name. Fast enough for live margins: sorted real values are kept.
 */
export function compareColumns(
  real: Table,
  holdout: Table | undefined,
  synthetic: Table,
): ColumnComparison[] {
  const names = learnedColumns(real.schema).map((i) => (real.schema.columns[i] as ColumnSchema).name);
  const tables = holdout ? [real, synthetic, holdout] : [real, synthetic];
  return alignColumns(tables, names)
    .map((column) => (column.type === "numeric" ? compareNumeric(column) : compareCoded(column)))
    .sort((a, b) => b.noise - a.noise);
}

interface Sample {
  /** ascending, missing left out */
  readonly sorted: Float64Array;
  readonly rows: number;
  readonly skew: number;
}

const samples = new WeakMap<Float64Array, Sample>();

function sampleOf(values: Float64Array): Sample {
  const known = samples.get(values);
  if (known) return known;
  const taken = everyKth(values);
  const sorted = sortedPresent(taken);
  const sample = { sorted, rows: taken.length, skew: skewness(sorted) };
  samples.set(values, sample);
  return sample;
}

function everyKth<T extends Float64Array | Int32Array>(cells: T): T {
  if (cells.length <= COMPARED_ROWS) return cells;
  const stride = cells.length / COMPARED_ROWS;
  return cells.slice(0, COMPARED_ROWS).map((_, i) => cells[Math.floor(i * stride)] as number) as T;
}

type Numeric = Extract<AlignedColumn, { type: "numeric" }>;
type Coded = Extract<AlignedColumn, { type: "coded" }>;

function compareNumeric({ schema, values }: Numeric): ColumnComparison {
  const [real, synthetic, holdout] = values.map(sampleOf) as [Sample, Sample, Sample | undefined];
  const distance = kolmogorovSmirnovWithMissing(real.sorted, real.rows, synthetic.sorted, synthetic.rows);
  const noise = distance / kolmogorovSmirnovNoise(real.rows, synthetic.rows);
  const step = stepOf(schema);
  const chart = histogram(schema, step, real, synthetic, holdout);
  const missing = missingShares(real, synthetic, holdout, (sample) => sample.rows - sample.sorted.length);
  const finding = missingRemark(missing, distance) ?? rangeRemark(chart, step);
  return finish(schema, chart, missing, distance, noise, finding);
}

/** The smallest difference that the source writes; 0 when any is possible. */
function stepOf(schema: ColumnSchema): number {
  if (schema.kind === "integer") return 1;
  if (schema.kind === "datetime") return 0;
  return schema.number ? 10 ** -schema.number.decimals : 0;
}

function histogram(
  schema: ColumnSchema,
  step: number,
  real: Sample,
  synthetic: Sample,
  holdout: Sample | undefined,
): HistogramComparison {
  const looks = {
    type: "histogram",
    decimals: schema.kind === "integer" ? 0 : (schema.number?.decimals ?? 0),
    ...(schema.date ? { datePattern: schema.date.pattern } : {}),
  } as const;
  const realReach = reachOf(real.sorted);
  const reach = join(realReach, reachOf(synthetic.sorted));
  if (!reach) return { ...looks, edges: [], real: [], holdout: [], synthetic: [] };
  const shares = (edges: readonly number[]) => binShares(edges, realReach, real, synthetic, holdout);
  const pooled = pool(real.sorted, synthetic.sorted);
  const linear = shares(linearEdges(pooled, reach, step));
  const least = real.sorted[0] ?? 0;
  if (!realReach || schema.kind === "datetime" || !(least > 0) || !(real.skew > 2)) {
    return { ...looks, ...linear };
  }
  const positive = { low: Math.max(Math.min(reach.low, realReach.low), least), high: reach.high };
  const log = shares(logEdges(24, positive, step));
  return log.edges.length > 2 ? { ...looks, ...linear, log } : { ...looks, ...linear };
}

function join(a: Reach | undefined, b: Reach | undefined): Reach | undefined {
  if (!a || !b) return a ?? b;
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/** Two ascending lists as one. */
function pool(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  for (let k = 0; k < both.length; k++) {
    const first = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    both[k] = (first ? a[i++] : b[j++]) as number;
  }
  return both;
}

/** Shares of all rows in bins that are merged where 1 to 4 patients of the real table would stand alone. */
function binShares(
  edges: readonly number[],
  realReach: Reach | undefined,
  real: Sample,
  synthetic: Sample,
  holdout: Sample | undefined,
): Pick<HistogramComparison, "edges" | "real" | "holdout" | "synthetic"> {
  const within = (sample: Sample): Float64Array =>
    realReach
      ? sample.sorted.map((value) => Math.max(realReach.low, Math.min(realReach.high, value)))
      : sample.sorted;
  const starts = mergeSmallBins(countBetween(within(real), edges));
  const merged = [...starts.map((start) => edges[start] as number), edges.at(-1) as number];
  const realCounts = countBetween(within(real), merged);
  const share = (counts: Float64Array, rows: number): number[] => Array.from(counts, (n) => n / rows);
  const heldOut = holdout && poolSmallCounts(countBetween(within(holdout), merged), realCounts);
  return {
    edges: merged,
    real: share(isSmall(real.sorted.length) ? realCounts.fill(0) : realCounts, real.rows),
    holdout: holdout && heldOut ? share(heldOut, holdout.rows) : [],
    synthetic: share(countBetween(synthetic.sorted, merged), synthetic.rows),
  };
}

function compareCoded({ schema, codes, levels }: Coded): ColumnComparison {
  const counts = codes.map((cells) => {
    const taken = everyKth(cells);
    const counted = countCodes(taken, levels.length);
    return { rows: taken.length, counted, missing: taken.length - counted.reduce((a, b) => a + b, 0) };
  });
  const [real, synthetic, holdout] = counts as [Counts, Counts, Counts | undefined];
  const all = (side: Counts): number[] => [...side.counted, side.missing];
  const distance = totalVariation(all(real), all(synthetic));
  const typical = totalVariationNoise(all(real), all(synthetic));
  const noise = typical > 0 ? distance / typical : 0;
  const chart = bars(levels, real, synthetic, holdout);
  const missing = missingShares(real, synthetic, holdout, (side) => side.missing);
  const finding = missingRemark(missing, distance) ?? levelRemark(chart);
  return finish(schema, chart, missing, distance, noise, finding);
}

interface Counts {
  readonly rows: number;
  readonly counted: Float64Array;
  readonly missing: number;
}

function bars(
  levels: readonly string[],
  real: Counts,
  synthetic: Counts,
  holdout: Counts | undefined,
): BarsComparison {
  const used = levels
    .map((_, i) => i)
    .filter((i) => real.counted[i] || synthetic.counted[i] || holdout?.counted[i]);
  const order = used.sort((a, b) => (real.counted[b] as number) - (real.counted[a] as number) || a - b);
  const shown = shownLevels(order, real.counted, holdout?.counted);
  const other = order.slice(shown);
  const grouped = (side: Counts): Float64Array => {
    const own = order.slice(0, shown).map((i) => side.counted[i] as number);
    const rest = sumAt(side, other);
    return Float64Array.from(other.length > 0 ? [...own, rest] : own);
  };
  const rest = sumAt(real, other);
  const names = order.slice(0, shown).map((i) => levels[i] as string);
  if (other.length > 0) names.push(otherName(other.length, isSmall(rest)));
  const realCounts = withoutSmallRest(grouped(real), rest);
  const share = (counts: Float64Array, side: Counts): number[] => Array.from(counts, (n) => n / side.rows);
  const others = namedOthers(other, real);
  return {
    type: "bars",
    levels: names,
    real: share(realCounts, real),
    holdout: holdout ? share(poolSmallCounts(grouped(holdout), realCounts), holdout) : [],
    synthetic: share(grouped(synthetic), synthetic),
    ...(others.length > 0 && {
      others: others.map((i) => ({
        level: levels[i] as string,
        real: (real.counted[i] as number) / real.rows,
        synthetic: (synthetic.counted[i] as number) / synthetic.rows,
      })),
    }),
  };
}

const sumAt = ({ counted }: Counts, levels: readonly number[]): number =>
  levels.reduce((sum, i) => sum + (counted[i] as number), 0);

const otherName = (levels: number, few: boolean): string =>
  `Other (${levels} level${levels === 1 ? "" : "s"}${few ? ", <5" : ""})`;

/**
 * A rest of 1 to 4 patients is counted with the most frequent level, so that what is missing to all rows does not give it
 * away and no frequent level is hidden to cover it.
 */
function withoutSmallRest(counts: Float64Array, rest: number): Float64Array {
  if (!isSmall(rest)) return counts;
  counts[counts.length - 1] = 0;
  if (counts.length > 1) counts[0] = (counts[0] as number) + rest;
  return counts;
}

/**
 * Of the levels without a bar, those that at least 5 patients have; the rarest are not named either where the rest would
 * else be of 1 to 4 patients.
 */
function namedOthers(other: readonly number[], real: Counts): number[] {
  const named = other.filter((i) => (real.counted[i] as number) > 0 && !isSmall(real.counted[i] as number));
  const left = (): number => sumAt(real, other) - sumAt(real, named);
  while (named.length > 0 && isSmall(left())) named.pop();
  return named;
}

/**
 * How many of the levels, most frequent first, get a bar of their own: all where there are few, but for those that only 1
 * to 4 patients have. A level that only 1 to 4 held-out patients have is not named either.
 */
function shownLevels(
  order: readonly number[],
  counts: Float64Array,
  heldOut: Float64Array | undefined,
): number {
  const shown = order.length <= SHOWN_LEVELS ? order.length : SHOWN_LEVELS - 1;
  const small = order.findIndex((i) => isSmall((counts[i] as number) || (heldOut?.[i] ?? 0)));
  return small >= 0 ? Math.min(shown, small) : shown;
}

function missingShares<S extends { rows: number }>(
  real: S,
  synthetic: S,
  holdout: S | undefined,
  missing: (side: S) => number,
): ColumnComparison["missing"] {
  const share = (side: S | undefined): number =>
    side && !isSmall(missing(side)) ? missing(side) / side.rows : 0;
  const few = isSmall(missing(real)) || (holdout !== undefined && isSmall(missing(holdout)));
  return {
    real: share(real),
    holdout: share(holdout),
    synthetic: missing(synthetic) / synthetic.rows,
    ...(few ? { few } : {}),
  };
}

function finish(
  schema: ColumnSchema,
  chart: ColumnComparison["chart"],
  missing: ColumnComparison["missing"],
  distance: number,
  noise: number,
  finding: string | undefined,
): ColumnComparison {
  const verdict = noiseVerdict(noise);
  const remark = verdict === "good" ? undefined : finding;
  return {
    name: schema.name,
    kind: schema.kind,
    chart,
    missing,
    distance,
    noise,
    verdict,
    ...(remark ? { remark } : {}),
  };
}
