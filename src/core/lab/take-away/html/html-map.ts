/** Maps of rows for the eye: real rows as shaded cells of at least 5 patients, synthetic rows as open dots. */
import type { MapComparison, MapOfRows } from "../../../report/report.ts";
import { amongReal, cellDifferences } from "../../../shapes/row-map-shape.ts";
import { html, Markup } from "./markup.ts";
import { scrolling } from "./report-parts.ts";
import { px } from "./svg-range.ts";
import { percent } from "../../../words/numbers.ts";

const SIZE = 300;
const MOST_CELLS = 12;

const titles = { pca: "Principal components", umap: "UMAP" } as const;

export const mapSection = ({ maps }: MapComparison): Markup =>
  html`<section class="card" id="map" aria-labelledby="map-title">
    <header>
      <h2 id="map-title">Map of rows</h2>
      <p class="s13 q">
        Rows that are alike lie near each other. Shaded: real rows, darker where more of them are, in cells of
        at least 5 patients. Open dots: synthetic rows. For the eye only; no number above is read from it.
      </p>
    </header>
    <div class="maps">${maps.map((map, i) => figure(map, `map-dots-${i + 1}`))}</div>
  </section>`;

function figure(map: MapOfRows, id: string): Markup {
  const outside = map.points.length === 0 ? 0 : 1 - amongReal(map);
  const title = titles[map.method];
  const label = `${title}: real rows as shaded cells, synthetic rows as dots; ${percent(outside, 0)} of the synthetic rows lie in cells with fewer than 5 real patients.`;
  return html`<figure>
    <figcaption><h3>${title}</h3></figcaption>
    ${drawing(map, id, label)}
    <p class="s q">
      ${percent(outside, 0)} of the synthetic rows lie in cells with fewer than 5 real
      patients.${map.variance && html` The axes hold ${map.variance.map((share) => percent(share, 0)).join(" and ")} of the variance.`}${map.trustworthiness !== undefined && html` Neighbours on the map are neighbours in fact to ${percent(map.trustworthiness, 0)}.`}
    </p>
    <details>
      <summary>As a table</summary>
      ${scrolling(`${title} as a table`, cellsTable(map))}
    </details>
  </figure>`;
}

function drawing(map: MapOfRows, id: string, label: string): Markup {
  const { side, cells, points, x, y } = map;
  const most = cells.reduce((a, b) => Math.max(a, b), 1e-9);
  const width = SIZE / side;
  const squares = cells.map((share, i) => {
    if (share <= 0) return "";
    const left = (i % side) * width;
    const top = SIZE - (Math.floor(i / side) + 1) * width;
    const strength = 0.15 + 0.85 * Math.sqrt(share / most);
    return `<path class="fr" fill-opacity="${px(strength)}" d="M${px(left)} ${px(top)}h${px(width)}v${px(width)}h${px(-width)}z"/>`;
  });
  const at = (value: number, [low, high]: readonly [number, number]): number =>
    Math.max(0, Math.min(1, (value - low) / (high - low || 1))) * SIZE;
  const dots = points
    .filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py))
    .map((point) => `M${px(at(point[0], x))} ${px(SIZE - at(point[1], y))}h0`)
    .join("");
  const marks =
    `<defs><path id="${id}" stroke-linecap="round" fill="none" d="${dots}"/></defs>${squares.join("")}` +
    `<use href="#${id}" stroke="var(--syn)" stroke-width="4.4"/><use href="#${id}" stroke="var(--surface)" stroke-width="1.8"/>` +
    `<path class="ax" d="M.5 .5h${SIZE}v${SIZE}H.5z"/>`;
  return html`<svg width="${SIZE + 1}" height="${SIZE + 1}" role="img" aria-label="${label}">
    ${new Markup(marks)}
  </svg>`;
}

function cellsTable(map: MapOfRows): Markup {
  const worst = cellDifferences(map).slice(0, MOST_CELLS);
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Cell from the left, from below</th>
        <th scope="col">Real</th>
        <th scope="col">Synthetic</th>
      </tr>
    </thead>
    <tbody>
      ${worst.map(
        ({ cell, real, synthetic }) =>
          html`<tr>
            <th scope="row">${(cell % map.side) + 1}, ${Math.floor(cell / map.side) + 1}</th>
            <td class="r">${real === 0 ? "<5 or none" : percent(real)}</td>
            <td class="y">${percent(synthetic)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
