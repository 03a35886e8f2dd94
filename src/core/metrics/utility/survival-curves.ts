import { breathe } from "../../math/breathe.ts";
import { bootstrapWeights, percentileInterval } from "../../math/intervals.ts";
import type { Bounds } from "../../math/intervals.ts";
import { mean } from "../../math/statistics.ts";
import {
  kaplanMeier,
  meanDistance,
  restrictedMean,
  survivalAt,
  timeOrder,
} from "../../math/survival/kaplan-meier.ts";
import type { FollowUps, SurvivalCurve } from "../../math/survival/kaplan-meier.ts";
import type { Rng } from "../../math/rng.ts";
import { drawnNote } from "../measuring/bounds.ts";
import { HOLDOUT, SYNTHETIC, TRAIN } from "../measuring/prediction-task.ts";
import { besideReal, percentage } from "../measuring/verdict.ts";
import type { Detail, Metric, Pulse } from "../metric.ts";
import { eventWords, MOST_ROWS, survivalSides, timeWords } from "./survival-sides.ts";
import type { SurvivalSides } from "./survival-sides.ts";

const RESAMPLES = 200;
/** Samples of synthetic rows, as many as are held out, over which the distance is averaged. */
const SAMPLES = 10;
/** Points off for each unit further from train than held-out rows are: 0.2 of survival is nothing left. */
const POINTS = 500;
const MOST_POINTS = 20;
const LEAST_EVENTS = 5;

/** How far the Kaplan-Meier curve of synthetic rows lies from that of the training rows. */
export const survivalCurves: Metric = {
  id: "survival-curves",
  name: "Survival curves",
  family: "utility",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How far the survival curve of synthetic patients lies from that of real ones, on average over follow-up.",
  reference: "Kaplan and Meier 1958; restricted mean survival time: Royston and Parmar 2013",
  scored: true,
  needs: ["unseen"],
  limits:
    "Of the whole table and not of its groups; who leaves observation, by discharge too, counts as censored without regard to risk. Ends at the time by which nine of ten training rows have left observation.",
  claim: () => ({
    not: "draw conclusions about survival from it",
    because: "its survival curve lies further from the real one than held-out patients' does",
  }),
  remedy:
    "Look at how the follow-up time and the event are drawn together: train longer, or with a method that learns them jointly.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const sides = survivalSides(tables, rng.fork("rows"));
    if ("status" in sides) return sides;
    const { own, held, result } = await curvesApart(sides, rng, pulse, valueOnly);
    return {
      ...result,
      sentence: sentenceOf(sides, own, held),
      ...drawnNote("“Survival curves” uses", [tables.train, tables.holdout, tables.synthetic], MOST_ROWS),
    };
  },
};

/** Mean distance of the synthetic curve, and of the held-out one, from that of train, with everything but the words. */
export async function curvesApart(sides: SurvivalSides, rng: Rng, pulse: Pulse, valueOnly: boolean) {
  await pulse();
  const { follow, whose, horizon } = sides;
  const size = Math.min(follow[HOLDOUT].times.length, follow[SYNTHETIC].times.length);
  const orders = follow.map(({ times }) => timeOrder(times));
  const curve = (side: 0 | 1 | 2, weights?: ArrayLike<number>): SurvivalCurve =>
    kaplanMeier(follow[side], weights, orders[side]);
  const real = curve(TRAIN);
  const samples: Uint16Array[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    samples.push(sampled(follow[SYNTHETIC].times.length, size, rng.fork(`sample ${i}`)));
    await pulse();
  }
  const own = mean(samples.map((weights) => meanDistance(curve(SYNTHETIC, weights), real, horizon)));
  const drawn = sampled(follow[HOLDOUT].times.length, size, rng.fork("held"));
  const held = meanDistance(curve(HOLDOUT, drawn), real, horizon);
  const draws = { own: [own], held: [held] };
  const resamples = rng.fork("resamples");
  for (let i = 0; i < (valueOnly ? 0 : RESAMPLES); i++) {
    const again = curve(TRAIN, bootstrapWeights(follow[TRAIN].times.length, resamples, whose[TRAIN]));
    const other = redrawn(samples[i % SAMPLES] as Uint16Array, resamples);
    draws.own.push(meanDistance(curve(SYNTHETIC, other), again, horizon));
    const weights =
      size < follow[HOLDOUT].times.length
        ? redrawn(drawn, resamples)
        : bootstrapWeights(size, resamples, whose[HOLDOUT]);
    draws.held.push(meanDistance(curve(HOLDOUT, weights), again, horizon));
    await pulse();
  }
  const gaps = draws.own.map((one, i) => one - (draws.held[i] as number));
  const result = {
    ...besideReal(
      "lower",
      own,
      inRange(centred(draws.own, own, 0.95)),
      { value: held, interval: inRange(centred(draws.held, held, 0.9)) },
      (distance) => 100 - POINTS * Math.max(0, distance - held),
      centred(gaps, own - held, 0.95),
    ),
    detail: curvesOf(sides),
  };
  return { own, held, result };
}

