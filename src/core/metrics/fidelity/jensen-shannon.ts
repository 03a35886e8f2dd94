import { breathe } from "../../math/breathe.ts";
import { BINS, binnedDivergence } from "./column-divergences.ts";
import { meanDistance } from "./column-distances.ts";
import type { Metric } from "../metric.ts";

/** Mean over the columns of the Jensen-Shannon distance to train, base 2; 0 = the same shares, 1 = none in common. */
export const jensenShannon: Metric = {
  id: "jensen-shannon",
  name: "Jensen-Shannon distance",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, 1],
  summary: "How far each column's shares lie from the training rows', between 0 and 1, on average.",
  reference: `Jensen-Shannon distance, base 2: Lin 1991; Endres and Schindelin 2003; ${BINS} real quantile bins`,
  scored: false,
  limits: "One column at a time, and no finer than 20 bins.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    return meanDistance(
      tables,
      {
        subject: "The Jensen-Shannon distance is measured on",
        range: [0, 1],
        none: "Every column is empty.",
        of: (column, side, groups) =>
          binnedDivergence(column, side, groups, distance, (chiSquare) =>
            Math.sqrt(chiSquare / (8 * Math.LN2)),
          ),
        toScore: (value) => 100 * (1 - value),
        sentence: (own, reference) =>
          `Columns lie ${own.toFixed(3)} from the training rows on average in Jensen-Shannon distance (0 the same, ` +
          `1 nothing in common); held-out real rows lie ${reference.toFixed(3)} from them.`,
      },
      rng,
      pulse,
      valueOnly,
    );
  },
};

function distance(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i] as number, q[i] as number];
    const middle = (a + b) / 2;
    sum += a * Math.log2(a / middle) + b * Math.log2(b / middle);
  }
  return Math.sqrt(Math.min(1, Math.max(0, sum / 2)));
}
