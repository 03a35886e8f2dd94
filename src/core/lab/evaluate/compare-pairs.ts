import { correlationRatio, cramersV, pearson } from "../../math/scores/association.ts";
import { breathe } from "../../math/breathe.ts";
import type { Rng } from "../../math/rng.ts";
import { alignColumns, countCodes } from "../../metrics/measuring/align.ts";
import type { AlignedColumn } from "../../metrics/measuring/align.ts";
import type { Pulse } from "../../metrics/metric.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { learnedColumns, takeRows } from "../../table/table.ts";
import type { Association, CorrelationComparison } from "../../report/report.ts";

/** Multiply-adds that both tables' matrices may take together: about a second. */
const WORK = 4e8;
const LEAST_ROWS = 500;
const MOST_ROWS = 20_000;
const MOST_LEVELS = 60;
/** Columns in the matrices; of more, those with the largest differences. */
const SHOWN_COLUMNS = 60;
const LISTED_PAIRS = 50;

/**
 * Association of every pair of learned columns in both tables: Pearson's r for two numbers, Cramér's V for two categories
 * (bias-corrected), the correlation ratio for one of each (corrected). Wide tables are compared on fewer rows and shown by
 * their most different columns; `notes` says so.
 */
export async function comparePairs(
  real: Table,
  synthetic: Table,
  rng: Rng,
  pulse: Pulse = breathe,
): Promise<{ correlations: CorrelationComparison; notes: string[] }> {
  const names = learnedColumns(real.schema).map((i) => (real.schema.columns[i] as ColumnSchema).name);
  const rows = associatedRows(names.length);
  const few = (table: Table, label: string): Table =>
    table.rows <= rows ? table : takeRows(table, rng.fork(label).choose(table.rows, rows));
  const columns = alignColumns([few(real, "real"), few(synthetic, "synthetic")], names).map(gatherLevels);
  const sides = [await associations(columns, 0, pulse), await associations(columns, 1, pulse)] as const;
  const shown = mostDifferent(sides, names.length);
  const pick = (side: readonly Float64Array[]): number[][] =>
    shown.map((i) => shown.map((j) => side[i]?.[j] as number));
  const [a, b] = [pick(sides[0]), pick(sides[1])];
  const notes: string[] = [];
  if (real.rows > rows || synthetic.rows > rows) {
    notes.push(`Relationships are measured on ${rows.toLocaleString("en-US")} rows drawn from each table.`);
  }
  if (shown.length < names.length) {
    notes.push(`The heatmaps show the ${shown.length} columns that differ most, of ${names.length}.`);
  }
  const correlations = {
    names: shown.map((i) => names[i] as string),
    real: a,
    synthetic: b,
    difference: a.map((row, i) => row.map((r, j) => Math.abs(b[i]?.[j] as number) - Math.abs(r))),
    worst: worstPairs(sides, columns, Math.min(real.rows, rows), Math.min(synthetic.rows, rows)),
  };
  return { correlations, notes };
}

/** Rows of each table whose associations are taken. */
export function associatedRows(columns: number): number {
  const pairs = Math.max(1, columns * (columns - 1));
  return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(WORK / 4 / pairs)));
}

/** Levels beyond the most frequent of both tables become one. */
export function gatherLevels(column: AlignedColumn): AlignedColumn {
  if (column.type === "numeric" || column.levels.length <= MOST_LEVELS) return column;
  const counts = column.codes.map((codes) => countCodes(codes, column.levels.length));
  const total = (i: number): number => counts.reduce((sum, side) => sum + (side[i] as number), 0);
  const order = column.levels.map((_, i) => i).sort((a, b) => total(b) - total(a));
  const group = new Int32Array(column.levels.length);
  order.forEach((level, place) => (group[level] = Math.min(place, MOST_LEVELS - 1)));
  return {
    ...column,
    levels: order.slice(0, MOST_LEVELS).map((i) => column.levels[i] as string),
    codes: column.codes.map((codes) => codes.map((code) => (code < 0 ? -1 : (group[code] as number)))),
  };
}

