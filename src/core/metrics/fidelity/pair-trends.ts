import { breathe } from "../../math/breathe.ts";
import { totalVariation, totalVariationNoise } from "../../math/space/distances.ts";
import { jackknifeError } from "../../math/intervals.ts";
import { MomentSums } from "../../math/moment-sums.ts";
import type { Rng } from "../../math/rng.ts";
import { takeRows, type Column, type Table } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { binColumn, countCells } from "./binned-columns.ts";
import type { BinnedColumn } from "./binned-columns.ts";
import { BLOCKS, blocksOf } from "../measuring/blocks.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { METHOD_DEVELOPMENT, noiseVerdict } from "../metric.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { DRAWS, equalSizes, type Draws } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws } from "../measuring/estimate.ts";
import { count, percentage, skipped } from "../measuring/verdict.ts";

const MOST_PAIRS = 3000;
const BINS = 10;
const LISTED = 50;
/** Held-out samples whose columns are shuffled, to see what independent columns come to. */
const SHUFFLED = 3;
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
  relations: true,
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
    const [real, all] = [
      atMost(train, most, rng.fork("rows 0")),
      atMost(synthetic, most, rng.fork("rows 2")),
    ];
    const draws = Math.max(1, Math.min(DRAWS, Math.floor(WORK / pairs.length / Math.max(1, holdout.rows))));
    const sizes = equalSizes({ holdout, synthetic }, rng, { most, draws });
    const over = async ({ tables, variance }: Draws, label: string) => {
      const prepared = preparedOf([real, ...tables], names, rng.fork(label));
      const found = [];
      for (const i of tables.keys()) found.push(await meanTrend(prepared, pairs, 1 + i, pulse));
      return { ...overDraws(found, variance), pairs: found[0]?.pairs.length ?? 0 };
    };
    const own = await over(sizes.synthetic, "synthetic");
    if (own.pairs === 0) return skipped("No pair of columns varies.");
    if (valueOnly) return valueAlone(own.value);
    const reference = await over(sizes.holdout, "holdout");
    const shuffled = sizes.holdout.tables
      .slice(0, SHUFFLED)
      .map((table, i) => shuffledColumns(table, rng.fork(`shuffled ${i}`)));
    const floor = await over({ tables: shuffled, variance: 1 }, "shuffled");
    const whole = await meanTrend(preparedOf([real, all], names, rng.fork("all")), pairs, 1, pulse);
    const worst = whole.pairs[0];
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
      ...besideEstimate("higher", own, reference, [0, 1], (value) => 100 * value),
      floor: floor.value,
      sentence:
        `Pairs of columns match the training rows to ${percentage(own.value)} on average; ` +
        `as many held-out real rows do to ${percentage(reference.value)}.` +
        (worst && worst.verdict !== "good" ? ` Furthest off: ${worst.name}.` : ""),
      detail: { type: "per-column", columns: whole.pairs.slice(0, LISTED) },
      ...(notes.length > 0 ? { note: notes.join(" ") } : {}),
    };
  },
};

/** Every column shuffled by itself. */
function shuffledColumns(table: Table, rng: Rng): Table {
  const columns = table.columns.map(
    (column) => takeRows({ ...table, columns: [column] }, rng.permutation(table.rows)).columns[0] as Column,
  );
  return { ...table, columns };
}

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

function preparedOf(tables: readonly Table[], names: readonly string[], rng: Rng): Prepared {
  const columns = alignColumns(tables, names);
  return {
    columns,
    cells: columns.map((column) => binColumn(column, BINS)),
    groups: tables.map(({ rows, patients }, i) => blocksOf(rows, rng.fork(`groups ${i}`), patients)),
  };
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
