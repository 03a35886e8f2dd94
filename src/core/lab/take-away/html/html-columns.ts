/** The columns of the HTML report: each as a small multiple with its table behind it, worst first. */
import type { BarsComparison, ColumnComparison, Report } from "../../../report/report.ts";
import { isSmall } from "../../small-cells.ts";
import { html, shortened, type Markup } from "./markup.ts";
import { realKey, scrolling, syntheticKey, noiseMark } from "./report-parts.ts";
import { anyMissing, columnCells, usualScale } from "../../../shapes/column-shape.ts";
import { columnChart } from "./svg-column.ts";
import { fixed, percent, plural, sentence } from "../../../words/numbers.ts";

/** Columns drawn at once, and at most; the others are listed in one line each. */
const FIRST_COLUMNS = 24;
const MOST_COLUMNS = 200;
const MOST_LISTED = 2000;

export function columnsSection({ columns, shape }: Report): Markup {
  const first = columns.slice(0, FIRST_COLUMNS);
  const more = columns.slice(FIRST_COLUMNS, MOST_COLUMNS);
  const listed = columns.slice(MOST_COLUMNS, MOST_LISTED);
  const draw = (column: ColumnComparison): Markup => columnFigure(column, shape);
  return html`<section class="card" id="columns" aria-labelledby="columns-title">
    <header>
      <h2 id="columns-title">Columns</h2>
      <p class="s13 q">
        ${plural(columns.length, "column")}, worst first: the distance between real and synthetic rows, and
        how many times the distance that chance alone makes. Shares of all rows; long tails on a logarithmic
        axis.
      </p>
    </header>
    <p class="key">${realKey}${syntheticKey}<span>missing: share of empty cells, 0 to 100%</span></p>
    <div class="multiples">${first.map(draw)}</div>
    ${
      more.length > 0 &&
      html`<details class="more">
        <summary>${plural(more.length, "more column")}</summary>
        <div class="multiples">${more.map(draw)}</div>
      </details>`
    }
    ${
      listed.length > 0 &&
      html`<details class="more">
        <summary>${plural(listed.length, "more column")}, as a list</summary>
        ${scrolling("More columns", columnList(listed))}
      </details>`
    }
  </section>`;
}

const columnList = (columns: readonly ColumnComparison[]): Markup =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">Column</th>
        <th scope="col">Distance</th>
        <th scope="col">× noise</th>
        <th scope="col"><span class="vh">Verdict</span></th>
      </tr>
    </thead>
    <tbody>
      ${columns.map(
        ({ name, distance, noise, verdict }) =>
          html`<tr>
            <th scope="row">${shortened(name, 80)}</th>
            <td>${fixed(distance, 3)}</td>
            <td>${fixed(noise, 1)}</td>
            <td>${noiseMark(verdict, false)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

/** One column with its table. */
export function columnFigure(given: ColumnComparison, shape: Report["shape"]): Markup {
  const column = withShortNames(given);
  return html`<figure>
    <figcaption>
      <h3>${column.name}</h3>
      ${noiseMark(column.verdict)}
    </figcaption>
    <p class="s q">
      ${fixed(column.distance, 3)}, ${fixed(column.noise, 1)}×
      noise${column.chart.type === "histogram" && column.chart.log !== undefined && " · log"}
    </p>
    ${columnChart(column)}
    ${column.remark !== undefined && column.verdict !== "good" && html`<p class="remark">${sentence(column.remark)}</p>`}
    <details>
      <summary>As a table</summary>
      ${scrolling(`${column.name} as a table`, columnTable(column, shape))}
    </details>
  </figure>`;
}

/** Names from the table may be as long as a page. */
function withShortNames(column: ColumnComparison): ColumnComparison {
  const { chart } = column;
  return {
    ...column,
    name: shortened(column.name, 60),
    chart: chart.type === "bars" ? withShortLevels(chart) : chart,
    ...(column.remark === undefined ? {} : { remark: shortened(column.remark, 200) }),
  };
}

const withShortLevels = ({ others, ...chart }: BarsComparison): BarsComparison => ({
  ...chart,
  levels: chart.levels.map((level) => shortened(level, 40)),
  ...(others && { others: others.map((other) => ({ ...other, level: shortened(other.level, 40) })) }),
});

/** A share of rows; where it would stand for 1 to 4 of them, only that. */
const shareOf = (share: number, rows: number): string =>
  isSmall(Math.round(share * rows)) ? "<5" : percent(share);

function columnTable(column: ColumnComparison, shape: Report["shape"]): Markup {
  const { missing } = column;
  const cells = columnCells(column, usualScale(column.chart));
  const rows = anyMissing(column) ? [...cells, { label: "Missing", ...missing }] : cells;
  const realMissing = missing.few === true && missing.real === 0;
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${column.chart.type === "bars" ? "Level" : "Range"}</th>
        <th scope="col">Real</th>
        <th scope="col">Held out</th>
        <th scope="col">Synthetic</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ({ label, real, holdout, synthetic }, i) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td class="r">${realMissing && i === cells.length ? "<5" : shareOf(real, shape.train)}</td>
            <td>${shape.holdout === 0 || holdout === undefined ? "–" : shareOf(holdout, shape.holdout)}</td>
            <td class="y">${percent(synthetic)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
