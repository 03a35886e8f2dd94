import { rowsWords } from "../../words/visits.ts";
import type { Report } from "../../report/report.ts";
import { epsilonWords, sourceWords, type EvaluationFacts } from "./facts.ts";
import { count, deviceTitle, duration, percent, plural } from "../../words/numbers.ts";

export interface Fact {
  readonly term: string;
  readonly words: string;
  /** a digest, in the letters of a terminal */
  readonly code?: boolean;
}

const early = ({ endedEarly }: Report["run"]): string =>
  endedEarly === undefined
    ? ""
    : `; ended early ${endedEarly.by === "person" ? "by hand" : "because privacy got worse"}, the model is that of step ${count(endedEarly.step)}`;

/** Each rule as it is written; a run of an earlier version says none. */
const rulesWords = ({ rules = [] }: Report["run"]): string =>
  rules.length === 0 ? "no rule" : rules.join("; ");

/** How the rows came about: source, settings, seed, versions, device. Of a table made elsewhere only what is known here. */
export function provenance({ run, shape, target }: Report, facts: EvaluationFacts): Fact[] {
  const { source, holdout, versions, elsewhere } = facts;
  const params = Object.entries(run.params).map(([name, value]) => `${name} ${String(value)}`);
  const set = holdout && ` (${percent(holdout.share, 0)}, set aside before anything was fitted)`;
  const here: Fact[] = [
    { term: "Method", words: run.synthesizerName },
    { term: "Settings", words: params.length === 0 ? "none" : params.join(", ") },
    { term: "Seed", words: String(run.seed) },
    { term: "Device", words: deviceTitle(run.device) },
    { term: "Kept in every row", words: rulesWords(run) },
    { term: "Training", words: `${duration(run.seconds)}, ended ${run.finishedAt}${early(run)}` },
  ];
  const there: Fact[] = [
    {
      term: "Synthetic table",
      words: `${run.synthesizerName}, made elsewhere: method, settings and seed are not known here`,
    },
    { term: "Seed of the evaluation", words: String(run.seed) },
    { term: "Evaluated", words: `on ${deviceTitle(run.device)}, begun ${run.finishedAt}` },
  ];
  return [
    { term: "Source", words: run.table },
    {
      term: "Shape of the source",
      words: source ? `${plural(source.rows, "row")}, ${plural(source.columns, "column")}` : "not known",
    },
    source
      ? { term: sourceWords(source), words: source.sha256, code: true }
      : {
          term: "SHA-256 of the source",
          words: "not known: the table was not at hand when this file was written",
        },
    { term: "Rows learned from", words: countOf(shape.train, shape.trainPatients) },
    { term: "Rows held out", words: `${count(shape.holdout)}${set ?? ""}` },
    { term: "Synthetic rows measured", words: countOf(shape.synthetic, shape.syntheticPatients) },
    ...(target === undefined ? [] : [{ term: "Target", words: target }]),
    ...(elsewhere === true ? there : here),
    { term: "Differential privacy (ε)", words: epsilonWords(facts) },
    { term: "Versions", words: `Semblance ${versions.semblance}, TensorFlow.js ${versions.tensorflow}` },
  ];
}

/** A count of rows; of patients over time with whose visits they are. */
const countOf = (rows: number, patients: number | undefined): string =>
  patients === undefined ? count(rows) : rowsWords(rows, patients);
