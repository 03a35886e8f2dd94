import type { Target } from "../../math/trees/boosting.ts";
import { averagePrecision, brierScore } from "../../math/scores/classification-scores.ts";
import { bootstrapWeights } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { rankOrder, rocAuc } from "../../math/scores/roc-auc.ts";
import { targetColumn } from "../../table/table.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { alignColumns, countCodes } from "./align.ts";
import type { AlignedColumn } from "./align.ts";
import { atMost, columnNames } from "./bounds.ts";

const LEAST_ROWS = 20;
const MOST_CLASSES = 20;
/** Held-out rows of other classes than the most frequent one, without which an AUROC says nothing. */
const LEAST_EVENTS = 10;

/** Where the tables of a task stand; more may follow. Classes are those of train, scores are taken on the holdout. */
export const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** What is predicted, in every table. */
export interface Task {
  readonly name: string;
  readonly unit: "AUROC" | "R²";
  readonly targets: readonly Target[];
  /** rows of each table whose target is known */
  readonly rows: readonly Int32Array[];
  /** names of the classes; empty for a number */
  readonly classes: readonly string[];
  /** whose `rows` of each table are, where patients have several */
  readonly whose?: readonly (Int32Array | undefined)[];
}

export interface Prediction {
  readonly target: ColumnSchema;
  readonly task: Task;
  /** the columns that predict */
  readonly inputs: readonly AlignedColumn[];
}

/** Why there is nothing to predict, or too little to score on. */
export interface NoTask {
  readonly reason: string;
  readonly wants?: "patients";
}

/** The target of `given` (train, holdout, synthetic, ...) and the columns that predict it, or why there is no such task. */
export function predictionOf(given: readonly Table[]): Prediction | NoTask {
  const [train, holdout] = given as [Table, Table];
  const at = targetColumn(train.schema);
  if (at === undefined) return { reason: "No column is marked as the target." };
  if (train.columns.length < 2) return { reason: "There is no column to predict the target from." };
  if (holdout.rows < LEAST_ROWS) {
    const reason = `${holdout.rows} rows were held out; at least ${LEAST_ROWS} are needed to score on.`;
    return { reason, wants: "patients" };
  }
  const columns = alignColumns(given, columnNames(train));
  const task = taskOf(columns[at] as AlignedColumn);
  if ("reason" in task) return task;
  const whose = given.map(
    ({ patients }, i) => patients && task.rows[i]?.map((row) => patients[row] as number),
  );
  return {
    target: train.schema.columns[at] as ColumnSchema,
    task: { ...task, whose },
    inputs: predictorsOf(columns, at),
  };
}

/** Every other column; of a follow-up time neither its event, nor of an event its time: the one is known with the other. */
export const predictorsOf = (columns: readonly AlignedColumn[], at: number): AlignedColumn[] =>
  columns.filter(
    ({ schema }, i) =>
      i !== at && (columns[at]?.schema.survival === undefined || schema.survival === undefined),
  );

/** At most `most` rows of every table, drawn without replacement. */
export const drawnTables = (given: readonly Table[], most: number, rng: Rng): Table[] =>
  given.map((table, i) => atMost(table, most, rng.fork(`rows ${i}`)));

/** Predicting `column` where it is known: a quantity, or one of several classes; or why that says nothing. */
export function taskOf(column: AlignedColumn): Task | NoTask {
  const name = column.schema.name;
  if (column.type === "numeric") {
    const classes = wholeNumbers(column.values[TRAIN] as Float64Array);
    if (classes) {
      const at = new Map(classes.map((value, i) => [value, i]));
      const labels = column.values.map((values) => Int32Array.from(values, (value) => at.get(value) ?? -1));
      return classTask(name, labels, classes.map(String));
    }
    const rows = column.values.map((values) =>
      Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row])),
    );
    if (rows.some((known) => known.length < LEAST_ROWS))
      return { reason: `Too few rows have a value of ${name}.`, wants: "patients" };
    const held = rows[HOLDOUT] as Int32Array;
    const first = column.values[HOLDOUT]?.[held[0] as number];
    if (held.every((row) => column.values[HOLDOUT]?.[row] === first)) {
      return { reason: `Every held-out row has the same ${name}.` };
    }
    const targets = column.values.map((values) => ({ type: "number", values }) as const);
    return { name, unit: "R²", rows, targets, classes: [] };
  }
  const counts = countCodes(column.codes[TRAIN] as Int32Array, column.levels.length);
  const known = column.levels.map((_, i) => i).filter((i) => (counts[i] as number) > 0);
  const place = new Map(known.map((level, i) => [level, i]));
  const labels = column.codes.map((codes) => codes.map((code) => place.get(code) ?? -1));
  return classTask(
    name,
    labels,
    known.map((level) => column.levels[level] as string),
  );
}