/** 1 for each of `size` rows drawn from `rows` without replacement. */
function sampled(rows: number, size: number, rng: Rng): Uint16Array {
  if (size >= rows) return new Uint16Array(rows).fill(1);
  const weights = new Uint16Array(rows);
  for (const row of rng.choose(rows, size)) weights[row] = 1;
  return weights;
}

/** As many of the rows that `weights` holds, drawn with replacement. */
function redrawn(weights: Uint16Array, rng: Rng): Uint16Array {
  const rows = Array.from(weights.keys()).filter((row) => weights[row] === 1);
  const drawn = new Uint16Array(weights.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[rng.integer(rows.length)] as number;
    drawn[row] = (drawn[row] as number) + 1;
  }
  return drawn;
}

/** A bootstrap interval moved to the estimate: distances are larger in resamples. */
function centred(values: readonly number[], value: number, share: number): Bounds {
  const { low, high } = percentileInterval(values, share);
  const centre = mean(values);
  return { low: Math.min(value, value + low - centre), high: Math.max(value, value + high - centre) };
}

const inRange = ({ low, high }: Bounds): Bounds => ({
  low: Math.max(0, Math.min(1, low)),
  high: Math.max(0, Math.min(1, high)),
});

function sentenceOf({ follow, followUp, horizon }: SurvivalSides, own: number, held: number): string {
  const event = eventWords(followUp);
  const [train, holdout, synthetic] = follow.map((of: FollowUps) =>
    timeWords(restrictedMean(kaplanMeier(of), horizon)),
  ) as [string, string, string];
  const until = timeWords(horizon);
  return (
    `The share without ${event} is ${percentage(own)} of patients off that of training rows on average until ` +
    `${followUp.time.schema.name} ${until}, that of held-out real rows ${percentage(held)}; the mean time without it up to ` +
    `${until} is ${synthetic} in synthetic rows, ${train} in training rows and ${holdout} in held-out ones.`
  );
}

/** Both curves at times between which at least five training patients have the event, so that no step is of a few. */
function curvesOf({ follow, followUp, horizon }: SurvivalSides): Detail {
  const { times: all, events } = follow[TRAIN];
  const times = Float64Array.from(all.keys())
    .filter((row) => events[row] === 1 && (all[row] as number) <= horizon)
    .map((row) => all[row] as number)
    .sort();
  const step = Math.max(LEAST_EVENTS, Math.ceil(times.length / MOST_POINTS));
  const grid: number[] = [];
  let since = 0;
  times.forEach((time, i) => {
    since++;
    if (since < step || times[i + 1] === time) return;
    grid.push(time);
    since = 0;
  });
  const name = `Without ${eventWords(followUp)}`;
  const points = (side: 0 | 2) => {
    const of = follow[side];
    const curve = kaplanMeier(of);
    const atRisk = (time: number): number => of.times.reduce((n, own) => n + (own > time ? 1 : 0), 0);
    return [0, ...grid].flatMap((time) => {
      const rows = time === 0 ? of.times.length : atRisk(time);
      return rows >= LEAST_EVENTS ? [{ x: time, y: time === 0 ? 1 : survivalAt(curve, time), rows }] : [];
    });
  };
  return {
    type: "curves",
    x: followUp.time.schema.name,
    y: name,
    diagonal: false,
    curves: [
      { of: "real", name, points: points(TRAIN) },
      { of: "synthetic", name, points: points(SYNTHETIC) },
    ],
  };
}
