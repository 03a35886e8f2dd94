import { rowsWords } from "../../../words/visits.ts";
import type { Report } from "../../../report/report.ts";
import { axesTable, metricsTable, provenanceTable } from "./evidence-tables.ts";
import { SYNTHETIC, type EvaluationFacts } from "../facts.ts";
import { guardedReport } from "../guarded-report.ts";
import { INTENDED, limits, notFor, SMALL_CELLS } from "../limits.ts";
import { blocks, list, mark, readingBlock, toFillIn } from "./markdown.ts";
import { count, dayOf, plural, sentence } from "../../../words/numbers.ts";

/**
 * A model card in Markdown, with the sections of Mitchell et al., Model cards for model reporting (FAT* 2019): details,
 * intended use, factors, metrics, evaluation data, training data, quantitative analyses, ethical considerations, caveats.
 * Same report and facts, same text.
 */
export function modelCard(given: Report, facts: EvaluationFacts): string {
  const report = guardedReport(given);
  const { run, shape, headline, caveat, target } = report;
  return blocks([
    `# Model card: ${mark(run.synthesizerName)} of ${mark(run.table)}`,
    `${SYNTHETIC} Written by Semblance ${facts.versions.semblance} after the run of ${dayOf(run.finishedAt)}. Sections follow Mitchell et al. 2019.`,
    "## Model details",
    provenanceTable(report, facts),
    facts.elsewhere === true
      ? "The rows were made elsewhere; this card holds what was measured of them and what was said of them."
      : "The model is a generator of table rows. It was trained on the computer that the table was opened on.",
    run.notices !== undefined &&
      run.notices.length > 0 &&
      list(run.notices.map((notice) => mark(sentence(notice)))),
    toFillIn("contact, licence, how to cite."),
    "## Intended use",
    `**${mark(sentence(headline))}**${caveat === undefined ? "" : ` ${mark(sentence(caveat))}`}`,
    "Meant for, as far as the verdicts below bear it:",
    list(INTENDED),
    "Not to be used for:",
    list(notFor(facts)),
    "Meant for people who know what the real table is and are told that these rows are synthetic.",
    "## Factors",
    factors(report, facts),
    "## Metrics",
    "Every number stands beside the same number for real rows that were held out, for columns shuffled independently (what knows nothing) and for copied training rows (what hides nothing). Verdicts: _as good as held-out patients_, the whole 95% interval of the loss lies inside the measure's margin; _worse_, it lies outside, also when it is widened for all measures judged together, _much worse_ from three margins; _cannot tell_, neither, so more held-out patients are needed. A side is as good as its worst scored measure.",
    "## Evaluation data",
    evaluationData(report, facts),
    "## Training data",
    `${rowsWords(shape.train, shape.trainPatients)} and ${plural(shape.columns, "learned column")} of ${mark(run.table)}.${facts.elsewhere === true ? "" : " Identifiers and free text are never learned from."}`,
    readingBlock(report),
    toFillIn("where and when the patients were seen, who is in the table and who is not."),
    "## Quantitative analyses",
    axesTable(report),
    report.risk !== undefined && mark(report.risk.sentence),
    metricsTable(report),
    `Details by column, group and rule are in evaluation.html and evaluation.json. ${SMALL_CELLS}`,
    "## Ethical considerations",
    "The rows were learned from patients. A model, even one whose file holds no row of a patient, can be questioned without limit, and nothing bounds what all answers together tell. Who shares it, with whom and on which legal ground is for the persons responsible for the table to decide.",
    "## Caveats and recommendations",
    list(limits(report, facts)),
    target !== undefined &&
      `A model of ${mark(target)} that was learned from these rows must be scored on real rows before anything depends on it.`,
  ]);
}

function evaluationData({ shape }: Report, { elsewhere }: EvaluationFacts): string {
  if (shape.holdout === 0) return "No real rows were held out.";
  const rows = plural(shape.holdout, "row");
  return elsewhere === true
    ? `${rows} of a second file, which are taken not to have been learned from.`
    : `${rows} of the same table, set aside before anything was fitted; rows of one patient are on one side only.`;
}

function factors(report: Report, facts: EvaluationFacts): string {
  const sensitive = facts.columns.filter(({ role }) => role === "sensitive").map(({ name }) => mark(name));
  const groups = report.metrics.flatMap(({ result }) =>
    result.status === "ok" && result.detail?.type === "groups" ? result.detail.groups : [],
  );
  const hidden = groups.filter(({ reason, figures }) => reason !== undefined && figures === undefined).length;
  return list([
    sensitive.length > 0
      ? `Columns marked as sensitive: ${sensitive.join(", ")}.`
      : "No column was marked as sensitive.",
    groups.length === 0
      ? "No groups were compared."
      : `Compared by group: ${groups
          .slice(0, 20)
          .map(({ name }) => mark(name))
          .join(
            ", ",
          )}${groups.length > 20 ? ` and ${count(groups.length - 20)} more` : ""}.${hidden > 0 ? ` ${plural(hidden, "group")} too small to show.` : ""}`,
  ]);
}
