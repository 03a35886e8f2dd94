/**
 * Exact samplers on integers (Canonne, Kamath & Steinke 2020, "The discrete Gaussian for differential privacy",
 * algorithms 2 and 3): no logarithm, no floating-point uniform, so that the low bits of the noise tell nothing.
 */
import { coin, coinOfExp, coinOfOne, type Ratio } from "./bernoulli.ts";
import type { NoiseSource } from "./noise-source.ts";
import { uniformBelow } from "./uniform.ts";

/** The greatest standard deviation. */
export const MOST_SIGMA = 2 ** 40;
/** Denominators of a variance are 2^20 or, so that numerators stay below 2^47 where they can, less. */
const FINEST = 20;
const NUMERATOR_BITS = 46;
const SAFE = Number.MAX_SAFE_INTEGER;

/**
 * sigma^2 as a ratio, rounded up: noise is never smaller than asked. Greater by at most 2^-20, or 2^-45 of it. Throws
 * RangeError where sigma is not above 0 and at most 2^40.
 */
export function varianceAbove(sigma: number): Ratio {
  if (!(sigma > 0 && sigma <= MOST_SIGMA))
    throw new RangeError(`The noise would be ${sigma}: it has to be above 0 and at most 2^40.`);
  const finer = Math.max(0, Math.min(FINEST, NUMERATOR_BITS - Math.ceil(2 * Math.log2(sigma))));
  // sigma in units of 2^-63, a whole number of them where sigma is 2^-10 or more.
  const places = 63;
  const root = BigInt(Math.ceil(sigma * 2 ** places));
  const shift = BigInt(2 * places - finer);
  return { numerator: -(-(root * root) >> shift), denominator: 1n << BigInt(finer) };
}

/** Draws with P[x] proportional to exp(-|x| / scale) on the integers, scale a whole number from 1 to 2^41. */
export function discreteLaplace(scale: number, noise: NoiseSource): number {
  for (;;) {
    const part = uniformBelow(scale, noise);
    if (!coinOfExp(part, scale, noise)) continue;
    let whole = 0;
    while (coinOfOne(noise)) whole++;
    const negative = noise.bits() >>> 31 === 1;
    // A whole number below 2^53 but for one chance in e^4096.
    const size = part + scale * whole;
    if (negative && size === 0) continue;
    return negative ? -size : size;
  }
}

/**
 * A sampler with P[x] proportional to exp(-x^2 / (2 variance)) on the integers; `variance` of `varianceAbove`. A draw y
 * of discrete Laplace noise is taken with probability exp(-g), g = (|y| t D - N)^2 / (2 N D t^2) for variance N / D and
 * scale t: as m coins of exp(-g / m) with m > g. Their g / m is computed in doubles with 8 roundings, and in whole numbers where that does not decide.
 */
export function discreteGaussians(variance: Ratio, noise: NoiseSource): () => number {
  const [over, under] = [Number(variance.numerator), Number(variance.denominator)];
  const scale = Math.floor(Math.sqrt(over / under)) + 1;
  const square = 2 * over * under * scale * scale;
  let [size, parts] = [0, 1];

  const offExactly = (): bigint => BigInt(size) * BigInt(scale) * variance.denominator - variance.numerator;
  const squareExactly = (): bigint => 2n * variance.numerator * variance.denominator * BigInt(scale) ** 2n;
  const exactly = (): Ratio => ({
    numerator: offExactly() ** 2n,
    denominator: squareExactly() * BigInt(parts),
  });

  function taken(): boolean {
    const along = size * scale * under;
    const off = over <= SAFE && along <= SAFE ? along - over : Number(offExactly());
    const exponent = (off * off) / square;
    parts = Math.floor(exponent * (1 + 1e-12)) + 1;
    const near = exponent / parts;
    for (let i = 0; i < parts; i++) {
      let k = 1;
      while ((k === 1 || uniformBelow(k, noise) === 0) && coin(near, exactly, noise)) k++;
      if (k % 2 === 0) return false;
    }
    return true;
  }

  return () => {
    for (;;) {
      const drawn = discreteLaplace(scale, noise);
      size = Math.abs(drawn);
      if (taken()) return drawn;
    }
  };
}
