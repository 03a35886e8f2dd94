import { breathe } from "../../math/breathe.ts";
import { percentileInterval } from "../../math/intervals.ts";
import { mean } from "../../math/statistics.ts";
import { halvesOf } from "../../table/whole-patients.ts";
import { atMost, drawnNote, learnedRows } from "../measuring/bounds.ts";
import type { Detail, Metric } from "../metric.ts";
import {
  brierOf,
  drawScored,
  HOLDOUT,
  precisionOf,
  predictionOf,
  scoreOf,
  SYNTHETIC,
  TRAIN,
} from "../measuring/prediction-task.ts";
import type { Score, Task } from "../measuring/prediction-task.ts";
import { briskBoosting, learn } from "./predictors.ts";
import { besideReal, skipped } from "../measuring/verdict.ts";

const RESAMPLES = 200;
const LEAST_ROWS = 40;
/** The synthetic rows that are scored, beside those that are learned from. */
const SCORED = 3;

/** A model of real rows scored on synthetic ones beside real ones, with all four ways to learn and to score. */
export const trainTestMatrix: Metric = {
  id: "train-test-matrix",
  name: "A real model on synthetic patients",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 2],
  summary:
    "How far the score of a model of real rows moves when synthetic rows are scored in place of held-out ones.",
  reference: "TRTR, TSTR, TRTS and TSTS: Esteban, Hyland and Rätsch 2017; Fekri, Ghosh and Grolinger 2020",
  scored: false,
  needs: ["unseen"],
  limits: "Holds for one target and one kind of model.",

  async compute({ train, holdout, synthetic }, rng, pulse = breathe, valueOnly = false) {
    if (synthetic.rows < LEAST_ROWS) {
      return skipped(`There are ${synthetic.rows} synthetic rows; at least ${LEAST_ROWS} are needed.`);
    }
    const most = learnedRows(train.columns.length, 3000);
    const [learned, scored] = halvesOf(synthetic, most, rng.fork("synthetic"));
    const [real, held] = [train, holdout].map((table, i) => atMost(table, most, rng.fork(`rows ${i}`)));
    const given = [real ?? train, held ?? holdout, learned, scored];
    const prediction = predictionOf(given);
    if ("reason" in prediction) return skipped(prediction.reason, prediction.wants);
    const { task, inputs } = prediction;
    const reals = await learn(briskBoosting, task, inputs, TRAIN, rng, pulse);
    const [trtr, trts] = [scoresOf(task, HOLDOUT, reals), scoresOf(task, SCORED, reals)];
    if (Number.isNaN(trts[0]?.of() ?? NaN)) {
      return skipped(`The synthetic rows have only one ${task.name}, so nothing can be scored on them.`);
    }
    const draws = valueOnly ? 1 : RESAMPLES;
    const ways: Way[] = [
      { name: "TRTR", scores: trtr, side: HOLDOUT },
      { name: "TRTS", scores: trts, side: SCORED },
    ];
    if (!valueOnly) {
      const own = await learn(briskBoosting, task, inputs, SYNTHETIC, rng, pulse);
      ways.push({ name: "TSTR", scores: scoresOf(task, HOLDOUT, own), side: HOLDOUT });
      ways.push({ name: "TSTS", scores: scoresOf(task, SCORED, own), side: SCORED });
    }
    const resamples = rng.fork("resamples");
    const tried: Tried[] = ways.map(({ name }) => ({ name, draws: [] }));
    const again: number[] = [];
    for (let i = 0; i < draws; i++) {
      ways.forEach(({ scores, side }, w) => {
        const weights = drawScored(task, side, resamples);
        tried[w]?.draws.push(scores.map(({ of }) => of(weights)));
      });
      again.push(trtr[0]?.of(drawScored(task, HOLDOUT, resamples)) ?? NaN);
      await pulse();
    }
    const note = drawnNote("“A real model on synthetic patients” uses", [train, holdout, synthetic], most);
    return { ...report(task, ways, tried, again), ...note };
  },
};

interface Named {
  readonly name: string;
  readonly of: Score;
}
interface Way {
  readonly name: string;
  readonly scores: readonly Named[];
  /** the table whose rows are scored */
  readonly side: number;
}
/** For each draw the scores of one way. */
interface Tried {
  readonly name: string;
  readonly draws: number[][];
}

