/**
 * Zero-concentrated differential privacy (Bun & Steinke 2016) and its conversion to (epsilon, delta) by Canonne, Kamath &
 * Steinke 2020, proposition 12: delta(rho, epsilon) = min over a > 1 of
 * exp((a - 1)(a rho - epsilon) + a log(1 - 1/a)) / (a - 1). Everything is computed in logarithms, so that no delta is too
 * small and no epsilon too great.
 */
import { bisectedLogs, checkedCost, checkedDelta } from "./searching.ts";

/**
 * Logarithm of the least delta at which rho-zCDP gives (epsilon, delta). With b = a - 1 the exponent is
 * b((b + 1) rho - epsilon) + b log b - (b + 1) log(1 + b): convex in b, and every b gives a valid bound.
 */
function logDeltaOf(rho: number, epsilon: number): number {
  if (rho === 0) return -Infinity;
  if (rho === Infinity) return 0;
  if (epsilon === Infinity) return -Infinity;
  const rising = (b: number): boolean =>
    (2 * b + 1) * rho - epsilon + (b < 1 ? Math.log(b) - Math.log1p(b) : -Math.log1p(1 / b)) > 0;
  const b = bisectedLogs(1e-300, 1e300, rising);
  const log = b * ((b + 1) * rho - epsilon) - b * Math.log1p(1 / b) - Math.log1p(b);
  return Number.isNaN(log) ? 0 : Math.min(0, log);
}

/** The least delta at which rho-zCDP gives (epsilon, delta), in [0, 1]. Throws RangeError where either is negative or NaN. */
export const deltaOf = (rho: number, epsilon: number): number =>
  Math.exp(logDeltaOf(checkedCost(rho, "rho"), checkedCost(epsilon, "epsilon")));

/**
 * The least epsilon that rho-zCDP gives at `delta`; rounded up in the last places. Infinity at delta 0, where a positive
 * rho promises nothing. Throws RangeError where rho is negative or NaN, or delta not in [0, 1].
 */
export function epsilonOf(rho: number, delta: number): number {
  const log = Math.log(checkedDelta(delta));
  if (checkedCost(rho, "rho") === 0 || logDeltaOf(rho, 0) <= log) return 0;
  if (delta === 0 || rho === Infinity) return Infinity;
  const most = rho + 2 * Math.sqrt(rho * -log);
  return bisectedLogs(most * 1e-18, most, (epsilon) => logDeltaOf(rho, epsilon) <= log);
}

/**
 * The greatest rho whose guarantee is (epsilon, delta); rounded down in the last places. 0 at delta 0: no Gaussian noise
 * gives that. Throws RangeError where epsilon is negative or NaN, or delta not in [0, 1].
 */
export function rhoOf(epsilon: number, delta: number): number {
  const log = Math.log(checkedDelta(delta));
  if (delta === 0) return 0;
  if (checkedCost(epsilon, "epsilon") === Infinity || delta === 1) return Infinity;
  let high = epsilon + 1;
  while (logDeltaOf(high, epsilon) <= log) high *= 2;
  const above = bisectedLogs(1e-300, high, (rho) => logDeltaOf(rho, epsilon) > log);
  return above * (1 - 1e-14);
}
