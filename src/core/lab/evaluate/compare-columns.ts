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
import { countBetween, linearEdges, logEdges, reachOf, reachOfPatients } from "./histogram-bins.ts";
import type { Reach } from "./histogram-bins.ts";
import { isSmall, mergeSmallBins, poolSmallCounts } from "../small-cells.ts";
import { patientsAmong, patientsBetween, somePatients } from "./whose.ts";
import type { Some } from "./whose.ts";

/** Rows of one table that are compared: above this, every k-th row. */
export const COMPARED_ROWS = 50_000;
const SHOWN_LEVELS = 8;

/**
 * Each learned column of `real` (what was trained on) beside the same column of `synthetic`, worst first. The tables may
 * have further columns; they are matched by name. Fast enough for live margins: sorted real values are kept. Where
 * patients have several rows, shares are of rows, and what fewer than five patients have is left out or merged.
 */
export function compareColumns(
  real: Table,
  holdout: Table | undefined,
  synthetic: Table,
): ColumnComparison[] {
  const names = learnedColumns(real.schema).map((i) => (real.schema.columns[i] as ColumnSchema).name);
  const tables = holdout ? [real, synthetic, holdout] : [real, synthetic];
  const whose = [real, undefined, holdout].map((table) => table && patientsOfRows(table));
  return alignColumns(tables, names)
    .map((column) =>
      column.type === "numeric" ? compareNumeric(column, whose) : compareCoded(column, whose),
    )
    .sort((a, b) => b.noise - a.noise);
}

/** Whose the compared rows are; undefined where each is a patient by itself, or nobody's. */
type Whose = Int32Array | undefined;

function patientsOfRows({ patients, rows }: Table): Whose {
  if (patients === undefined || new Set(patients).size === rows) return undefined;
  return everyKth(patients);
}

interface Sample {
  /** ascending, missing left out */
  readonly sorted: Float64Array;
  readonly rows: number;
  readonly skew: number;
  /** whose the sorted values are */
  readonly whose: Whose;
  /** whose the missing ones are */
  readonly missing: Some;
}

const samples = new WeakMap<Float64Array, Sample>();

function sampleOf(values: Float64Array, patients: Whose): Sample {
  const known = samples.get(values);
  if (known) return known;
  const taken = everyKth(values);
  const rows = taken.length;
  const sorted = sortedPresent(taken);
  const sample: Sample = {
    sorted,
    rows,
    skew: skewness(sorted),
    whose: patients && inOrder(taken, patients),
    missing: somePatients(rows, 1, (row) => (Number.isNaN(taken[row]) ? 0 : -1), patients)[0] ?? [],
  };
  samples.set(values, sample);
  return sample;
}

/** The patients of the present values in their order. */
function inOrder(values: Float64Array, patients: Int32Array): Int32Array {
  const order = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  order.sort((a, b) => (values[a] as number) - (values[b] as number));
  return order.map((row) => patients[row] as number);
}

const reachOfSample = ({ sorted, whose }: Sample): Reach | undefined =>
  whose ? reachOfPatients(sorted, whose) : reachOf(sorted);

function everyKth<T extends Float64Array | Int32Array>(cells: T): T {
  if (cells.length <= COMPARED_ROWS) return cells;
  const stride = cells.length / COMPARED_ROWS;
  return cells.slice(0, COMPARED_ROWS).map((_, i) => cells[Math.floor(i * stride)] as number) as T;
}

type Numeric = Extract<AlignedColumn, { type: "numeric" }>;
type Coded = Extract<AlignedColumn, { type: "coded" }>;

