import { familyNames, epsilonWords, sourceWords, SYNTHETIC, type EvaluationFacts } from "./facts.ts";
import type { MetricResult } from "../../metrics/metric.ts";
import type { Axis, ColumnComparison, CorrelationComparison, Report } from "../comparison.ts";
import { detailMarkup } from "./detail-markup.ts";
import { guardedReport } from "./guarded-report.ts";
import { INTENDED, limits, NOT_FOR, SMALL_CELLS } from "./limits.ts";
import { html, Markup, shortened } from "./markup.ts";
import { REPORT_CSS } from "./report-css.ts";
import {
  anchor,
  DEFINITIONS,
  rangeKeys,
  realKey,
  scrolling,
  syntheticKey,
  verdictMark,
} from "./report-parts.ts";
import { isSmall } from "../small-cells.ts";
import { anyMissing, columnCells, columnChart } from "./svg-column.ts";
import { heatmap, MOST_LINKED, reach, shownColumns } from "./svg-heatmap.ts";
import { rangePlot, rangeScale, scoreAxis } from "./svg-range.ts";
import {
  between,
  count,
  dayOf,
  deviceTitle,
  duration,
  fixed,
  percent,
  plain,
  plural,
  sentence,
} from "./write-number.ts";

type Row = Report["metrics"][number];
type Measured = Row & { readonly result: Extract<MetricResult, { status: "ok" }> };

const isMeasured = (row: Row): row is Measured => row.result.status === "ok";

/** Columns drawn at once, and at most; the others are listed in one line each. */
const FIRST_COLUMNS = 24;
const MOST_COLUMNS = 200;
const MOST_LISTED = 2000;

/**
 * The whole evaluation as one HTML file for people: no script, nothing fetched, light on paper. Same report and facts,
 * same text. A policy inside the file keeps a browser from running or fetching anything even if it were tampered with.
 */
