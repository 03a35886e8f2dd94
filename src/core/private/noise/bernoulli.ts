/** Coins with exact probabilities (Canonne, Kamath & Steinke 2020, algorithm 1): no exponential and no logarithm is computed. */
import type { NoiseSource } from "./noise-source.ts";
import { uniformBelow, uniformBelowBig } from "./uniform.ts";

const WORD = 4294967296;
/** Of a probability as a double: it is off by less than this share. Proved where it is computed: at most 8 roundings of 2^-53. */
const OFF = 2 ** -48;

/** A rational number in whole numbers. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * True with probability `exactly()`, of which `near` differs by less than 2^-48 of it. A uniform real number is drawn, of
 * which 32 bits nearly always decide; where they do not, about once in 2^31 times, whole numbers do.
 */
export function coin(near: number, exactly: () => Ratio, noise: NoiseSource): boolean {
  const word = noise.bits();
  const scaled = near * WORD;
  if (word + 1 <= scaled * (1 - 2 * OFF)) return true;
  if (word >= scaled * (1 + 2 * OFF)) return false;
  const { numerator, denominator } = exactly();
  // What is left of the interval [word, word + 1) / 2^32 in which the uniform number lies.
  const rest = (numerator << 32n) - BigInt(word) * denominator;
  if (rest <= 0n) return false;
  return rest >= denominator || uniformBelowBig(denominator, noise) < rest;
}

/** floor(2^32 / e) */
const LEADING = 1580030168;

/** True with probability e^-1: the digits of a uniform number against those of e^-1, as many as it takes to differ. */
export function coinOfOne(noise: NoiseSource): boolean {
  const word = noise.bits();
  if (word !== LEADING) return word < LEADING;
  for (let words = 2; ; words++) {
    const digit = Number(BigInt.asUintN(32, scaledInverseOfE(32 * words)));
    const drawn = noise.bits();
    if (drawn !== digit) return drawn < digit;
  }
}

/** floor(2^bits / e), by the alternating series of 1/k!. */
export function scaledInverseOfE(bits: number): bigint {
  for (let guard = 64n; ; guard *= 2n) {
    let term = 1n << (BigInt(bits) + guard);
    let [sum, k] = [0n, 0n];
    while (term > 0n) {
      sum += k % 2n === 0n ? term : -term;
      term /= ++k;
    }
    // Each of the k terms is off by less than 2, the rest of the series by less than 2.
    const [low, high] = [(sum - 2n * k - 2n) >> guard, (sum + 2n * k + 2n) >> guard];
    if (low === high) return low;
  }
}

/** True with probability exp(-numerator / denominator), whole numbers of at most 2^53, the first >= 0. */
export function coinOfExp(numerator: number, denominator: number, noise: NoiseSource): boolean {
  const part = numerator % denominator;
  for (let whole = (numerator - part) / denominator; whole > 0; whole--) if (!coinOfOne(noise)) return false;
  let k = 1;
  // One draw with probability part / (denominator k), as two: 1 / k, and part / denominator.
  while ((k === 1 || uniformBelow(k, noise) === 0) && uniformBelow(denominator, noise) < part) k++;
  return k % 2 === 1;
}
