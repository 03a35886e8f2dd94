import { fitBoosting } from "../math/boosting/boosting.ts";
import type { Feature } from "../math/boosting/bins.ts";
import type { Target } from "../math/boosting/boosting.ts";
import { breathe } from "../math/breathe.ts";
import { bootstrapWeights, percentileInterval } from "../math/intervals.ts";
import { rankOrder, rocAuc } from "../math/roc-auc.ts";
import type { Rng } from "../math/rng.ts";
import { targetColumn } from "../table/table.ts";
import type { ColumnSchema } from "../table/table.ts";
import { alignColumns, countCodes } from "./align.ts";
import type { AlignedColumn } from "./align.ts";
import { atMost, boostingFor, columnNames, drawnNote, learnedRows } from "./bounds.ts";
import { featuresOf } from "./features.ts";
import type { Interval, Metric, Pulse } from "./metric.ts";
import { judged, skipped } from "./verdict.ts";

const RESAMPLES = 200;
const LEAST_ROWS = 20;
const MOST_CLASSES = 20;
const [TRAIN, HOLDOUT, SYNTHETIC] = [0, 1, 2] as const;

/** Train on synthetic, test on real held-out rows, beside train on real: gradient boosting, AUROC or R². */
export const tstr: Metric = {
  id: "tstr",
  name: "Predicting the target",
  family: "utility",
  better: "higher",
  ideal: 1,
  range: [-1, 1],
  summary: "How well a model trained on synthetic rows predicts the target of real, held-out rows.",
  reference: "Train on synthetic, test on real: Esteban, Hyland and Rätsch 2017",
  scored: true,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe) {
    const at = targetColumn(train.schema);
    if (at === undefined) return skipped("No column is marked as the target.");
    if (train.columns.length < 2) return skipped("There is no column to predict the target from.");
    if (holdout.rows < LEAST_ROWS) {
      return skipped(`${holdout.rows} rows were held out; at least ${LEAST_ROWS} are needed to score on.`);
    }
    const most = learnedRows(train.columns.length, 10_000);
    const given = [train, holdout, synthetic];
    const taken = given.map((table, i) => atMost(table, most, rng.fork(`rows ${i}`)));
    const columns = alignColumns(taken, columnNames(train));
    const task = taskOf(columns[at] as AlignedColumn);
    if ("reason" in task) return skipped(task.reason);
    const inputs = columns.filter((_, i) => i !== at);
    const real = await scoreOn(TRAIN, task, inputs, pulse);
    const own = await scoreOn(SYNTHETIC, task, inputs, pulse);
    const resampled = await resample(task, real, own, rng.fork("resamples"), pulse);
    return report(
      train.schema.columns[at] as ColumnSchema,
      task,
      resampled,
      drawnNote("“Predicting the target” uses", given, most),
    );
  },
};

interface Task {
  readonly unit: "AUROC" | "R²";
  readonly targets: readonly Target[];
  /** rows of each table whose target is known */
  readonly rows: readonly Int32Array[];
}

function taskOf(column: AlignedColumn): Task | { reason: string } {
  const name = column.schema.name;
  if (column.type === "numeric") {
    const classes = wholeNumbers(column.values[TRAIN] as Float64Array);
    if (classes) {
      const at = new Map(classes.map((value, i) => [value, i]));
      const labels = column.values.map((values) => Int32Array.from(values, (value) => at.get(value) ?? -1));
      return classTask(name, labels, classes.length);
    }
    const rows = column.values.map((values) =>
      Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row])),
    );
    if (rows.some((known) => known.length < LEAST_ROWS))
      return { reason: `Too few rows have a value of ${name}.` };
    const held = rows[HOLDOUT] as Int32Array;
    const first = column.values[HOLDOUT]?.[held[0] as number];
    if (held.every((row) => column.values[HOLDOUT]?.[row] === first)) {
      return { reason: `Every held-out row has the same ${name}.` };
    }
    return { unit: "R²", rows, targets: column.values.map((values) => ({ type: "number", values })) };
  }
  const counts = countCodes(column.codes[TRAIN] as Int32Array, column.levels.length);
  const known = column.levels.map((_, i) => i).filter((i) => (counts[i] as number) > 0);
  const place = new Map(known.map((level, i) => [level, i]));
  const labels = column.codes.map((codes) => codes.map((code) => place.get(code) ?? -1));
  return classTask(name, labels, known.length);
}

/** The values of a column that holds 2 to 10 different whole numbers: such a target is a class, not a quantity. */
function wholeNumbers(values: Float64Array): number[] | undefined {
  const different = new Set<number>();
  for (const value of values) {
    if (value !== value) continue;
    if (!Number.isInteger(value)) return undefined;
    different.add(value);
    if (different.size > 10) return undefined;
  }
  return [...different].sort((a, b) => a - b);
}

function classTask(name: string, labels: readonly Int32Array[], classes: number): Task | { reason: string } {
  if (classes < 2) return { reason: `Every training row has the same ${name}, or none.` };
  if (classes > MOST_CLASSES) {
    return { reason: `${name} has ${classes} classes; up to ${MOST_CLASSES} are predicted.` };
  }
  const rows = labels.map((own) => Int32Array.from(own.keys()).filter((row) => (own[row] as number) >= 0));
  const held = new Set((rows[HOLDOUT] as Int32Array).map((row) => labels[HOLDOUT]?.[row] as number));
  if (held.size < 2) return { reason: `Every held-out row has the same ${name}.` };
  return {
    unit: "AUROC",
    rows,
    targets: labels.map((own) => ({ type: "classes", labels: own, classes })),
  };
}

