/** One column's chart: histogram or bars, and the gauge of missing cells. Real is solid, synthetic an outline. */
import type { BarsComparison, ColumnComparison, HistogramComparison } from "../../../report/report.ts";
import { html, Markup, shortened } from "./markup.ts";
import { px } from "./svg-range.ts";
import { dateTick, fixed, percent, tick } from "../../../words/numbers.ts";
import { verdictWords } from "../../../words/verdict.ts";

const WIDTH = 248;
const HEIGHT = 84;
const TICKS = 16;
const TOP = 4;
const ROW = 18;
const GAUGE = 34;

interface Step {
  /** 0..1 along the axis */
  readonly from: number;
  readonly to: number;
  readonly label: string;
  /** shares of all rows */
  readonly real: number;
  readonly holdout: number;
  readonly synthetic: number;
  /** what a share is multiplied by to be drawn, so that merged bins keep their area */
  readonly density: number;
}

/** Edges lie half a step beside possible values; what is written is the value next to them inside the bin. */
function edgeLabel(chart: HistogramComparison, value: number, inside: -1 | 0 | 1, span: number): string {
  if (chart.datePattern !== undefined) return dateTick(value, span);
  const step = 10 ** -chart.decimals;
  const halves = value / step - 0.5;
  const onHalf = Math.abs(halves - Math.round(halves)) < 1e-6;
  return tick(onHalf ? value + (inside * step) / 2 : value, chart.decimals);
}

const spanOf = ({ edges }: HistogramComparison): number => (edges.at(-1) ?? 0) - (edges[0] ?? 0);

/** On the logarithmic axis where one is offered. */
function histogramSteps(chart: HistogramComparison): Step[] {
  const series = chart.log ?? chart;
  const position = (value: number): number => (chart.log === undefined ? value : Math.log(value));
  const first = position(series.edges[0] ?? 0);
  const span = position(series.edges.at(-1) ?? 1) - first || 1;
  const at = series.edges.map((edge) => (position(edge) - first) / span);
  const widths = at.slice(1).map((to, i) => to - (at[i] ?? 0));
  const narrowest = Math.min(...widths.filter((width) => width > 0), 1);
  return widths.map((width, i) => {
    const [low, high] = [series.edges[i] ?? 0, series.edges[i + 1] ?? 0];
    const fine = (high - low) * 12;
    const [from, to] = [edgeLabel(chart, low, 1, fine), edgeLabel(chart, high, -1, fine)];
    return {
      from: at[i] ?? 0,
      to: at[i + 1] ?? 1,
      label: from === to ? from : `${from} to ${to}`,
      real: series.real[i] ?? 0,
      holdout: series.holdout[i] ?? 0,
      synthetic: series.synthetic[i] ?? 0,
      density: narrowest / (width || narrowest),
    };
  });
}

function stepPath(steps: readonly Step[], of: "real" | "synthetic" | "holdout", top: number): string {
  const bottom = HEIGHT;
  return steps
    .map((step, i) => {
      const y = px(bottom - ((step[of] * step.density) / top) * (HEIGHT - TOP));
      return `${i === 0 ? `M${px(step.from * WIDTH)} ${y}` : `V${y}`}H${px(step.to * WIDTH)}`;
    })
    .join("");
}

const tallest = (marks: readonly number[]): number => marks.reduce((a, b) => Math.max(a, b), 1e-9);

