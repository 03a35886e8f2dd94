import { withholding } from "../../codec/columns/withheld.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng } from "../../math/rng.ts";
import { learnedRows } from "../../metrics/measuring/bounds.ts";
import {
  drawnTables,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  type Task,
} from "../../metrics/measuring/prediction-task.ts";
import type { Pulse, Tables } from "../../metrics/metric.ts";
import { gradientBoosting, learn, linearModel, type Predictor } from "../../metrics/utility/predictors.ts";
import { RESAMPLES } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";
import { withOutcome, type Outcome } from "./outcome-columns.ts";
import { smallNetwork } from "./small-network.ts";

const MOST_LEARNED = 10_000;

/** An outcome that can be scored on the held-out rows, and what predicts it. */
export interface Asked {
  readonly outcome: Outcome;
  readonly kept: readonly string[];
}

export const predictorsOfTask = ({ unit }: Pick<Task, "unit">): Predictor[] => [
  gradientBoosting,
  linearModel(unit),
  smallNetwork,
];

/** What the linear model is called whatever it predicts. */
export const PREDICTORS = ["Boosted trees", "Linear model", "Small network"] as const;

/**
 * Every predictor of every outcome learned from `synthetic` and scored on `holdout`, with resampled held-out patients: AUROC or R².
 * `of`: { outcome, predictor }. Where the synthetic rows lack an outcome nothing is scored.
 */
export async function scoreOutcomes(
  { train, holdout, synthetic }: Tables,
  asked: readonly Asked[],
  seed: number,
  pulse: Pulse,
): Promise<CellRow[]> {
  const known = withholding(train);
  const tables = [known.apply(train), known.apply(holdout), synthetic];
  const rows: CellRow[] = [];
  for (const { outcome, kept } of asked) {
    const own = tables.map((table) => withOutcome(table, outcome, kept));
    const rng = createRng(seed).fork(outcome.name);
    const given = drawnTables(own, learnedRows(kept.length + 1, MOST_LEARNED), rng);
    const prediction = predictionOf(given);
    if ("reason" in prediction) continue;
    const { task, inputs } = prediction;
    const size = task.rows[HOLDOUT]?.length ?? 0;
    const dice = createRng(0).fork("resampled patients");
    const resamples = Array.from({ length: RESAMPLES }, () =>
      bootstrapWeights(size, dice, task.whose?.[HOLDOUT]),
    );
    for (const [p, predictor] of predictorsOfTask(task).entries()) {
      const predict = await learn(predictor, task, inputs, SYNTHETIC, rng.fork(predictor.name), pulse);
      const score = scoreOf(task, HOLDOUT, predict(HOLDOUT));
      const value = score();
      if (!Number.isFinite(value)) continue;
      rows.push({
        measure: "score",
        value,
        draws: resamples.map((weights) => score(weights)),
        of: { outcome: outcome.name, predictor: PREDICTORS[p] as string },
        n: size,
      });
      await pulse();
    }
  }
  return rows;
}
