import { breathe } from "../../../math/breathe.ts";
import { percentileInterval, wilson, Z90 } from "../../../math/intervals.ts";
import { leastDistances, squaredDistances, type Points } from "../../../math/space/nearest.ts";
import type { Rng } from "../../../math/rng.ts";
import { mean, quantileSorted } from "../../../math/statistics.ts";
import { alignColumns } from "../../measuring/align.ts";
import { atMost, columnNames } from "../../measuring/bounds.ts";
import { placeRows } from "../../measuring/space.ts";
import { valueAlone } from "../../measuring/value-only.ts";
import { besideReal, percentage } from "../../measuring/verdict.ts";
import type { Metric, Pulse } from "../../metric.ts";
import { summarisedPatients } from "./summarised-patients.ts";

/** Closer than this share of unseen patients are to a training patient. */
const NEAR = 0.05;
const MOST_PATIENTS = 3000;
const RESAMPLES = 200;

/** Share of synthetic patients closer to a training patient than the closest 5% of held-out patients are. */
export const tooClosePatients: Metric = {
  id: "too-close-patients",
  about: "courses",
  name: "Courses too close to a training patient's",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: NEAR,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How many synthetic courses lie closer to a training patient's than the closest 5% of unseen patients' do.",
  reference:
    "Distance to closest record against a low percentile of unseen patients': after Platzer and Reutterer 2021",
  scored: true,
  needs: ["seen", "unseen"],
  limits: "Courses that are all near the middle count as close though they copy nobody.",
  effort: 2,
  claim: () => ({ not: "pass it on", because: "many of its courses lie too close to one patient's" }),

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    const patients = await summarisedPatients(tables, pulse);
    if ("status" in patients) return patients;
    const { train, holdout, synthetic } = patients.placed;
    const given = [train, holdout, synthetic].map((table, i) =>
      atMost(table, MOST_PATIENTS, rng.fork(`patients ${i}`)),
    );
    const [trained, held, made] = placeRows(alignColumns(given, columnNames(train)), 3) as [
      Points,
      Points,
      Points,
    ];
    const own = await nearestTo(made, trained, pulse);
    const usual = await nearestTo(held, trained, pulse);
    const share = shareBelow(own, quantile(usual));
    if (valueOnly) return valueAlone(share);
    const dice = rng.fork("resamples");
    const draws: number[] = [];
    for (let i = 0; i < RESAMPLES; i++) {
      draws.push(shareBelow(redrawn(own, dice), quantile(redrawn(usual, dice))));
      await pulse();
    }
    const interval = centred(draws, share);
    const reference = shareBelow(usual, quantile(usual));
    const near = Math.round(reference * usual.length);
    return {
      ...besideReal(
        "lower",
        share,
        { low: Math.max(0, interval.low), high: Math.min(1, interval.high) },
        { value: reference, interval: wilson(near, usual.length, Z90) },
        (value) => 100 - 200 * Math.max(0, value - reference),
        { low: interval.low - reference, high: interval.high - reference },
      ),
      sentence:
        `The courses of ${percentage(share)} of synthetic patients lie closer to a training patient's than those of the closest 5% of ` +
        `held-out patients do; about 5% is expected of patients who copy nobody.`,
      ...([train, holdout, synthetic].some(({ rows }) => rows > MOST_PATIENTS) && {
        note: "Courses of some of the patients of each table, drawn at random, are compared.",
      }),
    };
  },
};

/** Distance of each patient of `from` to the nearest of `to`. */
async function nearestTo(from: Points, to: Points, pulse: Pulse): Promise<Float64Array> {
  const found = new Float64Array(from.rows);
  const distances = new Float32Array(to.rows);
  const least = new Float64Array(1);
  for (let row = 0; row < from.rows; row++) {
    squaredDistances(from, row, to, distances);
    leastDistances(distances, least);
    found[row] = Math.sqrt(least[0] as number);
    await pulse();
  }
  return found;
}

/** The distance below which 5% of them lie; numpy's default quantile. */
const quantile = (distances: Float64Array): number => quantileSorted(distances.slice().sort(), NEAR);

const shareBelow = (distances: ArrayLike<number>, bar: number): number => {
  let below = 0;
  for (let i = 0; i < distances.length; i++) if ((distances[i] as number) < bar) below++;
  return below / distances.length;
};

/** As many, drawn with replacement. */
const redrawn = (distances: Float64Array, rng: Rng): Float64Array =>
  distances.map(() => distances[rng.integer(distances.length)] as number);

/** 95% of the draws, moved to the estimate: ties with the bar are more frequent in resamples. */
function centred(draws: readonly number[], about: number): { low: number; high: number } {
  const { low, high } = percentileInterval(draws, 0.95);
  const shift = about - mean(draws);
  return { low: Math.min(about, low + shift), high: Math.max(about, high + shift) };
}
