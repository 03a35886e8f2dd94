import { FaultError } from "../../fault.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import { targetColumn, type ColumnSchema, type Table } from "../../table/table.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn, wordIn } from "../running/settings.ts";
import { refusedStudy, type Study, type StudyCell } from "../study.ts";
import { EARLY_STEPS, hasSteps, KEPT_SHARES } from "./ablation.ts";
import { foundOf } from "./found.ts";
import { runMix } from "./run-mix.ts";
import { subgroupsOf } from "./subgroups.ts";

const USUAL = ["autoregressive"];
const WITH = "with";

/** How much of what a model learns from may be synthetic, tested on real and on synthetic rows that it never saw. */
export const mixing: Study = {
  id: "mixing",
  name: "Mixing",
  question: "How much synthetic may be mixed in?",

  fields({ table }) {
    needTarget(table);
    return [
      {
        type: "numbers",
        name: "shares",
        label: "Share of synthetic rows",
        default: [0, 0.25, 0.5, 0.75, 1],
        min: 0,
        max: 1,
        least: 1,
        most: 11,
        reason:
          "Of as many rows in every mix. 0 and 1, real rows alone and synthetic rows alone, are always among them.",
      },
      {
        type: "numbers",
        name: "added",
        label: "Synthetic rows added for each real one",
        default: [0.5, 1, 2],
        min: 0.1,
        max: 5,
        least: 0,
        most: 6,
        reason: "All real rows stay, and synthetic ones are added: whether more rows help.",
      },
      methodsField(table, USUAL),
      {
        type: "choice",
        name: "ablation",
        label: "Ablation",
        default: WITH,
        choices: [
          { value: WITH, label: "with: poorer and narrower synthetic rows too" },
          { value: "without", label: "without" },
        ],
        reason:
          "Shows whether quality, diversity or the share of synthetic rows moves the result most; about doubles the time.",
      },
      seedsField(5),
    ];
  },

  open({ table }, settings, seed) {
    needTarget(table);
    const { train, holdout } = splitSource(table, seed);
    const target = targetName(train);
    const prediction = predictionOf([train, holdout, train]);
    if ("reason" in prediction)
      throw new FaultError(
        refusedStudy(
          `There is nothing to predict: ${prediction.reason}`,
          "Mark another column as the target.",
        ),
      );
    const shares = [...new Set([0, ...listIn<number>(settings, "shares"), 1])].toSorted((a, b) => a - b);
    const added = listIn<number>(settings, "added").toSorted((a, b) => a - b);
    const methods = listIn<string>(settings, "methods").filter((id) => id !== INDEPENDENT);
    const seeds = numberIn(settings, "seeds");
    const ablation = wordIn(settings, "ablation") === WITH;
    const subgroups = subgroupsOf(train);
    const mixes = shares.length + added.reduce((sum, times) => sum + 1 + times, 0);
    const all = [...methods, INDEPENDENT, REAL];
    const cells = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((one) =>
      all.map((method): StudyCell => {
        const real = method === REAL;
        const more = ablation && method !== INDEPENDENT ? KEPT_SHARES.length + EARLY_STEPS.length : 0;
        const fit = real ? 0 : fitEffort(method, train);
        const each = measureEffort(train.rows, train.columns.length);
        return {
          key: `${method}/${one}`,
          factors: { method, seed: one },
          words: `${real ? "real rows" : `all mixes with ${methodName(method)}`}, seed ${one}`,
          effort: real
            ? each * (1 + 0.25 * shares.length)
            : fit * (more > 0 ? 1.5 : 1) + each * (0.25 * mixes + 1 + 0.7 * more),
        };
      }),
    );
    const told = {
      cells,
      shares,
      added,
      methods,
      target,
      unit: prediction.task.unit,
      rows: train.rows,
      heldOut: holdout.rows,
      subgroups,
      ablation: ablation ? { steps: methods.filter((id) => hasSteps(id)) } : undefined,
    };
    return {
      cells,
      settings: [
        { name: "Shares", words: shares.map((share) => `${Math.round(1000 * share) / 10}%`).join(", ") },
        { name: "Added", words: added.length > 0 ? added.map((times) => `${times} ×`).join(", ") : "none" },
        { name: "Methods", words: methods.map(methodName).join(", ") || "Independent columns" },
        { name: "Ablation", words: ablation ? "with" : "without" },
        { name: "Seeds", words: String(seeds) },
        { name: "Rows in a mix", words: train.rows.toLocaleString("en") },
        { name: "Held out", words: `${holdout.rows.toLocaleString("en")} rows, the same throughout` },
      ],
      run: ({ factors }, tools) =>
        runMix(
          {
            train,
            holdout,
            method: String(factors["method"]),
            seed: Number(factors["seed"]),
            shares,
            added,
            ablation: ablation && factors["method"] !== INDEPENDENT,
            subgroups,
            target,
          },
          tools,
        ),
      reduce: (done) => foundOf(told, done),
    };
  },
};

const targetName = (table: Table): string => {
  const at = targetColumn(table.schema);
  return at === undefined ? "" : (table.schema.columns[at] as ColumnSchema).name;
};

function needTarget(table: Table): void {
  if (targetColumn(table.schema) === undefined)
    throw new FaultError(
      refusedStudy(
        "No column is marked as the target, and a mix is judged by a model of one.",
        "Mark the column that is to be predicted as the target, on Data.",
      ),
    );
}