/** Association of every pair of `columns` in table `side`; NaN where it is not defined. */
export async function associations(
  columns: readonly AlignedColumn[],
  side: number,
  pulse: Pulse,
): Promise<Float64Array[]> {
  const values = columns.map((_, i) => {
    const row = new Float64Array(columns.length);
    row[i] = 1;
    return row;
  });
  for (let i = 0; i < columns.length; i++) {
    for (let j = 0; j < i; j++) {
      const strength = associate(columns[i] as AlignedColumn, columns[j] as AlignedColumn, side);
      (values[i] as Float64Array)[j] = strength;
      (values[j] as Float64Array)[i] = strength;
      await pulse();
    }
  }
  return values;
}

function associate(a: AlignedColumn, b: AlignedColumn, side: number): number {
  if (a.type === "numeric") {
    if (b.type === "coded") return associate(b, a, side);
    return pearson(a.values[side] as Float64Array, b.values[side] as Float64Array);
  }
  const codes = a.codes[side] as Int32Array;
  if (b.type === "numeric") return correlationRatio(codes, a.levels.length, b.values[side] as Float64Array);
  return cramersV(codes, a.levels.length, b.codes[side] as Int32Array, b.levels.length);
}

/** Where one side is undefined (a constant column) the other counts in full. */
export const associationGap = (real: number, synthetic: number): number =>
  Number.isNaN(real) ? 0 : Math.abs((Number.isNaN(synthetic) ? 0 : synthetic) - real);

type Sides = readonly [readonly Float64Array[], readonly Float64Array[]];

function mostDifferent([real, synthetic]: Sides, columns: number): number[] {
  const all = Array.from({ length: columns }, (_, i) => i);
  if (columns <= SHOWN_COLUMNS) return all;
  const total = all.map((i) =>
    all.reduce((sum, j) => sum + associationGap(real[i]?.[j] as number, synthetic[i]?.[j] as number), 0),
  );
  return all
    .sort((a, b) => (total[b] as number) - (total[a] as number))
    .slice(0, SHOWN_COLUMNS)
    .sort((a, b) => a - b);
}

function worstPairs(
  [real, synthetic]: Sides,
  columns: readonly AlignedColumn[],
  realRows: number,
  syntheticRows: number,
): CorrelationComparison["worst"] {
  const pairs: { i: number; j: number; gap: number }[] = [];
  for (let i = 0; i < columns.length; i++) {
    for (let j = 0; j < i; j++) {
      const own = associationGap(real[i]?.[j] as number, synthetic[i]?.[j] as number);
      if (!Number.isNaN(real[i]?.[j])) pairs.push({ i, j, gap: own });
    }
  }
  pairs.sort((a, b) => b.gap - a.gap);
  return pairs.slice(0, LISTED_PAIRS).map(({ i, j }) => {
    const [a, b] = [columns[j] as AlignedColumn, columns[i] as AlignedColumn];
    const r = real[i]?.[j] as number;
    const s = synthetic[i]?.[j] as number;
    return {
      a: a.schema.name,
      b: b.schema.name,
      measure: measureOf(a, b),
      real: r,
      synthetic: s,
      noise: Math.hypot(standardError(r, realRows), standardError(s, syntheticRows)),
    };
  });
}

function measureOf(a: AlignedColumn, b: AlignedColumn): Association {
  if (a.type !== b.type) return "correlation-ratio";
  return a.type === "numeric" ? "pearson" : "cramers-v";
}

/** Of r by the delta method, (1 - r²) / sqrt(n - 1); an approximation for the other two. */
function standardError(strength: number, rows: number): number {
  const r = Number.isNaN(strength) ? 0 : strength;
  return (1 - r * r) / Math.sqrt(Math.max(1, rows - 1));
}
