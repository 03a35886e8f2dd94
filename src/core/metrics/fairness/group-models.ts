import { affirms } from "../../clinic/rules/concepts/level-words.ts";
import { fitBoosting } from "../../math/trees/boosting.ts";
import type { Target } from "../../math/trees/boosting.ts";
import { createRng } from "../../math/rng.ts";
import { takeRows, targetColumn } from "../../table/table.ts";
import type { ColumnSchema, Table } from "../../table/table.ts";
import { alignColumns, countCodes } from "../measuring/align.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { boostingFor, columnNames, learnedRows } from "../measuring/bounds.ts";
import { featuresOf } from "../measuring/features.ts";
import { NO_GROUPS, groupingsOf } from "./groups.ts";
import type { Groupings } from "./groups.ts";
import type { Pulse, Tables } from "../metric.ts";
import { count } from "../measuring/verdict.ts";
import { predictorsOf, wholeNumbers } from "../measuring/prediction-task.ts";

const MOST_LEARNED = 5000;
const MOST_SCORED = 10_000;
const LEAST_ROWS = 20;
const MOST_CLASSES = 20;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** What is predicted of the held-out rows; `labels` and `truth` have an entry for each, -1 or NaN where it is not known. */
export type PredictedTarget =
  | {
      readonly type: "classes";
      readonly labels: Int32Array;
      readonly classes: number;
      /** of two classes: the one that is predicted, and its place */
      readonly positive?: { readonly label: 0 | 1; readonly name: string };
    }
  | { readonly type: "number"; readonly truth: Float64Array };

/** Two models of the target, one learned from train and one from the synthetic table, and what they say of held-out rows. */
export interface GroupModels {
  readonly target: string;
  readonly predicted: PredictedTarget;
  /** P(class 1) for two classes, one list a class for more, else one list of numbers; an entry for each held-out row */
  readonly real: readonly Float64Array[];
  readonly synthetic: readonly Float64Array[];
  /** row numbers of the holdout are those of the lists above */
  readonly groupings: Groupings;
  readonly notes: readonly string[];
}

const kept = new WeakMap<Table, WeakMap<Table, WeakMap<Table, GroupModels | { reason: string }>>>();
const learned = new WeakMap<Table, WeakMap<Table, readonly Float64Array[]>>();

/** The inner map of `outer`, made when there is none. */
function inside<V extends object>(outer: WeakMap<Table, WeakMap<Table, V>>, key: Table): WeakMap<Table, V> {
  const found = outer.get(key) ?? new WeakMap<Table, V>();
  outer.set(key, found);
  return found;
}

/**
 * The two models of these tables, learned once however many metrics ask: gradient boosting on every other column, from at
 * most 8,000 evenly spaced rows each, asked of at most 10,000 held-out rows. No chance is in it, so that it does not matter
 * which metric asks first.
 */
export async function groupModels(tables: Tables, pulse: Pulse): Promise<GroupModels | { reason: string }> {
  await pulse();
  const byHoldout = inside(kept, tables.train);
  const bySynthetic = byHoldout.get(tables.holdout) ?? new WeakMap<Table, GroupModels | { reason: string }>();
  byHoldout.set(tables.holdout, bySynthetic);
  const found = bySynthetic.get(tables.synthetic) ?? (await learnBoth(tables, pulse));
  bySynthetic.set(tables.synthetic, found);
  return found;
}

/** At most `most` rows, evenly spaced. */
const spaced = (table: Table, most: number): Table =>
  table.rows <= most
    ? table
    : takeRows(
        table,
        Int32Array.from({ length: most }, (_, i) => Math.floor((i * table.rows) / most)),
      );

async function learnBoth(given: Tables, pulse: Pulse): Promise<GroupModels | { reason: string }> {
  const { train, holdout, synthetic } = given;
  const at = targetColumn(train.schema);
  if (!train.schema.columns.some(({ role }) => role === "sensitive")) return { reason: NO_GROUPS };
  if (at === undefined) return { reason: "No column is marked as the target." };
  if (holdout.rows < LEAST_ROWS) {
    return { reason: `${holdout.rows} rows were held out; at least ${LEAST_ROWS} are needed to score on.` };
  }
  const most = learnedRows(train.columns.length, MOST_LEARNED);
  const taken = [spaced(train, most), spaced(holdout, MOST_SCORED), spaced(synthetic, most)];
  const columns = alignColumns(taken, columnNames(train));
  const { name } = train.schema.columns[at] as ColumnSchema;
  const task = taskOf(columns[at] as AlignedColumn);
  if ("reason" in task) return task;
  const inputs = predictorsOf(columns, at);
  const groupings = await groupingsOf(
    { train, holdout: taken[HOLDOUT] as Table, synthetic },
    createRng(1),
    pulse,
  );
  if (groupings === undefined) return { reason: NO_GROUPS };
  const ofTrain = inside(learned, train);
  const real = ofTrain.get(holdout) ?? (await predictHeld(TRAIN, task.targets, inputs, pulse));
  ofTrain.set(holdout, real);
  return {
    target: name,
    predicted: task.predicted,
    real,
    synthetic: await predictHeld(SYNTHETIC, task.targets, inputs, pulse),
    groupings,
    notes: [
      ...groupings.notes,
      ...([train, synthetic].some(({ rows }) => rows > most)
        ? [`Models of ${name} learn from at most ${count(most)} rows of each table.`]
        : []),
      ...(holdout.rows > MOST_SCORED ? [`They are asked of ${count(MOST_SCORED)} held-out rows.`] : []),
    ],
  };
}