export function htmlReport(given: Report, facts: EvaluationFacts): string {
  const report = guardedReport(given);
  const { run } = report;
  const title = `${run.table}, ${run.synthesizerName}, seed ${run.seed}: evaluation of synthetic rows`;
  const page = html`<!doctype html>
    <html lang="en">
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
        ${style()}
      </head>
      <body>
        ${DEFINITIONS}
        <a class="skip" href="#scorecard">Skip to the scorecard</a>
        ${head(report)}
        <main>
          ${scorecard(report)} ${columnsSection(report)} ${relationships(report.correlations)}
          ${report.axes.map((axis) => familySection(axis, report.metrics))} ${methods(report)}
          ${limitsSection(report, facts)} ${provenance(report, facts)}
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

function head({ headline, caveat, shape, run }: Report): Markup {
  const words = [
    ["scorecard", "Scorecard"],
    ["columns", "Columns"],
    ["relationships", "Relationships"],
    ...Object.entries(familyNames).map(([family, { name }]) => [family, name]),
    ["methods", "How it was measured"],
    ["limits", "Limits"],
    ["provenance", "Where it comes from"],
  ];
  return html`<header class="top">
      <p class="stamp">
        Evaluation of synthetic rows · ${run.table} · ${dayOf(run.finishedAt)} · ${SYNTHETIC}
      </p>
      <h1>${headline}</h1>
      <p>
        ${caveat !== undefined && html`<b>${sentence(caveat)}</b> `}${plural(shape.synthetic, "synthetic row")}
        of ${run.synthesizerName}, seed ${run.seed}, learned from ${plural(shape.train, "real row")}, against
        ${plural(shape.holdout, "real row")} held out.
      </p>
      ${(run.notices ?? []).map((notice) => html`<p class="s13 q">${sentence(notice)}</p>`)}
    </header>
    <nav aria-label="Sections">${words.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}</nav>`;
}

function scorecard({ axes }: Report): Markup {
  const scores = axes.flatMap((axis) => ("skipped" in axis ? [] : [axis.score, axis.score.baseline]));
  const axis = scoreAxis(scores);
  return html`<section class="card" id="scorecard" aria-labelledby="scorecard-title">
    <header>
      <h2 id="scorecard-title">Scorecard</h2>
      <p class="s13 q">
        Five sides, worst first; a side is as good as the worst of its scored measures. 100 means “cannot be
        told from real rows”.
      </p>
    </header>
    ${rangeKeys(false)}
    <table class="score">
      <thead>
        <tr>
          <th scope="col">Side</th>
          <th scope="col">Score</th>
          <th scope="col" class="plot">${rangeScale(axis)}</th>
          <th scope="col">Held-out real</th>
          <th scope="col" class="w">Verdict</th>
          <th scope="col" class="w">What was found</th>
        </tr>
      </thead>
      <tbody>
        ${axes.map((one) => axisRow(one, axis))}
      </tbody>
    </table>
  </section>`;
}

function axisRow(axis: Axis, scale: ReturnType<typeof scoreAxis>): Markup {
  const { name, asks } = familyNames[axis.family];
  const title = html`<th scope="row"><a href="#${axis.family}">${name}</a><span>${asks}</span></th>`;
  if ("skipped" in axis)
    return html`<tr>
      ${title}
      <td class="w" colspan="5"><b>Not measured.</b> ${sentence(axis.skipped)}</td>
    </tr>`;
  const { value, interval, baseline } = axis.score;
  const label =
    `${name}: synthetic ${fixed(value, 1)}, 95% interval ${between(interval, (v) => fixed(v, 1))}; ` +
    `held-out real ${fixed(baseline.value, 1)}.`;
  return html`<tr>
    ${title}
    <td class="n">${count(value)}</td>
    <td class="plot">${rangePlot({ axis: scale, synthetic: axis.score, real: baseline, label })}</td>
    <td class="ref">${count(baseline.value)}</td>
    <td class="w">${verdictMark(axis.verdict)}</td>
    <td class="w">${axis.sentence}</td>
  </tr>`;
}

function columnsSection({ columns, shape }: Report): Markup {
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
    <p class="key">${realKey}${syntheticKey}<span>n/a: missing cells, 0 to 100%</span></p>
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
            <td>${verdictMark(verdict, false)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

function columnFigure(given: ColumnComparison, shape: Report["shape"]): Markup {
  const column = withShortNames(given);
  return html`<figure>
    <figcaption>
      <h3>${column.name}</h3>
      ${verdictMark(column.verdict)}
    </figcaption>
    <p class="s q">
      ${fixed(column.distance, 3)}, ${fixed(column.noise, 1)}×
      noise${column.chart.type === "histogram" && column.chart.log !== undefined && " · log"}
    </p>
    ${columnChart(column)}
    ${column.remark !== undefined && column.verdict !== "within" && html`<p class="remark">${sentence(column.remark)}</p>`}
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
    chart:
      chart.type === "bars" ? { ...chart, levels: chart.levels.map((level) => shortened(level, 40)) } : chart,
    ...(column.remark === undefined ? {} : { remark: shortened(column.remark, 200) }),
  };
}

/** A share of rows; where it would stand for 1 to 4 of them, only that. */
const shareOf = (share: number, rows: number): string =>
  isSmall(Math.round(share * rows)) ? "<5" : percent(share);

