import { breathe } from "../../math/breathe.ts";
import { percentileInterval, Z95 } from "../../math/intervals.ts";
import type { Rng } from "../../math/rng.ts";
import { standardDeviation } from "../../math/statistics.ts";
import { partsOf } from "../../table/whole-patients.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { drawnNote, learnedRows } from "../measuring/bounds.ts";
import type { Interval, MeasuredResult, Metric, Pulse } from "../metric.ts";
import {
  drawnTables,
  drawScored,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Score, Task } from "../measuring/prediction-task.ts";
import { FOREST_ROWS, gradientBoosting, learn, predictorsFor } from "./predictors.ts";
import { count, besideReal, skipped } from "../measuring/verdict.ts";

const RESAMPLES = 200;

/**
 * Train on synthetic, test on real held-out rows, beside train on real: AUROC or R². Its value is that of gradient
 * boosting; the other predictors stand beside it in the detail.
 */
/** The share of what a model of real rows gains over chance that one of synthetic rows must keep. */
const KEPT_SKILL = 0.75;

/** A wide interval reaches its reference by luck: the models must also beat chance beyond noise and keep most of the gain. */
function predicts({ detail }: MeasuredResult): boolean {
  if (detail?.type !== "models") return false;
  const chance = detail.unit === "AUROC" ? 0.5 : 0;
  const [first] = detail.rows;
  if (!first) return false;
  const { real, synthetic, syntheticInterval } = first;
  return syntheticInterval.low > chance && synthetic - chance >= KEPT_SKILL * (real - chance);
}

export const tstr: Metric = {
  id: "tstr",
  name: "Predicting the target",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.03,
  range: [-1, 1],
  summary: "How well a model trained on synthetic rows predicts the target of real, held-out rows.",
  reference: "Train on synthetic, test on real: Esteban, Hyland and Rätsch 2017",
  scored: true,
  needs: ["unseen"],
  relations: true,
  limits: "Holds for one target, one kind of model and the columns of this table.",
  board: "Utility",
  effort: 3,
  claim: ({ target }) => ({
    not: `use models ${target ? `of ${target} ` : ""}trained on it for real patients`,
    because: "models trained on it predict real patients worse",
  }),
  bears: {
    use: (target) => target && `first models that predict ${target}`,
    holds: (result) => (result.verdict === "good" || result.verdict === "worse") && predicts(result),
  },

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const most = learnedRows(train.columns.length, 10_000);
    const given = [train, holdout, synthetic];
    const prediction = predictionOf(drawnTables(given, most, rng));
    if ("reason" in prediction) return skipped(prediction.reason, prediction.wants);
    const { task, inputs, target } = prediction;
    const predictors = predictorsFor(task).slice(0, valueOnly ? 1 : undefined);
    const scored: { name: string; real: Score; synthetic: Score }[] = [];
    for (const predictor of predictors) {
      const scoreFrom = async (side: number): Promise<Score> => {
        const predict = await learn(predictor, task, inputs, side, rng.fork(predictor.name), pulse);
        return scoreOf(task, HOLDOUT, predict(HOLDOUT));
      };
      scored.push({
        name: predictor.name,
        real: await scoreFrom(TRAIN),
        synthetic: await scoreFrom(SYNTHETIC),
      });
    }
    const dice = rng.fork("resamples");
    const draw = (): Uint16Array => drawScored(task, HOLDOUT, dice);
    const resampled = await resample(scored, draw, valueOnly ? 1 : RESAMPLES, pulse);
    const learned = valueOnly ? 0 : await learningVariance(task, inputs, rng.fork("halves"), pulse);
    const forest = most > FOREST_ROWS ? `, its random forest ${count(FOREST_ROWS)}` : "";
    const { note } = drawnNote("“Predicting the target” uses", given, most);
    return report(
      target.name,
      task,
      resampled,
      learned,
      note ? { note: note.replace(/\.$/, `${forest}.`) } : {},
    );
  },
};

