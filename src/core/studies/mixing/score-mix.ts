import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng, type Rng } from "../../math/rng.ts";
import { atMost, learnedRows } from "../../metrics/measuring/bounds.ts";
import {
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  type Task,
} from "../../metrics/measuring/prediction-task.ts";
import type { Pulse } from "../../metrics/metric.ts";
import { gradientBoosting, learn } from "../../metrics/utility/predictors.ts";
import type { Table } from "../../table/table.ts";
import { RESAMPLES } from "../measuring/measure-rows.ts";
import type { CellRow } from "../study.ts";
import { membersOf, type Subgroups } from "./subgroups.ts";

/** Where the held-out synthetic rows stand beside train, holdout and the mix. */
const FRESH = 3;
const MOST_LEARNED = 10_000;
/** Held-out rows of a subgroup, and of each of two classes in it, below which it has no score. */
const LEAST_ROWS = 20;
const LEAST_OF_CLASS = 10;

export interface MixTables {
  readonly train: Table;
  readonly holdout: Table;
  /** what the model of the target learns from */
  readonly mix: Table;
  /** synthetic rows that are in no mix */
  readonly fresh: Table;
}

/** The measures of a mix: tested on held-out real and on held-out synthetic rows. */
export const TESTS = ["real", "synthetic"] as const;
export type Test = (typeof TESTS)[number];

/**
 * A model of the target learned from a mix and scored on held-out real and synthetic rows, of all patients and of subgroups, with
 * `RESAMPLES` resamples: gradient boosting, AUROC or R². Learned from real or from synthetic rows alone it is `predicting` to the
 * digit. `of.who`: whose score; parts with too few rows have none. `times`: how many times as many rows as usual may be
 * learned from.
 */
export async function scoreMix(
  { train, holdout, mix, fresh }: MixTables,
  subgroups: Subgroups | undefined,
  times: number,
  rng: Rng,
  pulse: Pulse,
): Promise<CellRow[]> {
  const most = learnedRows(train.columns.length, MOST_LEARNED);
  const given = [train, holdout, mix, fresh].map((table, i) =>
    atMost(table, i === SYNTHETIC ? Math.round(times * most) : most, rng.fork(`rows ${i}`)),
  );
  const prediction = predictionOf(given);
  if ("reason" in prediction) return [];
  const { task, inputs } = prediction;
  const predict = await learn(
    gradientBoosting,
    task,
    inputs,
    SYNTHETIC,
    rng.fork(gradientBoosting.name),
    pulse,
  );
  const tests = [given[HOLDOUT] as Table, given[FRESH] as Table];
  const members = subgroups === undefined ? [] : membersOf(train, subgroups, tests);
  const rows: CellRow[] = [];
  for (const [t, measure] of TESTS.entries()) {
    const side = t === 0 ? HOLDOUT : FRESH;
    const known = task.rows[side] as Int32Array;
    if (known.length === 0) continue;
    const score = scoreOf(task, side, predict(side));
    const dice = createRng(0).fork("resampled patients");
    const draws = Array.from({ length: RESAMPLES }, () =>
      bootstrapWeights(known.length, dice, task.whose?.[side]),
    );
    const value = score();
    if (Number.isFinite(value))
      rows.push({
        measure,
        value,
        draws: draws.map((one) => score(one)),
        of: { who: "all" },
        n: known.length,
      });
    for (const { who, of } of members) {
      const own = Uint16Array.from(known, (row) => of[t]?.[row] as number);
      if (!enough(task, side, own)) continue;
      rows.push({
        measure,
        value: score(own),
        draws: draws.map((one) => score(one.map((weight, i) => weight * (own[i] as number)))),
        of: { who },
        n: own.reduce((a, b) => a + b, 0),
      });
    }
    await pulse();
  }
  return rows;
}

/** Whether a score of the rows marked in `own` says anything. */
function enough(task: Task, side: number, own: Uint16Array): boolean {
  const target = task.targets[side];
  const rows = (task.rows[side] as Int32Array).filter((_, i) => own[i] === 1);
  if (rows.length < LEAST_ROWS) return false;
  if (target?.type !== "classes") return true;
  const counts = new Map<number, number>();
  for (const row of rows)
    counts.set(target.labels[row] as number, (counts.get(target.labels[row] as number) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return rows.length - most >= LEAST_OF_CLASS;
}
