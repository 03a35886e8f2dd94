import { coinOfExp } from "./bernoulli.ts";
import type { NoiseSource } from "./noise-source.ts";
import { uniformBelow } from "./uniform.ts";

/** Exponents are whole multiples of 1 / FINE, and none is greater than MOST. */
const FINE = 2 ** 32;
const MOST = 2 ** 20;
/** What two exponents may be off in all, by the roundings of one table and of its neighbour. */
const ROUNDED = 2 ** -29;

/**
 * The exponential mechanism (McSherry & Talwar 2007): index with probability proportional to
 * exp(epsilon * score / (2 * sensitivity)), where one unit changes each score by at most `sensitivity`; epsilon-bounded
 * range, and so epsilon^2 / 8-zCDP (Cesar & Rogers 2021). Candidates are drawn evenly and taken with a probability that is
 * exact for the exponents as they are rounded; what rounding could add is taken from epsilon first. -Infinity: never.
 * Throws where no score is finite or one is NaN: a mistake in a method.
 */
export function chooseExponentially(
  scores: ArrayLike<number>,
  sensitivity: number,
  epsilon: number,
  noise: NoiseSource,
): number {
  let greatest = -Infinity;
  for (let i = 0; i < scores.length; i++) greatest = Math.max(greatest, scores[i] as number);
  if (!Number.isFinite(greatest)) throw new Error(`The greatest of ${scores.length} scores is ${greatest}.`);
  const slope = Math.max(0, epsilon - ROUNDED) / (2 * sensitivity);
  for (;;) {
    const i = uniformBelow(scores.length, noise);
    const score = scores[i] as number;
    if (score === -Infinity) continue;
    const below = slope === 0 ? 0 : Math.min(MOST, slope * (greatest - score));
    if (coinOfExp(Math.round(below * FINE), FINE, noise)) return i;
  }
}
