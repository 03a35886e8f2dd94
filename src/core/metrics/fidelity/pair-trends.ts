import { breathe } from "../../math/breathe.ts";
import { totalVariation, totalVariationNoise } from "../../math/space/distances.ts";
import { Z90, Z95, jackknifeError } from "../../math/intervals.ts";
import { MomentSums } from "../../math/moment-sums.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { binColumn, countCells } from "./binned-columns.ts";
import type { BinnedColumn } from "./binned-columns.ts";
import { BLOCKS, blocksOf } from "../measuring/blocks.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { METHOD_DEVELOPMENT, noiseVerdict } from "../metric.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { around, count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const MOST_PAIRS = 3000;
const BINS = 10;
const LISTED = 50;
/** Rows times pairs that are walked for each table. */
const WORK = 1e8;

/** Mean over pairs of columns of 1 - |difference of r| / 2 (two numbers) or 1 - TV of the joint table (otherwise). */
export const pairTrends: Metric = {
  id: "pair-trends",
  name: "Pair trends",
  family: "fidelity",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary: "How well the relationship of each pair of columns is reproduced, on average.",
  reference: "CorrelationSimilarity and ContingencySimilarity: SDMetrics (DataCebo); bins at real deciles",
  scored: true,
  limits:
    "Independent columns still score about 0.9, so read it beside Told apart; it cannot see what takes three columns to show.",
  quality: true,
  claim: ({ column }) => ({
    not: `draw conclusions about relationships${column ? ` such as ${column}` : ""} from it`,
    because: "columns do not go together as in real patients",
  }),
  bears: {
    use: () => METHOD_DEVELOPMENT,
    holds: ({ verdict }) => verdict === "good" || verdict === "worse",
  },

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const names = columnNames(train);
    if (names.length < 2) return skipped("There is only one column.");
    const pairs = choosePairs(names.length, rng.fork("pairs"));
    const most = Math.max(500, Math.min(20_000, Math.floor(WORK / pairs.length)));
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, most, rng.fork(`rows ${i}`)));
    const columns = alignColumns(taken, names);
    const prepared = {
      columns,
      cells: columns.map((column) => binColumn(column, BINS)),
      groups: taken.map(({ rows, patients }) => blocksOf(rows, rng.fork("groups"), patients)),
    };
    const own = await meanTrend(prepared, pairs, 2, pulse);
    if (own.pairs.length === 0) return skipped("No pair of columns varies.");
    if (valueOnly) return valueAlone(own.value);
    const reference = await meanTrend(prepared, pairs, 1, pulse);
    const worst = own.pairs[0];
    const notes = [
      ...(given.some((table) => table.rows > most)
        ? [`Pair trends are measured on at most ${count(most)} rows drawn from each table.`]
        : []),
      ...(pairs.length === MOST_PAIRS
        ? [
            `Pair trends are measured on ${count(MOST_PAIRS)} pairs drawn from ${count((names.length * (names.length - 1)) / 2)}.`,
          ]
        : []),
    ];
    return {
      ...besideReal(
        "higher",
        own.value,
        around(own.value, Z95 * own.error, [0, 1]),
        { value: reference.value, interval: around(reference.value, Z90 * reference.error, [0, 1]) },
        (value) => 100 * value,
      ),
      sentence:
        `Pairs of columns match the training rows to ${percentage(own.value)} on average; ` +
        `held-out real rows do to ${percentage(reference.value)}.` +
        (worst && worst.verdict !== "good" ? ` Furthest off: ${worst.name}.` : ""),
      detail: { type: "per-column", columns: own.pairs.slice(0, LISTED) },
      ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    };
  },
};

type Pair = readonly [number, number];

function choosePairs(columns: number, rng: Rng): Pair[] {
  const all: Pair[] = [];
  for (let i = 0; i < columns; i++) for (let j = i + 1; j < columns; j++) all.push([i, j]);
  if (all.length <= MOST_PAIRS) return all;
  return Array.from(rng.choose(all.length, MOST_PAIRS), (i) => all[i] as Pair);
}

interface Prepared {
  readonly columns: readonly AlignedColumn[];
  readonly cells: readonly BinnedColumn[];
  readonly groups: readonly Uint8Array[];
}

interface Trend {
  readonly value: number;
  readonly noise: number;
  /** the value with each group of rows left out */
  readonly leftOut: readonly number[];
}

