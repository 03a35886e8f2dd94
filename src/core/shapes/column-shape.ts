/** The geometry of one column's chart, in shares of its width and of its tallest mark; drawn on the page and the card. */
import type { BarsComparison, ColumnComparison, HistogramComparison } from "../report/report.ts";
import { dateTick, fixed, percent, tick } from "../words/numbers.ts";

/** How wide a label is, in the units of the drawing: whoever draws knows its font. */
export type LabelWidth = (text: string) => number;

export type Scale = "linear" | "log";

export interface Tick {
  /** 0..1 along the axis */
  readonly at: number;
  readonly label: string;
  readonly anchor: "start" | "middle" | "end";
}

export interface Step {
  /** where the bin starts and ends, 0..1 along the axis */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** shares of all rows */
  readonly shares: { readonly real: number; readonly holdout: number; readonly synthetic: number };
  /** share per width of the narrowest bin, so that merged bins keep their area */
  readonly real: number;
  readonly holdout: number;
  readonly synthetic: number;
}

export interface HistogramShape {
  readonly steps: readonly Step[];
  readonly ticks: readonly Tick[];
}

export const offersLog = (chart: ColumnComparison["chart"]): boolean =>
  chart.type === "histogram" && chart.log !== undefined;

/** Edges lie half a step beside possible values; what is written is the value next to them inside the bin. */
function edgeLabel(
  chart: HistogramComparison,
  value: number,
  inside: -1 | 0 | 1,
  span = (chart.edges.at(-1) ?? 0) - (chart.edges[0] ?? 0),
): string {
  if (chart.datePattern !== undefined) return dateTick(value, span);
  const step = 10 ** -chart.decimals;
  const halves = value / step - 0.5;
  const onHalf = Math.abs(halves - Math.round(halves)) < 1e-6;
  return tick(onHalf ? value + (inside * step) / 2 : value, chart.decimals);
}

function binLabel(chart: HistogramComparison, low: number, high: number): string {
  const fine = (high - low) * 12;
  const [from, to] = [edgeLabel(chart, low, 1, fine), edgeLabel(chart, high, -1, fine)];
  return from === to ? from : `${from} to ${to}`;
}

/** Steps and three ticks in original units; `log` only where it is offered. */
export function histogramShape(chart: HistogramComparison, scale: Scale): HistogramShape {
  const series = scale === "log" && chart.log ? chart.log : chart;
  const onLog = series !== chart;
  const position = (value: number): number => (onLog ? Math.log(value) : value);
  const first = position(series.edges[0] ?? 0);
  const last = position(series.edges.at(-1) ?? 1);
  const span = last - first || 1;
  const at = series.edges.map((edge) => (position(edge) - first) / span);
  const widths = at.slice(1).map((to, i) => to - (at[i] ?? 0));
  const narrowest = Math.min(...widths.filter((width) => width > 0), 1);
  const steps = widths.map((width, i): Step => {
    const density = narrowest / (width || narrowest);
    const shares = {
      real: series.real[i] ?? 0,
      holdout: series.holdout[i] ?? 0,
      synthetic: series.synthetic[i] ?? 0,
    };
    return {
      from: at[i] ?? 0,
      to: at[i + 1] ?? 1,
      label: binLabel(chart, series.edges[i] ?? 0, series.edges[i + 1] ?? 0),
      shares,
      real: shares.real * density,
      holdout: shares.holdout * density,
      synthetic: shares.synthetic * density,
    };
  });
  const middle = onLog ? Math.exp((first + last) / 2) : (first + last) / 2;
  const ticks: Tick[] = [
    { at: 0, label: edgeLabel(chart, series.edges[0] ?? 0, 1), anchor: "start" },
    { at: 0.5, label: edgeLabel(chart, middle, 0), anchor: "middle" },
    { at: 1, label: edgeLabel(chart, series.edges.at(-1) ?? 1, -1), anchor: "end" },
  ];
  const apart = ticks.filter((t, i) => i === 0 || t.label !== ticks[i - 1]?.label);
  return { steps, ticks: apart };
}

/** The ticks whose labels fit side by side in `width` pixels: the ends first, then what lies between them. */
export function fittingTicks(ticks: readonly Tick[], width: number, labelWidth: LabelWidth): Tick[] {
  const reach = ({ at, label, anchor }: Tick): [number, number] => {
    const wide = labelWidth(label);
    const from = at * width - (anchor === "start" ? 0 : anchor === "end" ? wide : wide / 2);
    return [from, from + wide];
  };
  const apart = (a: Tick, b: Tick): boolean =>
    reach(a)[1] + 6 <= reach(b)[0] || reach(b)[1] + 6 <= reach(a)[0];
  const ends = ticks.filter(({ at }) => at === 0 || at === 1);
  const taken: Tick[] = [];
  for (const tick of [...ends, ...ticks.filter((t) => !ends.includes(t))])
    if (taken.every((other) => apart(tick, other))) taken.push(tick);
  return ticks.filter((tick) => taken.includes(tick));
}

