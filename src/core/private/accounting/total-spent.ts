import { epsilonOfCurve, ORDERS, renyiCurve, type Sampled } from "./rdp.ts";
import { bisectedLogs, checkedCost, checkedDelta } from "./searching.ts";
import type { Spend } from "./spend.ts";
import { epsilonOf } from "./zcdp.ts";

type Cost = Pick<Spend, "rho" | "delta" | "sampled">;

/** What adds up of several spends: zCDP, Rényi divergences at ORDERS of what is sampled, delta of thresholds. */
interface Sums {
  readonly rho: number;
  readonly sampled: Float64Array | undefined;
  readonly delta: number;
}

function sumsOf(spends: readonly Cost[]): Sums {
  let [rho, delta] = [0, 0];
  const sampled: Sampled[] = [];
  for (const one of spends) {
    rho += checkedCost(one.rho, "rho");
    delta += checkedCost(one.delta ?? 0, "delta");
    if (one.sampled === undefined) continue;
    // Where everybody is in every sample, it is zCDP, whose conversion is exact.
    if (one.sampled.rate >= 1) rho += one.sampled.steps / (2 * one.sampled.sigma ** 2);
    else sampled.push(one.sampled);
  }
  return { rho, delta, sampled: sampled.length === 0 ? undefined : renyiCurve(sampled) };
}

const epsilonOfSums = (rho: number, sampled: Float64Array | undefined, delta: number): number =>
  sampled === undefined
    ? epsilonOf(rho, delta)
    : epsilonOfCurve(
        sampled.map((divergence, i) => divergence + rho * (ORDERS[i] as number)),
        delta,
      ).epsilon;

/**
 * What `spends` come to together: the least epsilon at `delta`, of which the thresholds have taken their part. zCDP alone
 * by the exact conversion, sampled Gaussians by the sum of the curves. Infinity where the thresholds took all of delta.
 */
export function epsilonOfSpends(spends: readonly Cost[], delta: number): number {
  const { rho, sampled, delta: taken } = sumsOf(spends);
  const left = checkedDelta(delta) - taken;
  if (left <= 0 && (rho > 0 || sampled !== undefined || left < 0)) return Infinity;
  return epsilonOfSums(rho, sampled, Math.max(0, left));
}

/** The greatest rho that may be spent after `spends`, for (epsilon, delta) in all; deltas of thresholds do not count here. */
export function rhoLeft(spends: readonly Cost[], epsilon: number, delta: number, rho: number): number {
  const { rho: taken, sampled } = sumsOf(spends);
  if (sampled === undefined) return Math.max(0, rho - taken);
  const most = Math.max(0, rho - taken);
  if (most === 0 || epsilonOfSums(taken, sampled, delta) > epsilon) return 0;
  if (epsilonOfSums(taken + most, sampled, delta) <= epsilon) return most;
  return (
    bisectedLogs(most * 1e-12, most, (more) => epsilonOfSums(taken + more, sampled, delta) > epsilon) *
    (1 - 1e-12)
  );
}

/**
 * Noise over the clipping norm of `steps` sampled Gaussians at sampling rate `rate`, so that they and `rhoBeside` together
 * spend (epsilon, delta); rounded up. `delta`: without the part of thresholds. Throws RangeError where nothing is left.
 */
export function noiseForSgd(
  epsilon: number,
  delta: number,
  rate: number,
  steps: number,
  rhoBeside: number,
): number {
  const spent = (sigma: number): number =>
    epsilonOfSpends([{ rho: rhoBeside, sampled: { rate, sigma, steps } }], delta);
  let high = 1;
  while (spent(high) > epsilon) {
    high *= 2;
    if (high > 1e9) throw new RangeError(`Nothing is left of epsilon ${epsilon} at delta ${delta}.`);
  }
  let low = high / 2;
  while (low > 1e-3 && spent(low) <= epsilon) low /= 2;
  return bisectedLogs(low, high, (sigma) => spent(sigma) <= epsilon);
}
