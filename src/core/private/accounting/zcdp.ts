/**
 * Zero-concentrated differential privacy (Bun & Steinke 2016) and its conversion to (epsilon, delta) by Canonne, Kamath &
 * Steinke 2020, proposition 12: delta(rho, epsilon) = min over a > 1 of
 * exp((a - 1)(a rho - epsilon) + a log(1 - 1/a)) / (a - 1).
 */

/** The least delta at which rho-zCDP gives (epsilon, delta). */
export function deltaOf(rho: number, epsilon: number): number {
  if (rho <= 0) return 0;
  const derivative = (a: number): number => (2 * a - 1) * rho - epsilon + Math.log1p(-1 / a);
  let low = 1 + 1e-12;
  let high = 2;
  while (derivative(high) < 0) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (derivative(middle) < 0) low = middle;
    else high = middle;
  }
  const a = high;
  const log = (a - 1) * (a * rho - epsilon) + a * Math.log1p(-1 / a) - Math.log(a - 1);
  return Math.min(1, Math.exp(log));
}

/** The least epsilon that rho-zCDP gives at `delta` in (0, 1); rounded up in the last places. */
export function epsilonOf(rho: number, delta: number): number {
  if (rho <= 0) return 0;
  let low = 0;
  let high = rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (deltaOf(rho, middle) > delta) low = middle;
    else high = middle;
  }
  return high;
}

/** The greatest rho whose guarantee is (epsilon, delta); rounded down in the last places. */
export function rhoOf(epsilon: number, delta: number): number {
  let low = 0;
  let high = epsilon + 1;
  while (deltaOf(high, epsilon) < delta) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (deltaOf(middle, epsilon) > delta) high = middle;
    else low = middle;
  }
  return low;
}
