/** What a Gaussian mechanism lets one tell: two normal distributions `mu` standard deviations apart (Balle & Wang 2018; Dong, Roth & Su 2022). */
import { normalCdf } from "../../math/normal.ts";
import { bisectedLogs, checkedCost, checkedDelta } from "./searching.ts";

/** delta = Phi(mu/2 - epsilon/mu) - e^epsilon Phi(-mu/2 - epsilon/mu), exact for the Gaussian mechanism. */
export function deltaOfMu(mu: number, epsilon: number): number {
  checkedCost(epsilon, "epsilon");
  if (checkedCost(mu, "mu") === 0) return 0;
  if (mu === Infinity) return 1;
  const tail = normalCdf(-mu / 2 - epsilon / mu);
  const second = tail === 0 ? 0 : Math.exp(epsilon + Math.log(tail));
  return Math.max(0, normalCdf(mu / 2 - epsilon / mu) - second);
}

/** The least epsilon at `delta` for means `mu` standard deviations apart; rounded up. Infinity at delta 0 where mu > 0. */
export function epsilonOfMu(mu: number, delta: number): number {
  checkedDelta(delta);
  if (deltaOfMu(mu, 0) <= delta) return 0;
  if (delta === 0 || mu === Infinity) return Infinity;
  const most = (mu * mu) / 2 + mu * Math.sqrt(2 * -Math.log(delta)) + 1;
  return bisectedLogs(most * 1e-18, most, (epsilon) => deltaOfMu(mu, epsilon) <= delta);
}
