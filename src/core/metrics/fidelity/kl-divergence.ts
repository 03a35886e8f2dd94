import { breathe } from "../../math/breathe.ts";
import { BINS, binnedDivergence } from "./column-divergences.ts";
import { meanDistance } from "./column-distances.ts";
import type { Metric } from "../metric.ts";

/** -ln(1e-6), what a share of 1 against an empty one gives, rounded up. */
const MOST = 14;

/** Mean over the columns of KL(train || synthetic) in nats. */
export const klDivergence: Metric = {
  id: "kl-divergence",
  name: "Kullback-Leibler divergence",
  family: "fidelity",
  better: "lower",
  ideal: 0,
  margin: 0.05,
  range: [0, MOST],
  summary: "How much of what the training rows hold each synthetic column makes too rare, on average.",
  reference: `KL(real || synthetic) in nats: Kullback and Leibler 1951; ${BINS} real quantile bins, 1e-6 added to each share`,
  scored: false,
  limits:
    "One column at a time; values that the real rows lack do not count, and a few rare levels can outweigh the rest.",

  async compute(tables, rng, pulse = breathe, valueOnly = false) {
    return meanDistance(
      tables,
      {
        subject: "The Kullback-Leibler divergence is measured on",
        range: [0, MOST],
        none: "Every column is empty.",
        of: (column, side, groups) => {
          const found = binnedDivergence(column, side, groups, divergence, (chiSquare) => chiSquare / 2);
          return found && { ...found, noise: Math.sqrt(found.noise) };
        },
        toScore: (value) => 100 * Math.exp(-value),
        sentence: (own, reference) =>
          `The Kullback-Leibler divergence of columns from the training rows is ${own.toFixed(3)} nats on average ` +
          `(0 is none); that of held-out real rows is ${reference.toFixed(3)}.`,
      },
      rng,
      pulse,
      valueOnly,
    );
  },
};

function divergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < p.length; i++) sum += (p[i] as number) * Math.log((p[i] as number) / (q[i] as number));
  return sum;
}