function histogram(chart: HistogramComparison, label: string): Markup {
  const steps = histogramSteps(chart);
  const top = tallest(steps.flatMap(({ real, synthetic, density }) => [real * density, synthetic * density]));
  const [real, synthetic] = [stepPath(steps, "real", top), stepPath(steps, "synthetic", top)];
  const edges = (chart.log ?? chart).edges;
  const span = spanOf(chart);
  const [low, high] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const middle = chart.log === undefined ? (low + high) / 2 : Math.sqrt(low * high);
  const labels = [
    edgeLabel(chart, low, 1, span),
    edgeLabel(chart, middle, 0, span),
    edgeLabel(chart, high, -1, span),
  ];
  const fits =
    labels.join("").length * 6.2 + 16 < WIDTH && labels[1] !== labels[0] && labels[1] !== labels[2];
  const drawn =
    steps.length === 0
      ? ""
      : `<path class="fr" d="${real}V${HEIGHT}H0Z"/><path class="er" d="${real}"/>` +
        `<path class="eh" d="${synthetic}"/><path class="es" d="${synthetic}"/>`;
  return html`<svg width="${WIDTH}" height="${HEIGHT + TICKS}" role="img" aria-label="${label}">
    ${new Markup(`${drawn}<path class="ax" d="M0 ${HEIGHT}.5H${WIDTH}"/>`)}
    ${
      steps.length > 0 && [
        html`<text x="0" y="${HEIGHT + 13}">${labels[0]}</text>`,
        fits && html`<text x="${WIDTH / 2}" y="${HEIGHT + 13}" text-anchor="middle">${labels[1]}</text>`,
        html`<text x="${WIDTH}" y="${HEIGHT + 13}" text-anchor="end">${labels[2]}</text>`,
      ]
    }
  </svg>`;
}

const textWidth = (text: string): number => text.length * 6.2;

function bars(chart: BarsComparison, label: string): Markup {
  const room = WIDTH / Math.max(1, chart.levels.length);
  const lying = chart.levels.length > 8 || chart.levels.some((level) => textWidth(level) + 4 > room);
  const top = tallest([...chart.real, ...chart.synthetic]);
  return lying ? lyingBars(chart, top, label) : standingBars(chart, top, label);
}

function standingBars({ levels, real, synthetic }: BarsComparison, top: number, label: string): Markup {
  const slot = WIDTH / Math.max(1, levels.length);
  const thick = Math.max(2, Math.min(30, slot * 0.36));
  const inset = (slot - 2 * thick - 2) / 2;
  const tall = HEIGHT - TOP;
  const marks = levels.map((_, i) => {
    const x = i * slot + inset;
    const [r, s] = [((real[i] ?? 0) / top) * tall, ((synthetic[i] ?? 0) / top) * tall];
    const second = x + thick + 2;
    return (
      `<path class="fr" d="M${px(x)} ${HEIGHT}v${px(-r)}h${px(thick)}V${HEIGHT}Z"/>` +
      `<path class="er" d="M${px(x)} ${px(HEIGHT - r)}h${px(thick)}"/>` +
      `<path class="ho" d="M${px(second + 1)} ${HEIGHT}V${px(HEIGHT - s)}h${px(thick - 2)}V${HEIGHT}"/>`
    );
  });
  return html`<svg width="${WIDTH}" height="${HEIGHT + TICKS}" role="img" aria-label="${label}">
    ${new Markup(`${marks.join("")}<path class="ax" d="M0 ${HEIGHT}.5H${WIDTH}"/>`)}
    ${levels.map(
      (level, i) =>
        html`<text x="${px((i + 0.5) * slot)}" y="${HEIGHT + 13}" text-anchor="middle">${level}</text>`,
    )}
  </svg>`;
}

function lyingBars({ levels, real, synthetic }: BarsComparison, top: number, label: string): Markup {
  const longest = Math.max(0, ...levels.map(textWidth));
  const names = Math.min(WIDTH * 0.46, longest + 8);
  const wide = WIDTH - names - 2;
  const height = levels.length * ROW + 2;
  const marks = levels.map((_, i) => {
    const y = i * ROW + 2;
    const [r, s] = [((real[i] ?? 0) / top) * wide, ((synthetic[i] ?? 0) / top) * wide];
    return (
      `<path class="fr" d="M${px(names)} ${y}h${px(r)}v6h${px(-r)}Z"/>` +
      `<path class="er" d="M${px(names + r)} ${y}v6"/>` +
      `<path class="ho" d="M${px(names)} ${y + 8}h${px(s)}v5h${px(-s)}"/>`
    );
  });
  const most = Math.floor((names - 8) / 6.2);
  return html`<svg width="${WIDTH}" height="${height}" role="img" aria-label="${label}">
    ${new Markup(`${marks.join("")}<path class="ax" d="M${px(names)} 0V${height}"/>`)}
    ${levels.map(
      (level, i) =>
        html`<text x="${px(names - 6)}" y="${i * ROW + 13}" text-anchor="end"
          >${shortened(level, Math.max(4, most))}</text
        >`,
    )}
  </svg>`;
}

