import { withholding } from "../../codec/columns/withheld.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { c2st } from "../../metrics/fidelity/c2st.ts";
import { klDivergence } from "../../metrics/fidelity/kl-divergence.ts";
import {
  drawnTables,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
} from "../../metrics/measuring/prediction-task.ts";
import { atMost, learnedRows } from "../../metrics/measuring/bounds.ts";
import type { Metric, Pulse, Tables } from "../../metrics/metric.ts";
import { membershipDistance } from "../../metrics/privacy/membership-distance.ts";
import { gradientBoosting, learn, type Predictor } from "../../metrics/utility/predictors.ts";
import type { CellRow } from "../study.ts";
import { correlationError } from "./correlation-error.ts";

export const MEASURES = ["c2st", "tstr", "kl", "pairs", "attack"] as const;
export type Measure = (typeof MEASURES)[number];

/** Resamples of the held-out patients, the same in all cells that are tested on them. */
export const RESAMPLES = 40;
/** Rows that a model of the target learns from, at most. */
const MOST_LEARNED = 10_000;

/**
 * The measures of one synthetic table, those that can be measured. `tables` are learned columns, in which levels that no model
 * may know count as what they come out as, in all three.
 * - c2st: AUC of telling synthetic from held-out rows
 * - tstr: AUROC or R² on held-out rows of a model of the target learned from synthetic ones, with `draws`
 * - kl: mean KL(train || synthetic) over columns, nats
 * - pairs: mean absolute difference of the association of pairs of columns, in [0, 2]: see `correlationError`
 * - attack: advantage of the attack by distance, 2 AUC - 1; below 0 by chance alone, and cut only where it is shown
 */
export async function measureRows(
  { train, holdout, synthetic }: Tables,
  wanted: readonly Measure[],
  seed: number,
  pulse: Pulse,
): Promise<CellRow[]> {
  const known = withholding(train);
  const tables = {
    train: known.apply(train),
    holdout: known.apply(holdout),
    synthetic: known.apply(synthetic),
  };
  const rows: CellRow[] = [];
  for (const measure of wanted)
    rows.push(...(await measureOf(measure, tables, createRng(seed).fork(measure), pulse)));
  return rows;
}

function measureOf(measure: Measure, tables: Tables, rng: Rng, pulse: Pulse): Promise<CellRow[]> {
  switch (measure) {
    case "c2st":
      return valueOf("c2st", c2st, tables, rng, pulse);
    case "kl":
      return valueOf("kl", klDivergence, tables, rng, pulse);
    case "pairs":
      return pairsOf(tables, rng, pulse);
    case "attack":
      return valueOf("attack", membershipDistance, tables, rng, pulse, (auc) => 2 * auc - 1);
    case "tstr":
      return predicting(tables, rng, pulse);
  }
}

async function valueOf(
  measure: Measure,
  metric: Metric,
  tables: Tables,
  rng: Rng,
  pulse: Pulse,
  as = (value: number): number => value,
): Promise<CellRow[]> {
  const found = await metric.compute(tables, rng, pulse, true);
  return found.status === "ok" ? [{ measure, value: as(found.value), n: tables.holdout.rows }] : [];
}

async function pairsOf(tables: Tables, rng: Rng, pulse: Pulse): Promise<CellRow[]> {
  const value = await correlationError(tables, rng, pulse);
  return value === undefined ? [] : [{ measure: "pairs", value, n: tables.holdout.rows }];
}

/**
 * The measures of real rows in the place of synthetic ones: training rows against held-out ones (c2st), a model of the target
 * learned from them (tstr), and held-out rows against training ones, as many of them as were learned from (kl, pairs): what
 * chance alone comes to. The attack has no such floor.
 */
export async function measureReal(
  { train, holdout }: Pick<Tables, "train" | "holdout">,
  wanted: readonly Measure[],
  seed: number,
  pulse: Pulse,
): Promise<CellRow[]> {
  const asked = (some: readonly Measure[]): Measure[] => wanted.filter((measure) => some.includes(measure));
  const fresh = atMost(holdout, train.rows, createRng(seed).fork("floor"));
  return [
    ...(await measureRows({ train, holdout, synthetic: train }, asked(["c2st", "tstr"]), seed, pulse)),
    ...(await measureRows({ train, holdout, synthetic: fresh }, asked(["kl", "pairs"]), seed, pulse)),
  ];
}

/** A model of the target learned from synthetic rows, scored on held-out ones and on `RESAMPLES` resamples of them. */
export async function predicting(
  { train, holdout, synthetic }: Tables,
  rng: Rng,
  pulse: Pulse,
  predictor: Predictor = gradientBoosting,
): Promise<CellRow[]> {
  const given = drawnTables(
    [train, holdout, synthetic],
    learnedRows(train.columns.length, MOST_LEARNED),
    rng,
  );
  const prediction = predictionOf(given);
  if ("reason" in prediction) return [];
  const { task, inputs } = prediction;
  const predict = await learn(predictor, task, inputs, SYNTHETIC, rng.fork(predictor.name), pulse);
  const score = scoreOf(task, HOLDOUT, predict(HOLDOUT));
  const size = task.rows[HOLDOUT]?.length ?? 0;
  const dice = createRng(0).fork("resampled patients");
  const draws = Array.from({ length: RESAMPLES }, () =>
    score(bootstrapWeights(size, dice, task.whose?.[HOLDOUT])),
  );
  return [{ measure: "tstr", value: score(), draws, n: size }];
}
