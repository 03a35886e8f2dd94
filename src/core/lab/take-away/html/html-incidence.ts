/** Events over time: real counts as filled steps, synthetic ones as a line, alarms as triangles above. */
import type { IncidenceComparison, IncidenceSeries } from "../../../report/report.ts";
import {
  ALARM_ROWS,
  alarmWords,
  incidenceMarks,
  periodWords,
  realWords,
  scaledSynthetic,
  seriesName,
} from "../../../shapes/incidence-shape.ts";
import { fixed } from "../../../words/numbers.ts";
import { html, Markup } from "./markup.ts";
import { scrolling } from "./report-parts.ts";
import { labelWidth } from "./svg-range.ts";

const WIDTH = 900;
const HEIGHT = 210;
const BOX = { left: 40, top: ALARM_ROWS, right: WIDTH - 8, bottom: HEIGHT - 20 };

export const incidenceSection = ({ columns }: IncidenceComparison, rows: "rows" | "visits"): Markup =>
  html`<section class="card" id="incidence" aria-labelledby="incidence-title">
    <header>
      <h2 id="incidence-title">Incidence</h2>
      <p class="s13 q">
        How many ${rows} fall in each week or day. Filled: real ${rows}; line: synthetic ones on the scale of
        the real ones; grey: weeks or days of fewer than 5 patients, which are not shown. Triangles: alarms,
        full for the real table and open for the synthetic one.
      </p>
    </header>
    ${columns.map(({ name, series }) => series.map((one) => figure(name, one)))}
  </section>`;

function figure(name: string, series: IncidenceSeries): Markup {
  const title = `${name} by ${series.every}${series.by ? `, ${seriesName(series)}` : ""}`;
  const words = alarmWords(series);
  return html`<figure>
    <figcaption><h3>${title}</h3></figcaption>
    <div class="scroll">${drawing(series, `${title}: real counts and synthetic ones. ${words}`)}</div>
    <p class="s q">
      ${words}${series.rounded && " Real counts are in whole fives, because the same rows are counted twice here."}
    </p>
    <details>
      <summary>As a table</summary>
      ${scrolling(`${title} as a table`, countsTable(series))}
    </details>
  </figure>`;
}

function drawing(series: IncidenceSeries, label: string): Markup {
  const marks = incidenceMarks(series, BOX, labelWidth);
  const paths =
    marks.y.map(({ at }) => `<path class="gl" d="M${BOX.left} ${at}H${BOX.right}"/>`).join("") +
    `<path fill="var(--line)" d="${marks.hidden}"/><path class="fr" d="${marks.area}"/>` +
    `<path fill="none" stroke="var(--real)" d="${marks.edge}"/>` +
    `<path class="eh" d="${marks.synthetic}"/><path class="es" d="${marks.synthetic}"/>` +
    `<path fill="var(--real)" d="${marks.realAlarms}"/>` +
    `<path fill="var(--surface)" stroke="var(--syn)" stroke-width="1.5" d="${marks.syntheticAlarms}"/>` +
    `<path class="ax" d="M${BOX.left} ${BOX.bottom + 0.5}H${BOX.right}"/>`;
  return html`<svg width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
    ${new Markup(paths)}
    ${marks.y.map(({ at, label: text }) => html`<text x="${BOX.left - 6}" y="${at + 4}" text-anchor="end">${text}</text>`)}
    ${marks.x.map(
      ({ at, label: text }) =>
        html`<text x="${at}" y="${HEIGHT - 5}" text-anchor="${at - BOX.left < 12 ? "start" : "middle"}"
          >${text}</text
        >`,
    )}
  </svg>`;
}

function countsTable(series: IncidenceSeries): Markup {
  const made = scaledSynthetic(series);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${series.every === "week" ? "Week" : "Day"}</th>
        <th scope="col">Real</th>
        <th scope="col">Synthetic, to scale</th>
      </tr>
    </thead>
    <tbody>
      ${series.real.map(
        (value, i) =>
          html`<tr>
            <th scope="row">${periodWords(series, i)}</th>
            <td class="r">${realWords(series, value)}${series.alarms?.real.includes(i) && " (alarm)"}</td>
            <td class="y">
              ${made[i] !== undefined && fixed(made[i], 0)}${series.alarms?.synthetic?.includes(i) && " (alarm)"}
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
