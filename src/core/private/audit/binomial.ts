/** Exact binomial chances, and the exact bounds for a share (Clopper & Pearson 1934). */

/** log(n!), for whole n >= 0. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logs[i] = (logs[i - 1] as number) + Math.log(i);
  return logs;
}

/** P[Binomial(trials, p) = k] for every k from 0 to `trials`; p in (0, 1). */
export function binomialMass(trials: number, p: number): Float64Array {
  const logs = logFactorials(trials);
  const at = (k: number): number => logs[k] as number;
  return Float64Array.from({ length: trials + 1 }, (_, k) =>
    Math.exp(at(trials) - at(k) - at(trials - k) + k * Math.log(p) + (trials - k) * Math.log1p(-p)),
  );
}

/** P[Binomial(trials, p) >= successes]; the shorter of the two tails is summed. */
export function chanceOfAtLeast(successes: number, trials: number, p: number): number {
  if (successes <= 0) return 1;
  if (successes > trials || p <= 0) return 0;
  if (p >= 1) return 1;
  const mass = binomialMass(trials, p);
  const sum = (part: Float64Array): number => part.reduce((total, one) => total + one, 0);
  return successes > trials * p ? sum(mass.subarray(successes)) : 1 - sum(mass.subarray(0, successes));
}

/** The greatest share that `successes` of `trials` leave possible at level `alpha`: one-sided, exact. */
export function shareAtMost(successes: number, trials: number, alpha: number): number {
  if (successes >= trials) return 1;
  let low = successes / trials;
  let high = 1;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (1 - chanceOfAtLeast(successes + 1, trials, middle) > alpha) low = middle;
    else high = middle;
  }
  return high;
}

/** The least share that `successes` of `trials` leave possible at level `alpha`. */
export const shareAtLeast = (successes: number, trials: number, alpha: number): number =>
  1 - shareAtMost(trials - successes, trials, alpha);
