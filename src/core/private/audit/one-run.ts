/**
 * Auditing in one run (Steinke, Nasr & Jagielski 2023, "Privacy auditing with one (1) training run", theorem 5.2 and its
 * appendix D): canaries are put in or left out by fair coins, the attacker guesses the coins of some, and too many right
 * guesses contradict a small epsilon.
 */
import { binomialMass } from "./binomial.ts";

export interface Guesses {
  /** canaries whose coins were thrown */
  readonly canaries: number;
  /** coins that were guessed, and those guessed right */
  readonly guessed: number;
  readonly right: number;
}

/** How likely so many right guesses are at most, where (epsilon, delta) holds. */
export function chanceOfGuesses(
  { canaries, guessed, right }: Guesses,
  epsilon: number,
  delta: number,
): number {
  const mass = binomialMass(guessed, 1 / (1 + Math.exp(-epsilon)));
  let tail = 0;
  for (let k = guessed; k >= right; k--) tail += mass[k] as number;
  let steepest = 0;
  let below = 0;
  for (let i = 1; i <= right; i++) {
    below += mass[right - i] as number;
    steepest = Math.max(steepest, below / i);
  }
  return Math.min(1, tail + 2 * canaries * delta * steepest);
}

const MOST_EPSILON = 64;

/** The least epsilon that is not contradicted at level `alpha`; 0 where nothing is. */
export function epsilonOfGuesses(guesses: Guesses, delta: number, alpha: number): number {
  let low = 0;
  if (guesses.guessed === 0 || chanceOfGuesses(guesses, 0, delta) > alpha) return 0;
  let high = 1;
  while (high < MOST_EPSILON && chanceOfGuesses(guesses, high, delta) <= alpha) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (chanceOfGuesses(guesses, middle, delta) <= alpha) low = middle;
    else high = middle;
  }
  return low;
}

/** Guesses "in" for the `guessed` / 2 greatest `scores`, "out" for as many least ones; `inside`: the coins. */
export function guessBest(scores: Float64Array, inside: Uint8Array, guessed: number): Guesses {
  const canaries = scores.length;
  const half = Math.floor(Math.min(guessed, canaries) / 2);
  const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const right =
    order.slice(0, half).filter((i) => inside[i] === 1).length +
    order.slice(canaries - half).filter((i) => inside[i] === 0).length;
  return { canaries, guessed: 2 * half, right };
}
