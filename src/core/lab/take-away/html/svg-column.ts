/** One column's chart: histogram or bars, and the gauge of missing cells. Real is solid, synthetic an outline. */
import type { BarsComparison, ColumnComparison, HistogramComparison } from "../../../report/report.ts";
import { html, Markup, shortened } from "./markup.ts";
import { labelWidth, px } from "./svg-range.ts";
import {
  anyMissing,
  barShapes,
  columnSentence,
  fittingTicks,
  histogramShape,
  liesDown,
  missingWords,
  stepPath,
  tallest,
  usualScale,
  type BarShape,
  type PlotBox,
} from "../../../shapes/column-shape.ts";

const WIDTH = 248;
const HEIGHT = 84;
const TICKS = 16;
const TOP = 4;
const ROW = 18;
const GAUGE = 34;

const box: PlotBox = { x: 0, y: TOP, width: WIDTH, height: HEIGHT - TOP };

function histogram(chart: HistogramComparison, label: string): Markup {
  const { steps, ticks } = histogramShape(chart, usualScale(chart));
  const top = tallest(steps, false);
  const outline = (of: "real" | "synthetic"): string => stepPath(steps, (step) => step[of] / top, box, px);
  const [real, synthetic] = [outline("real"), outline("synthetic")];
  const drawn =
    steps.length === 0
      ? ""
      : `<path class="fr" d="${real}V${HEIGHT}H0Z"/><path class="er" d="${real}"/>` +
        `<path class="eh" d="${synthetic}"/><path class="es" d="${synthetic}"/>`;
  return html`<svg width="${WIDTH}" height="${HEIGHT + TICKS}" role="img" aria-label="${label}">
    ${new Markup(`${drawn}<path class="ax" d="M0 ${HEIGHT}.5H${WIDTH}"/>`)}
    ${
      steps.length > 0 &&
      fittingTicks(ticks, WIDTH, labelWidth).map(
        ({ at, label: words, anchor }) =>
          html`<text x="${px(at * WIDTH)}" y="${HEIGHT + 13}" text-anchor="${anchor}">${words}</text>`,
      )
    }
  </svg>`;
}

function bars(chart: BarsComparison, label: string): Markup {
  const marks = barShapes(chart);
  const top = tallest(marks, false);
  return liesDown(chart.levels, WIDTH, labelWidth)
    ? lyingBars(marks, top, label)
    : standingBars(marks, top, label);
}

function standingBars(bars: readonly BarShape[], top: number, label: string): Markup {
  const slot = WIDTH / Math.max(1, bars.length);
  const thick = Math.max(2, Math.min(30, slot * 0.36));
  const inset = (slot - 2 * thick - 2) / 2;
  const tall = HEIGHT - TOP;
  const marks = bars.map(({ real, synthetic }, i) => {
    const x = i * slot + inset;
    const [r, s] = [(real / top) * tall, (synthetic / top) * tall];
    const second = x + thick + 2;
    return (
      `<path class="fr" d="M${px(x)} ${HEIGHT}v${px(-r)}h${px(thick)}V${HEIGHT}Z"/>` +
      `<path class="er" d="M${px(x)} ${px(HEIGHT - r)}h${px(thick)}"/>` +
      `<path class="ho" d="M${px(second + 1)} ${HEIGHT}V${px(HEIGHT - s)}h${px(thick - 2)}V${HEIGHT}"/>`
    );
  });
  return html`<svg width="${WIDTH}" height="${HEIGHT + TICKS}" role="img" aria-label="${label}">
    ${new Markup(`${marks.join("")}<path class="ax" d="M0 ${HEIGHT}.5H${WIDTH}"/>`)}
    ${bars.map(
      ({ label: level }, i) =>
        html`<text x="${px((i + 0.5) * slot)}" y="${HEIGHT + 13}" text-anchor="middle">${level}</text>`,
    )}
  </svg>`;
}

function lyingBars(bars: readonly BarShape[], top: number, label: string): Markup {
  const longest = Math.max(0, ...bars.map((bar) => labelWidth(bar.label)));
  const names = Math.min(WIDTH * 0.46, longest + 8);
  const wide = WIDTH - names - 2;
  const height = bars.length * ROW + 2;
  const marks = bars.map(({ real, synthetic }, i) => {
    const y = i * ROW + 2;
    const [r, s] = [(real / top) * wide, (synthetic / top) * wide];
    return (
      `<path class="fr" d="M${px(names)} ${y}h${px(r)}v6h${px(-r)}Z"/>` +
      `<path class="er" d="M${px(names + r)} ${y}v6"/>` +
      `<path class="ho" d="M${px(names)} ${y + 8}h${px(s)}v5h${px(-s)}"/>`
    );
  });
  const most = Math.floor((names - 8) / 6.2);
  return html`<svg width="${WIDTH}" height="${height}" role="img" aria-label="${label}">
    ${new Markup(`${marks.join("")}<path class="ax" d="M${px(names)} 0V${height}"/>`)}
    ${bars.map(
      ({ label: level }, i) =>
        html`<text x="${px(names - 6)}" y="${i * ROW + 13}" text-anchor="end"
          >${shortened(level, Math.max(4, most))}</text
        >`,
    )}
  </svg>`;
}

/** Missing cells on a scale of their own, 0 to 100%: real beside synthetic, the shares printed. */
function gauge(column: ColumnComparison): Markup {
  const { real, synthetic } = column.missing;
  const words = missingWords(column.missing);
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
    <text x="17" y="${HEIGHT + 13}" text-anchor="middle">missing</text>
  </svg>`;
}

/** The chart with the gauge of missing cells beside it, where there are any. */
export function columnChart(column: ColumnComparison): Markup {
  const label = columnSentence(column);
  const chart =
    column.chart.type === "histogram" ? histogram(column.chart, label) : bars(column.chart, label);
  return html`<div class="chart">${chart}${anyMissing(column) && gauge(column)}</div>`;
}
