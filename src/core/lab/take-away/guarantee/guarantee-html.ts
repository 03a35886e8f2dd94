import type { PublicColumn } from "../../../private/public/public-facts.ts";
import { aboutRows, NOT_PROTECTED, PUBLIC_ANYWAY } from "../../../words/guarantee.ts";
import { count } from "../../../words/numbers.ts";
import { SYNTHETIC, type EvaluationFacts } from "../facts.ts";
import { html, Markup } from "../html/markup.ts";
import { REPORT_CSS } from "../html/report-css.ts";
import { scrolling } from "../html/report-parts.ts";
import type { ColumnSchema } from "../../../table/table.ts";
import { rangeText } from "../../guarantee/public-lines.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import {
  releaseReport,
  releaseWords,
  type LedgerLine,
  type ReleasedComparison,
  type ReleaseReport,
} from "./release-report.ts";

/** What the report for outside is, and is not. */
export const OUTSIDE =
  "This report reads no real patient. It compares the synthetic rows with the noisy tables that the model file holds, all of which the guarantee covers.";

/** The report for outside as one HTML file: no script, nothing fetched. Same model and facts, same text. */
export async function guaranteeHtml(model: TrainedModel, { versions }: EvaluationFacts): Promise<string> {
  const report = await releaseReport(model);
  const { table, synthesizer, seed, guarantee } = report;
  const title = `${table}, ${synthesizer}, seed ${seed}: privacy guarantee`;
  const page = html`<!doctype html>
    <html lang="en" translate="no">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="google" content="notranslate" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_CSS)}
        </style>
      </head>
      <body>
        <main>
          <section>
            <h1>${title}</h1>
            <p>${SYNTHETIC} ${OUTSIDE}</p>
            <h2>What is guaranteed</h2>
            ${releaseWords(report).map((words) => html`<p>${words}</p>`)}
            <p>Learned from ${aboutRows(guarantee)}.</p>
          </section>
          ${ledgerSection(report)} ${publicSection(report, model.schema.columns)} ${comparedSection(report)}
        </main>
        <footer>
          <p>Written by Semblance ${versions.semblance}, on the computer the table was opened on.</p>
        </footer>
      </body>
    </html>`;
  return `${page.text.replace(/\n\s+/g, "\n")}\n`;
}

function ledgerSection({ ledger, guarantee }: ReleaseReport): Markup {
  return html`<section>
    <h2>What was spent</h2>
    <p>
      Each line answered from the patients with noise. Other releases of the same table are not in this list:
      they add up.
    </p>
    ${scrolling(
      "What was spent",
      html`<table>
        <thead>
          <tr>
            <th>Mechanism</th>
            <th class="r">Columns</th>
            <th class="r">Noise σ</th>
            <th class="r">ρ</th>
            <th class="r">ε so far</th>
          </tr>
        </thead>
        <tbody>
          ${ledger.map(ledgerRow)}
        </tbody>
      </table>`,
    )}
    <p>In all ε = ${guarantee.epsilon}.</p>
  </section>`;
}

const digits = (value: number): string => String(Number(value.toPrecision(3)));

const ledgerRow = ({ what, columns, sigma, rho, epsilonSoFar }: LedgerLine): Markup =>
  html`<tr>
    <th>${what}</th>
    <td class="r">${columns}</td>
    <td class="r">${sigma === undefined ? "a choice" : digits(sigma)}</td>
    <td class="r">${digits(rho)}</td>
    <td class="r">${epsilonSoFar.toFixed(2)}</td>
  </tr>`;

/** What was taken as known to everybody, and confirmed by a person. */
function publicSection({ guarantee }: ReleaseReport, columns: readonly ColumnSchema[]): Markup {
  const lines = guarantee.public.columns.flatMap((known) => {
    const column = columns.find(({ name }) => name === known.name);
    return column === undefined ? [] : publicWords(known, column).map((words) => html`<li>${words}</li>`);
  });
  return html`<section>
    <h2>What was taken as public</h2>
    <p>
      ${PUBLIC_ANYWAY} ${NOT_PROTECTED} If one of these lines was read from the patients and not known before,
      the guarantee does not cover what it tells.
    </p>
    ${
      lines.length > 0
        ? html`<ul>
            ${lines}
          </ul>`
        : html`<p>Nothing else: every range and every level was paid for.</p>`
    }
  </section>`;
}

const WHY = {
  declared: "declared",
  clinical: "a known clinical range",
  written: "the words that its cells are written with",
} as const;
const SHOWN_LEVELS = 50;

/** One sentence for each thing that is public of a column. */
export function publicWords({ name, range, levels, missing }: PublicColumn, column: ColumnSchema): string[] {
  const shown = levels?.values.slice(0, SHOWN_LEVELS).join(", ") ?? "";
  const more = (levels?.values.length ?? 0) - SHOWN_LEVELS;
  return [
    ...(range ? [`Range of ${name}: ${rangeText(column, range)}, ${WHY[range.why]}.`] : []),
    ...(levels
      ? [`Levels of ${name}: ${shown}${more > 0 ? ` and ${count(more)} more` : ""}, ${WHY[levels.why]}.`]
      : []),
    ...(missing === false ? [`${name} is never missing: declared.`] : []),
  ];
}

function comparedSection({ compared, rows }: ReleaseReport): Markup {
  if (compared === undefined)
    return html`<section>
      <h2>Rows beside the noisy tables</h2>
      <p>
        This method keeps no noisy tables: there is nothing to compare its rows with that would not read
        patients.
      </p>
    </section>`;
  return html`<section>
    <h2>Rows beside the noisy tables</h2>
    <p>
      ${count(rows)} synthetic rows. Total variation is the share of rows that would have to change for both
      to be the same, 0% to 100%. Where it is about what noise alone gives, the rows say what the model knows;
      what the model does not know, nobody can read here.
    </p>
    ${scrolling(
      "Rows beside the noisy tables",
      html`<table>
        <thead>
          <tr>
            <th>Columns</th>
            <th class="r">Cells</th>
            <th class="r">Total variation</th>
            <th class="r">Noise alone</th>
          </tr>
        </thead>
        <tbody>
          ${compared.map(comparedRow)}
        </tbody>
      </table>`,
    )}
  </section>`;
}

const share = (value: number): string => `${(100 * value).toFixed(1)}%`;

const comparedRow = ({ columns, cells, variation, byNoise }: ReleasedComparison): Markup =>
  html`<tr>
    <th>${columns.join(" × ")}</th>
    <td class="r">${count(cells)}</td>
    <td class="r">${share(variation)}</td>
    <td class="r">${share(byNoise)}</td>
  </tr>`;
