import { breathe } from "../../math/breathe.ts";
import { calibrationError, calibrationGroups, calibrationPoints } from "../../math/scores/calibration.ts";
import { standardDeviation } from "../../math/statistics.ts";
import { besideReference } from "./beside-reference.ts";
import type { Drawn } from "./beside-reference.ts";
import { drawnNote, learnedRows } from "../measuring/bounds.ts";
import type { Detail, Metric } from "../metric.ts";
import {
  brierOf,
  drawnTables,
  drawScored,
  HOLDOUT,
  oneVersusRest,
  predictionOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Score, Task } from "../measuring/prediction-task.ts";
import { briskBoosting, learn } from "./predictors.ts";
import { percentage, skipped } from "../measuring/verdict.ts";

const RESAMPLES = 200;
const GROUPS = 10;
const LEAST_IN_GROUP = 5;
const MOST_CURVES = 3;
/** A model that is 10 points further off than one of real rows keeps half of the score. */
const POINTS = 500;

/** Whether the risks that a model of synthetic rows predicts for held-out real rows come true, in ten groups of risk. */
export const calibration: Metric = {
  id: "calibration",
  name: "Risks that come true",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How far the risks predicted by a model of synthetic rows lie from what happened to held-out patients.",
  reference: "Expected calibration error: Naeini, Cooper and Hauskrecht 2015; reliability curves; Brier 1950",
  scored: false,
  needs: ["unseen"],
  limits:
    "Holds for one target and one kind of model; with few held-out patients the groups of risk are wide.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const most = learnedRows(train.columns.length, 3000);
    const given = [train, holdout, synthetic];
    const prediction = predictionOf(drawnTables(given, most, rng));
    if ("reason" in prediction) return skipped(prediction.reason, prediction.wants);
    const { task, inputs } = prediction;
    const sides: Judged[] = [];
    for (const side of [SYNTHETIC, TRAIN]) {
      const predict = await learn(briskBoosting, task, inputs, side, rng, pulse);
      sides.push(judgedBy(task, predict(HOLDOUT)));
    }
    const draws = sides.map((): number[] => []);
    const resamples = rng.fork("resamples");
    for (let i = 0; i < (valueOnly ? 1 : RESAMPLES); i++) {
      const weights = drawScored(task, HOLDOUT, resamples);
      sides.forEach(({ error }, s) => draws[s]?.push(error(weights)));
      await pulse();
    }
    const [own, real] = sides.map(({ error }, s): Drawn => ({ value: error(), draws: draws[s] ?? [] }));
    if (!own || !real) return skipped("Nothing was predicted.");
    return {
      ...besideReference(own, real, POINTS, "lower"),
      sentence: sentenceOf(task, own.value, real.value, sides),
      detail: curvesOf(task, sides),
      ...drawnNote("“Risks that come true” uses", given, most),
    };
  },
};

/** One thing predicted (a class, or the number) for the held-out rows, in groups of like predictions. */
interface Forecast {
  readonly class: number;
  readonly predicted: Float64Array;
  readonly observed: ArrayLike<number>;
  readonly groupOf: Uint16Array;
}

interface Judged {
  readonly forecasts: readonly Forecast[];
  /** mean over the forecasts of the calibration error; of a number in its standard deviations, 1 at most */
  readonly error: Score;
  readonly brier: Score;
}

function judgedBy(task: Task, predicted: readonly Float64Array[]): Judged {
  const forecasts = forecastsOf(task, predicted);
  const target = task.targets[HOLDOUT];
  const unit = target?.type === "number" ? standardDeviation(forecasts[0]?.observed ?? []) : 1;
  const error: Score = (weights) => {
    const errors = forecasts.map((f) =>
      calibrationError(calibrationPoints(f.predicted, f.observed, f.groupOf, weights)),
    );
    const whole = errors.reduce((a, b) => a + b, 0) / errors.length / unit;
    return Number.isFinite(whole) ? Math.min(1, whole) : 1;
  };
  return { forecasts, error, brier: brierOf(task, HOLDOUT, predicted) };
}

function forecastsOf(task: Task, predicted: readonly Float64Array[]): Forecast[] {
  const target = task.targets[HOLDOUT];
  if (target?.type === "number") {
    const observed = Float64Array.from(
      task.rows[HOLDOUT] as Int32Array,
      (row) => target.values[row] as number,
    );
    const own = predicted[0] as Float64Array;
    return [{ class: -1, predicted: own, observed, groupOf: calibrationGroups(own, observed, GROUPS) }];
  }
  return oneVersusRest(task, HOLDOUT, predicted).map(({ class: k, scores, own }) => ({
    class: k,
    predicted: scores,
    observed: own,
    groupOf: calibrationGroups(scores, own, GROUPS, LEAST_IN_GROUP),
  }));
}

function sentenceOf(task: Task, own: number, real: number, [synthetic, train]: readonly Judged[]): string {
  if (task.unit === "R²") {
    return (
      `In groups of patients alike in risk, predictions of ${task.name} from a model of synthetic rows are off by ` +
      `${own.toFixed(2)} standard deviations on average; from a model of real rows by ${real.toFixed(2)}.`
    );
  }
  const what = task.classes.length === 2 ? `${task.name} (${task.classes[1] as string})` : task.name;
  return (
    `In groups of held-out patients alike in risk, the risk of ${what} predicted by a model of synthetic rows is off ` +
    `by ${percentage(own)} on average, by a model of real rows ${percentage(real)}; Brier scores ` +
    `${synthetic?.brier().toFixed(3) ?? ""} and ${train?.brier().toFixed(3) ?? ""}.`
  );
}

/** Both models' curves, of the most frequent classes where there are more than two. Groups of 1 to 4 events are merged. */
function curvesOf(task: Task, [synthetic, train]: readonly Judged[]): Detail {
  const number = task.unit === "R²";
  const frequency = ({ observed }: Forecast): number => Array.from(observed).reduce((a, b) => a + b, 0);
  const shown = (train?.forecasts ?? [])
    .filter((forecast) => number || frequency(forecast) >= LEAST_IN_GROUP)
    .toSorted((a, b) => frequency(b) - frequency(a))
    .slice(0, MOST_CURVES)
    .map((forecast) => forecast.class);
  const curves = (["real", "synthetic"] as const).flatMap((of) =>
    shown.flatMap((k) => {
      const forecast = (of === "real" ? train : synthetic)?.forecasts.find((own) => own.class === k);
      if (!forecast) return [];
      const points = calibrationPoints(forecast.predicted, forecast.observed, forecast.groupOf).filter(
        ({ rows }) => rows >= LEAST_IN_GROUP,
      );
      return [
        {
          of,
          name: number ? task.name : `${task.name} (${task.classes[k] as string})`,
          points: points.map(({ predicted, observed, rows }) => ({ x: predicted, y: observed, rows })),
        },
      ];
    }),
  );
  const what = number ? task.name : "risk";
  return { type: "curves", x: `Predicted ${what}`, y: `Observed ${number ? task.name : "share"}`, curves };
}
