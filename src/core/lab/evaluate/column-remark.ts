import type { BarsComparison, ColumnComparison, HistogramComparison } from "../../report/report.ts";

/** "Missing is too rare" when the share of missing cells explains most of the distance. */
export function missingRemark(missing: ColumnComparison["missing"], distance: number): string | undefined {
  const gap = missing.synthetic - missing.real;
  if (Math.abs(gap) < 0.75 * distance || Math.abs(gap) < 0.005) return undefined;
  return `Missing values are too ${gap < 0 ? "rare" : "frequent"}`;
}

/** The level that is furthest off. */
export function levelRemark(chart: BarsComparison): string | undefined {
  let worst = -1;
  let gap = 0;
  chart.levels.forEach((_, i) => {
    const own = (chart.synthetic[i] as number) - (chart.real[i] as number);
    if (Math.abs(own) > Math.abs(gap)) [worst, gap] = [i, own];
  });
  if (worst < 0) return undefined;
  return `“${chart.levels[worst] as string}” is too ${gap < 0 ? "rare" : "frequent"}`;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly gap: number;
}

/** The run of bins that is furthest off in one direction, in words: "Values over 20,000 are too rare". */
export function rangeRemark(chart: HistogramComparison, step: number): string | undefined {
  const source = chart.log ?? chart;
  const gaps = source.real.map((share, i) => (source.synthetic[i] as number) - share);
  const last = gaps.length - 1;
  if (last < 1) return undefined;
  const rare = widestStretch(gaps.map((gap) => -gap));
  const frequent = widestStretch(gaps);
  const atEnd = ({ from, to }: Stretch): number => ((from === 0) !== (to === last) ? 1.2 : 1);
  const isRare = rare.gap * atEnd(rare) >= frequent.gap * atEnd(frequent) * 0.999;
  const { from, to, gap } = isRare ? rare : frequent;
  if (!(gap > 0)) return undefined;
  return `${place(chart, source.edges, from, to, step)} too ${isRare ? "rare" : "frequent"}`;
}

/** The run of neighbours with the greatest sum (Kadane). */
function widestStretch(gaps: readonly number[]): Stretch {
  let best: Stretch = { from: 0, to: 0, gap: -Infinity };
  let from = 0;
  let sum = 0;
  gaps.forEach((gap, i) => {
    if (sum <= 0) [from, sum] = [i, 0];
    sum += gap;
    if (sum > best.gap) best = { from, to: i, gap: sum };
  });
  return best;
}

function place(
  chart: HistogramComparison,
  edges: readonly number[],
  from: number,
  to: number,
  step: number,
): string {
  const low = edges[from] as number;
  const high = edges[to + 1] as number;
  const below = from === 0;
  const above = to === edges.length - 2;
  const coarse = step > 0 && high - low > 20 * step ? 0 : step;
  const write = (value: number, towards: 1 | -1): string =>
    chart.datePattern
      ? new Date(value).toISOString().slice(0, 10)
      : formatEdge(coarse > 0 ? value + (towards * coarse) / 2 : value, high - low, chart.decimals);
  if (above && !below) return `Values over ${write(low, -1)} are`;
  if (below && !above) return `Values under ${write(high, 1)} are`;
  const [first, final] = [write(low, 1), write(high, -1)];
  return first === final ? `The value ${first} is` : `Values from ${first} to ${final} are`;
}

/** A bin's edge, as exact as the stretch it bounds needs, in the column's decimals at most. */
function formatEdge(value: number, width: number, decimals: number): string {
  const size = Math.floor(Math.log10(width)) - 1;
  const places = Math.max(0, Math.min(decimals, -size));
  const unit = size > 0 ? 10 ** size : 10 ** -places;
  const rounded = Math.round(value / unit) * unit;
  const grouping = Math.abs(rounded) >= 10_000;
  return rounded.toLocaleString("en-US", { maximumFractionDigits: places, useGrouping: grouping });
}
