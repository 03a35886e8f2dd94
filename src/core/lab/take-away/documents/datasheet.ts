import { rowsWords } from "../../../words/visits.ts";
import type { Report } from "../../../report/report.ts";
import { axesTable, provenanceTable } from "./evidence-tables.ts";
import { SYNTHETIC, type ColumnFacts, type EvaluationFacts, type SyntheticFile } from "../facts.ts";
import { guardedReport } from "../guarded-report.ts";
import { INTENDED, limits, notFor } from "../limits.ts";
import { blocks, list, mark, readingBlock, table, toFillIn } from "./markdown.ts";
import { count, dayOf, percent, plural } from "../../../words/numbers.ts";

/** Columns listed one by one; a wider table says how many more there are. */
const MOST_COLUMNS = 300;

/**
 * A datasheet of the synthetic table in Markdown, with the sections of Gebru et al., Datasheets for datasets (CACM 2021):
 * motivation, composition, collection, preprocessing, uses, distribution, maintenance. What only people can answer is left
 * open and says so. `file`: the synthetic file that goes with it, where there is one. Same input, same text.
 */
export function datasheet(given: Report, facts: EvaluationFacts, file?: SyntheticFile): string {
  const report = guardedReport(given);
  const { run, shape } = report;
  const overTime = shape.syntheticPatients !== undefined;
  return blocks([
    `# Datasheet: synthetic rows after ${mark(run.table)}`,
    `${SYNTHETIC} Written by Semblance ${facts.versions.semblance} after the run of ${dayOf(run.finishedAt)}. Sections follow Gebru et al. 2021.`,
    "## Motivation",
    "The rows were made so that people can work with a table shaped like the real one without being given the real one.",
    toFillIn("for which purpose, by whom, funded by whom."),
    "## Composition",
    overTime
      ? "Each row is a visit of a synthetic patient, whose visits have one id and stand in the order of time. No patient is a person."
      : "Each row stands for one row of the source (a patient or a visit). No row is a person.",
    file === undefined ? "How many rows are shared is not known here." : fileWords(file),
    columnsTable(facts.columns),
    facts.elsewhere !== true &&
      `Missing cells are made like any other value. ${overTime ? "Visits of one patient belong together; patients do not." : "Relations between rows are not kept: rows do not belong together."}`,
    "Does it hold data that might be considered confidential? It was learned from patient data. What attacks made of it is under Uses; what was not tried is not known.",
    "## Collection process",
    `Nothing was collected: the rows were made${facts.elsewhere === true ? " elsewhere" : ""} after the source.`,
    provenanceTable(report, facts),
    toFillIn("how the source itself was collected, with which consent or legal ground, reviewed by whom."),
    "## Preprocessing, cleaning, labelling",
    facts.elsewhere === true
      ? toFillIn("what was left out, merged or made up anew.")
      : list([
          "Identifiers were made up anew and have nothing to do with the source's; columns left out are there, empty.",
          "Values and levels that fewer than five patients share were left out or merged before anything was learned.",
          "Numbers, dates and missing cells are written as the source wrote them.",
        ]),
    readingBlock(report),
    run.notices !== undefined && run.notices.length > 0 && list(run.notices.map(mark)),
    "## Uses",
    axesTable(report),
    report.risk !== undefined && mark(report.risk.sentence),
    "Meant for, as far as these verdicts bear it:",
    list(INTENDED),
    "Not to be used for:",
    list(notFor(facts)),
    "Limits:",
    list(limits(report, facts)),
    "## Distribution",
    toFillIn("to whom it is given, under which licence and agreement, from when on."),
    "Say wherever the rows are used that they are synthetic, and give the scores with them.",
    "## Maintenance",
    `There are no updates by themselves: ${count(shape.train + shape.holdout)} rows of the source were there on ${dayOf(run.finishedAt)}.${facts.elsewhere === true ? "" : run.endedEarly === undefined ? " The same table, settings and seed give the same rows on the same device." : ` Training was ended early, at step ${count(run.endedEarly.step)}: the same table, settings and seed alone do not give the same rows.`}`,
    toFillIn("who can be asked, and who is told when something is found."),
  ]);
}

export const fileWords = ({
  name,
  rows,
  patients,
  bytes,
  sha256,
  seed,
  which,
  delimiter,
  encoding,
}: SyntheticFile): string =>
  `The file: ${mark(name)}, ${rowsWords(rows, patients)}, ${count(bytes)} bytes, ${mark(encoding)}, columns apart by “${delimiter === "\t" ? "tab" : mark(delimiter)}”, SHA-256 \`${sha256}\`${seed === undefined ? "" : `, drawn with seed ${seed}`}.${which === undefined ? "" : ` Only ${patients === undefined ? "rows" : "patients"} where: ${mark(which)}. They are no sample of all patients.`}`;

const fillings = {
  learned: "learned",
  "id-text": "made up anew",
  "id-number": "made up anew",
  empty: "left out, empty",
} as const;

export function columnsTable(columns: readonly ColumnFacts[]): string {
  const shown = columns.slice(0, MOST_COLUMNS);
  const learned = columns.filter(({ filling }) => filling === undefined || filling === "learned").length;
  return blocks([
    `${plural(columns.length, "column")}, of which ${count(learned)} learned (${percent(learned / Math.max(1, columns.length), 0)}).`,
    table(
      ["Column", "Type", "Role", "How it came about"],
      shown.map(({ name, kind, role, filling }) => [
        mark(name),
        kind,
        role,
        filling === undefined ? "not known" : fillings[filling],
      ]),
    ),
    columns.length > MOST_COLUMNS && `${plural(columns.length - MOST_COLUMNS, "more column")}.`,
  ]).trimEnd();
}