/**
 * The variance of the difference of the two scores that comes from the rows learned from, which resampling the held-out ones
 * leaves out: of two halves of a table, learned from by themselves, the squared difference is twice the variance for half
 * of the rows, and that twice the variance for all.
 */
async function learningVariance(
  task: Task,
  inputs: readonly AlignedColumn[],
  rng: Rng,
  pulse: Pulse,
): Promise<number> {
  let sum = 0;
  for (const side of [TRAIN, SYNTHETIC]) {
    const known = task.rows[side] as Int32Array;
    const half = partsOf(known.length, 2, rng.fork(`side ${side}`), task.whose?.[side]);
    const scores: number[] = [];
    for (const part of [0, 1]) {
      const rows = task.rows.with(
        side,
        known.filter((_, i) => half[i] === part),
      );
      const predict = await learn(gradientBoosting, { ...task, rows }, inputs, side, rng, pulse);
      scores.push(scoreOf(task, HOLDOUT, predict(HOLDOUT))());
    }
    sum += ((scores[0] as number) - (scores[1] as number)) ** 2 / 4;
  }
  return Number.isFinite(sum) ? sum : 0;
}

interface Resampled {
  readonly name: string;
  readonly real: number;
  readonly synthetic: number;
  readonly reals: readonly number[];
  readonly synthetics: readonly number[];
}

/** Every predictor's two scores, and those of the same bootstrap draws of the held-out rows. */
async function resample(
  scored: readonly { name: string; real: Score; synthetic: Score }[],
  draw: () => Uint16Array,
  times: number,
  pulse: Pulse,
): Promise<Resampled[]> {
  const draws = scored.map(() => ({ reals: [] as number[], synthetics: [] as number[] }));
  for (let i = 0; i < times; i++) {
    const weights = draw();
    scored.forEach(({ real, synthetic }, p) => {
      draws[p]?.reals.push(real(weights));
      draws[p]?.synthetics.push(synthetic(weights));
    });
    await pulse();
  }
  return scored.map(({ name, real, synthetic }, p) => ({
    name,
    real: real(),
    synthetic: synthetic(),
    reals: draws[p]?.reals ?? [],
    synthetics: draws[p]?.synthetics ?? [],
  }));
}

/** The loss against the model trained on real rows, doubled for AUROC, whose useful range is half as wide. */
function report(
  name: string,
  { unit }: Task,
  resampled: readonly Resampled[],
  learned: number,
  note: { note?: string },
): ReturnType<typeof finish> {
  const { real, synthetic, reals, synthetics } = resampled[0] as Resampled;
  const points = unit === "AUROC" ? 200 : 100;
  const toScore = (value: number): number => 100 - points * Math.max(0, real - value);
  const losses = reals.map((value, i) => value - (synthetics[i] as number));
  const lost = real - synthetic;
  const spread = standardDeviation(losses.filter((value) => !Number.isNaN(value)));
  const half = Z95 * Math.sqrt(spread ** 2 + learned);
  const loss = { low: lost - half, high: lost + half };
  const base = besideReal(
    "higher",
    synthetic,
    { low: real - loss.high, high: real - loss.low },
    { value: real, interval: percentileInterval(reals, 0.9) },
    toScore,
    loss,
  );
  return finish(name, unit, resampled, base, note);
}

function finish(
  name: string,
  unit: Task["unit"],
  resampled: readonly Resampled[],
  base: ReturnType<typeof besideReal>,
  note: { note?: string },
) {
  const interval = (values: readonly number[]): Interval => percentileInterval(values, 0.95);
  const { real, synthetic, synthetics } = resampled[0] as Resampled;
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
      rows: resampled.map((row) => ({
        name: row.name,
        real: row.real,
        realInterval: interval(row.reals),
        synthetic: row.synthetic,
        syntheticInterval: interval(row.synthetics),
      })),
    },
    ...note,
  };
}
