import { breathe } from "../../math/breathe.ts";
import { Z90, Z95 } from "../../math/intervals.ts";
import { fitLogistic } from "../../math/regression/logistic-regression.ts";
import type { Rng } from "../../math/rng.ts";
import { mean, standardDeviation } from "../../math/statistics.ts";
import type { Target } from "../../math/trees/boosting.ts";
import { partsOf } from "../../table/whole-patients.ts";
import { drawnNote, learnedRows } from "../measuring/bounds.ts";
import { featuresOf } from "../measuring/features.ts";
import { predictionOf } from "../measuring/prediction-task.ts";
import type { Prediction, Task } from "../measuring/prediction-task.ts";
import { MADE, REAL, realBesideSynthetic, tablesOf } from "../measuring/real-rows.ts";
import type { Compared } from "../measuring/real-rows.ts";
import { valueAlone } from "../measuring/value-only.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";
import type { Detail, Interval, Measured, Metric, Pulse } from "../metric.ts";
import { linearModel } from "./predictors.ts";

const FOLDS = 5;
const MOST_ROWS = 4000;
const LEAST_EVENTS = 10;
const MARGIN = 0.03;
/** Predicted shares are kept this far from 0 and 1, so that one row cannot decide. */
const EDGE = 0.002;

/** Whether what a model of real rows expects of the outcome happens in synthetic rows, and the other way round. */
export const crossCalibration: Metric = {
  id: "cross-calibration",
  name: "Outcomes as expected",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: MARGIN,
  range: [-2, 2],
  summary:
    "How much worse the outcomes of synthetic patients are predicted by a model of real rows than those of real patients, and the other way round.",
  reference:
    "Log loss; calibration in the large and slope: Cox 1958, Van Calster et al. 2019; regressions, 5 folds",
  scored: true,
  needs: ["unseen"],
  limits: "Sees only what a regression on the other columns can predict, and one target.",
  remedy:
    "Do not train or check predictions of the target with this table. See that the target is marked and its share is right, then train again.",
  claim: ({ target }) => ({
    not: target ? `predict ${target} with it` : "predict with it",
    because: "outcomes do not follow from the other columns as in real patients",
  }),
  sees: (loss) => `outcomes that a model of real rows predicts with ${loss.toFixed(2)} more log loss`,
  effort: 2,

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const { train, holdout, synthetic } = tables;
    if (holdout.rows === 0) return skipped("No rows were held out to compare with.");
    const most = learnedRows(train.columns.length, MOST_ROWS);
    const compared = realBesideSynthetic(tables, most, rng);
    const { real, made } = tablesOf(compared, train);
    const prediction = predictionOf([real, real, made]);
    if ("reason" in prediction) return skipped(prediction.reason);
    const without = whyNot(prediction);
    if (without) return skipped(without);
    const fits = await crossFit(prediction, compared, rng, pulse, valueOnly);
    const own = excess(fits.madeByReal.losses, fits.realByReal.losses, compared.worth);
    if (valueOnly) return valueAlone(clamped(own.value));
    const first = (prediction.task.rows[REAL] as Int32Array).findIndex((row) => row >= compared.learned);
    const cut = first < 0 ? fits.realByReal.losses.length : first;
    const { losses } = fits.realByReal;
    const held = excess(losses.slice(cut), losses.slice(0, cut), compared.worth);
    return {
      ...besideReal(
        "lower",
        clamped(own.value),
        within(own.value, Z95 * own.error),
        { value: clamped(held.value), interval: within(held.value, Z90 * held.error) },
        (value) => 100 - 100 * Math.max(0, value),
      ),
      loss: {
        value: own.value,
        interval: { low: own.value - Z95 * own.error, high: own.value + Z95 * own.spread },
      },
      sentence: sentenceOf(prediction.task, fits),
      detail: { type: "figures", rows: await figuresOf(prediction.task, fits, pulse) },
      ...drawnNote("“Outcomes as expected” uses", [train, holdout, synthetic], most),
    };
  },
};

const clamped = (x: number): number => Math.max(-2, Math.min(2, x));
const within = (value: number, half: number): Interval => ({
  low: clamped(value - half),
  high: clamped(value + half),
});

/** A table's rows predicted by a model of another: P(class 1) or nothing, what happened, and each row's loss. */
interface Forecast {
  readonly predicted: Float64Array;
  readonly observed: Float64Array;
  readonly losses: Float64Array;
}