function columnTable(column: ColumnComparison, shape: Report["shape"]): Markup {
  const { missing } = column;
  const cells = columnCells(column);
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
            <td>${shape.holdout === 0 ? "–" : shareOf(holdout, shape.holdout)}</td>
            <td class="y">${percent(synthetic)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function relationships(correlations: CorrelationComparison): Markup {
  const { names, worst, real, synthetic, difference } = correlations;
  const shown = shownColumns(correlations);
  const scale = reach([real, synthetic], shown);
  const change = reach([difference], shown);
  const outlined = worst.slice(0, 3).flatMap(({ a, b }): [number, number][] => {
    const [i, j] = [shown.indexOf(names.indexOf(a)), shown.indexOf(names.indexOf(b))];
    return i < 0 || j < 0 ? [] : [[i, j]];
  });
  const which =
    names.length > MOST_LINKED
      ? `the ${shown.length} most linked of ${count(names.length)}`
      : `all ${names.length}`;
  const common = { correlations, shown, outlined };
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
            ${mapFigure("Real", heatmap({ ...common, outlined: [], matrix: real, scale, colours: ["pos", "neg"], label: `Links between ${shown.length} columns in real rows; the table below lists the pairs that differ most.` }))}
            ${mapFigure("Synthetic", heatmap({ ...common, outlined: [], matrix: synthetic, scale, colours: ["pos", "neg"], label: `Links between ${shown.length} columns in synthetic rows.` }))}
            ${mapFigure("Difference in strength: blue weaker, orange stronger in synthetic", heatmap({ ...common, matrix: difference, scale: change, colours: ["mre", "lss"], label: `Differences in strength between synthetic and real rows.` }))}
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

function familySection(axis: Axis, rows: Report["metrics"]): Markup {
  const { name, asks } = familyNames[axis.family];
  const own = rows.filter(({ info }) => info.family === axis.family);
  const id = axis.family;
  return html`<section class="card" id="${id}" aria-labelledby="${id}-title">
    <header>
      <h2 id="${id}-title">${name}</h2>
      <p class="s13 q">${asks}</p>
    </header>
    ${own.some(isPlotted) && rangeKeys(true)}
    ${own.map((row) => metricArticle(row, "metric" in axis && axis.metric === row.info.id))}
    ${own.length === 0 && html`<p class="q">Nothing measures it.</p>`}
  </section>`;
}

/** Whether its detail is drawn as marks that need the key. */
const isPlotted = (row: Row): boolean =>
  row.result.status === "ok" && row.result.detail !== undefined && row.result.detail.type !== "per-column";

function metricArticle(row: Row, speaks: boolean): Markup {
  const { info, result } = row;
  const id = `m-${anchor(info.id)}`;
  if (!isMeasured(row))
    return html`<article id="${id}">
      <header><h3>${info.name}</h3></header>
      <p class="q"><b>Not measured.</b> ${result.status === "skipped" && sentence(result.reason)}</p>
    </article>`;
  const { value, interval, baseline, score, verdict, extremes, detail, note } = row.result;
  return html`<article id="${id}">
    <header>
      <h3>${info.name}</h3>
      ${verdictMark(verdict)} ${!info.scored && html`<span class="s q">evidence, not scored</span>`}
      ${speaks && html`<span class="s q">speaks for this side</span>`}
    </header>
    <p>${row.result.sentence}</p>
    <p class="number">
      <b class="y">${plain(value)}</b> (${between(interval, plain)}) for synthetic rows,
      <b class="r">${plain(baseline.value)}</b> (${between(baseline.interval, plain)}) for held-out real
      ones${extremes && html`, ${plain(extremes.independent)} for independent columns, ${plain(extremes.bootstrap)} for copied rows`}.
      Score ${count(score.value)}, held-out real ${count(score.baseline.value)}.
    </p>
    ${detail && detailMarkup(detail, info.name)}
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
    <td class="w">${info.summary} <span class="s">${info.reference}</span></td>
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
    ${list(NOT_FOR)}
    <p class="s13 q">${SMALL_CELLS}</p>
  </section>`;
}

function provenance({ run, shape, target }: Report, facts: EvaluationFacts): Markup {
  const { source, holdout, versions } = facts;
  const params = Object.entries(run.params).map(([name, value]) => `${name} ${String(value)}`);
  const rows: [string, string | Markup][] = [
    [
      "Table",
      source ? `${run.table}: ${plural(source.rows, "row")}, ${plural(source.columns, "column")}` : run.table,
    ],
    source
      ? [sourceWords(source), html`<span class="mono">${source.sha256}</span>`]
      : ["SHA-256 of the source", "not known: the table was not at hand when this file was written"],
    [
      "Rows",
      `${count(shape.train)} learned from, ${count(shape.holdout)} held out, ${count(shape.synthetic)} synthetic rows measured`,
    ],
    ...(target === undefined ? [] : [["Target", target] as [string, string]]),
    ["Method", run.synthesizerName],
    ["Settings", params.length === 0 ? "none" : params.join(", ")],
    ["Seed", String(run.seed)],
    ...(holdout === undefined
      ? []
      : [
          ["Held out", `${percent(holdout.share, 0)} of the rows, before anything was fitted`] as [
            string,
            string,
          ],
        ]),
    ["Trained", `${duration(run.seconds)} on ${deviceTitle(run.device)}, ended ${run.finishedAt}`],
    ["Differential privacy", epsilonWords(facts)],
    ["Versions", `Semblance ${versions.semblance}, TensorFlow.js ${versions.tensorflow}`],
  ];
  return html`<section class="card" id="provenance" aria-labelledby="provenance-title">
    <header><h2 id="provenance-title">Where it comes from</h2></header>
    <dl>
      ${rows.map(
        ([term, words]) =>
          html`<dt>${term}</dt>
            <dd>${words}</dd>`,
      )}
    </dl>
  </section>`;
}
