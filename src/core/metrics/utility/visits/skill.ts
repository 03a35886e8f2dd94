import { bootstrapWeights, percentileInterval, Z95 } from "../../../math/intervals.ts";
import type { Rng } from "../../../math/rng.ts";
import { mean, standardDeviation } from "../../../math/statistics.ts";
import { partsOf } from "../../../table/whole-patients.ts";
import type { AlignedColumn } from "../../measuring/align.ts";
import {
  HOLDOUT,
  scoreOf,
  SYNTHETIC,
  TRAIN,
  type Score,
  type Task,
} from "../../measuring/prediction-task.ts";
import { besideReal } from "../../measuring/verdict.ts";
import type { Detail, Pulse } from "../../metric.ts";
import { learn, type Predictor } from "../predictors.ts";

const RESAMPLES = 200;

/** One prediction that counts: what, by which model. */
export interface Question {
  readonly name: string;
  readonly task: Task;
  readonly inputs: readonly AlignedColumn[];
  readonly predictor: Predictor;
}

interface Asked {
  readonly question: Question;
  readonly real: Score;
  readonly synthetic: Score;
}

/**
 * Models of each question learned from synthetic rows and from train, both asked of the same held-out rows; the value is the
 * mean of their scores. Its loss against real rows has the errors of the held-out patients (bootstrap over patients) and of
 * the patients learned from (two halves of each side: their squared difference is twice the variance for half of them).
 * Patients are numbered from 0: `task.whose`, or a row each.
 */
export async function skillOf(
  questions: readonly Question[],
  how: { readonly rng: Rng; readonly pulse: Pulse; readonly valueOnly: boolean },
) {
  const { rng, pulse, valueOnly } = how;
  const learnedFrom = async ({ task, inputs, predictor, name }: Question, side: number): Promise<Score> => {
    const predict = await learn(predictor, task, inputs, side, rng.fork(`${name} ${predictor.name}`), pulse);
    await pulse();
    return scoreOf(task, HOLDOUT, predict(HOLDOUT));
  };
  const asked: Asked[] = [];
  for (const question of questions)
    asked.push({
      question,
      real: await learnedFrom(question, TRAIN),
      synthetic: await learnedFrom(question, SYNTHETIC),
    });
  const draws: { reals: number[]; synthetics: number[] }[] = asked.map(() => ({ reals: [], synthetics: [] }));
  const dice = rng.fork("resamples");
  for (let i = 0; i < (valueOnly ? 1 : RESAMPLES); i++) {
    const draw = drawnPatients(questions, dice);
    asked.forEach(({ question, real, synthetic }, q) => {
      const weights = draw(question.task);
      draws[q]?.reals.push(real(weights));
      draws[q]?.synthetics.push(synthetic(weights));
    });
    await pulse();
  }
  const learned = valueOnly ? 0 : await learningVariance(questions, rng.fork("halves"), pulse);
  const average = (of: (one: number) => number): number => mean(asked.map((_, q) => of(q)));
  const own = average((q) => asked[q]?.synthetic() as number);
  const real = average((q) => asked[q]?.real() as number);
  const synthetics =
    draws[0]?.synthetics.map((_, i) => average((q) => draws[q]?.synthetics[i] as number)) ?? [];
  const reals = draws[0]?.reals.map((_, i) => average((q) => draws[q]?.reals[i] as number)) ?? [];
  const spread = standardDeviation(
    reals.map((value, i) => value - (synthetics[i] as number)).filter((value) => !Number.isNaN(value)),
  );
  const half = Z95 * Math.sqrt(spread ** 2 + learned);
  const points = questions[0]?.task.unit === "AUROC" ? 200 : 100;
  const rows = asked.map(({ question, real: reference, synthetic }, q) => ({
    name: question.name,
    real: reference(),
    realInterval: percentileInterval(draws[q]?.reals ?? [], 0.95),
    synthetic: synthetic(),
    syntheticInterval: percentileInterval(draws[q]?.synthetics ?? [], 0.95),
  }));
  return {
    own,
    real,
    rows,
    result: {
      ...besideReal(
        "higher",
        own,
        around(percentileInterval(synthetics, 0.95), own),
        { value: real, interval: around(percentileInterval(reals, 0.9), real) },
        (value) => 100 - points * Math.max(0, real - value),
        { low: real - own - half, high: real - own + half },
      ),
      detail: { type: "models", unit: questions[0]?.task.unit ?? "R²", rows } satisfies Detail,
    },
  };
}

const around = ({ low, high }: { low: number; high: number }, value: number) => ({
  low: Math.min(low, value),
  high: Math.max(high, value),
});

/** One bootstrap draw of the held-out patients, as the weights of each task's scored rows. */
function drawnPatients(questions: readonly Question[], rng: Rng): (task: Task) => Uint16Array {
  const patients = patientsOf(questions, HOLDOUT);
  const drawn = bootstrapWeights(patients, rng);
  return ({ rows, whose }) => {
    const own = rows[HOLDOUT] as Int32Array;
    return Uint16Array.from(own, (row, i) => drawn[whose?.[HOLDOUT]?.[i] ?? row] as number);
  };
}

function patientsOf(questions: readonly Question[], side: number): number {
  let most = -1;
  for (const { task } of questions)
    for (const [i, row] of (task.rows[side] as Int32Array).entries())
      most = Math.max(most, task.whose?.[side]?.[i] ?? row);
  return most + 1;
}

async function learningVariance(questions: readonly Question[], rng: Rng, pulse: Pulse): Promise<number> {
  let sum = 0;
  for (const side of [TRAIN, SYNTHETIC]) {
    const patients = patientsOf(questions, side);
    const part = partsOf(patients, 2, rng.fork(`side ${side}`));
    const scores: number[] = [];
    for (const half of [0, 1]) {
      const own: number[] = [];
      for (const { task, inputs, predictor } of questions) {
        const known = task.rows[side] as Int32Array;
        const kept = known.filter((row, i) => part[task.whose?.[side]?.[i] ?? row] === half);
        const rows = task.rows.with(side, kept);
        const predict = await learn(predictor, { ...task, rows }, inputs, side, rng, pulse);
        own.push(scoreOf(task, HOLDOUT, predict(HOLDOUT))());
        await pulse();
      }
      scores.push(mean(own));
    }
    sum += ((scores[0] as number) - (scores[1] as number)) ** 2 / 4;
  }
  return Number.isFinite(sum) ? sum : 0;
}
