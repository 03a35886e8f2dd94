import { breathe } from "../../math/breathe.ts";
import {
  kolmogorovSmirnov,
  kolmogorovSmirnovNoise,
  totalVariation,
  totalVariationNoise,
} from "../../math/space/distances.ts";
import { jackknifeError } from "../../math/intervals.ts";
import { sortedPresent } from "../../math/statistics.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { BLOCKS, blocksOf } from "../measuring/blocks.ts";
import { atMost, columnNames, drawnNote } from "../measuring/bounds.ts";
import { noiseVerdict } from "../metric.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { equalSizes, type Draws } from "../measuring/equal-sizes.ts";
import { besideEstimate, overDraws } from "../measuring/estimate.ts";
import { percentage, skipped } from "../measuring/verdict.ts";

const MOST_ROWS = 30_000;

/** Mean over the columns of 1 - KS (numbers) or 1 - TV (categories); missing cells are left out. */
export const columnShapes: Metric = {
  id: "column-shapes",
  name: "Column shapes",
  family: "fidelity",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [0, 1],
  summary: "How well each column's distribution is reproduced, on average.",
  reference: "KSComplement and TVComplement: SDMetrics (DataCebo), Patki et al. 2016",
  scored: true,
  limits: "Sees single columns only: a table whose columns were each shuffled scores as well as a real one.",
  quality: true,
  claim: ({ column }) => ({
    not: `quote statistics of single columns${column ? ` such as ${column}` : ""} from it`,
    because: "columns are not distributed as in real patients",
  }),
  bears: { use: () => "teaching", holds: ({ verdict }) => verdict !== "much-worse" },

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const [real, all] = [train, synthetic].map((table, i) => atMost(table, MOST_ROWS, rng.fork(`rows ${i}`)));
    if (!real || !all) return skipped("There is no table.");
    const sizes = equalSizes({ holdout, synthetic }, rng, { most: MOST_ROWS });
    const over = async ({ tables, variance }: Draws, label: string) => {
      const columns = alignColumns([real, ...tables], columnNames(train));
      const draws = [];
      for (const [i, { rows, patients }] of tables.entries()) {
        const groups = valueOnly ? undefined : blocksOf(rows, rng.fork(`${label} ${i}`), patients);
        draws.push(await meanShape(columns, 1 + i, groups, pulse));
      }
      return { ...overDraws(draws, variance), columns: draws[0]?.columns.length ?? 0 };
    };
    const own = await over(sizes.synthetic, "synthetic");
    if (own.columns === 0) return skipped("Every column is empty.");
    if (valueOnly) return valueAlone(own.value);
    const reference = await over(sizes.holdout, "holdout");
    const { columns } = await meanShape(alignColumns([real, all], columnNames(train)), 1, undefined, pulse);
    const worst = columns[0];
    return {
      ...besideEstimate("higher", own, reference, [0, 1], (value) => 100 * value),
      sentence:
        `Columns match the training rows to ${percentage(own.value)} on average; ` +
        `as many held-out real rows do to ${percentage(reference.value)}.` +
        (worst && worst.verdict !== "good" ? ` Furthest off: ${worst.name}.` : ""),
      detail: { type: "per-column", columns },
      ...drawnNote("Column shapes are measured on", [train, holdout, synthetic], MOST_ROWS),
    };
  },
};

type PerColumn = Extract<Detail, { type: "per-column" }>["columns"];

/** Mean similarity of table `side` to table 0, its jackknife error over `groups` of `side`'s rows, and each column's. */
async function meanShape(
  columns: readonly AlignedColumn[],
  side: number,
  groups: Uint8Array | undefined,
  pulse: Pulse,
): Promise<{ value: number; error: number; columns: PerColumn }> {
  const leftOut = new Float64Array(BLOCKS);
  const details: PerColumn[number][] = [];
  let total = 0;
  for (const column of columns) {
    await pulse();
    const shape = column.type === "numeric" ? numericShape(column, side) : codedShape(column, side);
    if (Number.isNaN(shape.value)) continue;
    total += shape.value;
    details.push({
      name: column.schema.name,
      value: shape.value,
      noise: shape.noise,
      verdict: noiseVerdict(shape.noise),
    });
    if (!groups) continue;
    for (let g = 0; g < BLOCKS; g++) {
      const without = shape.without(groups, g);
      leftOut[g] = (leftOut[g] as number) + (Number.isNaN(without) ? shape.value : without);
    }
  }
  const n = Math.max(1, details.length);
  return {
    value: total / n,
    error: jackknifeError(Array.from(leftOut, (sum) => sum / n)),
    columns: details.sort((x, y) => y.noise - x.noise),
  };
}

interface Shape {
  readonly value: number;
  readonly noise: number;
  /** the value with the rows of one group left out */
  without(groups: Uint8Array, group: number): number;
}

/** An empty real column says nothing; an empty synthetic one where the real is not matches to 0. */
function emptyShape(real: number, other: number): Shape | undefined {
  if (real > 0 && other > 0) return undefined;
  const value = real === 0 ? NaN : 0;
  return { value, noise: real === 0 ? 0 : 1 / kolmogorovSmirnovNoise(real, 1), without: () => value };
}

function numericShape(column: Extract<AlignedColumn, { type: "numeric" }>, side: number): Shape {
  const values = column.values[side] as Float64Array;
  const real = sortedPresent(column.values[0] as Float64Array);
  const order = ascendingRows(values);
  const other = Float64Array.from(order, (row) => values[row] as number);
  const empty = emptyShape(real.length, other.length);
  if (empty) return empty;
  const distance = kolmogorovSmirnov(real, other);
  return {
    value: 1 - distance,
    noise: distance / kolmogorovSmirnovNoise(real.length, other.length),
    without: (groups, group) =>
      1 -
      kolmogorovSmirnov(
        real,
        other.filter((_, i) => groups[order[i] as number] !== group),
      ),
  };
}

/** Rows with a value, by ascending value. */
function ascendingRows(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => (values[a] as number) - (values[b] as number));
}

function codedShape(column: Extract<AlignedColumn, { type: "coded" }>, side: number): Shape {
  const codes = column.codes[side] as Int32Array;
  const levels = column.levels.length;
  const real = countCodes(column.codes[0] as Int32Array, levels);
  const other = countCodes(codes, levels);
  const empty = emptyShape(
    real.reduce((a, b) => a + b, 0),
    other.reduce((a, b) => a + b, 0),
  );
  if (empty) return empty;
  const distance = totalVariation(real, other);
  const typical = totalVariationNoise(real, other);
  return {
    value: 1 - distance,
    noise: typical > 0 ? distance / typical : 0,
    without: (groups, group) =>
      1 -
      totalVariation(
        real,
        countCodes(
          codes.filter((_, row) => groups[row] !== group),
          levels,
        ),
      ),
  };
}