function compareNumeric({ schema, values }: Numeric, whose: readonly Whose[]): ColumnComparison {
  const [real, synthetic, holdout] = values.map((side, i) => sampleOf(side, whose[i])) as [
    Sample,
    Sample,
    Sample | undefined,
  ];
  const distance = kolmogorovSmirnovWithMissing(real.sorted, real.rows, synthetic.sorted, synthetic.rows);
  const noise = distance / kolmogorovSmirnovNoise(real.rows, synthetic.rows);
  const step = stepOf(schema);
  const chart = histogram(schema, step, real, synthetic, holdout);
  const missing = missingShares(
    real,
    synthetic,
    holdout,
    (sample) => sample.rows - sample.sorted.length,
    (sample) => sample.missing.length,
  );
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
  const realReach = reachOfSample(real);
  const reach = join(realReach, reachOf(synthetic.sorted));
  if (!reach) return { ...looks, edges: [], real: [], holdout: [], synthetic: [] };
  const shares = (edges: readonly number[]) => binShares(edges, realReach, real, synthetic, holdout);
  const pooled = pool(real.sorted, synthetic.sorted);
  const linear = shares(linearEdges(pooled, reach, step));
  const least = real.sorted[0] ?? 0;
  if (!realReach || schema.kind === "datetime" || !(least > 0) || !(real.skew > 2)) {
    return { ...looks, ...linear };
  }
  const positive = { low: reach.low > 0 ? reach.low : realReach.low, high: reach.high };
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
  const within = ({ sorted, ...rest }: Sample): Sample => ({
    ...rest,
    sorted: realReach
      ? sorted.map((value) => Math.max(realReach.low, Math.min(realReach.high, value)))
      : sorted,
  });
  const inner = within(real);
  const own = patientsBetween(inner.sorted, inner.whose, edges);
  const starts = mergeSmallBins(countBetween(inner.sorted, edges), (from, to) =>
    patientsAmong(own.slice(from, to)),
  );
  const merged = [...starts.map((start) => edges[start] as number), edges.at(-1) as number];
  const realCounts = countBetween(inner.sorted, merged);
  const share = (counts: Float64Array, rows: number): number[] => Array.from(counts, (n) => n / rows);
  const heldOut = holdout && heldOutCounts(within(holdout), merged, realCounts);
  return {
    edges: merged,
    real: share(isSmall(patientsAmong(own)) ? realCounts.fill(0) : realCounts, real.rows),
    holdout: holdout && heldOut ? share(heldOut, holdout.rows) : [],
    synthetic: share(countBetween(synthetic.sorted, merged), synthetic.rows),
  };
}

function heldOutCounts(holdout: Sample, edges: readonly number[], like: Float64Array): Float64Array {
  const own = patientsBetween(holdout.sorted, holdout.whose, edges);
  return poolSmallCounts(countBetween(holdout.sorted, edges), like, (bins) =>
    patientsAmong(bins.map((bin) => own[bin] as Some)),
  );
}

function compareCoded({ schema, codes, levels }: Coded, whose: readonly Whose[]): ColumnComparison {
  const counts = codes.map((cells, side): Counts => {
    const taken = everyKth(cells);
    const rows = taken.length;
    const counted = countCodes(taken, levels.length);
    const levelAt = (row: number): number =>
      (taken[row] as number) < 0 ? levels.length : (taken[row] as number);
    return {
      rows,
      counted,
      missing: rows - counted.reduce((a, b) => a + b, 0),
      patients: somePatients(rows, levels.length + 1, levelAt, whose[side]),
    };
  });
  const [real, synthetic, holdout] = counts as [Counts, Counts, Counts | undefined];
  const all = (side: Counts): number[] => [...side.counted, side.missing];
  const distance = totalVariation(all(real), all(synthetic));
  const typical = totalVariationNoise(all(real), all(synthetic));
  const noise = typical > 0 ? distance / typical : 0;
  const chart = bars(levels, real, synthetic, holdout);
  const missing = missingShares(
    real,
    synthetic,
    holdout,
    (side) => side.missing,
    (side) => patientsWith(side, [levels.length]),
  );
  const finding = missingRemark(missing, distance) ?? levelRemark(chart);
  return finish(schema, chart, missing, distance, noise, finding);
}

interface Counts {
  readonly rows: number;
  readonly counted: Float64Array;
  readonly missing: number;
  /** some patients of each level, and behind the last of missing cells */
  readonly patients: readonly Some[];
}

