import { breathe } from "../../math/breathe.ts";
import { patientsPerRow, shareOfRows } from "../measuring/patients.ts";
import { quantileSorted } from "../../math/statistics.ts";
import { amongReal, besideAmongReal } from "./among-real.ts";
import type { Metric, Pulse } from "../metric.ts";
import { askedNote, neighboursOf, type Nearest } from "./neighbours.ts";
import { count, besideReal, percentage, skipped } from "../measuring/verdict.ts";

const LEAST_ROWS = 20;
/** Near is what the nearest one in 200 real rows are to each other. */
const NEAR = 0.005;

/** Share of synthetic rows as near to a training row as the nearest 0.5% of training rows are to another one, or nearer. */
export const nearCopies: Metric = {
  id: "near-copies",
  name: "Near copies",
  family: "privacy",
  criterion: "singling-out",
  better: "lower",
  ideal: 0,
  margin: 0.01,
  range: [0, 1],
  summary:
    "How many synthetic rows lie as near to a real patient as the nearest 0.5% of real patients do to each other.",
  reference:
    "Distance to closest record against a low percentile among real rows: after Platzer and Reutterer 2021; chance after Good 1953",
  scored: true,
  needs: ["seen"],
  limits:
    "Sees closeness in all columns at once: in few columns, or in columns of few values, real patients lie so near to each other that copies do not show.",
  effort: 3,
  claim: () => ({ not: "pass it on", because: "many of its rows are near copies of real patients" }),
  copies: "near copies",
  remedy:
    "Train another model, with fewer steps or one that memorises less. Taking the copies out afterwards does not help: what is left was made by the same copying.",

  async compute(tables, _rng, pulse = breathe) {
    const { train, synthetic } = tables;
    if (train.rows < LEAST_ROWS)
      return skipped(
        `${count(train.rows)} rows were trained on; at least ${LEAST_ROWS} are needed.`,
        "patients",
      );
    if (synthetic.rows === 0) return skipped("There are no synthetic rows.");
    const neighbours = neighboursOf(tables);
    const found = await neighbours.toTrain(pulse);
    const made = found.synthetic[0];
    const bar = quantileSorted(found.train[0].slice().sort(), NEAR);
    const near = made.length - (await within(found.synthetic, bar, pulse)).alone;
    const { alone, paired } = await within(found.train, bar, pulse);
    const usual = amongReal(found.train[0].length, alone, paired, train);
    const share = near / made.length;
    const own = shareOfRows(near, made.length, patientsPerRow(synthetic));
    const { baseline, loss } = besideAmongReal(share, own, usual);
    return {
      ...besideReal(
        "lower",
        share,
        own,
        baseline,
        (value) => 100 - 500 * Math.max(0, value - usual.share),
        loss,
      ),
      sentence:
        `${percentage(share)} of synthetic rows lie as near to a real patient as the nearest 0.5% of real patients do to ` +
        `each other; among the real patients themselves it is ${percentage(usual.share)}, ties counted.`,
      ...askedNote("“Near copies”", neighbours, tables),
    };
  },
};

/** How many rows have no neighbour within `bar`, and how many have just one. */
async function within(
  [first, second]: Nearest,
  bar: number,
  pulse: Pulse,
): Promise<{ alone: number; paired: number }> {
  let [alone, paired] = [0, 0];
  for (let i = 0; i < first.length; i++) {
    if ((first[i] as number) > bar) alone++;
    else if ((second[i] as number) > bar) paired++;
    if (i % 256 === 0) await pulse();
  }
  return { alone, paired };
}