function scoresOf(task: Task, side: number, predict: (side: number) => Float64Array[]): Named[] {
  const predicted = predict(side);
  const first = { name: task.unit, of: scoreOf(task, side, predicted) };
  if (task.unit === "R²") return [first];
  return [
    first,
    { name: "AUPRC", of: precisionOf(task, side, predicted) },
    { name: "Brier score", of: brierOf(task, side, predicted) },
  ];
}

const WORDS: Readonly<Record<string, string>> = {
  TSTR: "learned from synthetic, scored on real rows",
  TRTS: "learned from real, scored on synthetic rows",
  TSTS: "learned from and scored on synthetic rows",
};

function report(task: Task, ways: readonly Way[], tried: readonly Tried[], again: readonly number[]) {
  const valueOf = (w: number, s = 0): number => ways[w]?.scores[s]?.of() ?? NaN;
  const drawsOf = (w: number, s = 0): number[] => (tried[w]?.draws ?? []).map((scores) => scores[s] ?? NaN);
  const [real, onSynthetic] = [valueOf(0), valueOf(1)];
  const distance = Math.abs(onSynthetic - real);
  const reals = drawsOf(0);
  const distances = drawsOf(1).map((value, i) => Math.abs(value - (reals[i] as number)));
  const chance = reals.map((value, i) => Math.abs(value - (again[i] as number)));
  const points = task.unit === "AUROC" ? 200 : 100;
  const spread = percentileInterval(distances, 0.95);
  const base = besideReal(
    "lower",
    distance,
    { low: Math.min(distance, spread.low), high: Math.max(distance, spread.high) },
    { value: mean(chance.filter((x) => !Number.isNaN(x))), interval: percentileInterval(chance, 0.9) },
    (moved) => 100 - points * moved,
  );
  const far = distance > base.baseline.interval.high;
  const reversed =
    task.unit === "AUROC" && onSynthetic < 0.5 && 0.5 - onSynthetic > base.baseline.interval.high;
  const meaning = reversed
    ? `what speaks for ${task.name} in real patients speaks against it in synthetic ones`
    : `synthetic patients are ${onSynthetic > real ? "easier" : "harder"} to predict than real ones`;
  const sentence =
    `A model of ${task.name} trained on real rows scores ${onSynthetic.toFixed(3)} ${task.unit} on synthetic rows and ` +
    `${real.toFixed(3)} on held-out real rows; two samples of real rows of that size differ by ` +
    `${base.baseline.value.toFixed(3)} on average` +
    `${far ? `, so ${meaning}` : ""}.`;
  return { ...base, sentence, detail: detailOf(task, ways, valueOf, drawsOf) };
}

function detailOf(
  task: Task,
  ways: readonly Way[],
  valueOf: (w: number, s: number) => number,
  drawsOf: (w: number, s: number) => number[],
): Detail {
  const measured = (w: number, s: number) => ({
    value: valueOf(w, s),
    interval: percentileInterval(drawsOf(w, s), 0.95),
  });
  const rows = (ways[0]?.scores ?? []).flatMap((score, s) =>
    ways.slice(1).flatMap(({ name }, i) => {
      const own = measured(i + 1, s);
      if (Number.isNaN(own.value)) return [];
      return [
        {
          name: `${score.name}, ${name}`,
          unit: "number" as const,
          synthetic: own,
          baseline: measured(0, s),
          ...chanceOf(task, s, name.endsWith("S") ? SCORED : HOLDOUT),
          note: WORDS[name] ?? name,
        },
      ];
    }),
  );
  return { type: "figures", rows };
}

/**
 * AUROC .5, R² 0; AUPRC the share of the class, Brier's score that of the shares as a forecast. Left out where a share
 * would stand for 1 to 4 patients.
 */
function chanceOf(task: Task, score: number, side: number): { chance?: number } {
  if (score === 0) return { chance: task.unit === "AUROC" ? 0.5 : 0 };
  const target = task.targets[side];
  const rows = task.rows[side] ?? new Int32Array();
  const counts = task.classes.map((_, k) =>
    rows.reduce((sum, row) => sum + (target?.type === "classes" && target.labels[row] === k ? 1 : 0), 0),
  );
  if (counts.some((n) => n > 0 && n < 5)) return {};
  const shares = counts.map((n) => n / rows.length);
  const wanted = shares.length === 2 ? shares.slice(1) : shares.filter((share) => share > 0);
  if (score === 1) return { chance: mean(wanted) };
  return { chance: wanted.reduce((sum, share) => sum + share * (1 - share), 0) };
}
