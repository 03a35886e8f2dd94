import type { Budget, Spend } from "../accounting/spend.ts";
import { epsilonOfSpends } from "../accounting/total-spent.ts";
import { breathe } from "../../math/breathe.ts";
import { addSafeGaussians, sigmaOnGrid } from "../noise/safe-gaussians.ts";
import type { NoiseSource } from "../noise/noise-source.ts";
import type { Purpose, WatchedRow } from "./private-rows.ts";
import type { Contributions, SampledPlan, SampledSteps } from "./sampled-plan.ts";

interface Door {
  /** rows of each unit that counts */
  readonly units: readonly Int32Array[];
  /** rows that a unit has at most */
  readonly most: number;
  readonly noise: NoiseSource;
  readonly budget: Budget;
  /** for an audit: rows of one unit, whether it counts or not */
  readonly watched?: { readonly rows: Int32Array; readonly told: WatchedRow["told"] };
}

const COINS = 4294967296;
const AT_ONCE = 20_000;
const ROUNDING = 1e-9;

/** A rate that coins of 32 bits have. */
export const coinRate = (rate: number): number => Math.min(1, Math.max(1, Math.round(rate * COINS)) / COINS);

/**
 * See `PrivateRows.sampled`. Which units a step sees comes from the noise source as the noise does: whoever could foresee it
 * would know more than the subsampling promises. Sums are rounded to the grid of the noise, which is larger by what that can
 * add to what one unit changes.
 */
export function createSampledSteps(plan: SampledPlan, purpose: Purpose, door: Door): SampledSteps {
  const { rate, sigma, steps, norm, dimensions } = plan;
  const { units, most, noise, budget, watched } = door;
  const deviation = sigmaOnGrid(sigma, norm, dimensions);
  const below = Math.round(rate * COINS);
  const spendOf = (steps: number): Spend => ({
    ...purpose,
    queries: steps,
    sensitivity: norm,
    sigma: deviation,
    rho: 0,
    sampled: { rate: below / COINS, sigma, steps },
  });
  const whole = epsilonOfSpends([...budget.spent, spendOf(steps)], budget.delta);
  if (!(whole <= budget.epsilon * (1 + ROUNDING)))
    throw new Error(`“${purpose.what}” would come to epsilon ${whole}, ${budget.epsilon} is all there is.`);
  let taken = 0;
  let over = false;

  function sample(): Int32Array {
    const rows: number[] = [];
    for (const unit of units) if (noise.bits() < below) for (const row of unit) rows.push(row);
    return Int32Array.from(rows);
  }

  /** The watched unit is in a step at the rate alone: that is what it adds in the mean. */
  function observe(own: Float64Array, plain: Float64Array, answer: Float64Array, sampled: boolean): void {
    const length = Math.sqrt(dot(own, own));
    if (length === 0) return;
    watched?.told({
      what: purpose.what,
      signal: dot(answer, own) / length,
      others: dot(plain, own) / length - (sampled ? length : 0),
      length: (below / COINS) * length,
      sigma: deviation,
    });
  }

  return {
    get taken() {
      return taken;
    },
    step: async (contributions) => {
      if (over || taken === steps) throw new Error(`“${purpose.what}” has no step left.`);
      taken++;
      const rows = sample();
      const sumOf = async (some: Int32Array, looks: boolean): Promise<Float64Array> =>
        some.length === 0
          ? new Float64Array(dimensions)
          : cutSum(await contributions(some), some.length, norm / most, looks);
      const sum = await sumOf(rows, isPowerOfTwo(taken));
      const own = watched && (await sumOf(watched.rows, false));
      const plain = own && sum.slice();
      if (sum.length !== dimensions) throw new Error(`${sum.length} numbers in a sum, not ${dimensions}.`);
      for (let from = 0; from < dimensions; from += AT_ONCE) {
        addSafeGaussians(sum.subarray(from, from + AT_ONCE), deviation, noise);
        await breathe();
      }
      if (watched && own && plain) observe(own, plain, sum, rows.includes(watched.rows[0] ?? -1));
      return sum;
    },
    end: () => {
      if (over) return;
      over = true;
      if (taken === 0) return;
      budget.spend(spendOf(taken));
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

const isPowerOfTwo = (n: number): boolean => (n & (n - 1)) === 0;

/** A row adds this much less than it may, so that rounding does not take it beyond. */
const HAIR = 1 - 1e-9;

/** `looks`: one row is asked for alone as well, and must add what its norm says. */
function cutSum(own: Contributions, rows: number, norm: number, looks: boolean): Float64Array {
  const scales = new Float64Array(rows);
  let bound = 0;
  for (let i = 0; i < rows; i++) {
    const length = own.norms[i] as number;
    if (!Number.isFinite(length) || length < 0) continue;
    scales[i] = length > norm ? (norm * HAIR) / length : 1;
    bound += length * (scales[i] as number);
  }
  if (looks) {
    const i = scales.findIndex((scale) => scale > 0);
    if (i >= 0) {
      const alone = new Float64Array(rows);
      alone[i] = scales[i] as number;
      checkLength(own.sum(alone), (own.norms[i] as number) * (scales[i] as number));
    }
  }
  const sum = own.sum(scales);
  checkLength(sum, bound);
  return sum;
}

/** `most`: how long `sum` can be if its rows are as long as was said. */
function checkLength(sum: Float64Array, most: number): void {
  let square = 0;
  for (const value of sum) square += value * value;
  if (!(Math.sqrt(square) <= most * (1 + 1e-6) + 1e-12))
    throw new Error(
      `A sum is ${Math.sqrt(square)} long where its rows allow ${most}: a norm leaves something out.`,
    );
}
