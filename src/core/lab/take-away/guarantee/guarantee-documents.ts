/**
 * Model card and datasheet of a run with a guarantee, for outside: what is public or was paid for, and nothing that was measured
 * beside real patients.
 */
import { aboutRows, NOT_PROTECTED, PUBLIC_ANYWAY } from "../../../words/guarantee.ts";
import { dayOf } from "../../../words/numbers.ts";
import type { TrainedModel } from "../../model-file/model-file.ts";
import { columnsTable, fileWords } from "../documents/datasheet.ts";
import { blocks, list, mark, table, toFillIn } from "../documents/markdown.ts";
import { SYNTHETIC, type EvaluationFacts, type SyntheticFile } from "../facts.ts";
import { INTENDED, notFor } from "../limits.ts";
import { publicWords } from "./guarantee-html.ts";
import { releaseWords, type ReleaseReport } from "./release-report.ts";

const PUBLIC = `Taken as known to everybody. ${PUBLIC_ANYWAY} ${NOT_PROTECTED} So was what is listed here; the guarantee does not cover what it tells, should it have been read from the patients.`;
const NO_NUMBERS =
  "Nothing here was measured beside real patients: such figures are not covered by the guarantee. The evaluation stays with those who hold the table; ask them what the rows are good for.";
const ADDS_UP =
  "This is what this run alone spent. Other releases of the same table add up; those who hold the table keep the ledger of all.";

const digits = (value: number): string => String(Number(value.toPrecision(3)));

function guaranteeSection(report: ReleaseReport, { schema }: TrainedModel): string {
  const { guarantee, ledger } = report;
  const declared = guarantee.public.columns.flatMap((known) => {
    const column = schema.columns.find(({ name }) => name === known.name);
    return column === undefined ? [] : publicWords(known, column);
  });
  return blocks([
    list(releaseWords(report).map(mark)),
    table(
      ["What", "Value"],
      [
        ["Epsilon", String(guarantee.epsilon)],
        ["Delta", String(guarantee.delta)],
        ["Unit", guarantee.unit],
        ["Neighbours", `one ${guarantee.unit} added or removed`],
        [
          "Rows of each patient that count",
          guarantee.unit === "patient" ? String(guarantee.rowsPerPatient) : "–",
        ],
        ["Learned from", aboutRows(guarantee)],
        [
          "Noise",
          guarantee.noise === "seeded" ? "made for a test: *not private*" : "cryptographic generator",
        ],
      ],
    ),
    "### Ledger of this run",
    table(
      ["Mechanism", "Columns", "Sensitivity", "Noise σ", "ρ", "ε so far"],
      ledger.map(({ what, columns, sensitivity, sigma, rho, epsilonSoFar }) => [
        mark(what),
        mark(columns),
        digits(sensitivity),
        sigma === undefined ? "a choice" : digits(sigma),
        digits(rho),
        epsilonSoFar.toFixed(2),
      ]),
    ),
    ADDS_UP,
    "### Public assumptions",
    PUBLIC,
    declared.length > 0
      ? list(declared.map(mark))
      : "Nothing else: every range and every level was paid for.",
  ]).trimEnd();
}

function settings({ artifact, facts }: TrainedModel, { versions }: EvaluationFacts): string {
  const params = Object.entries(artifact.params).map(([name, value]) => `${name} ${String(value)}`);
  return table(
    ["What", "Value"],
    [
      ["Source", mark(facts.table)],
      ["Method", mark(facts.synthesizerName)],
      ["Settings", mark(params.join(", "))],
      ["Seed", `${facts.seed} (repeats the rows that the model draws, not the noise)`],
      ["Training ended", mark(facts.finishedAt)],
      ["Versions", `Semblance ${versions.semblance}, TensorFlow.js ${versions.tensorflow}`],
    ],
  );
}

const noticeList = ({ facts }: TrainedModel): string | undefined =>
  facts.notices && facts.notices.length > 0 ? list(facts.notices.map(mark)) : undefined;

/** A model card in Markdown (Mitchell et al. 2019). Same model and facts, same text. */
export const guaranteeCard = (report: ReleaseReport, model: TrainedModel, facts: EvaluationFacts): string =>
  blocks([
    `# Model card: ${mark(report.synthesizer)} of ${mark(report.table)}`,
    `${SYNTHETIC} Written by Semblance ${facts.versions.semblance} after the run of ${dayOf(model.facts.finishedAt)}. Sections follow Mitchell et al. 2019.`,
    "## Model details",
    settings(model, facts),
    "The model is a generator of table rows. It was trained on the computer that the table was opened on. Everything in its file is public or noisy.",
    noticeList(model),
    toFillIn("contact, licence, how to cite."),
    "## Privacy guarantee",
    guaranteeSection(report, model),
    "## Intended use",
    list(INTENDED),
    "Not to be used for:",
    list(notFor(facts)),
    "## Metrics, evaluation data, quantitative analyses",
    NO_NUMBERS,
    "guarantee.html and guarantee.json compare its rows with the noisy tables that it was made from.",
    "## Training data",
    `${aboutRows(report.guarantee)} of ${mark(report.table)}. Identifiers and free text are never learned from.`,
    toFillIn("where and when the patients were seen, who is in the table and who is not."),
    "## Ethical considerations",
    "The guarantee bounds what can be learned of one patient because they are in the table. It does not hide what is true of many: a group's habits and risks can be learned from any useful table, and can hurt its members. Who gets the model, and on which legal ground, is for the persons responsible for the table to decide.",
  ]);

/** A datasheet of the synthetic table in Markdown (Gebru et al. 2021). `file`: the synthetic file that goes with it. */
export const guaranteeDatasheet = (
  report: ReleaseReport,
  model: TrainedModel,
  facts: EvaluationFacts,
  file?: SyntheticFile,
): string =>
  blocks([
    `# Datasheet: synthetic rows after ${mark(report.table)}`,
    `${SYNTHETIC} Written by Semblance ${facts.versions.semblance} after the run of ${dayOf(model.facts.finishedAt)}. Sections follow Gebru et al. 2021.`,
    "## Motivation",
    "The rows were made so that people can work with a table shaped like the real one without being given the real one.",
    toFillIn("for which purpose, by whom, funded by whom."),
    "## Composition",
    "Each row is drawn from a noisy model. No row is a person.",
    file === undefined ? "How many rows are shared is not known here." : fileWords(file),
    columnsTable(facts.columns),
    "Does it hold data that might be considered confidential? It was learned from patient data, under the guarantee below.",
    "## Collection process",
    "Nothing was collected: the rows were drawn from the model.",
    settings(model, facts),
    toFillIn("how the source itself was collected, with which consent or legal ground, reviewed by whom."),
    "## Preprocessing, cleaning, labelling",
    list([
      "Identifiers were made up anew and have nothing to do with the source's; columns left out are there, empty.",
      "Levels that are neither declared nor shared by enough patients to stand out of the noise count as missing; numbers beyond the range are moved to its ends.",
    ]),
    noticeList(model),
    "## Privacy guarantee",
    guaranteeSection(report, model),
    "## Uses",
    "Meant for:",
    list(INTENDED),
    "Not to be used for:",
    list(notFor(facts)),
    NO_NUMBERS,
    "## Distribution",
    toFillIn("to whom it is given, under which licence and agreement, from when on."),
    "Say wherever the rows are used that they are synthetic and noisy, and give the guarantee with them.",
    "## Maintenance",
    "The same model file and seed give the same rows. Training again gives other noise, and spends again.",
    toFillIn("who can be asked, and who is told when something is found."),
  ]);
