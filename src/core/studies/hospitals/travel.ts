import { withholding } from "../../codec/columns/withheld.ts";
import { FaultError } from "../../fault.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import { createRng } from "../../math/rng.ts";
import {
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  type Task,
} from "../../metrics/measuring/prediction-task.ts";
import { gradientBoosting, learn } from "../../metrics/utility/predictors.ts";
import { takeRows, targetColumn, type Column, type Table } from "../../table/table.ts";
import { fitAndSample } from "../measuring/fit-and-sample.ts";
import { RESAMPLES } from "../measuring/measure-rows.ts";
import { nestedRows } from "../measuring/nested-rows.ts";
import type { CellRow, StudyTools } from "../study.ts";
import type { SiteTable } from "./site-columns.ts";

/** Patients are parted in two: what is learned from one half is tested on the other, here and everywhere else. */
const HALVES = [0, 1] as const;

export interface Journey {
  /** indices of the sites learned from */
  readonly from: readonly number[];
  /** indices of the sites tested on */
  readonly to: readonly number[];
  /** a synthesizer's id, or `REAL` */
  readonly method: string;
  readonly seed: number;
  /** rows that a model learns from, at most */
  readonly most: number;
}

/**
 * How well a model of the target that learned at some sites predicts it at others: AUROC or R² of gradient boosting, one row
 * a site tested on ({ tested: name }), with `draws`. Patients are halved anew by each seed, and every patient of a site is
 * tested exactly once, by the model of the other half, so that all cells are tested on the same patients and none on a
 * patient it learned from. Rejects with FaultError.
 */
export async function travel(
  { table, site, sites }: SiteTable,
  { from, to, method, seed, most }: Journey,
  tools: StudyTools,
): Promise<CellRow[]> {
  const half = halvesOf(table, site, seed);
  const predicted = new Map<number, readonly number[]>();
  let task: Task | undefined;
  for (const own of HALVES) {
    const learned = rowsWhere(table, (row) => from.includes(site[row] as number) && half[row] !== own);
    const tested = rowsWhere(table, (row) => half[row] === own);
    const dice = createRng(seed).fork(`half ${own} of ${from.join(", ")}`);
    const train = nestedRows(takeRows(table, learned), most, dice);
    const { synthetic } = await fitAndSample({ train, method, seed: 2 * seed + own }, within(tools, own));
    const known = withholding(train);
    const shown = withTargetOf(table, known.apply(table));
    const given = [shown, takeRows(shown, tested), synthetic];
    const prediction = predictionOf(given);
    if ("reason" in prediction) throw new FaultError({ code: "bad-use", message: prediction.reason });
    ({ task } = prediction);
    const predict = await learn(gradientBoosting, task, prediction.inputs, SYNTHETIC, dice, tools.pulse);
    const scores = predict(HOLDOUT);
    task.rows[HOLDOUT]?.forEach((at, i) =>
      predicted.set(
        tested[at] as number,
        scores.map((score) => score[i] as number),
      ),
    );
    tools.onProgress?.((own + 1) / HALVES.length);
    await tools.pulse();
  }
  const whole = task && wholeTask(table, task);
  return whole ? to.map((one) => scored(whole, table, one, sites[one]?.name ?? "", site, predicted)) : [];
}

/** Progress of one half as progress of the cell. */
const within = (tools: StudyTools, half: number): StudyTools => ({
  ...tools,
  onProgress: (fraction) => tools.onProgress?.((half + fraction) / HALVES.length),
});

/** The task whose only table is `table`: predictions of both halves are scored together. */
function wholeTask(table: Table, { name, unit, targets, classes }: Task): Task | undefined {
  const [all] = targets;
  return all && table.rows > 0 ? { name, unit, classes, targets: [all], rows: [] } : undefined;
}

function scored(
  task: Task,
  table: Table,
  at: number,
  tested: string,
  site: Int32Array,
  predicted: ReadonlyMap<number, readonly number[]>,
): CellRow {
  const rows = rowsWhere(table, (row) => site[row] === at && predicted.has(row));
  const outputs = predicted.get(rows[0] ?? -1)?.length ?? 0;
  const lists = Array.from({ length: outputs }, (_, k) =>
    Float64Array.from(rows, (row) => predicted.get(row)?.[k] as number),
  );
  const score = scoreOf({ ...task, rows: [rows] }, 0, lists);
  const { patients } = table;
  const whose = patients && Int32Array.from(rows, (row) => patients[row] as number);
  const dice = createRng(0).fork(`resampled patients of ${tested}`);
  const draws = Array.from({ length: RESAMPLES }, () => score(bootstrapWeights(rows.length, dice, whose)));
  return { measure: "tstr", value: score(), draws, of: { tested }, n: rows.length };
}

/** `shown` with the outcome as it is, whatever of it a model may know: all cells are scored on the same patients. */
function withTargetOf(table: Table, shown: Table): Table {
  const at = targetColumn(table.schema);
  return {
    ...shown,
    columns: shown.columns.map((column, i) => (i === at ? (table.columns[i] as Column) : column)),
  };
}

function rowsWhere(table: Table, holds: (row: number) => boolean): Int32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (holds(row)) rows.push(row);
  return Int32Array.from(rows);
}

/** 0 or 1 for each row: rows of a patient together, and of each site and class of the target as many in both halves. */
export function halvesOf(table: Table, site: Int32Array, seed: number): Int8Array {
  const at = targetColumn(table.schema);
  const target = at === undefined ? undefined : table.columns[at];
  const whose = new Map<number, number[]>();
  for (let row = 0; row < table.rows; row++) {
    const patient = table.patients?.[row] ?? row;
    const own = whose.get(patient);
    if (own) own.push(row);
    else whose.set(patient, [row]);
  }
  const strata = new Map<string, number[][]>();
  for (const rows of whose.values()) {
    const first = rows[0] as number;
    const key = `${site[first]}|${classOf(target, first)}`;
    const own = strata.get(key);
    if (own) own.push(rows);
    else strata.set(key, [rows]);
  }
  const half = new Int8Array(table.rows);
  const dice = createRng(seed).fork("halves");
  let next = 0;
  for (const key of [...strata.keys()].sort()) {
    const patients = strata.get(key) ?? [];
    for (const i of dice.permutation(patients.length)) {
      for (const row of patients[i] ?? []) half[row] = next % 2;
      next++;
    }
  }
  return half;
}

function classOf(target: Column | undefined, row: number): number {
  if (target === undefined) return 0;
  if (target.type === "coded") return target.codes[row] as number;
  const value = target.values[row] as number;
  return Number.isInteger(value) && Math.abs(value) < 20 ? value : 0;
}
