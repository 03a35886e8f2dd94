import type { Feature } from "../../math/trees/bins.ts";
import type { Booster, Target } from "../../math/trees/boosting.ts";
import { breathe } from "../../math/breathe.ts";
import { percentileInterval } from "../../math/intervals.ts";
import { spearman } from "../../math/scores/rank-correlation.ts";
import type { Rng } from "../../math/rng.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { besideReference } from "./beside-reference.ts";
import { atMost } from "../measuring/bounds.ts";
import { featuresOf } from "../measuring/features.ts";
import type { Metric, Pulse } from "../metric.ts";
import {
  drawScored,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Score, Task } from "../measuring/prediction-task.ts";
import { briskBoosting } from "./predictors.ts";
import { mostRelevant } from "./relevance.ts";
import { count, skipped } from "../measuring/verdict.ts";

const LEARNED = 2000;
const SCORED = 1000;
/** where only the value is asked for */
const FEW = 500;
const MOST_COLUMNS = 30;
const LEAST_COLUMNS = 3;
const REPEATS = 2;
const RESAMPLES = 80;
/** The other half of train. */
const OTHER = 3;
const POINTS = 50;

/** Whether models of real and of synthetic rows use the same columns: permutation importance on held-out real rows. */
export const featureImportance: Metric = {
  id: "feature-importance",
  name: "What a model looks at",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.1,
  range: [-1, 1],
  summary: "Whether a model of synthetic rows ranks the columns by importance as a model of real rows does.",
  reference:
    "Permutation importance: Breiman 2001; Fisher, Rudin and Dominici 2019; Spearman's rank correlation",
  scored: false,
  needs: ["unseen"],
  limits: "Columns that say the same share their importance by chance.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const [real, other] = halvesOf(train, valueOnly ? FEW : LEARNED, rng.fork("halves"));
    const held = atMost(holdout, valueOnly ? FEW : SCORED, rng.fork("holdout"));
    const own = atMost(synthetic, real.rows, rng.fork("synthetic"));
    const prediction = predictionOf([real, held, own, other]);
    if ("reason" in prediction) return skipped(prediction.reason, prediction.wants);
    const { task } = prediction;
    const inputs = mostRelevant(prediction.inputs, TRAIN, task.targets[TRAIN] as Target, MOST_COLUMNS);
    if (inputs.length < LEAST_COLUMNS) {
      return skipped(
        `${task.name} is predicted from ${inputs.length} columns; ${LEAST_COLUMNS} are needed to rank.`,
      );
    }
    const sides = valueOnly ? [TRAIN, SYNTHETIC] : [TRAIN, SYNTHETIC, OTHER];
    if (sides.some((side) => task.rows[side]?.length === 0)) {
      return skipped(
        `No row has a known ${task.name} in one of the samples, so there is nothing to learn from.`,
      );
    }
    const models: Shuffled[] = [];
    for (const side of sides) {
      const rows = task.rows[side] as Int32Array;
      const target = task.targets[side] as Target;
      const model = await briskBoosting.fit(featuresOf(inputs, side), target, rows, rng, pulse);
      const repeats = valueOnly ? 1 : REPEATS;
      models.push(await shuffledScores(task, inputs, model, repeats, rng.fork("shuffles"), pulse));
    }
    const measured = await importances(task, models, valueOnly ? 1 : RESAMPLES, rng.fork("resamples"), pulse);
    return { ...report(task, inputs, measured), note: noteOf(prediction.inputs.length) };
  },
};

const noteOf = (columns: number): string =>
  `“What a model looks at” learns from half of the training rows (${count(LEARNED)} at most) and scores ` +
  `${count(SCORED)} held-out rows at most` +
  `${columns > MOST_COLUMNS ? `, with the ${MOST_COLUMNS} columns most associated with the target` : ""}.`;

/** A model's score on the held-out rows as they are, and with each column shuffled by itself. */
interface Shuffled {
  readonly whole: Score;
  /** by column, then by repeat */
  readonly without: readonly (readonly Score[])[];
}

