import { FaultError } from "../../fault.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import type { Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell } from "../study.ts";
import { foundOf, type AskedOutcome } from "./found.ts";
import { outcomesOf, predictorsOf, withOutcome, type Outcome } from "./outcome-columns.ts";
import { scoreOutcomes } from "./score-outcomes.ts";

const USUAL = ["autoregressive", "copula"];
const AT_ONCE = 3;
const MOST = 8;

/** One fit for several outcomes: whether models of each learned from synthetic rows hold for real patients. */
export const outcomes: Study = {
  id: "outcomes",
  name: "Several outcomes",
  question: "Mortality, length of stay and readmission at once",

  fields({ table }) {
    const choices = needOutcomes(learnedTable(table));
    return [
      {
        type: "several",
        name: "outcomes",
        label: "Outcomes",
        default: choices.slice(0, AT_ONCE).map(({ name }) => name),
        choices: choices.map(({ name }) => ({ value: name, label: name })),
        least: 1,
        most: MOST,
        reason:
          "The target first, then columns that are called after death, length of stay or readmission. None of them predicts another.",
      },
      methodsField(table, USUAL),
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const names = listIn<string>(settings, "outcomes");
    const wanted = needOutcomes(learnedTable(table)).filter(({ name }) => names.includes(name));
    const methods = listIn<string>(settings, "methods").filter((id) => id !== INDEPENDENT);
    const seeds = numberIn(settings, "seeds");
    const asked = wanted.map((outcome) => askedOf(outcome, wanted, train, holdout));
    const good = asked.flatMap((one) =>
      one.unit === undefined ? [] : [{ outcome: one.outcome, kept: one.kept }],
    );
    if (good.length === 0)
      throw new FaultError(
        refusedStudy(
          `None of the outcomes can be scored. ${asked.map(({ outcome, reason }) => `${outcome.name}: ${reason ?? ""}`).join(" ")}`,
          "Choose other outcomes, or open a larger table.",
        ),
      );
    const each = measureEffort(train.rows, train.columns.length) * good.length * 0.4;
    const cells = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((one) =>
      [...methods, INDEPENDENT, REAL].map((method): StudyCell => {
        const name = method === REAL ? "real rows" : methodName(method);
        return {
          key: `${method}/${one}`,
          factors: { method, seed: one },
          words: `${name}, all outcomes, seed ${one}`,
          effort: (method === REAL ? 0 : fitEffort(method, train)) + each,
        };
      }),
    );
    return {
      cells,
      settings: [
        { name: "Outcomes", words: wanted.map(({ name }) => name).join(", ") },
        { name: "Methods", words: methods.map(methodName).join(", ") || "Independent columns" },
        { name: "Seeds", words: String(seeds) },
        { name: "Held out", words: `${holdout.rows.toLocaleString("en")} rows, the same throughout` },
      ],
      async run({ factors }, tools) {
        const [method, one] = [String(factors["method"]), Number(factors["seed"])];
        const { synthetic, seconds } = await fitAndSample({ train, method, seed: one }, tools);
        const rows = await scoreOutcomes({ train, holdout, synthetic }, good, one, tools.pulse);
        return [...rows, { measure: "seconds", value: seconds }];
      },
      reduce: (done) => foundOf({ cells, asked, methods }, done),
    };
  },
};

/** What is asked of one outcome, or why nothing can be. */
function askedOf(outcome: Outcome, all: readonly Outcome[], train: Table, holdout: Table): AskedOutcome {
  const { kept, leftOut } = predictorsOf(train, outcome, all);
  const [learned, held] = [train, holdout].map((table) => withOutcome(table, outcome, kept)) as [
    Table,
    Table,
  ];
  const prediction = predictionOf([learned, held, learned]);
  return "reason" in prediction
    ? { outcome, kept, leftOut, reason: prediction.reason }
    : { outcome, kept, leftOut, unit: prediction.task.unit };
}

function needOutcomes(learned: Table): Outcome[] {
  const found = outcomesOf(learned);
  if (found.length > 0) return found;
  throw new FaultError(
    refusedStudy(
      "No column can be predicted: each has one value, too many levels, or is a date.",
      "Include a column that is an outcome, on Data.",
    ),
  );
}
