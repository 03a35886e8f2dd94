/** Cells of one to four patients are not drawn: they are merged with a neighbour, so that no total gives them away. */
import type { BarsComparison, ColumnComparison, HistogramComparison } from "../../core/lab/comparison.ts";

const LEAST = 5;

type Shares = readonly number[];
interface Series {
  readonly edges: Shares;
  readonly real: Shares;
  readonly holdout: Shares;
  readonly synthetic: Shares;
}

/** `share` of `rows` is at least one patient and fewer than five. */
export const isSmall = (share: number, rows: number): boolean => {
  const patients = Math.round(share * rows);
  return patients > 0 && patients < LEAST;
};

function joined(shares: Shares, at: number): number[] {
  return [...shares.slice(0, at), (shares[at] ?? 0) + (shares[at + 1] ?? 0), ...shares.slice(at + 2)];
}

/** Bins of few patients join the neighbour that has patients; an empty one only when there is no other. */
export function mergedBins(series: Series, rows: number): Series {
  let { edges, real, holdout, synthetic } = series;
  for (;;) {
    const small = real.findIndex((share) => isSmall(share, rows));
    if (small < 0 || real.length < 2) return { edges, real, holdout, synthetic };
    const left = small > 0 ? (real[small - 1] ?? 0) : -1;
    const right = small + 1 < real.length ? (real[small + 1] ?? 0) : -1;
    const withLeft = left > 0 && (right <= 0 || left <= right) ? true : right < 0;
    const at = withLeft ? small - 1 : small;
    edges = edges.filter((_, i) => i !== at + 1);
    real = joined(real, at);
    holdout = joined(holdout, at);
    synthetic = joined(synthetic, at);
  }
}

/** Levels of few patients, and one more if they are still few together, become one "Other". */
export function mergedLevels(chart: BarsComparison, rows: number): BarsComparison {
  const small = chart.real.flatMap((share, i) => (isSmall(share, rows) ? [i] : []));
  if (small.length === 0) return chart;
  const patients = (is: readonly number[]): number =>
    is.reduce((sum, i) => sum + Math.round((chart.real[i] ?? 0) * rows), 0);
  const rest = chart.real
    .map((_, i) => i)
    .filter((i) => !small.includes(i) && (chart.real[i] ?? 0) > 0)
    .sort((a, b) => (chart.real[a] ?? 0) - (chart.real[b] ?? 0));
  const other = patients(small) < LEAST && rest[0] !== undefined ? [...small, rest[0]] : small;
  const keep = chart.levels.map((_, i) => i).filter((i) => !other.includes(i));
  const merge = (shares: Shares): number[] => [
    ...keep.map((i) => shares[i] ?? 0),
    other.reduce((sum, i) => sum + (shares[i] ?? 0), 0),
  ];
  return {
    ...chart,
    levels: [...keep.map((i) => chart.levels[i] ?? ""), `Other (${other.length} levels)`],
    real: merge(chart.real),
    holdout: merge(chart.holdout),
    synthetic: merge(chart.synthetic),
  };
}

function mergedHistogram(chart: HistogramComparison, rows: number): HistogramComparison {
  const { log, ...plain } = chart;
  const linear = { ...plain, ...mergedBins(chart, rows) };
  return log ? { ...linear, log: mergedBins(log, rows) } : linear;
}

/** The column with every cell of fewer than five of `rows` patients merged or, for missing cells, left out. */
export function withoutSmallCells(column: ColumnComparison, rows: number): ColumnComparison {
  const chart =
    column.chart.type === "bars" ? mergedLevels(column.chart, rows) : mergedHistogram(column.chart, rows);
  const few = isSmall(column.missing.real, rows);
  return { ...column, chart, missing: few ? { real: 0, holdout: 0, synthetic: 0 } : column.missing };
}