async function meanTrend(
  prepared: Prepared,
  pairs: readonly Pair[],
  side: number,
  pulse: Pulse,
): Promise<{ value: number; error: number; pairs: Extract<Detail, { type: "per-column" }>["columns"] }> {
  const leftOut = new Float64Array(BLOCKS);
  const details: { name: string; value: number; noise: number; verdict: ReturnType<typeof noiseVerdict> }[] =
    [];
  let total = 0;
  for (const [i, j] of pairs) {
    await pulse();
    const a = prepared.columns[i] as AlignedColumn;
    const b = prepared.columns[j] as AlignedColumn;
    const trend =
      a.type === "numeric" && b.type === "numeric"
        ? numericTrend(a.values, b.values, side, prepared.groups[side] as Uint8Array)
        : contingencyTrend(prepared, i, j, side);
    if (!trend) continue;
    total += trend.value;
    trend.leftOut.forEach((value, g) => (leftOut[g] = (leftOut[g] as number) + value));
    details.push({
      name: `${a.schema.name} with ${b.schema.name}`,
      value: trend.value,
      noise: trend.noise,
      verdict: noiseVerdict(trend.noise),
    });
  }
  const n = Math.max(1, details.length);
  return {
    value: total / n,
    error: jackknifeError(Array.from(leftOut, (sum) => sum / n)),
    pairs: details.sort((x, y) => y.noise - x.noise),
  };
}

/** Undefined where the real correlation is. A synthetic column that does not vary counts as r = 0. */
function numericTrend(
  x: readonly Float64Array[],
  y: readonly Float64Array[],
  side: number,
  groups: Uint8Array,
): Trend | undefined {
  const real = MomentSums.of(x[0] as Float64Array, y[0] as Float64Array);
  const r = real.correlation();
  if (Number.isNaN(r)) return undefined;
  const parts = MomentSums.byGroup(x[side] as Float64Array, y[side] as Float64Array, groups, BLOCKS);
  const whole = MomentSums.sum(parts);
  const similar = (sums: MomentSums): number => {
    const s = sums.correlation();
    return 1 - Math.abs(r - (Number.isNaN(s) ? 0 : s)) / 2;
  };
  const value = similar(whole);
  const error = (1 - r * r) * Math.sqrt(1 / Math.max(1, real.n) + 1 / Math.max(1, whole.n));
  const leftOut = parts.map((part) => similar(whole.without(part)));
  return { value, noise: (2 * (1 - value)) / Math.max(error, 1e-3), leftOut };
}

function contingencyTrend({ cells, groups }: Prepared, i: number, j: number, side: number): Trend {
  const a = cells[i] as BinnedColumn;
  const b = cells[j] as BinnedColumn;
  const index = new Map<number, number>();
  const dense = a.size * b.size <= 1 << 16;
  const code = (ca: Uint32Array, cb: Uint32Array, row: number): number => {
    const cell = (ca[row] as number) * b.size + (cb[row] as number);
    if (dense) return cell;
    const known = index.get(cell);
    if (known !== undefined) return known;
    index.set(cell, index.size);
    return index.size - 1;
  };
  const coded = [0, side].map((s) => {
    const [ca, cb] = [a.codes[s] as Uint32Array, b.codes[s] as Uint32Array];
    return Uint32Array.from(ca, (_, row) => code(ca, cb, row));
  });
  const size = dense ? a.size * b.size : index.size;
  const real = countCells(coded[0] as Uint32Array, size);
  const own = coded[1] as Uint32Array;
  const whole = countCells(own, size);
  const value = 1 - totalVariation(real, whole);
  const typical = totalVariationNoise(real, whole);
  const labels = groups[side] as Uint8Array;
  return {
    value,
    noise: typical > 0 ? (1 - value) / typical : 0,
    leftOut: leaveGroupsOut(own, labels, whole, real, value),
  };
}

function leaveGroupsOut(
  codes: Uint32Array,
  groups: Uint8Array,
  whole: Float64Array,
  real: Float64Array,
  value: number,
): number[] {
  const rowsOf = Array.from({ length: BLOCKS }, () => [] as number[]);
  for (let row = 0; row < codes.length; row++) rowsOf[groups[row] as number]?.push(codes[row] as number);
  const rest = whole.slice();
  return rowsOf.map((members) => {
    for (const code of members) rest[code] = (rest[code] as number) - 1;
    const without = 1 - totalVariation(real, rest);
    for (const code of members) rest[code] = (rest[code] as number) + 1;
    return Number.isNaN(without) ? value : without;
  });
}
