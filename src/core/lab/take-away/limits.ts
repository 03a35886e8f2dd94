import type { Report } from "../../report/report.ts";
import type { EvaluationFacts } from "./facts.ts";
import { evaluationNote } from "../../words/guarantee.ts";
import { count, plural } from "../../words/numbers.ts";

/** What the rows may be used for, as far as the verdicts bear it. */
export const INTENDED: readonly string[] = [
  "Software tests, demonstrations and teaching.",
  "Writing and trying out an analysis before it is run on the real table.",
  "Finding out whether the real table could answer a question, before access to it is asked for.",
];

/** Who, and what, the rows must not be used for. */
export const notFor = ({ elsewhere, guarantee }: EvaluationFacts): string[] => [
  "Decisions about single patients: no row is a patient, and a model learned from these rows has not been validated for care.",
  "Rates, effects or risks that are published or acted on without being computed again on real rows.",
  guarantee !== undefined
    ? "Conclusions about rare diseases or small groups: noise hides what few patients share."
    : elsewhere === true
      ? "Conclusions about rare diseases or small groups, which a generator learns least of."
      : "Conclusions about rare diseases or small groups: what fewer than five patients share was left out on purpose.",
  "Attempts to find out who the patients were, or to link rows with other data about persons.",
  "Evidence that data protection law does not apply: whether it does is for the persons responsible to decide.",
];

/** Where the evaluation ends. */
export function limits({ shape, metrics }: Report, facts: EvaluationFacts): string[] {
  const skipped = metrics.filter(({ result }) => result.status === "skipped").length;
  return [
    ...(facts.elsewhere === true
      ? ["The rows were made elsewhere: what they were learned from, and how, is taken from what was said."]
      : []),
    ...(facts.guarantee ? [evaluationNote(facts.guarantee)] : []),
    ...(facts.guarantee?.noise !== "cryptographic" && facts.elsewhere !== true
      ? [
          "No differential privacy: nothing bounds what the rows or the model may tell about one patient; attacks that were not tried may succeed where those that were tried did not.",
        ]
      : []),
    "What was not measured is not known." +
      (skipped > 0 ? ` ${plural(skipped, "measure")} could not be computed here; each says why.` : ""),
    shape.holdout === 0
      ? "No real rows were held out, so there is nothing to tell memory from likeness by."
      : `The reference is ${plural(shape.holdout, "real row")} that were held out. The fewer they are, the wider the intervals, and the more often the answer is “cannot tell”.`,
    `The figures are those of ${shape.syntheticPatients === undefined ? plural(shape.synthetic, "synthetic row") : `${plural(shape.syntheticPatients, "synthetic patient")} with ${plural(shape.synthetic, "visit")}`} of all kinds. Rows made under a condition, in other shares or with another seed were not measured.`,
    `${shape.syntheticPatients === undefined ? "The order of a patient's visits in time is not modelled, and relations" : "Relations"} between more than two columns are seen only by those measures that look at whole rows.`,
    `The real table is one table from one place (${count(shape.train + shape.holdout)} rows): what it does not know, no synthetic row knows.`,
  ];
}

/** What is hidden, and why. */
export const SMALL_CELLS =
  "Counts of 1 to 4 patients are not drawn, listed or exported; neighbouring bins and levels are merged so that totals do not give them away.";
