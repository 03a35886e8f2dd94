/** What a study found as one page that needs nothing else. */
import { versions } from "../../lab/take-away/versions.ts";
import { html, Markup } from "../../lab/take-away/html/markup.ts";
import { REPORT_CSS } from "../../lab/take-away/html/report-css.ts";
import { DEFINITIONS, scrolling } from "../../lab/take-away/html/report-parts.ts";
import { drawingSvg, listingTable } from "../../lab/take-away/html/svg-drawing.ts";
import { labelWidth } from "../../lab/take-away/html/svg-range.ts";
import type { StudyFigure, StudyPicture, StudyResult, StudyTable, StudyUnit } from "../../report/study.ts";
import { figureParts } from "../../shapes/studies/figure-words.ts";
import { KEY, studyDrawing, studyKeys, studyLeast } from "../../shapes/studies/study-drawing.ts";
import { studyLabel, studyListing } from "../../shapes/studies/study-words.ts";
import { count, duration, plural, sentence } from "../../words/numbers.ts";

/** Pictures stand two beside each other where the page is wide; those that need more have it. */
const WIDE = { lines: 520, bars: 520, matrix: 520, points: 1080, ranges: 1080 } as const;

/**
 * Sentence, pictures, tables, limits: no script, nothing fetched, a policy inside the file. Names of the table are escaped
 * wherever they stand. Same result, same text.
 */
export function studyHtml(result: StudyResult): string {
  const title = `${headingOf(result)} ${result.table.name}`;
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
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${new Markup(REPORT_CSS)}
        </style>
      </head>
      <body>
        ${DEFINITIONS}
        <main>
          ${foundSection(result)} ${result.tables.map(tableSection)} ${failedSection(result)}
          ${notesSection(result)}
        </main>
        <footer>
          <p>
            ${count(result.cells.done)} of ${plural(result.cells.all, "cell")}, ${duration(result.seconds)},
            seed ${result.seed}. Written by Semblance ${versions.semblance}, on the computer the table was
            opened on. No row of the table is in this file.
          </p>
        </footer>
      </body>
    </html>`;
  return `${page.text.replace(/\n\s+/g, "\n")}\n`;
}

/** "Rows: how many patients are enough?", as on the page */
const headingOf = ({ name, question }: Pick<StudyResult, "name" | "question">): string =>
  `${name}: ${question.charAt(0).toLowerCase()}${question.slice(1)}`;

function foundSection({
  name,
  question,
  say,
  more = [],
  pictures,
  settings,
  table,
  cells,
}: StudyResult): Markup {
  const facts = [
    {
      name: "Table",
      words: `${table.name}, ${plural(table.rows, "row")}, ${plural(table.columns, "column")}`,
    },
    ...settings,
  ];
  return html`<section class="card">
    <header><h1>${headingOf({ name, question })}</h1></header>
    ${
      cells.done < cells.all &&
      html`<p class="not notice">
        Not finished: ${count(cells.done)} of ${plural(cells.all, "cell")} so far.
      </p>`
    }
    <p><b>${say.bold}</b>${say.rest !== undefined && ` ${say.rest}`}</p>
    ${more.map((line) => html`<p class="q">${line}</p>`)}
    <p class="key">${facts.map((fact) => html`<span>${fact.name} <b>${fact.words}</b></span>`)}</p>
    ${keys(pictures)}
    <div class="maps">${pictures.map(figure)}</div>
  </section>`;
}

/** Once for pictures whose marks mean the same. */
function keys(pictures: readonly StudyPicture[]): Markup[] {
  const seen = new Set<string>();
  return pictures.flatMap((picture) => {
    const own = studyKeys(picture).filter(({ name, marks }) => {
      const look = `${name} ${JSON.stringify(marks)}`;
      return seen.has(look) ? false : seen.add(look);
    });
    if (own.length === 0) return [];
    return [
      html`<p class="key">
        ${own.map(
          ({ name, marks }) =>
            html`<span>${drawingSvg({ ...KEY, marks, labels: [], spots: [] }, name)} ${name}</span>`,
        )}
      </p>`,
    ];
  });
}

function figure(picture: StudyPicture): Markup {
  const width = Math.max(WIDE[picture.type], studyLeast(picture, labelWidth));
  return html`<figure>
    ${scrolling(picture.title, drawingSvg(studyDrawing(picture, width, labelWidth), studyLabel(picture)))}
    <details>
      <summary>As a table</summary>
      ${scrolling(`${picture.title} as a table`, listingTable(studyListing(picture)))}
    </details>
  </figure>`;
}

function tableSection({ title, note, columns, rows }: StudyTable): Markup {
  const over = overHeads(columns);
  return html`<section class="card">
    <header>
      <h2>${title}</h2>
      ${note !== undefined && html`<p class="s13 q">${note}</p>`}
    </header>
    ${scrolling(
      title,
      html`<table>
        <thead>
          ${
            over.some(({ text }) => text !== "") &&
            html`<tr>
              <td></td>
              ${over.map(({ text, span }) => html`<th scope="colgroup" colspan="${span}">${text}</th>`)}
            </tr>`
          }
          <tr>
            <td></td>
            ${columns.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ name, kind, cells }) =>
              html`<tr class="${kind === "real" ? "r" : ""}">
                <th scope="row">${name}</th>
                ${columns.map(({ unit }, i) => html`<td${wraps(cells[i])}>${cellOf(cells[i], unit)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`,
    )}
  </section>`;
}

/** Heads over several columns that stand beside each other. */
function overHeads(columns: StudyTable["columns"]): { readonly text: string; readonly span: number }[] {
  const heads: { text: string; span: number }[] = [];
  for (const { over = "" } of columns) {
    const last = heads.at(-1);
    if (last !== undefined && last.text === over) last.span++;
    else heads.push({ text: over, span: 1 });
  }
  return heads;
}

/** Names one after another may take several lines, figures may not. */
const wraps = (cell: StudyFigure | string | undefined): Markup | false =>
  typeof cell === "string" && cell.includes(" ") && new Markup(' class="wrap"');

function cellOf(cell: StudyFigure | string | undefined, unit: StudyUnit = "number"): Markup | string {
  if (cell === undefined) return "–";
  if (typeof cell === "string") return cell;
  const { value, spread } = figureParts(cell, unit);
  return html`${value}${spread !== undefined && html` <span class="q">${spread}</span>`}`;
}

const failedSection = ({ failed }: StudyResult): Markup | false =>
  failed.length > 0 &&
  html`<section class="card">
    <header><h2>${plural(failed.length, "cell")} could not be run</h2></header>
    <ul>
      ${failed.map(({ cell, reason }) => html`<li>${cell}: ${sentence(reason)}</li>`)}
    </ul>
  </section>`;

const notesSection = ({ notes = [] }: StudyResult): Markup | false =>
  notes.length > 0 &&
  html`<section class="card">
    <header><h2>Limits of what was measured</h2></header>
    <ul>
      ${notes.map((note) => html`<li>${sentence(note)}</li>`)}
    </ul>
  </section>`;