interface Fits {
  readonly madeByReal: Forecast;
  readonly realByReal: Forecast;
  readonly realByMade?: Forecast;
}

function whyNot({ task }: Prediction): string | undefined {
  const [real, , made] = task.rows as [Int32Array, Int32Array, Int32Array];
  if (made.length === 0) return `No synthetic row has a known ${task.name}.`;
  const target = task.targets[REAL] as Target;
  if (target.type === "number") return undefined;
  const counts = new Float64Array(target.classes);
  for (const row of real) {
    const label = target.labels[row] as number;
    counts[label] = (counts[label] as number) + 1;
  }
  const enough = counts.filter((events) => events >= LEAST_EVENTS).length;
  return enough > 1 ? undefined : `Fewer than ${LEAST_EVENTS} real rows have each value of ${task.name}.`;
}

/** Place of the synthetic table among the tables of the task. */
const SYNTHETIC = 2;

/** Real rows by models of the other folds' real rows, synthetic rows dealt to those models, real rows by a model of synthetic ones. */
async function crossFit(
  { task, inputs }: Prediction,
  { rows, whose }: Compared,
  rng: Rng,
  pulse: Pulse,
  valueOnly: boolean,
): Promise<Fits> {
  const learner = linearModel(task.unit);
  const [target, known] = [task.targets[REAL] as Target, task.rows[REAL] as Int32Array];
  const folds = partsOf(rows[REAL], FOLDS, rng.fork("folds"), whose);
  const dealt = partsOf(rows[MADE], FOLDS, rng.fork("dealt"));
  const [features, others] = [featuresOf(inputs, REAL), featuresOf(inputs, SYNTHETIC)];
  const [own, there] = [outputs(rows[REAL], target), outputs(rows[MADE], target)];
  for (let fold = 0; fold < FOLDS; fold++) {
    await pulse();
    const learned = known.filter((row) => folds[row] !== fold);
    const model = await learner.fit(features, target, learned, rng, pulse);
    fill(own, model.predict(features), (row) => folds[row] === fold);
    fill(there, model.predict(others), (row) => dealt[row] === fold);
  }
  const madeByReal = forecastOf(task, SYNTHETIC, there);
  const realByReal = forecastOf(task, REAL, own);
  if (valueOnly) return { madeByReal, realByReal };
  const back = await learner.fit(
    others,
    task.targets[SYNTHETIC] as Target,
    task.rows[SYNTHETIC] as Int32Array,
    rng,
    pulse,
  );
  return { madeByReal, realByReal, realByMade: forecastOf(task, REAL, back.predict(features)) };
}

const outputs = (rows: number, target: Target): Float64Array[] =>
  Array.from(
    { length: target.type === "classes" && target.classes > 2 ? target.classes : 1 },
    () => new Float64Array(rows),
  );

function fill(
  into: readonly Float64Array[],
  from: readonly Float64Array[],
  wanted: (row: number) => boolean,
): void {
  into.forEach((own, k) => {
    for (let row = 0; row < own.length; row++) if (wanted(row)) own[row] = from[k]?.[row] as number;
  });
}

/** Losses of the known rows: log loss of classes, squared error of a number as a share of its variance in real rows. */
function forecastOf(task: Task, side: number, predicted: readonly Float64Array[]): Forecast {
  const [target, rows] = [task.targets[side] as Target, task.rows[side] as Int32Array];
  const first = Float64Array.from(rows, (row) => predicted[0]?.[row] as number);
  if (target.type === "number") {
    const real = task.targets[REAL] as Extract<Target, { type: "number" }>;
    const unit = standardDeviation(
      Float64Array.from(task.rows[REAL] as Int32Array, (row) => real.values[row] as number),
    );
    const observed = Float64Array.from(rows, (row) => target.values[row] as number);
    const losses = observed.map((x, i) => Math.min(100, ((x - (first[i] as number)) / unit) ** 2));
    return { predicted: first, observed, losses };
  }
  const share = (row: number, label: number): number => {
    const p =
      predicted.length > 1
        ? (predicted[label]?.[row] as number)
        : label === 1
          ? (predicted[0]?.[row] as number)
          : 1 - (predicted[0]?.[row] as number);
    return Math.max(EDGE, Math.min(1 - EDGE, p));
  };
  const labels = Float64Array.from(rows, (row) => target.labels[row] as number);
  const losses = Float64Array.from(rows, (row) => -Math.log(share(row, target.labels[row] as number)));
  return { predicted: first.map((p) => Math.max(EDGE, Math.min(1 - EDGE, p))), observed: labels, losses };
}

