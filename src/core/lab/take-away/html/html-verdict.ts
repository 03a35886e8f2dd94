/** The verdict at length: the five sides, what would hurt, what has no answer, and every measure on one line. */
import type { Axis, Finding, Report } from "../../../report/report.ts";
import { marginWords, measureWriter, unsettledWords } from "../../../words/measure.ts";
import { sides } from "../../../words/sides.ts";
import { answersWords, comparedWords, countWords, heldOutOf, unanswered } from "../../../words/unanswered.ts";
import { RULE, verdictWords } from "../../../words/verdict.ts";
import { html, type Markup } from "./markup.ts";
import { anchor, realKey, scrolling, syntheticKey, verdictMark } from "./report-parts.ts";
import { columnChart } from "./svg-column.ts";
import { marginKeys, marginPlot, marginScale } from "./svg-margin.ts";

type Row = Report["metrics"][number];

export function sidesSection(report: Report): Markup {
  return html`<section class="card" id="sides" aria-labelledby="sides-title">
    <header>
      <h2 id="sides-title">The five sides, worst first</h2>
      <p class="s13 q">${comparedWords(report)} ${answersWords(report)}</p>
    </header>
    ${marginKeys}
    <table class="score">
      <thead>
        <tr>
          <th scope="col">Side</th>
          <th scope="col" class="w">Answer</th>
          <th scope="col" class="plot">${marginScale()}</th>
          <th scope="col" class="w">What was found</th>
        </tr>
      </thead>
      <tbody>
        ${report.axes.map(axisRow)}
      </tbody>
    </table>
    <p class="s q">${RULE}</p>
  </section>`;
}

function axisRow(axis: Axis): Markup {
  const { name, asks } = sides[axis.family];
  const counts = countWords(axis.answers);
  return html`<tr>
    <th scope="row"><a href="#${axis.family}">${name}</a><span>${asks}</span></th>
    <td class="w">${verdictMark(axis.verdict)}</td>
    <td class="plot">${"metric" in axis && marginPlot({ name, loss: axis.loss, margin: axis.margin })}</td>
    <td class="w">
      ${axis.sentence}
      ${counts !== "" && html`<span class="s">Of the measures that decide: ${counts}.</span>`}
    </td>
  </tr>`;
}

export function findingsSection(report: Report): Markup {
  const { findings } = report;
  return html`<section class="card" id="findings" aria-labelledby="findings-title">
    <header>
      <h2 id="findings-title">What would hurt, and what to do</h2>
      <p class="s13 q">
        ${findings.length === 0 ? "No measure is worse than held-out patients." : "Worst first, at most five."}
      </p>
    </header>
    ${findings.length > 0 && html`<p class="key">${realKey}${syntheticKey}</p>`}
    ${findings.map((finding) => findingArticle(finding, report))}
  </section>`;
}

function findingArticle({ family, metric, column, title, text, remedy }: Finding, report: Report): Markup {
  const row = report.metrics.find(({ info }) => info.id === metric);
  const result = row?.result.status === "ok" ? row.result : undefined;
  const compared = report.columns.find(({ name }) => name === column);
  return html`<article>
    <header>
      <h3>${title}</h3>
      ${verdictMark(result?.verdict ?? "cannot-tell")}<span class="s q">${sides[family].name}</span>
    </header>
    <p>${text}</p>
    ${
      compared
        ? html`<div class="chart">${columnChart(compared)}</div>`
        : result &&
          marginPlot({ name: title, loss: result.loss, margin: result.judgement.margin, width: 260 })
    }
    <p><b>What to do:</b> ${remedy}</p>
    ${row && html`<p class="s"><a href="#m-${anchor(row.info.id)}">${row.info.name}</a></p>`}
  </article>`;
}

export function unansweredSection(report: Report): Markup {
  const open = unanswered(report);
  return html`<section class="card" id="unanswered" aria-labelledby="unanswered-title">
    <header>
      <h2 id="unanswered-title">No answer, and why</h2>
      <p class="s13 q">A grey answer is never counted as a good one.</p>
    </header>
    ${
      open.length === 0
        ? html`<p>Every measure gave an answer.</p>`
        : html`<ul class="s13">
            ${open.map(
              ({ title, why, kind, family }) =>
                html`<li>
                  <b>${title}</b> (${sides[family].name},
                  ${kind === "cannot-tell" ? "cannot tell" : "not measured"}): ${why}
                </li>`,
            )}
          </ul>`
    }
  </section>`;
}

/** The measures of one side, a line each. */
export function measureTable(rows: readonly Row[], label: string): Markup {
  return scrolling(
    label,
    html`<table>
      <thead>
        <tr>
          <th scope="col">Measure</th>
          <th scope="col">Synthetic</th>
          <th scope="col">Held-out real</th>
          <th scope="col">Margin</th>
          <th scope="col" class="plot">${marginScale(150)}</th>
          <th scope="col" class="w">Answer</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(measureLine)}
      </tbody>
    </table>`,
  );
}

function measureLine({ info, result }: Row): Markup {
  const title = html`<th scope="row"><a href="#m-${anchor(info.id)}">${info.name}</a></th>`;
  if (result.status !== "ok")
    return html`<tr>
      ${title}
      <td>–</td>
      <td>–</td>
      <td>–</td>
      <td></td>
      <td class="w">Not measured</td>
    </tr>`;
  const write = measureWriter(info, result);
  return html`<tr>
    ${title}
    <td class="y">${write(result.value)}</td>
    <td class="r">${write(result.baseline.value)}</td>
    <td>${marginWords(info, result)}</td>
    <td class="plot">
      ${marginPlot({ name: info.name, loss: result.loss, margin: result.judgement.margin, width: 150 })}
    </td>
    <td class="w">${verdictMark(result.verdict)}</td>
  </tr>`;
}

/** What stands under a measure that could not be told; undefined where it gave an answer. */
export function unsettled({ info, result }: Row, report: Report): Markup | undefined {
  if (result.status !== "ok" || result.verdict !== "cannot-tell") return undefined;
  const words = unsettledWords(info, result, heldOutOf(report));
  return html`<p class="s q"><b>${verdictWords[result.verdict]}.</b> ${words}</p>`;
}