interface Task {
  readonly targets: readonly Target[];
  readonly predicted: PredictedTarget;
}

function taskOf(column: AlignedColumn): Task | { reason: string } {
  const { name } = column.schema;
  if (column.type === "coded") {
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
  const classes = wholeNumbers(column.values[TRAIN] as Float64Array);
  if (classes) {
    const at = new Map(classes.map((value, i) => [value, i]));
    const labels = column.values.map((values) => Int32Array.from(values, (value) => at.get(value) ?? -1));
    return classTask(name, labels, classes.map(String));
  }
  const present = (side: number): number =>
    column.values[side]?.filter((value) => !Number.isNaN(value)).length ?? 0;
  if (present(TRAIN) < LEAST_ROWS || present(HOLDOUT) < LEAST_ROWS) {
    return { reason: `Too few rows have a value of ${name}.` };
  }
  return {
    targets: column.values.map((values) => ({ type: "number", values })),
    predicted: { type: "number", truth: column.values[HOLDOUT] as Float64Array },
  };
}

function classTask(
  name: string,
  labels: readonly Int32Array[],
  classes: readonly string[],
): Task | { reason: string } {
  if (classes.length < 2) return { reason: `Every training row has the same ${name}, or none.` };
  if (classes.length > MOST_CLASSES) {
    return { reason: `${name} has ${classes.length} classes; up to ${MOST_CLASSES} are predicted.` };
  }
  const held = labels[HOLDOUT] as Int32Array;
  if (new Set(held.filter((label) => label >= 0)).size < 2) {
    return { reason: `Every held-out row has the same ${name}.` };
  }
  const positive = classes.length === 2 ? positiveOf(name, labels[TRAIN] as Int32Array, classes) : undefined;
  return {
    targets: labels.map((own) => ({ type: "classes", labels: own, classes: classes.length })),
    predicted: { type: "classes", labels: held, classes: classes.length, ...(positive ? { positive } : {}) },
  };
}

/** Yes, where a class says so; else the rarer one. */
function positiveOf(name: string, train: Int32Array, classes: readonly string[]) {
  const counts = countCodes(train, 2);
  const said = classes.findIndex((one) => affirms(one) === true);
  const label = (said >= 0 ? said : (counts[1] as number) <= (counts[0] as number) ? 1 : 0) as 0 | 1;
  const denied = affirms(classes[1 - label] as string) === false;
  return { label, name: said >= 0 && denied ? name : `${name} ${classes[label]}` };
}

/** What a model learned on table `side` says of every held-out row; the table's only class where it has but one. */
async function predictHeld(
  side: number,
  targets: readonly Target[],
  inputs: readonly AlignedColumn[],
  pulse: Pulse,
): Promise<Float64Array[]> {
  const target = targets[side] as Target;
  const held = targets[HOLDOUT] as Target;
  const rows = held.type === "classes" ? held.labels.length : held.values.length;
  const known =
    target.type === "classes"
      ? Int32Array.from(target.labels.keys()).filter((row) => (target.labels[row] as number) >= 0)
      : Int32Array.from(target.values.keys()).filter((row) => !Number.isNaN(target.values[row]));
  const outputs = target.type === "classes" && target.classes > 2 ? target.classes : 1;
  const constant = (value: (k: number) => number): Float64Array[] =>
    Array.from({ length: outputs }, (_, k) => new Float64Array(rows).fill(value(k)));
  if (known.length === 0) return constant(() => (target.type === "classes" ? 1 / target.classes : 0));
  if (target.type === "classes") {
    const found = new Set(Array.from(known, (row) => target.labels[row]));
    const [only] = found;
    if (found.size === 1) return constant((k) => (outputs === 1 ? (only === 1 ? 1 : 0) : only === k ? 1 : 0));
  }
  const booster = await fitBoosting(
    featuresOf(inputs, side),
    target,
    known,
    boostingFor(inputs.length),
    pulse,
  );
  return booster.predict(featuresOf(inputs, HOLDOUT));
}
