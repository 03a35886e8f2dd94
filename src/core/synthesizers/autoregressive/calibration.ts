import { breathe } from "../../math/breathe.ts";
import { robustCholesky, solveLower, solveUpper } from "../../math/linear/linear-algebra.ts";
import type { Rng } from "../../math/rng.ts";
import type { BlockPlan, BlockWeights } from "./blocks.ts";
import type { Places } from "../token-rows/places.ts";
import type { TokenHead } from "../token-rows/heads.ts";
import { createSampler } from "./sampler.ts";
import { maskedSampler } from "../token-rows/masked-sampler.ts";
import type { Masks } from "../token-rows/masks.ts";
import type { Sampler } from "../token-rows/sampler.ts";
import { tokenAt } from "../token-rows/sampler.ts";

/** Of so many rows one measures how the basis varies; steps a column. */
const MEASURED = 8;
const STEPS = 3;
/** Added to each coefficient's variance, so that no step goes far where hardly anything varies. */
const STEADYING = 0.02;

/** What calibration leaves as it is: columns of the codec, and what rules forbid. */
interface Kept {
  readonly left?: ReadonlySet<number> | undefined;
  readonly masks?: Masks | undefined;
}

/**
 * The blocks with other biases, so that every column comes out as often at each value as it is in the train table: a
 * network that is right about each column given true cells is a little off given drawn ones, and that adds up from column
 * to column. Column after column the mean over `rows` drawn rows of the basis B under the column's own probabilities is
 * brought to its mean under the shares p by three Newton steps on one bias for all members:
 * step = (mean of cov(B) + .02 I)^-1 (B p - mean of B q), q the probabilities in a drawn row. A step that leads further
 * away is taken back and tried half as long. `left` are columns whose biases stay: what remains of a relation is nearly
 * decided in each row, so that a share could be met only by breaking the relation in other rows.
 */
export async function* calibrated(
  places: Places,
  plans: readonly BlockPlan[],
  blocks: readonly BlockWeights[],
  rows: number,
  rng: Rng,
  { left = new Set(), masks }: Kept = {},
): AsyncGenerator<number, BlockWeights[], void> {
  const out = [...blocks];
  const width = plans.length;
  const tokens = new Int32Array(rows * width);
  for (let place = 0; place < width; place++) {
    const plan = plans[place] as BlockPlan;
    if (plan.inputs > 0 && !left.has(places.columns[place] as number))
      nearer(places, plans, out, tokens, place, masks);
    const sampler = maskedSampler(createSampler(places, plans, out), masks);
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

/** Takes the block at `place` of `blocks` nearer to its column's shares. */
function nearer(
  places: Places,
  plans: readonly BlockPlan[],
  blocks: BlockWeights[],
  tokens: Int32Array,
  place: number,
  masks: Masks | undefined,
): void {
  const { coefficients } = (plans[place] as BlockPlan).head;
  let best = blocks[place] as BlockWeights;
  let least = Infinity;
  let step: Float64Array = new Float64Array(coefficients);
  for (let steps = 0; steps <= STEPS; steps++) {
    const { missed, spread } = look(
      maskedSampler(createSampler(places, plans, blocks), masks),
      plans,
      tokens,
      place,
      steps < STEPS,
    );
    const size = missed.reduce((sum, value) => sum + value * value, 0);
    if (size < least) {
      [least, best] = [size, blocks[place] as BlockWeights];
      step = solved(spread, missed);
    } else step = step.map((value) => value / 2);
    if (steps === STEPS) break;
    const headBias = best.headBias.map((bias, k) => bias + (step[k % coefficients] as number));
    blocks[place] = { ...best, headBias };
  }
  blocks[place] = best;
}

interface Look {
  /** B p - mean of B q */
  readonly missed: Float64Array;
  /** mean of cov(B), coefficients x coefficients; zeros where it is not asked for */
  readonly spread: Float64Array;
}

function look(
  sampler: Sampler,
  plans: readonly BlockPlan[],
  tokens: Int32Array,
  place: number,
  spreads: boolean,
): Look {
  const { head, members } = plans[place] as BlockPlan;
  const { classes, coefficients } = head;
  const weights = sampler.room();
  const seen = new Float64Array(classes);
  const spread = new Float64Array(coefficients * coefficients);
  const rows = tokens.length / plans.length;
  for (let i = 0; i < rows; i++)
    for (let member = 0; member < members; member++) {
      const total = sampler.weigh(tokens, i * plans.length, place, member, weights);
      if (!(total > 0)) continue;
      const share = 1 / (total * rows * members);
      for (let k = 0; k < classes; k++) seen[k] = (seen[k] as number) + (weights[k] as number) * share;
      if (spreads && i % MEASURED === 0)
        addCovariance(head, weights, total, MEASURED / (rows * members), spread);
    }
  const shares = head.offset.map(Math.exp);
  const sum = shares.reduce((a, b) => a + b, 0);
  const differences = seen.map((share, k) => (shares[k] as number) / sum - share);
  return { missed: meanBasis(head, differences), spread };
}

/** (spread + .02 I)^-1 missed */
function solved(spread: Float64Array, missed: Float64Array): Float64Array {
  const size = missed.length;
  const steadied = spread.map((value, at) => (at % (size + 1) === 0 ? value + STEADYING : value));
  const factor = robustCholesky(steadied, size);
  const step = missed.slice();
  solveLower(factor, size, step);
  solveUpper(factor, size, step);
  return step;
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
