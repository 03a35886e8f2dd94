/**
 * The first page, for a board that decides: which data, which use, what was found, what remains, who signs. It prints on one
 * A4 page; everything it says is told at length on the pages after it.
 */
import { heldOutWords, rowsWords } from "../../../words/visits.ts";
import type { Axis, Finding, Report } from "../../../report/report.ts";
import { changesLine } from "../../../words/changed.ts";
import { enoughPatients, marginWords, measureWriter, seenWords } from "../../../words/measure.ts";
import { count, dayOf, plural, sentence } from "../../../words/numbers.ts";
import { sides } from "../../../words/sides.ts";
import { answersWords, countWords, heldOutOf, openWords } from "../../../words/unanswered.ts";
import { shortVerdicts } from "../../../words/verdict.ts";
import { SYNTHETIC, type EvaluationFacts, type SyntheticFile } from "../facts.ts";
import { html, shortened, type Markup } from "./markup.ts";
import { verdictMark } from "./report-parts.ts";
import { marginPlot } from "./svg-margin.ts";

type Row = Report["metrics"][number];

const BOX = html`<span class="box" aria-hidden="true"></span>`;

export function boardPage(report: Report, facts: EvaluationFacts, file?: SyntheticFile): Markup {
  const { headline, caveat, run } = report;
  return html`<section class="card board" id="board" aria-labelledby="board-title">
    <p class="stamp">
      <b>Semblance</b
      ><span>Report for decision · ${run.table} · ${dayOf(run.finishedAt)} · ${SYNTHETIC}</span>
    </p>
    <h1 id="board-title">${headline}</h1>
    ${caveat !== undefined && html`<p class="not">${sentence(caveat)}</p>`}
    ${part("1", "Data", "", dataRows(report, facts))}
    ${part("2", "Use", "stated by the applicant", rowsOfUse(facts))}
    ${part("3", "Found", "against held-out real patients", found(report))}
    ${part("4", "Remains", "", remains(report))} ${part("5", "Decision", "", decision())}
    ${foot(report, facts, file)}
  </section>`;
}

const part = (number: string, title: string, under: string, content: Markup): Markup =>
  html`<div class="part">
    <div>
      <h2>${number} ${title}</h2>
      ${under !== "" && html`<p class="s q">${under}</p>`}
    </div>
    <div>${content}</div>
  </div>`;

const terms = (rows: readonly (readonly [string, string])[]): Markup =>
  html`<dl>
    ${rows.map(
      ([term, words]) =>
        html`<dt>${term}</dt>
          <dd>${words === "" ? html`<span class="line" aria-label="to fill in"></span>` : words}</dd>`,
    )}
  </dl>`;

function dataRows({ run, shape, reading }: Report, { source, columns, elsewhere }: EvaluationFacts): Markup {
  const left = columns.filter(({ role }) => role === "omit" || role === "identifier").map(({ name }) => name);
  const size = source
    ? `${plural(source.rows, "row")}, ${plural(source.columns, "column")}`
    : `${plural(shape.train + shape.holdout, "row")}, ${plural(shape.columns, "compared column")}`;
  const held = heldOutWords(shape);
  return terms([
    ["Real table", `${shortened(run.table, 60)}: ${size}`],
    ...(elsewhere === true
      ? ([
          [
            "Synthetic table",
            `${shortened(run.synthesizerName, 60)}, made elsewhere: ${rowsWords(shape.synthetic, shape.syntheticPatients)}`,
          ],
          [
            "Compared with",
            `${shape.trainPatients === undefined ? plural(shape.train, "real row") : rowsWords(shape.train, shape.trainPatients)}, and ${held} taken to be unknown to the tool`,
          ],
        ] as const)
      : ([
          [
            "Trained on",
            `${rowsWords(shape.train, shape.trainPatients)}; ${held} were held out and never used for training`,
          ],
        ] as const)),
    ...(left.length === 0 ? [] : [["Left out", listed(left, 5)] as const]),
    ["Changed at reading", reading === undefined ? "Not known here." : shortened(changesLine(reading), 200)],
  ]);
}

function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => shortened(name, 30));
  return names.length > most ? `${shown.join(", ")} and ${names.length - most} more` : shown.join(", ");
}

const rowsOfUse = ({ use = {} }: EvaluationFacts): Markup =>
  terms([
    ["Purpose", shortened(use.purpose ?? "", 200)],
    ["Who receives it", shortened(use.receivers ?? "", 200)],
    ["Kept until", shortened(use.keptUntil ?? "", 60)],
  ]);

