import { breathe } from "../math/breathe.ts";
import { robustCholesky, solveLower, solveUpper } from "../math/linear-algebra.ts";
import type { Rng } from "../math/rng.ts";
import type { BlockPlan, BlockWeights } from "./autoregressive-blocks.ts";
import type { Places } from "./autoregressive-data.ts";
import type { TokenHead } from "./autoregressive-heads.ts";
import { createSampler, tokenAt } from "./autoregressive-sampler.ts";

/** Of so many rows one measures how a step spreads; steps a column. */
const MEASURED = 8;
const STEPS = 3;
/** Added to each coefficient's variance, so that no step goes far where hardly anything varies. */
const STEADYING = 0.02;

/**
 * The blocks with other biases, so that every column comes out as often at each value as it is in the train table: a
 * network that is right about each column given true cells is a little off given drawn ones, and that adds up from column
 * to column. Column after column the mean over `rows` drawn rows of the basis B under the column's own probabilities is
 * brought to its mean under the shares p by three Newton steps on one bias for all members:
 * step = (mean of cov(B) + .02 I)^-1 (B p - mean of B q), q the probabilities in a drawn row.
 */
export async function* calibrated(
  places: Places,
  plans: readonly BlockPlan[],
  blocks: readonly BlockWeights[],
  rows: number,
  rng: Rng,
): AsyncGenerator<number, BlockWeights[], void> {
  const out = [...blocks];
  const width = plans.length;
  const tokens = new Int32Array(rows * width);
  for (let place = 0; place < width; place++) {
    const plan = plans[place] as BlockPlan;
    for (let step = 0; step < STEPS && plan.inputs > 0; step++) {
      const own = out[place] as BlockWeights;
      const shift = stepOf(places, plans, out, tokens, place);
      const headBias = own.headBias.map((bias, k) => bias + (shift[k % plan.head.coefficients] as number));
      out[place] = { ...own, headBias };
    }
    const sampler = createSampler(places, plans, out);
    const weights = sampler.room();
    for (let i = 0; i < rows; i++) {
      const member = rng.integer(plan.members);
      const total = sampler.weigh(tokens, i * width, place, member, weights);
      tokens[i * width + place] = tokenAt(weights, plan.head.classes, rng.uniform() * total);
    }
    await breathe();
    yield (place + 1) / width;
  }
  return out;
}

function stepOf(
  places: Places,
  plans: readonly BlockPlan[],
  blocks: readonly BlockWeights[],
  tokens: Int32Array,
  place: number,
): Float64Array {
  const { head, members } = plans[place] as BlockPlan;
  const { classes, coefficients } = head;
  const sampler = createSampler(places, plans, blocks);
  const weights = sampler.room();
  const seen = new Float64Array(classes);
  const spread = new Float64Array(coefficients * coefficients);
  const rows = tokens.length / plans.length;
  for (let i = 0; i < rows; i++)
    for (let member = 0; member < members; member++) {
      const total = sampler.weigh(tokens, i * plans.length, place, member, weights);
      const share = 1 / (total * rows * members);
      for (let k = 0; k < classes; k++) seen[k] = (seen[k] as number) + (weights[k] as number) * share;
      if (i % MEASURED === 0) addCovariance(head, weights, total, MEASURED / (rows * members), spread);
    }
  const shares = head.offset.map(Math.exp);
  const sum = shares.reduce((a, b) => a + b, 0);
  const missed = meanBasis(
    head,
    seen.map((share, k) => (shares[k] as number) / sum - share),
  );
  for (let r = 0; r < coefficients; r++)
    spread[r * coefficients + r] = (spread[r * coefficients + r] as number) + STEADYING;
  const factor = robustCholesky(spread, coefficients);
  solveLower(factor, coefficients, missed);
  solveUpper(factor, coefficients, missed);
  return missed;
}

/** Basis times `weights`. */
function meanBasis({ basis, classes, coefficients }: TokenHead, weights: ArrayLike<number>): Float64Array {
  if (!basis) return Float64Array.from(weights).slice(0, coefficients);
  return Float64Array.from({ length: coefficients }, (_, r) => {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += (basis[r * classes + k] as number) * (weights[k] as number);
    return sum;
  });
}

function addCovariance(
  head: TokenHead,
  weights: Float64Array,
  total: number,
  factor: number,
  into: Float64Array,
): void {
  const { basis, classes, coefficients } = head;
  const shares = weights.subarray(0, classes).map((weight) => weight / total);
  const mean = meanBasis(head, shares);
  for (let a = 0; a < coefficients; a++)
    for (let b = 0; b <= a; b++) {
      let sum = basis ? 0 : a === b ? (shares[a] as number) : 0;
      if (basis)
        for (let k = 0; k < classes; k++)
          sum +=
            (basis[a * classes + k] as number) * (basis[b * classes + k] as number) * (shares[k] as number);
      const value = factor * (sum - (mean[a] as number) * (mean[b] as number));
      into[a * coefficients + b] = (into[a * coefficients + b] as number) + value;
      if (a !== b) into[b * coefficients + a] = (into[b * coefficients + a] as number) + value;
    }
}