/** Mean loss beyond the usual; `error` where nothing is wrong, `spread` as it is. */
function excess(
  own: Float64Array,
  usual: Float64Array,
  worth: number,
): { value: number; error: number; spread: number } {
  if (own.length === 0 || usual.length === 0) return { value: 0, error: 0, spread: 0 };
  const [n, m] = [usual.length * worth, own.length * worth];
  const deviation = standardDeviation(usual);
  return {
    value: mean(own) - mean(usual),
    error: deviation * Math.sqrt(1 / n + 1 / m),
    spread: Math.hypot(deviation / Math.sqrt(n), standardDeviation(own) / Math.sqrt(m)),
  };
}

function sentenceOf(task: Task, { madeByReal, realByReal }: Fits): string {
  const [own, usual] = [mean(madeByReal.losses), mean(realByReal.losses)];
  if (task.unit === "R²")
    return `By a model of real rows, the error of ${task.name} is ${own.toFixed(2)} of its variance in synthetic rows and ${usual.toFixed(2)} in real ones.`;
  const loss = `log loss ${own.toFixed(3)} in synthetic and ${usual.toFixed(3)} in real rows`;
  if (task.classes.length > 2) return `By a model of real rows, ${task.name} has a ${loss}.`;
  const [expected, seen] = [mean(madeByReal.predicted), mean(madeByReal.observed)];
  return (
    `A model of real rows expects ${task.name} “${task.classes[1] as string}” in ${percentage(expected)} of synthetic rows, and ` +
    `${percentage(seen)} have it; ${loss}.`
  );
}

type Figure = Extract<Detail, { type: "figures" }>["rows"][number];

/** Loss, calibration in the large and slope: synthetic rows by a model of real ones, and the other way round. */
async function figuresOf(task: Task, fits: Fits, pulse: Pulse): Promise<Figure[]> {
  const measure = task.unit === "R²" ? "Squared error in variances" : "Log loss";
  const directions = [
    ["synthetic rows by a model of real rows", fits.madeByReal],
    ["real rows by a model of synthetic rows", fits.realByMade],
  ] as const;
  const rows: Figure[] = [];
  for (const [name, forecast] of directions) {
    if (!forecast) continue;
    rows.push({
      name: `${measure}, ${name}`,
      unit: "number",
      synthetic: meanOf(forecast.losses),
      baseline: meanOf(fits.realByReal.losses),
    });
    if (task.classes.length !== 2) continue;
    const over = ({ observed, predicted }: Forecast): Measured =>
      meanOf(observed.map((y, i) => y - (predicted[i] as number)));
    rows.push({
      name: `Observed less expected share, ${name}`,
      unit: "share",
      synthetic: over(forecast),
      baseline: over(fits.realByReal),
    });
    const [own, usual] = [await slopeOf(forecast, pulse), await slopeOf(fits.realByReal, pulse)];
    if (own && usual)
      rows.push({ name: `Calibration slope, ${name}`, unit: "number", synthetic: own, baseline: usual });
  }
  return rows;
}

function meanOf(values: Float64Array): Measured {
  const half = (Z95 * standardDeviation(values)) / Math.sqrt(Math.max(1, values.length));
  const value = mean(values);
  return { value, interval: { low: value - half, high: value + half } };
}

/** Slope of a logistic regression of what happened on the logit of what was predicted, 1 where risks are right; Wald's interval. */
export async function slopeOf(
  { predicted, observed }: Pick<Forecast, "predicted" | "observed">,
  pulse: Pulse,
): Promise<Measured | undefined> {
  const logits = Float64Array.from(predicted, (p) => Math.log(p / (1 - p)));
  if (!(standardDeviation(logits) > 1e-6) || !(standardDeviation(observed) > 0)) return undefined;
  const design = { rows: logits.length, numbers: [logits], factors: [] };
  const { coefficients, information, converged } = await fitLogistic(design, observed, 0, pulse);
  if (!converged) return undefined;
  const [a, b, , d] = information as unknown as [number, number, number, number];
  const half = Z95 * Math.sqrt(a / (a * d - b * b));
  const value = coefficients[1] as number;
  return { value, interval: { low: value - half, high: value + half } };
}
