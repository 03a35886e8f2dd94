/** How columns go together: three triangles and the pairs that differ most. */
import type { CorrelationComparison } from "../../../report/report.ts";
import { html, shortened, type Markup } from "./markup.ts";
import { scrolling } from "./report-parts.ts";
import { MOST_LINKED, mostLinked, outlined, reach, worstFirst } from "../../../shapes/heatmap-shape.ts";
import { heatmap } from "./svg-heatmap.ts";
import { count, fixed } from "../../../words/numbers.ts";

export function relationships(correlations: CorrelationComparison): Markup {
  const { names, worst, real, synthetic, difference } = correlations;
  const shown = worstFirst(correlations, mostLinked(correlations));
  const scale = reach([real, synthetic], shown);
  const change = reach([difference], shown);
  const framed = outlined(correlations, shown);
  const which =
    names.length > MOST_LINKED
      ? `the ${shown.length} most linked of ${count(names.length)}`
      : `all ${names.length}`;
  const common = { correlations, shown };
  return html`<section class="card" id="relationships" aria-labelledby="relationships-title">
    <header>
      <h2 id="relationships-title">Relationships</h2>
      <p class="s13 q">
        How strongly columns go together, ${which} columns, worst first. A dash marks a negative link or a
        loss of strength; framed: the three largest differences. Colour is full at ±${fixed(scale, 1)}, for
        differences at ±${fixed(change, 1)}.
      </p>
    </header>
    ${
      names.length < 2
        ? html`<p class="q">There are fewer than two columns to link.</p>`
        : html`<div class="maps">
            ${mapFigure("Real", heatmap({ ...common, matrix: real, scale, colours: ["pos", "neg"], label: `Links between ${shown.length} columns in real rows; the table below lists the pairs that differ most.` }))}
            ${mapFigure("Synthetic", heatmap({ ...common, matrix: synthetic, scale, colours: ["pos", "neg"], label: `Links between ${shown.length} columns in synthetic rows.` }))}
            ${mapFigure("Difference in strength: blue weaker, orange stronger in synthetic", heatmap({ ...common, framed, matrix: difference, scale: change, colours: ["mre", "lss"], label: `Differences in strength between synthetic and real rows.` }))}
          </div>`
    }
    ${worst.length > 0 && pairsTable(worst.slice(0, 15))}
  </section>`;
}

const mapFigure = (title: string, map: Markup): Markup =>
  html`<figure>
    <figcaption><h3>${title}</h3></figcaption>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">${map}</div>
  </figure>`;

const measures = {
  pearson: "Pearson’s r",
  "cramers-v": "Cramér’s V",
  "correlation-ratio": "Correlation ratio",
} as const;

const pairsTable = (pairs: CorrelationComparison["worst"]): Markup =>
  scrolling(
    "Pairs that differ most",
    html`<table>
      <caption>
        The pairs that differ most
      </caption>
      <thead>
        <tr>
          <th scope="col">Pair</th>
          <th scope="col" class="w">Measure</th>
          <th scope="col">Real</th>
          <th scope="col">Synthetic</th>
          <th scope="col">Difference</th>
          <th scope="col">Noise</th>
        </tr>
      </thead>
      <tbody>
        ${pairs.map(
          ({ a, b, measure, real, synthetic, noise }) =>
            html`<tr>
              <th scope="row">${shortened(a, 60)} and ${shortened(b, 60)}</th>
              <td class="w">${measures[measure]}</td>
              <td class="r">${fixed(real, 2)}</td>
              <td class="y">${fixed(synthetic, 2)}</td>
              <td>${fixed(synthetic - real, 2)}</td>
              <td>${fixed(noise, 2)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`,
  );
