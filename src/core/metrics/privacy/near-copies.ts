import { breathe } from "../../math/breathe.ts";
import { Z90, wilson } from "../../math/intervals.ts";
import { quantileSorted } from "../../math/statistics.ts";
import type { Metric, Pulse } from "../metric.ts";
import { askedNote, neighboursOf } from "./neighbours.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
const NEAR = 0.01;

/** Share of synthetic rows as near to a training row as the nearest 1% of held-out rows, or nearer. */
export const nearCopies: Metric = {
  id: "near-copies",
  name: "Near copies",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.02,
  range: [0, 1],
  summary:
    "How many synthetic rows lie as near to a training row as the nearest 1% of held-out real rows do.",
  reference:
    "Distance to closest record against the holdout's 1st percentile: after Platzer and Reutterer 2021",
  scored: false,
  limits: "Needs held-out rows to say how near is near; sees closeness in all columns at once.",
  effort: 3,

  async compute(tables, _rng, pulse = breathe) {
    const { train, holdout, synthetic } = tables;
    if (holdout.rows < LEAST_ROWS || train.rows < LEAST_ROWS) {
      const rows = Math.min(holdout.rows, train.rows);
      return skipped(
        `${count(rows)} rows were ${holdout.rows <= train.rows ? "held out" : "trained on"}; at least ${LEAST_ROWS} are needed.`,
      );
    }
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const neighbours = neighboursOf(tables);
    const found = await neighbours.toTrain(pulse);
    const [made, held] = [found.synthetic[0], found.holdout[0]];
    const bar = quantileSorted(held.slice().sort(), NEAR);
    const near = await countWithin(made, bar, pulse);
    const usual = await countWithin(held, bar, pulse);
    const share = near / made.length;
    const usualShare = usual / held.length;
    return {
      ...besideReal(
        "lower",
        share,
        wilson(near, made.length),
        { value: usualShare, interval: wilson(usual, held.length, Z90) },
        (value) => 100 - 500 * Math.max(0, value - usualShare),
      ),
      sentence:
        `${percentage(share)} of synthetic rows lie as near to a training row as the nearest 1% of held-out real rows do; ` +
        `of the held-out rows themselves that is ${percentage(usualShare)}, ties counted.`,
      ...askedNote("“Near copies”", neighbours, tables),
    };
  },
};

async function countWithin(distances: Float64Array, bar: number, pulse: Pulse): Promise<number> {
  let rows = 0;
  for (let i = 0; i < distances.length; i++) {
    if ((distances[i] as number) <= bar) rows++;
    if (i % 256 === 0) await pulse();
  }
  return rows;
}
