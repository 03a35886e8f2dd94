import { FaultError } from "../../fault.ts";
import { advantageLimit } from "../../lab/plane/advantage.ts";
import { learnedTable } from "../../lab/left-out.ts";
import { LEAST_HELD } from "../../metrics/measuring/least-rows.ts";
import { patientsOf } from "../../metrics/measuring/patients.ts";
import { predictionOf } from "../../metrics/measuring/prediction-task.ts";
import { offeredDelta } from "../../synthesizers/private/open-private.ts";
import { findSynthesizer } from "../../synthesizers/registry.ts";
import type { Table } from "../../table/table.ts";
import { epsilonWords } from "../../words/plane-words.ts";
import { fitEffort, measureEffort, methodName, methodsField, seedsField } from "../fields.ts";
import { fitAndSample, REAL, INDEPENDENT } from "../measuring/fit-and-sample.ts";
import { HELD_OUT, splitSource } from "../measuring/split-source.ts";
import { listIn, numberIn } from "../running/settings.ts";
import { refusedStudy, type CellRow, type Study, type StudyCell, type StudyTools } from "../study.ts";
import { attacksOn, measureRisk, measureUse, type Use } from "./judge-rows.ts";
import { foundOf, type PlacedMethod } from "./risk-and-use-found.ts";

/** Taken where nobody chose: five ways without a guarantee and one with. */
const USUAL = ["autoregressive", "copula", "cart", "vae", "dp-auto"] as const;
/** Seconds of the attacks on 1,000 rows of 10 columns. */
const ATTACK_SECONDS = 0.3;

/** Every method by what an attacker gains from its rows and what they are good for. */
export const riskAndUse: Study = {
  id: "risk-and-use",
  name: "Risk and use",
  question: "Every method on one plane, over seeds",

  fields({ table }) {
    const learned = learnedTable(table);
    if (Math.floor(patientsOf(learned) * HELD_OUT) < LEAST_HELD)
      throw new FaultError(
        refusedStudy(
          `Of ${patientsOf(learned)} patients fewer than ${LEAST_HELD} would be held out, too few to attack.`,
          `Open a table of at least ${Math.ceil(LEAST_HELD / HELD_OUT)} patients or a simulated cohort.`,
        ),
      );
    return [
      methodsField(learned, USUAL),
      {
        type: "numbers",
        name: "epsilons",
        label: "Epsilons of methods with a guarantee",
        default: [1, 10],
        min: 0.01,
        max: 100,
        least: 1,
        most: 5,
        reason: "Each method with a guarantee stands there once for each; others do not use it.",
      },
      seedsField(),
    ];
  },

  open({ table }, settings, seed) {
    const { train, holdout } = splitSource(table, seed);
    const methods = listIn<string>(settings, "methods");
    const seeds = numberIn(settings, "seeds");
    const epsilons = listIn<number>(settings, "epsilons").toSorted((a, b) => a - b);
    const task = predictionOf([train, holdout, train]);
    const use: Use = "reason" in task ? "likeness" : "tstr";
    const attacks = attacksOn(train);
    const placed = methods.flatMap((method) => placedBy(method, epsilons, train));
    const shown = [
      ...placed,
      ...(methods.includes(INDEPENDENT) ? [] : placedBy(INDEPENDENT, [], train)),
      { key: REAL, method: REAL, name: "Real rows" },
    ];
    const cells = Array.from({ length: seeds }, (_, i) => i + 1).flatMap((one) =>
      shown.map((point) => cellOf(point, train, one)),
    );
    const told = {
      cells,
      methods: placed,
      seeds,
      use:
        "reason" in task ? { unit: "likeness" as const } : { unit: task.task.unit, target: task.task.name },
    };
    return {
      cells,
      settings: [
        { name: "Methods", words: methods.map(methodName).join(", ") },
        ...(placed.some(({ limit }) => limit !== undefined)
          ? [{ name: "Epsilons", words: epsilons.map(String).join(", ") }]
          : []),
        { name: "Seeds", words: String(seeds) },
        { name: "Held out", words: `the same ${patientsOf(holdout)} patients throughout` },
      ],
      async run({ factors }: StudyCell, tools: StudyTools): Promise<CellRow[]> {
        const [method, one, epsilon] = [
          String(factors["method"]),
          Number(factors["seed"]),
          factors["epsilon"],
        ];
        const params = epsilon === undefined ? {} : { epsilon };
        const { synthetic, seconds } = await fitAndSample({ train, method, seed: one, params }, tools);
        const tables = { train, holdout, synthetic };
        const rows = await measureUse(tables, use, one, tools.pulse);
        if (method === REAL) return rows;
        return [
          ...rows,
          ...(await measureRisk(tables, attacks, one, tools.pulse)),
          { measure: "seconds", value: seconds },
        ];
      },
      reduce: (done) => foundOf(told, done),
    };
  },
};

/** A method's points: one, or one for each epsilon where it has a guarantee. */
function placedBy(method: string, epsilons: readonly number[], train: Table): PlacedMethod[] {
  const { name, guarantee } = findSynthesizer(method);
  if (guarantee !== true) return [{ key: method, method, name }];
  const delta = offeredDelta(patientsOf(train));
  return epsilons.map((epsilon) => ({
    key: `${method}@${epsilon}`,
    method,
    epsilon,
    name: `${name}, ${epsilonWords(epsilon)}`,
    limit: advantageLimit(epsilon, delta),
  }));
}

function cellOf({ key, method, name, epsilon }: PlacedMethod, train: Table, seed: number): StudyCell {
  const [rows, columns] = [Math.min(train.rows, 5000), train.columns.length];
  const work = method === REAL ? 0 : fitEffort(method, train) + (ATTACK_SECONDS * rows * columns) / 10_000;
  return {
    key: `${key}/${seed}`,
    factors: { point: key, method, ...(epsilon !== undefined && { epsilon }), seed },
    words: `${name}, seed ${seed}`,
    effort: work + measureEffort(rows, columns),
  };
}