/** What a model learned on table `side` says of the held-out rows whose target is known: see `Booster.predict`. */
async function scoreOn(
  side: number,
  task: Task,
  inputs: readonly AlignedColumn[],
  pulse: Pulse,
): Promise<Float64Array[]> {
  const features: Feature[] = featuresOf(inputs, side);
  const target = task.targets[side] as Target;
  const rows = task.rows[side] as Int32Array;
  if (rows.length === 0) {
    const held = task.rows[HOLDOUT] as Int32Array;
    const outputs = target.type === "classes" && target.classes > 2 ? target.classes : 1;
    return Array.from({ length: outputs }, () => new Float64Array(held.length));
  }
  const booster = await fitBoosting(features, target, rows, boostingFor(features.length), pulse);
  const predicted = booster.predict(featuresOf(inputs, HOLDOUT));
  const held = task.rows[HOLDOUT] as Int32Array;
  return predicted.map((scores) => Float64Array.from(held, (row) => scores[row] as number));
}

interface Resampled {
  readonly real: number;
  readonly synthetic: number;
  readonly reals: readonly number[];
  readonly synthetics: readonly number[];
}

async function resample(
  task: Task,
  real: readonly Float64Array[],
  own: readonly Float64Array[],
  rng: Rng,
  pulse: Pulse,
): Promise<Resampled> {
  const scores = [scorer(task, real), scorer(task, own)] as const;
  const rows = (task.rows[HOLDOUT] as Int32Array).length;
  const reals: number[] = [];
  const synthetics: number[] = [];
  for (let i = 0; i < RESAMPLES; i++) {
    const weights = bootstrapWeights(rows, rng);
    reals.push(scores[0](weights));
    synthetics.push(scores[1](weights));
    await pulse();
  }
  return { real: scores[0](), synthetic: scores[1](), reals, synthetics };
}

/** AUROC (macro one-vs-rest over the classes held out) or R² (no lower than -1) of `predicted`, held-out rows weighed. */
function scorer(task: Task, predicted: readonly Float64Array[]): (weights?: Uint16Array) => number {
  const target = task.targets[HOLDOUT] as Target;
  const rows = task.rows[HOLDOUT] as Int32Array;
  if (target.type === "number") {
    const truth = Float64Array.from(rows, (row) => target.values[row] as number);
    return (weights) => weightedRSquared(truth, predicted[0] as Float64Array, weights);
  }
  const labels = Int32Array.from(rows, (row) => target.labels[row] as number);
  const lists = predicted.map((scores, k) => {
    const positive = predicted.length === 1 ? 1 : k;
    return { scores, order: rankOrder(scores), own: labels.map((label) => (label === positive ? 1 : 0)) };
  });
  return (weights) => {
    const areas = lists
      .map(({ scores, order, own }) => rocAuc(scores, own, weights, order))
      .filter((area) => !Number.isNaN(area));
    return areas.length > 0 ? areas.reduce((a, b) => a + b, 0) / areas.length : NaN;
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

/** The loss against the model trained on real rows, doubled for AUROC, whose useful range is half as wide. */
function report(
  target: ColumnSchema,
  task: Task,
  { real, synthetic, reals, synthetics }: Resampled,
  note: { note?: string },
): ReturnType<typeof finish> {
  const points = task.unit === "AUROC" ? 200 : 100;
  const toScore = (value: number): number => 100 - points * Math.max(0, real - value);
  const losses = reals.map((value, i) => value - (synthetics[i] as number));
  const loss = percentileInterval(losses, 0.95);
  const base = judged(
    synthetic,
    { low: real - loss.high, high: real - loss.low },
    { value: real, interval: percentileInterval(reals, 0.9) },
    toScore,
  );
  return finish(target.name, task.unit, { real, synthetic, reals, synthetics }, base, note);
}

function finish(
  name: string,
  unit: Task["unit"],
  { real, synthetic, reals, synthetics }: Resampled,
  base: ReturnType<typeof judged>,
  note: { note?: string },
) {
  const interval = (values: readonly number[]): Interval => percentileInterval(values, 0.95);
  const lost = real - synthetic;
  const sentence =
    lost > 0.0005
      ? `A model of ${name} trained on synthetic rows loses ${lost.toFixed(3)} ${unit} on real held-out rows ` +
        `(${synthetic.toFixed(3)}; trained on real rows ${real.toFixed(3)}).`
      : `A model of ${name} trained on synthetic rows does as well on real held-out rows as one trained on real rows ` +
        `(${unit} ${synthetic.toFixed(3)} and ${real.toFixed(3)}).`;
  return {
    ...base,
    interval: interval(synthetics),
    sentence,
    detail: {
      type: "models" as const,
      unit,
      rows: [
        {
          name: "Gradient boosting",
          real,
          realInterval: interval(reals),
          synthetic,
          syntheticInterval: interval(synthetics),
        },
      ],
    },
    ...note,
  };
}
