import type { Rng } from "../../../math/rng.ts";
import type { PrivateRows } from "../../../private/rows/private-rows.ts";
import type { NoisyColumn } from "../noisy-columns/noisy-columns.ts";
import { ontoSimplex } from "../noisy-columns/noisy-masses.ts";
import type { Layout } from "./layout.ts";

/** A target of at most so many tokens is asked for beside every other column first. */
export const MOST_TARGET_TOKENS = 12;

/** Output weights begin smaller than a layer's usual ones, so that the noisy shares hold at first. */
const OUTPUT_SCALE = 0.3;

/** Weights before the first step: biases of the heads at the logarithms of the noisy shares, hidden units by chance, the rest 0. */
export function firstWeights(layout: Layout, columns: readonly NoisyColumn[], rng: Rng): Float64Array {
  const { counts, logitFrom, featureFrom, units, input, output, logitBias, unitBias, size } = layout;
  const weights = new Float64Array(size);
  columns.forEach(({ shares }, k) => {
    shares.forEach((share, token) => {
      weights[logitBias + (logitFrom[k] as number) + token] = Math.log(share);
    });
  });
  const evenly = (from: number, to: number, most: number): void => {
    for (let i = from; i < to; i++) weights[i] = most * (2 * rng.uniform() - 1);
  };
  const fan = featureFrom[counts.length] as number;
  if (units === 0) return weights;
  evenly(input[0] as number, output[0] as number, 1 / Math.sqrt(fan / 2));
  evenly(unitBias, unitBias + units, 1 / Math.sqrt(fan / 2));
  evenly(output[0] as number, logitBias, OUTPUT_SCALE / Math.sqrt(units));
  return weights;
}

/**
 * Begins the direct weights between the first place, the target, and every other at what noisy tables of the two say:
 * log P(token | target's token) - log P(token). One standard deviation of noise is shared out by the shares beside. `tokens`:
 * rows x places.
 */
export async function beginAtTarget(
  layout: Layout,
  columns: readonly NoisyColumn[],
  tokens: Int32Array,
  rows: PrivateRows,
  rho: number,
  weights: Float64Array,
): Promise<void> {
  const { counts, logitFrom, skip } = layout;
  const width = counts.length;
  const others = counts.slice(1);
  const count = counts[0] as number;
  const queries = others.map((tokensOfOther, k) => ({
    cells: count * tokensOfOther,
    cellOf: (row: number): number => {
      const [own, other] = [tokens[row * width] as number, tokens[row * width + k + 1] as number];
      return own < 0 || other < 0 ? -1 : own * tokensOfOther + other;
    },
  }));
  const tables = await rows.counts(queries, rho, {
    what: "Target beside every other column",
    columns: String(width),
  });
  const sigma = rows.budget.spent.at(-1)?.sigma ?? 0;
  tables.forEach((table, k) => {
    const { shares } = columns[k + 1] as NoisyColumn;
    for (let own = 0; own < count; own++) {
      const noisy = table.subarray(own * shares.length, (own + 1) * shares.length);
      const known = onto(noisy, shares, sigma);
      known.forEach((share, token) => {
        const at = (skip[own] as number) + (logitFrom[k + 1] as number) - (logitFrom[1] as number) + token;
        weights[at] = Math.log(share) - Math.log(shares[token] as number);
      });
    }
  });
}

/** Shares that noisy counts give, with a count of `sigma` of the column's own `shares` beside. */
function onto(noisy: Float64Array, shares: Float64Array, sigma: number): Float64Array {
  const total = Math.max(
    0,
    noisy.reduce((a, b) => a + b, 0),
  );
  const masses = ontoSimplex(noisy, total);
  const sum = total + sigma;
  return masses.map((mass, token) =>
    sum > 0 ? (mass + sigma * (shares[token] as number)) / sum : (shares[token] as number),
  );
}