async function shuffledScores(
  task: Task,
  inputs: readonly AlignedColumn[],
  model: Booster,
  times: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Shuffled> {
  const features = featuresOf(inputs, HOLDOUT);
  const held = task.rows[HOLDOUT] as Int32Array;
  const scored = (given: readonly Feature[]): Score =>
    scoreOf(
      task,
      HOLDOUT,
      model.predict(given).map((scores) => Float64Array.from(held, (row) => scores[row] as number)),
    );
  const without: Score[][] = [];
  for (const [f, feature] of features.entries()) {
    const repeats: Score[] = [];
    for (let r = 0; r < times; r++) {
      const size = feature.type === "numeric" ? feature.values.length : feature.codes.length;
      const order = rng.permutation(size);
      const mixed: Feature =
        feature.type === "numeric"
          ? {
              type: "numeric",
              values: feature.values.map((_, row) => feature.values[order[row] as number] as number),
            }
          : {
              ...feature,
              codes: feature.codes.map((_, row) => feature.codes[order[row] as number] as number),
            };
      repeats.push(scored(features.with(f, mixed)));
      await pulse();
    }
    without.push(repeats);
  }
  return { whole: scored(features), without };
}

/** For each model its importances by column: what the score loses, on all held-out rows and on each draw of them. */
interface Importances {
  readonly whole: readonly number[];
  readonly draws: readonly (readonly number[])[];
}

async function importances(
  task: Task,
  models: readonly Shuffled[],
  times: number,
  rng: Rng,
  pulse: Pulse,
): Promise<Importances[]> {
  const lost = ({ whole, without }: Shuffled, weights?: Uint16Array): number[] => {
    const all = whole(weights);
    return without.map(
      (repeats) => repeats.reduce((sum, score) => sum + all - score(weights), 0) / repeats.length,
    );
  };
  const draws = models.map((): number[][] => []);
  for (let i = 0; i < times; i++) {
    const weights = drawScored(task, HOLDOUT, rng);
    for (const [m, model] of models.entries()) {
      draws[m]?.push(lost(model, weights));
      await pulse();
    }
  }
  return models.map((model, m) => ({ whole: lost(model), draws: draws[m] ?? [] }));
}

/** 0 where either model uses no column at all. */
function agreement(a: readonly number[], b: readonly number[]): number {
  const rho = spearman(a, b);
  return Number.isNaN(rho) ? 0 : rho;
}

/** The columns that lose most when shuffled; none where no column loses anything. */
function usedMost(real: readonly number[], own: readonly number[], name: (column: number) => string): string {
  const first = (lost: readonly number[]): string[] => {
    const most = Math.max(...lost);
    return most > 0 ? lost.flatMap((one, f) => (one === most ? [name(f)] : [])) : [];
  };
  const [a, b] = [first(real), first(own)];
  const words = (names: readonly string[]): string =>
    names.length > 2 ? `${names.length} columns alike` : names.join(" and ");
  if (a.length === 0 && b.length === 0) return "neither gains by any column on held-out rows";
  if (b.length === 0)
    return `the one of real rows uses ${words(a)} most, the one of synthetic rows gains by no column`;
  if (a.length === 0)
    return `the one of synthetic rows uses ${words(b)} most, the one of real rows gains by no column`;
  return words(a) === words(b)
    ? `both use ${words(a)} most`
    : `the one of real rows uses ${words(a)} most, the one of synthetic rows ${words(b)}`;
}

function report(task: Task, inputs: readonly AlignedColumn[], [real, own, second]: readonly Importances[]) {
  if (!real || !own) return skipped("Nothing was learned.");
  if (real.whole.every((value) => value === 0)) {
    return skipped(`A model of ${task.name} learned from real rows uses no column.`);
  }
  const beside = (other: Importances) => ({
    value: agreement(real.whole, other.whole),
    draws: other.draws.map((values, i) => agreement(real.draws[i] ?? [], values)),
  });
  const mine = beside(own);
  const reference = beside(second ?? own);
  const order = inputs.map((_, f) => f).sort((a, b) => (real.whole[b] as number) - (real.whole[a] as number));
  const figure = ({ whole, draws }: Importances, f: number) => ({
    value: whole[f] as number,
    interval: percentileInterval(
      draws.map((values) => values[f] as number),
      0.95,
    ),
  });
  const name = (f: number | undefined): string => (f === undefined ? "" : (inputs[f]?.schema.name ?? ""));
  return {
    ...besideReference(mine, reference, POINTS, "higher"),
    sentence:
      `Models of ${task.name} learned from real and from synthetic rows rank ${inputs.length} columns by importance with ` +
      `a rank correlation of ${mine.value.toFixed(2)} (two halves of the real rows: ${reference.value.toFixed(2)}); ` +
      `${usedMost(real.whole, own.whole, (f) => name(f))}.`,
    detail: {
      type: "figures" as const,
      rows: order.map((f) => ({
        name: name(f),
        unit: "number" as const,
        synthetic: figure(own, f),
        baseline: figure(real, f),
        note: `${task.unit} lost when this column is shuffled; baseline: model of real rows`,
      })),
    },
  };
}