/** The values of a column that holds 2 to 10 different whole numbers: such a target is a class, not a quantity. */
export function wholeNumbers(values: Float64Array): number[] | undefined {
  const different = new Set<number>();
  for (const value of values) {
    if (value !== value) continue;
    if (!Number.isInteger(value)) return undefined;
    different.add(value);
    if (different.size > 10) return undefined;
  }
  return [...different].sort((a, b) => a - b);
}

function classTask(name: string, labels: readonly Int32Array[], classes: readonly string[]): Task | NoTask {
  if (classes.length < 2) return { reason: `Every training row has the same ${name}, or none.` };
  if (classes.length > MOST_CLASSES) {
    return { reason: `${name} has ${classes.length} classes; up to ${MOST_CLASSES} are predicted.` };
  }
  const rows = labels.map((own) => Int32Array.from(own.keys()).filter((row) => (own[row] as number) >= 0));
  const held = rows[HOLDOUT] as Int32Array;
  const counts = new Float64Array(classes.length);
  for (const row of held) {
    const label = labels[HOLDOUT]?.[row] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const most = Math.max(...counts);
  if (most === held.length) return { reason: `Every held-out row has the same ${name}.` };
  if (held.length - most < LEAST_EVENTS) {
    const reason = `Fewer than ${LEAST_EVENTS} held-out rows have another value of ${name} than the most frequent one, too few to score on.`;
    return { reason, wants: "patients" };
  }
  const targets = labels.map((own) => ({ type: "classes", labels: own, classes: classes.length }) as const);
  return { name, unit: "AUROC", rows, targets, classes };
}

/** One bootstrap draw of the rows that are scored of table `side`, as the weights of a `Score`. */
export const drawScored = (task: Task, side: number, rng: Rng): Uint16Array =>
  bootstrapWeights(task.rows[side]?.length ?? 0, rng, task.whose?.[side]);

/** A score of predictions; `weights` counts the rows scored (a bootstrap's draws), 1 each by default. */
export type Score = (weights?: Uint16Array) => number;

/**
 * The task's own score of `predicted` on table `side`: AUROC (macro one-vs-rest over the classes present) or R² (no lower
 * than -1). `predicted` has one entry per row of `task.rows[side]`: see `Booster.predict`.
 */
export function scoreOf(task: Task, side: number, predicted: readonly Float64Array[]): Score {
  const target = task.targets[side] as Target;
  const rows = task.rows[side] as Int32Array;
  if (target.type === "number") {
    const truth = Float64Array.from(rows, (row) => target.values[row] as number);
    return (weights) => weightedRSquared(truth, predicted[0] as Float64Array, weights);
  }
  return macro(task, side, predicted, rocAuc);
}

/** Average precision (macro one-vs-rest; of class 1 where there are two) of class probabilities. */
export const precisionOf = (task: Task, side: number, predicted: readonly Float64Array[]): Score =>
  macro(task, side, predicted, averagePrecision);

/** Brier's score: of class 1 where there are two classes (0..1), else the sum over all classes (0..2). */
export function brierOf(task: Task, side: number, predicted: readonly Float64Array[]): Score {
  const lists = oneVersusRest(task, side, predicted);
  return (weights) => lists.reduce((sum, { scores, own }) => sum + brierScore(scores, own, weights), 0);
}

/** Each class's scores beside its 0/1 labels; class 1 alone where there are two. */
export function oneVersusRest(
  task: Task,
  side: number,
  predicted: readonly Float64Array[],
): { readonly class: number; readonly scores: Float64Array; readonly own: Int32Array }[] {
  const target = task.targets[side] as Target;
  if (target.type === "number") return [];
  const labels = Int32Array.from(task.rows[side] as Int32Array, (row) => target.labels[row] as number);
  return predicted.map((scores, k) => {
    const positive = predicted.length === 1 ? 1 : k;
    return { class: positive, scores, own: labels.map((label) => (label === positive ? 1 : 0)) };
  });
}

function macro(task: Task, side: number, predicted: readonly Float64Array[], measure: typeof rocAuc): Score {
  const lists = oneVersusRest(task, side, predicted).map((list) => ({
    ...list,
    order: rankOrder(list.scores),
  }));
  return (weights) => {
    const values = lists
      .map(({ scores, order, own }) => measure(scores, own, weights, order))
      .filter((value) => !Number.isNaN(value));
    return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : NaN;
  };
}

function weightedRSquared(truth: Float64Array, predicted: Float64Array, weights?: Uint16Array): number {
  let n = 0;
  let centre = 0;
  for (let i = 0; i < truth.length; i++) {
    const w = weights?.[i] ?? 1;
    n += w;
    centre += w * (truth[i] as number);
  }
  centre /= n;
  let left = 0;
  let total = 0;
  for (let i = 0; i < truth.length; i++) {
    const w = weights?.[i] ?? 1;
    left += w * ((truth[i] as number) - (predicted[i] as number)) ** 2;
    total += w * ((truth[i] as number) - centre) ** 2;
  }
  return total > 0 ? Math.max(-1, 1 - left / total) : NaN;
}
