import type { MetricResult } from "../../../metrics/metric.ts";
import type { Axis, Report, SummaryRisk } from "../../../report/report.ts";
import { detailMarkup } from "./detail-markup.ts";
import { SYNTHETIC, type EvaluationFacts, type SyntheticFile } from "../facts.ts";
import { sides } from "../../../words/sides.ts";
import { evaluationNote } from "../../../words/guarantee.ts";
import { guardedReport } from "../guarded-report.ts";
import { incidenceSection } from "./html-incidence.ts";
import { mapSection } from "./html-map.ts";
import { coursesSection } from "./html-courses.ts";
import { columnsSection } from "./html-columns.ts";
import { relationships } from "./html-relationships.ts";
import { INTENDED, limits, notFor, SMALL_CELLS } from "../limits.ts";
import { html, Markup } from "./markup.ts";
import { provenance } from "../provenance.ts";
import { ALL_UNDERSTOOD, READING_INTRO, READING_TITLE, readingWords } from "../reading-words.ts";
import { REPORT_CSS } from "./report-css.ts";
import { boardPage } from "./html-board.ts";
import { findingsSection, measureTable, sidesSection, unansweredSection, unsettled } from "./html-verdict.ts";
import { marginWords, measureWriter } from "../../../words/measure.ts";
import { anchor, DEFINITIONS, rangeKeys, scrolling, verdictMark } from "./report-parts.ts";
import { rangePlot, rangeScale } from "./svg-range.ts";
import { percentTick, valueAxis } from "../../../shapes/range-shape.ts";
import { intervalWords, dayOf, percent, plain, sentence } from "../../../words/numbers.ts";

import { byCriterion } from "../../../words/criterion.ts";

type Row = Report["metrics"][number];
type Measured = Row & { readonly result: Extract<MetricResult, { status: "ok" }> };

const isMeasured = (row: Row): row is Measured => row.result.status === "ok";

/**
 * The whole evaluation as one HTML file for people: no script, nothing fetched, light on paper. Same report and facts,
 * same text. A policy inside the file has the browser refuse both, should a name of the table ever get through as markup.
 */