const patientsWith = ({ patients }: Counts, levels: readonly number[]): number =>
  patientsAmong(levels.map((level) => patients[level] as Some));

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
  const shown = shownLevels(order, real, holdout);
  const other = order.slice(shown);
  const grouped = (side: Counts): Float64Array => {
    const own = order.slice(0, shown).map((i) => side.counted[i] as number);
    const rest = sumAt(side, other);
    return Float64Array.from(other.length > 0 ? [...own, rest] : own);
  };
  const few = isSmall(patientsWith(real, other));
  const names = order.slice(0, shown).map((i) => levels[i] as string);
  if (other.length > 0) names.push(otherName(other.length, few));
  const realCounts = few ? withoutRest(grouped(real), sumAt(real, other)) : grouped(real);
  const share = (counts: Float64Array, side: Counts): number[] => Array.from(counts, (n) => n / side.rows);
  const others = namedOthers(other, real);
  return {
    type: "bars",
    levels: names,
    real: share(realCounts, real),
    holdout: holdout ? share(heldOutBars(holdout, grouped, realCounts, order, shown), holdout) : [],
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

/** The bars of held-out rows, those of few patients pooled. */
function heldOutBars(
  holdout: Counts,
  grouped: (side: Counts) => Float64Array,
  like: Float64Array,
  order: readonly number[],
  shown: number,
): Float64Array {
  const levelsOf = (bar: number): readonly number[] =>
    bar < shown ? order.slice(bar, bar + 1) : order.slice(shown);
  return poolSmallCounts(grouped(holdout), like, (barsOf) => patientsWith(holdout, barsOf.flatMap(levelsOf)));
}

const sumAt = ({ counted }: Counts, levels: readonly number[]): number =>
  levels.reduce((sum, i) => sum + (counted[i] as number), 0);

const otherName = (levels: number, few: boolean): string =>
  `Other (${levels} level${levels === 1 ? "" : "s"}${few ? ", <5" : ""})`;

/**
 * A rest of 1 to 4 patients is counted with the most frequent level, so that what is missing to all rows does not give it
 * away and no frequent level is hidden to cover it.
 */
function withoutRest(counts: Float64Array, rest: number): Float64Array {
  counts[counts.length - 1] = 0;
  if (counts.length > 1) counts[0] = (counts[0] as number) + rest;
  return counts;
}

/**
 * Of the levels without a bar, those that at least 5 patients have; the rarest are not named either where the rest would
 * else be of 1 to 4 patients.
 */
function namedOthers(other: readonly number[], real: Counts): number[] {
  const named = other.filter((i) => patientsWith(real, [i]) > 0 && !isSmall(patientsWith(real, [i])));
  const left = (): number[] => other.filter((i) => !named.includes(i));
  while (named.length > 0 && isSmall(patientsWith(real, left()))) named.pop();
  return named;
}

/**
 * How many of the levels, most frequent first, get a bar of their own: all where there are few, but for those that only 1
 * to 4 patients have. A level that only 1 to 4 held-out patients have is not named either.
 */
function shownLevels(order: readonly number[], real: Counts, heldOut: Counts | undefined): number {
  const shown = order.length <= SHOWN_LEVELS ? order.length : SHOWN_LEVELS - 1;
  const small = order.findIndex((i) =>
    isSmall(patientsWith(real, [i]) || (heldOut ? patientsWith(heldOut, [i]) : 0)),
  );
  return small >= 0 ? Math.min(shown, small) : shown;
}

function missingShares<S extends { rows: number }>(
  real: S,
  synthetic: S,
  holdout: S | undefined,
  missing: (side: S) => number,
  patients: (side: S) => number,
): ColumnComparison["missing"] {
  const share = (side: S | undefined): number =>
    side && !isSmall(patients(side)) ? missing(side) / side.rows : 0;
  const few = isSmall(patients(real)) || (holdout !== undefined && isSmall(patients(holdout)));
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
