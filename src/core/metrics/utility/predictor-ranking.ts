import type { Target } from "../../math/trees/boosting.ts";
import { breathe } from "../../math/breathe.ts";
import { percentileInterval } from "../../math/intervals.ts";
import { kendallTau } from "../../math/scores/rank-correlation.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import type { AlignedColumn } from "../measuring/align.ts";
import { besideReference } from "./beside-reference.ts";
import { atMost } from "../measuring/bounds.ts";
import type { Metric } from "../metric.ts";
import {
  drawScored,
  HOLDOUT,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Score, Task } from "../measuring/prediction-task.ts";
import { briskBoosting, learn, linearModel, randomForest } from "./predictors.ts";
import type { Predictor } from "./predictors.ts";
import { mostRelevant } from "./relevance.ts";
import { count, skipped } from "../measuring/verdict.ts";

const LEARNED = 1000;
const SCORED = 1500;
/** where only the value is asked for */
const FEW = 400;
const MOST_COLUMNS = 60;
const RESAMPLES = 100;
/** The other half of train. */
const OTHER = 3;
const POINTS = 50;

/** Whether synthetic rows choose the same model: predictors on sets of columns, ranked by their score on real rows. */
export const predictorRanking: Metric = {
  id: "predictor-ranking",
  name: "Choosing a model",
  family: "utility",
  better: "higher",
  ideal: 1,
  margin: 0.2,
  range: [-1, 1],
  summary:
    "Whether models trained on synthetic rows come in the same order as the same models trained on real rows.",
  reference:
    "Ranking of learners: Jordon, Yoon and van der Schaar 2018 (synthetic ranking agreement); Kendall's tau-b 1945",
  scored: false,
  needs: ["unseen"],
  limits: "Twelve models of one target: those that are equally good on real rows come in any order.",
  effort: 2,

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    const most = valueOnly ? FEW : LEARNED;
    const [real, other] = halvesOf(train, most, rng.fork("halves"));
    const held = atMost(holdout, valueOnly ? FEW : SCORED, rng.fork("holdout"));
    const prediction = predictionOf([real, held, atMost(synthetic, real.rows, rng.fork("synthetic")), other]);
    if ("reason" in prediction) return skipped(prediction.reason, prediction.wants);
    const { task, inputs } = prediction;
    const candidates = candidatesOf(task, inputs);
    const sides = valueOnly ? [TRAIN, SYNTHETIC] : [TRAIN, SYNTHETIC, OTHER];
    const scores: Score[][] = sides.map(() => []);
    for (const { predictor, columns, name } of candidates) {
      for (const [s, side] of sides.entries()) {
        const predict = await learn(predictor, task, columns, side, rng.fork(name), pulse);
        scores[s]?.push(scoreOf(task, HOLDOUT, predict(HOLDOUT)));
      }
    }
    const resamples = rng.fork("resamples");
    const draws: number[][][] = sides.map(() => []);
    for (let i = 0; i < (valueOnly ? 1 : RESAMPLES); i++) {
      const weights = drawScored(task, HOLDOUT, resamples);
      scores.forEach((own, s) => draws[s]?.push(own.map((score) => score(weights))));
      await pulse();
    }
    const measured = scores.map((own, s) => ({ whole: own.map((score) => score()), draws: draws[s] ?? [] }));
    const note =
      `“Choosing a model” learns from ${count(real.rows)} rows of each table and scores ${count(held.rows)} held-out rows` +
      `${inputs.length > MOST_COLUMNS ? `, with the ${MOST_COLUMNS} columns most associated with the target` : ""}.`;
    return { ...report(task, candidates, measured), note };
  },
};

interface Candidate {
  readonly name: string;
  readonly predictor: Predictor;
  readonly columns: readonly AlignedColumn[];
}

/** Three predictors on all columns, on the half most associated with the target, the other half, and the first alone. */
function candidatesOf(task: Task, inputs: readonly AlignedColumn[]): Candidate[] {
  const ranked = mostRelevant(inputs, TRAIN, task.targets[TRAIN] as Target, MOST_COLUMNS);
  const half = Math.ceil(ranked.length / 2);
  const sets = [
    { name: "all columns", columns: ranked },
    { name: "the stronger half of the columns", columns: ranked.slice(0, half) },
    { name: "the weaker half of the columns", columns: ranked.slice(half) },
    { name: "the strongest column", columns: ranked.slice(0, half > 1 ? 1 : 0) },
  ].filter(({ columns }, i) => columns.length > 0 && (i === 0 || ranked.length > 1));
  return sets.flatMap(({ name, columns }) =>
    [briskBoosting, linearModel(task.unit), randomForest].map((predictor) => ({
      name: `${predictor.name}, ${name}`,
      predictor,
      columns,
    })),
  );
}

/** Scores of every candidate learned from one table: on all held-out rows, and on each draw of them. */
interface Ranking {
  readonly whole: readonly number[];
  readonly draws: readonly (readonly number[])[];
}

/** 0 where all candidates of one side score the same. */
function agreement(a: readonly number[], b: readonly number[]): number {
  const tau = kendallTau(a, b);
  return Number.isNaN(tau) ? 0 : tau;
}

function report(task: Task, candidates: readonly Candidate[], [real, own, second]: readonly Ranking[]) {
  if (!real || !own) return skipped("Nothing was learned.");
  const beside = (other: Ranking) => ({
    value: agreement(real.whole, other.whole),
    draws: other.draws.map((values, i) => agreement(real.draws[i] ?? [], values)),
  });
  const mine = beside(own);
  const reference = beside(second ?? own);
  const best = (whole: readonly number[]): number => whole.indexOf(Math.max(...whole));
  const [chosen, right] = [best(own.whole), best(real.whole)];
  const cost = (real.whole[right] as number) - (real.whole[chosen] as number);
  const interval = ({ draws }: Ranking, c: number) =>
    percentileInterval(
      draws.map((values) => values[c] as number),
      0.95,
    );
  const named = lower(candidates[chosen]?.name ?? "");
  const level = own.whole.filter((score) => score === own.whole[chosen]).length;
  const choice =
    level > 1
      ? `synthetic rows choose none, as ${level === candidates.length ? "all" : `${level} of them`} score best alike`
      : cost > 0
        ? `synthetic rows choose ${named}, ${cost.toFixed(3)} ${task.unit} short of the best choice`
        : `synthetic rows choose ${named}, which is the best choice`;
  return {
    ...besideReference(mine, reference, POINTS, "higher"),
    sentence:
      `${candidates.length} models of ${task.name} trained on synthetic rows come in the order of those trained on real ` +
      `rows with a rank correlation of ${mine.value.toFixed(2)} (two halves of the real rows: ` +
      `${reference.value.toFixed(2)}); ${choice}.`,
    detail: {
      type: "models" as const,
      unit: task.unit,
      rows: candidates.map(({ name }, c) => ({
        name,
        real: real.whole[c] as number,
        realInterval: interval(real, c),
        synthetic: own.whole[c] as number,
        syntheticInterval: interval(own, c),
      })),
    },
  };
}

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