export function htmlReport(given: Report, facts: EvaluationFacts, file?: SyntheticFile): string {
  const report = guardedReport(given);
  const { run } = report;
  const title = `${run.table}, ${run.synthesizerName}, seed ${run.seed}: evaluation of synthetic rows`;
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
        ${style()}
      </head>
      <body>
        ${DEFINITIONS}
        <a class="skip" href="#board">Skip to the verdict</a>
        <main>
          ${boardPage(report, facts, file)} ${contents(report)} ${sidesSection(report)}
          ${findingsSection(report)} ${unansweredSection(report)} ${readingSection(report)}
          ${report.courses && coursesSection(report, report.courses)} ${columnsSection(report)}
          ${relationships(report.correlations)} ${report.map && mapSection(report.map)}
          ${report.incidence && incidenceSection(report.incidence, report.courses ? "visits" : "rows")}
          ${report.axes.map((axis) => familySection(axis, report))} ${methods(report)}
          ${limitsSection(report, facts)} ${provenanceSection(report, facts)}
        </main>
        <footer>
          <p>
            ${SYNTHETIC} ${run.table}, ${run.synthesizerName}, seed ${run.seed}, ${dayOf(run.finishedAt)}.
          </p>
          <p>Written by Semblance ${facts.versions.semblance}, on the computer the table was opened on.</p>
        </footer>
      </body>
    </html>`;
  return `${page.text.replace(/\n\s+/g, "\n")}\n`;
}

/** The sheet is ours and holds no `<`. */
const style = (): Markup =>
  html`<style>
    ${new Markup(REPORT_CSS)}
  </style>`;

function contents({ run, map, reading, courses, incidence }: Report): Markup {
  const words = [
    ["sides", "The five sides"],
    ["findings", "What would hurt"],
    ["unanswered", "No answer, and why"],
    ...(reading === undefined ? [] : [["reading", "Changed at reading"]]),
    ...(courses === undefined ? [] : [["courses", "Patients over time"]]),
    ["columns", "Columns"],
    ["relationships", "Relationships"],
    ...(map === undefined ? [] : [["map", "Map of rows"]]),
    ...(incidence === undefined ? [] : [["incidence", "Incidence"]]),
    ...Object.entries(sides).map(([family, { name }]) => [family, name]),
    ["methods", "How it was measured"],
    ["limits", "Limits"],
    ["provenance", "Where it comes from"],
  ];
  return html`<nav aria-label="Sections">
      ${words.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}
    </nav>
    ${run.guarantee && html`<p class="not notice">${evaluationNote(run.guarantee)}</p>`}
    ${(run.notices ?? []).map((notice) => html`<p class="s13 q notice">${sentence(notice)}</p>`)}`;
}

function familySection(axis: Axis, report: Report): Markup {
  const { metrics: rows, risk } = report;
  const { name, asks } = sides[axis.family];
  const own = rows.filter(({ info }) => info.family === axis.family);
  const id = axis.family;
  const article = (row: Row): Markup =>
    metricArticle(row, report, "metric" in axis && axis.metric === row.info.id);
  return html`<section class="card" id="${id}" aria-labelledby="${id}-title">
    <header>
      <h2 id="${id}-title">${name}</h2>
      <p class="s13 q">${asks}</p>
    </header>
    ${own.length > 0 && measureTable(own, `${name}, a line each`)} ${own.some(isPlotted) && rangeKeys(true)}
    ${id === "privacy" && risk && riskArticle(risk)}
    ${
      id === "privacy"
        ? byCriterion(own).map(
            (group) =>
              html`<h3 class="criterion">${group.name} <span class="s q">${group.asks}</span></h3>
                ${group.rows.map(article)}`,
          )
        : own.map(article)
    }
    ${own.length === 0 && html`<p class="q">Nothing measures it.</p>`}
  </section>`;
}

/** The highest attack risk beside the convention that it is compared with. */
function riskArticle({ value, interval, threshold, sentence: words }: SummaryRisk): Markup {
  const axis = valueAxis([{ value: 0 }, { value, interval }, { value: threshold }], percentTick, [0, 1]);
  const label = `Summary risk ${percent(value)}, 95% interval ${intervalWords(interval, percent)}; convention ${percent(threshold)}.`;
  return html`<article id="summary-risk">
    <header><h3>Summary risk</h3></header>
    <p>${words}</p>
    ${rangeScale(axis)}${rangePlot({ axis, synthetic: { value, interval }, chance: threshold, label })}
    <p class="s q">
      Dotted: ${percent(threshold)}. The risk is that of the attacks that were tried; others may do better.
    </p>
  </article>`;
}

/** Whether its detail is drawn as marks that need the key. */
const isPlotted = (row: Row): boolean =>
  row.result.status === "ok" && row.result.detail !== undefined && row.result.detail.type !== "per-column";

function metricArticle(row: Row, report: Report, speaks: boolean): Markup {
  const { info, result } = row;
  const id = `m-${anchor(info.id)}`;
  if (!isMeasured(row))
    return html`<article id="${id}">
      <header><h3>${info.name}</h3></header>
      <p class="q"><b>Not measured.</b> ${result.status === "skipped" && sentence(result.reason)}</p>
    </article>`;
  const { value, interval, baseline, verdict, extremes, detail, note } = row.result;
  const write = measureWriter(info, row.result);
  return html`<article id="${id}">
    <header>
      <h3>${info.name}</h3>
      ${verdictMark(verdict)} ${!info.scored && html`<span class="s q">evidence, does not decide</span>`}
      ${speaks && html`<span class="s q">speaks for this side</span>`}
    </header>
    <p>${row.result.sentence}</p>
    <p class="number">
      <b class="y">${write(value)}</b> (95% interval ${intervalWords(interval, write)}) for synthetic rows,
      <b class="r">${write(baseline.value)}</b> (${intervalWords(baseline.interval, write)}) for held-out real
      ones${extremes && html`, ${write(extremes.independent)} for independent columns, ${write(extremes.bootstrap)} for copied rows`}.
      Margin ${marginWords(info, row.result)}.
    </p>
    ${unsettled(row, report)} ${detail && detailMarkup(detail, info.name)}
    ${note !== undefined && html`<p class="s q">${sentence(note)}</p>`}
  </article>`;
}

function methods({ metrics, notes }: Report): Markup {
  return html`<section class="card" id="methods" aria-labelledby="methods-title">
    <header>
      <h2 id="methods-title">How it was measured</h2>
      <p class="s13 q">
        Each number beside the same number for held-out real rows, for columns shuffled independently (what
        knows nothing) and for copied training rows (what hides nothing).
      </p>
    </header>
    ${scrolling(
      "Every measure",
      html`<table>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col" class="w">What it is, and by whom</th>
            <th scope="col">Synthetic</th>
            <th scope="col">Held-out</th>
            <th scope="col">Independent</th>
            <th scope="col">Copied</th>
            <th scope="col">Best</th>
            <th scope="col"><span class="vh">Verdict</span></th>
          </tr>
        </thead>
        <tbody>
          ${metrics.map((row) => methodRow(row))}
        </tbody>
      </table>`,
    )}
    ${
      notes.length > 0 &&
      html`<h3>Notes</h3>
        <ul class="s13 q">
          ${notes.map((note) => html`<li>${sentence(note)}</li>`)}
        </ul>`
    }
  </section>`;
}

function readingSection(report: Report): Markup | undefined {
  const lines = readingWords(report);
  if (lines === undefined) return undefined;
  return html`<section class="card" id="reading" aria-labelledby="reading-title">
    <header>
      <h2 id="reading-title">${READING_TITLE}</h2>
      <p class="s13 q">${READING_INTRO}</p>
    </header>
    ${
      lines.length === 0
        ? html`<p>${ALL_UNDERSTOOD}</p>`
        : html`<ul class="s13">
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }
  </section>`;
}

function methodRow({ info, result }: Row): Markup {
  const numbers =
    result.status === "ok"
      ? html`<td class="y">${plain(result.value)}</td>
          <td class="r">${plain(result.baseline.value)}</td>
          <td>${result.extremes && plain(result.extremes.independent)}</td>
          <td>${result.extremes && plain(result.extremes.bootstrap)}</td>`
      : html`<td colspan="4" class="q">not measured</td>`;
  return html`<tr>
    <th scope="row"><a href="#m-${anchor(info.id)}">${info.name}</a></th>
    <td class="w">${info.summary} ${info.limits} <span class="s">${info.reference}</span></td>
    ${numbers}
    <td>${plain(info.ideal)}</td>
    <td>${result.status === "ok" && verdictMark(result.verdict, false)}</td>
  </tr>`;
}

function limitsSection(report: Report, facts: EvaluationFacts): Markup {
  const list = (items: readonly string[]): Markup =>
    html`<ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>`;
  return html`<section class="card" id="limits" aria-labelledby="limits-title">
    <header><h2 id="limits-title">Limits</h2></header>
    ${list(limits(report, facts))}
    <h3>Meant for, as far as the verdicts above bear it</h3>
    ${list(INTENDED)}
    <h3>Not to be used for</h3>
    ${list(notFor(facts))}
    <p class="s13 q">${SMALL_CELLS}</p>
  </section>`;
}

function provenanceSection(report: Report, facts: EvaluationFacts): Markup {
  return html`<section class="card" id="provenance" aria-labelledby="provenance-title">
    <header><h2 id="provenance-title">Where it comes from</h2></header>
    <dl>
      ${provenance(report, facts).map(
        ({ term, words, code }) =>
          html`<dt>${term}</dt>
            <dd>${code === true ? html`<span class="mono">${words}</span>` : words}</dd>`,
      )}
    </dl>
  </section>`;
}