/** Where a plot lies, in pixels; values stand on its bottom edge. */
export interface PlotBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The outline of steps as an SVG path: each holds its height until the next begins. `height` is 0..1 of the box; `write`
 * writes a coordinate.
 */
export function stepPath(
  steps: readonly Step[],
  height: (step: Step) => number,
  box: PlotBox,
  write: (pixels: number) => string = String,
): string {
  const bottom = box.y + box.height;
  return steps
    .map((step, i) => {
      const y = write(bottom - height(step) * box.height);
      const rise = i === 0 ? `M${write(box.x + step.from * box.width)} ${y}` : `V${y}`;
      return `${rise}H${write(box.x + step.to * box.width)}`;
    })
    .join("");
}

/** The tallest mark of a chart, never 0. */
export function tallest(
  marks: readonly { readonly real: number; readonly holdout: number; readonly synthetic: number }[],
  holdout: boolean,
): number {
  return Math.max(1e-9, ...marks.map((m) => Math.max(m.real, m.synthetic, holdout ? m.holdout : 0)));
}

export interface BarShape {
  readonly label: string;
  readonly real: number;
  readonly holdout: number;
  readonly synthetic: number;
}

export function barShapes(chart: BarsComparison): BarShape[] {
  return chart.levels.map((label, i) => ({
    label,
    real: chart.real[i] ?? 0,
    holdout: chart.holdout[i] ?? 0,
    synthetic: chart.synthetic[i] ?? 0,
  }));
}

/** A bin or a level of a chart; no held-out share is known of a level that has no bar of its own. */
export interface ColumnCell {
  readonly label: string;
  readonly real: number;
  readonly holdout?: number;
  readonly synthetic: number;
}

/** What a chart shows, and the levels of its "Other", as rows of a table: shares of all rows. */
export function columnCells({ chart }: ColumnComparison, scale: Scale): ColumnCell[] {
  if (chart.type === "histogram")
    return histogramShape(chart, scale).steps.map(({ label, shares }) => ({ label, ...shares }));
  const others = (chart.others ?? []).map(({ level, ...shares }) => ({
    label: `Of other: ${level}`,
    ...shares,
  }));
  return [...barShapes(chart), ...others];
}

/** Where a person chooses no scale, the logarithmic one is taken if it is offered. */
export const usualScale = (chart: ColumnComparison["chart"]): Scale => (offersLog(chart) ? "log" : "linear");

/** Bars lie down when there are more than eight or their names do not fit below them. */
export function liesDown(levels: readonly string[], width: number, labelWidth: LabelWidth): boolean {
  const room = width / Math.max(1, levels.length);
  return levels.length > 8 || levels.some((level) => labelWidth(level) + 4 > room);
}

export const anyMissing = ({ missing }: ColumnComparison): boolean =>
  missing.real > 0 || missing.synthetic > 0 || missing.holdout > 0 || missing.few === true;

/** Real and synthetic missing shares in few letters; a real share of 1 to 4 patients is "<5". */
export function missingWords(
  missing: ColumnComparison["missing"],
  decimals = 0,
): { real: string; synthetic: string } {
  const whole = (share: number): string =>
    decimals === 0 && share > 0 && share < 0.005 ? "<1%" : percent(share, decimals);
  return {
    real: missing.few === true && missing.real === 0 ? "<5" : whole(missing.real),
    synthetic: whole(missing.synthetic),
  };
}

/** "0.084, 4.1× noise" */
export const distanceWords = (column: ColumnComparison): string =>
  `${fixed(column.distance, 3)}, ${fixed(column.noise, 1)}× noise`;

/** The one sentence that stands for the chart. */
export function columnSentence(column: ColumnComparison): string {
  const drawn = column.chart.type === "histogram" ? "histograms" : "bars";
  const { real, synthetic } = missingWords(column.missing, 1);
  const missing = anyMissing(column) ? `; missing ${real} real, ${synthetic} synthetic` : "";
  const remark = column.remark === undefined ? "" : `; ${column.remark}`;
  return (
    `${column.name}: ${drawn} of real and synthetic rows, distance ${fixed(column.distance, 3)}, ` +
    `${fixed(column.noise, 1)} times sampling noise${missing}${remark}.`
  );
}