function found(report: Report): Markup {
  return html`<table class="sides">
      <thead>
        <tr>
          <th scope="col"><span class="vh">Side</span></th>
          <th scope="col"><span class="vh">Answer</span></th>
          <th scope="col"><span class="vh">Worst measure</span></th>
        </tr>
      </thead>
      <tbody>
        ${report.axes.map(
          (axis) =>
            html`<tr>
              <th scope="row">${sides[axis.family].name}</th>
              <td>${verdictMark(axis.verdict, true, shortVerdicts)}</td>
              <td class="w">${sideWords(axis, report)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      report.findings.length === 0
        ? html`<p class="s13">No measure is worse than held-out patients.</p>`
        : html`<ul class="found">
            ${report.findings.map((finding) => findingLine(finding, report))}
          </ul>`
    }
    <p class="s q">
      Circle and line: synthetic rows with their 95% interval. Blue: inside the margin of held-out real
      patients; worse lies to the left.
    </p>`;
}

/** "Told apart 0.988, held-out real 0.483, margin 0.05" */
function numbersOf({ info, result }: Row): string {
  if (result.status !== "ok") return shortened(sentence(result.reason), 110);
  const write = measureWriter(info, result);
  return `${write(result.value)}, held-out real ${write(result.baseline.value)}, margin ${marginWords(info, result)}`;
}

function sideWords(axis: Axis, { metrics }: Report): string {
  const row = "metric" in axis ? metrics.find(({ info }) => info.id === axis.metric) : undefined;
  const { good: _good, ...others } = axis.answers;
  const counts = countWords({ ...others, good: 0 });
  const also = counts === "" ? "" : ` (${counts})`;
  if (row === undefined) return shortened(sentence(axis.sentence), 120);
  return `${row.info.name}: ${numbersOf(row)}${also}`;
}

function findingLine({ metric, title, family }: Finding, report: Report): Markup {
  const row = report.metrics.find(({ info }) => info.id === metric);
  const result = row?.result.status === "ok" ? row.result : undefined;
  const grey = result === undefined || result.verdict === "cannot-tell";
  const words =
    row === undefined
      ? sides[family].name
      : grey && result
        ? `${row.info.name} ${numbersOf(row)}. ${seenWords(row.info, result)}`
        : numbersOf(row);
  return html`<li>
    ${verdictMark(result?.verdict ?? "cannot-tell", false)}
    <p><b>${shortened(title, 90)}:</b> ${words}</p>
    ${result && marginPlot({ name: title, loss: result.loss, margin: result.judgement.margin, width: 150 })}
  </li>`;
}

function remains(report: Report): Markup {
  const heldOut = heldOutOf(report);
  const privacy = report.axes.find(({ family }) => family === "privacy");
  const enough = report.metrics
    .filter(({ info }) => info.family === "privacy" && info.scored)
    .flatMap(({ result }) => (result.status === "ok" ? (enoughPatients(result, heldOut) ?? []) : []));
  const most = enough.length === 0 ? undefined : Math.max(...enough);
  const conditions = [
    ...(privacy?.verdict === "good"
      ? ["Handled as agreed for data that may say something about patients: named people, one place."]
      : ["Handled like the patient data it came from: same access list, same storage."]),
    "Marked “synthetic, not for clinical conclusions” wherever it is shown.",
    most === undefined
      ? "Measured again if the data, the use or the recipients change."
      : `Measured again before any transfer, with about ${count(most)} held-out patients.`,
  ];
  const open = openWords(report);
  return html`<p class="s13">
      ${answersWords(report)} ${open !== "" && `Without an answer: ${open}.`} The measures show what these
      tests found; whether the table is personal data in law is for the board to decide.
    </p>
    <ul class="checks">
      ${conditions.map((words) => html`<li>${BOX}${words}</li>`)}
    </ul>`;
}

const decision = (): Markup =>
  html`<table class="signs">
    <thead>
      <tr>
        <th scope="col">Role and name</th>
        <th scope="col">Decision</th>
        <th scope="col">Signature</th>
        <th scope="col">Date</th>
      </tr>
    </thead>
    <tbody>
      ${["Applicant", "Data protection officer", "Chair of the board"].map(
        (role) =>
          html`<tr>
            <th scope="row">${role}</th>
            <td>${BOX}Agree ${BOX}With conditions ${BOX}No</td>
            <td></td>
            <td></td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const digest = (sha256: string): string => `${sha256.slice(0, 16)}…${sha256.slice(-8)}`;

function foot(
  { run }: Report,
  { source, versions, elsewhere }: EvaluationFacts,
  file?: SyntheticFile,
): Markup {
  const hashes = [
    `real ${source ? digest(source.sha256) : "not known here"}`,
    `synthetic ${file ? digest(file.sha256) : "see the file it goes with"}`,
  ];
  const made = elsewhere === true ? "made elsewhere" : `${run.synthesizerName}, seed ${run.seed}`;
  return html`<footer>
    <p>
      A measure is called worse only if it lies outside its margin after allowing for all measures judged
      together: fresh real patients would be called worse in at most 1 of 20 reports. Method: ${made}.
      Everything was computed on the applicant’s computer.
    </p>
    <p class="mono">SHA-256 ${hashes.join(" · ")} · Semblance ${versions.semblance}</p>
  </footer>`;
}