export const anyMissing = ({ missing }: ColumnComparison): boolean =>
  missing.real > 0 || missing.synthetic > 0 || missing.holdout > 0 || missing.few === true;

/** Real and synthetic missing shares; a real share of 1 to 4 patients is "<5". */
export function missingWords(
  { missing }: ColumnComparison,
  decimals = 0,
): { real: string; synthetic: string } {
  const write = (share: number): string =>
    decimals === 0 && share > 0 && share < 0.005 ? "<1%" : percent(share, decimals);
  return {
    real: missing.few === true && missing.real === 0 ? "<5" : write(missing.real),
    synthetic: write(missing.synthetic),
  };
}

/** Missing cells on a scale of their own, 0 to 100%: real beside synthetic, the shares printed. */
function gauge(column: ColumnComparison): Markup {
  const { real, synthetic } = column.missing;
  const words = missingWords(column);
  const at = (share: number): number => HEIGHT - (HEIGHT - TOP) * share;
  const label = Math.max(24, Math.min(at(real), at(synthetic)) - 5);
  const marks =
    `<path class="ax" d="M3.5 4.5h27V${HEIGHT}.5h-27Z"/>` +
    `<path class="fr" d="M4 ${HEIGHT}V${px(at(real))}h13V${HEIGHT}Z"/><path class="er" d="M4 ${px(at(real))}h13"/>` +
    `<path class="ho" d="M18 ${HEIGHT}V${px(at(synthetic))}h11V${HEIGHT}"/>`;
  return html`<svg
    class="gauge"
    width="${GAUGE}"
    height="${HEIGHT + TICKS}"
    role="img"
    aria-label="Missing: ${words.real} of real rows, ${words.synthetic} of synthetic rows"
  >
    ${new Markup(marks)}
    ${
      words.real === words.synthetic
        ? html`<text x="17" y="${px(label)}" text-anchor="middle">${words.real}</text>`
        : html`<text class="tr" x="17" y="${px(label - 11)}" text-anchor="middle">${words.real}</text>
            <text class="ts" x="17" y="${px(label)}" text-anchor="middle">${words.synthetic}</text>`
    }
    <text x="17" y="${HEIGHT + 13}" text-anchor="middle">n/a</text>
  </svg>`;
}

/** The one sentence that stands for the chart. */
export function columnSentence(column: ColumnComparison): string {
  const drawn = column.chart.type === "histogram" ? "histograms" : "bars";
  const { real, synthetic } = missingWords(column, 1);
  const missing = anyMissing(column) ? `; missing ${real} real, ${synthetic} synthetic` : "";
  return (
    `${column.name}: ${drawn} of real and synthetic rows, distance ${fixed(column.distance, 3)}, ` +
    `${fixed(column.noise, 1)} times sampling noise, ${verdictWords[column.verdict].toLowerCase()}${missing}.`
  );
}

/** The chart with the gauge of missing cells beside it, where there are any. */
export function columnChart(column: ColumnComparison): Markup {
  const label = columnSentence(column);
  const chart =
    column.chart.type === "histogram" ? histogram(column.chart, label) : bars(column.chart, label);
  return html`<div class="chart">${chart}${anyMissing(column) && gauge(column)}</div>`;
}

/** What the chart shows, and the levels of "Other", as rows of a table: shares of all rows, NaN where none is known. */
export function columnCells(
  column: ColumnComparison,
): { label: string; real: number; holdout: number; synthetic: number }[] {
  const { chart } = column;
  if (chart.type === "histogram") return histogramSteps(chart);
  const others = (chart.others ?? []).map(({ level, ...shares }) => ({
    label: `Of other: ${level}`,
    holdout: NaN,
    ...shares,
  }));
  return chart.levels
    .map((label, i) => ({
      label,
      real: chart.real[i] ?? 0,
      holdout: chart.holdout[i] ?? 0,
      synthetic: chart.synthetic[i] ?? 0,
    }))
    .concat(others);
}
