import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import { squaredDistances } from "../../math/space/nearest.ts";
import type { Points } from "../../math/space/nearest.ts";
import type { Rng } from "../../math/rng.ts";
import { quantileSorted } from "../../math/statistics.ts";
import { takeRows } from "../../table/table.ts";
import { alignColumns } from "../measuring/align.ts";
import { atMost, columnNames } from "../measuring/bounds.ts";
import { tooFewToSplit } from "../measuring/least-rows.ts";
import type { Metric, Pulse, Tables } from "../metric.ts";
import { askedNote, neighboursOf } from "./neighbours.ts";
import { lookPast } from "../measuring/patients.ts";
import { placeRows } from "../measuring/space.ts";
import { besideReal, percentage, skipped } from "../measuring/verdict.ts";

/** Outliers are the tenth of patients who lie farthest from the other patients. */
const OUTLYING = 0.9;
/** Exposed: a synthetic row at less than half the distance of the nearest other patient. */
const EXPOSED = 0.5;
const LEAST_OUTLIERS = 5;
const MOST_TARGETS = 20_000;
const MOST_LISTED = 50;
/** Cells compared by `mostExposed`. */
const WORK = 9e8;

/** Share of outlying training rows with a synthetic row at less than half the distance of the nearest other patient. */
export const outlierExposure: Metric = {
  id: "outlier-exposure",
  name: "Exposed outliers",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary:
    "How many unusual patients who were learned from have a synthetic row nearer than any other patient is.",
  reference:
    "Outliers at risk: Stadler et al. 2022; distance relative to other patients after Yoon et al. 2020 (ADS-GAN)",
  scored: false,
  needs: ["seen", "unseen"],
  limits:
    "Knows unusual patients by distance in all columns; one who is unusual in a single column can be missed.",

  async compute(tables, _rng, pulse = breathe) {
    const reason = tooFewToSplit(tables);
    if (reason !== undefined) return skipped(reason);
    const neighbours = neighboursOf(tables);
    const made = await neighbours.toSynthetic(pulse);
    const known = await neighbours.toReference(pulse);
    const bar = quantileSorted(known.holdout[0].slice().sort(), OUTLYING);
    const own = await exposed(made.train[0], known.train[0], bar, pulse);
    const usual = await exposed(made.holdout[0], known.holdout[0], bar, pulse);
    if (own.outliers < LEAST_OUTLIERS || usual.outliers < LEAST_OUTLIERS) {
      return skipped(`Fewer than ${LEAST_OUTLIERS} patients lie far from the others.`);
    }
    const share = own.exposed / own.outliers;
    const usualShare = usual.exposed / usual.outliers;
    return {
      ...besideReal(
        "lower",
        share,
        wilson(own.exposed, own.outliers),
        { value: usualShare, interval: wilson(usual.exposed, usual.outliers, Z90) },
        (value) => 100 - 200 * Math.max(0, value - usualShare),
      ),
      sentence:
        `${percentage(share, 0)} of the unusual patients who were learned from have a synthetic row at less than half ` +
        `the distance of the nearest other patient; of as unusual patients who were held out ${percentage(usualShare, 0)} do.`,
      ...askedNote("“Exposed outliers”", neighbours, tables),
    };
  },
};

/** How many rows lie farther from the population than `bar`, and how many of those have a synthetic row much nearer. */
async function exposed(
  toMade: Float64Array,
  toKnown: Float64Array,
  bar: number,
  pulse: Pulse,
): Promise<{ outliers: number; exposed: number }> {
  let [outliers, found] = [0, 0];
  for (let row = 0; row < toKnown.length; row++) {
    if (row % 256 === 0) await pulse();
    const known = toKnown[row] as number;
    if (known < bar || known === 0) continue;
    outliers++;
    if ((toMade[row] as number) < EXPOSED * known) found++;
  }
  return { outliers, exposed: found };
}

/**
 * The training rows that the synthetic table shows most of: outliers whose nearest synthetic row lies at less than half
 * the distance of the nearest real row of another patient, most exposed first, at most 50. `row` counts from 0 in train, `ratio` is
 * the one distance over the other. For the person's own screen: never in a report, a file or a picture.
 * Real and synthetic rows are drawn where the work would be more than about 2 seconds.
 */
export async function mostExposed(
  { train, holdout, synthetic }: Tables,
  rng: Rng,
  pulse: Pulse = breathe,
): Promise<{ row: number; ratio: number }[]> {
  if (train.rows < 2 || synthetic.rows === 0) return [];
  const targets = Math.max(300, Math.min(MOST_TARGETS, Math.floor(300_000 / train.columns.length)));
  const trainRows = rng.fork("train").choose(train.rows, Math.min(targets, train.rows));
  const drawn = [
    takeRows(train, trainRows),
    atMost(holdout, targets, rng.fork("holdout")),
    atMost(synthetic, targets, rng.fork("synthetic")),
  ];
  const placed = placeRows(alignColumns(drawn, columnNames(train)), 3) as [Points, Points, Points];
  const cells = drawn.reduce((sum, table) => sum + table.rows, 0) * Math.max(1, train.columns.length);
  const asked = Math.min(trainRows.length, Math.max(300, Math.floor(WORK / cells)));
  const whose = drawn[0]?.patients;
  const real = new Float64Array(asked);
  const made = new Float64Array(asked);
  const buffers = placed.map((points) => new Float32Array(points.rows));
  for (let row = 0; row < asked; row++) {
    const least = placed.map((points, side) => {
      const distances = buffers[side] as Float32Array;
      squaredDistances(placed[0], row, points, distances);
      if (side === 0) lookPast(row, distances, whose);
      return Math.sqrt(distances.reduce((a, b) => Math.min(a, b), Infinity));
    });
    real[row] = Math.min(least[0] as number, least[1] as number);
    made[row] = least[2] as number;
    await pulse();
  }
  const bar = quantileSorted(real.slice().sort(), OUTLYING);
  return Array.from(real, (distance, row) => ({
    row: trainRows[row] as number,
    ratio: (made[row] as number) / distance,
    outlying: distance >= bar && distance > 0,
  }))
    .filter(({ ratio, outlying }) => outlying && ratio < EXPOSED)
    .sort((a, b) => a.ratio - b.ratio || a.row - b.row)
    .slice(0, MOST_LISTED)
    .map(({ row, ratio }) => ({ row, ratio }));
}
