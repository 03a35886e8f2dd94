import { normalCdf } from "../../math/normal.ts";

/**
 * The least delta at which two unit normals whose means are `mu` > 0 apart are (epsilon, delta)-alike: Phi(mu/2 - epsilon/mu) -
 * e^epsilon Phi(-mu/2 - epsilon/mu) (Dong, Roth & Su 2022, corollary 2.13).
 */
export function deltaOfMu(mu: number, epsilon: number): number {
  if (mu <= 0) return 0;
  const tail = normalCdf(-mu / 2 - epsilon / mu);
  const second = tail === 0 ? 0 : Math.exp(epsilon + Math.log(tail));
  return Math.max(0, normalCdf(mu / 2 - epsilon / mu) - second);
}

/** The least epsilon at which two unit normals whose means are `mu` apart are (epsilon, `delta`)-alike; 0 where mu <= 0. */
export function epsilonOfMu(mu: number, delta: number): number {
  if (deltaOfMu(mu, 0) <= delta) return 0;
  let high = 1;
  while (deltaOfMu(mu, high) > delta) high *= 2;
  let low = 0;
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (deltaOfMu(mu, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}
