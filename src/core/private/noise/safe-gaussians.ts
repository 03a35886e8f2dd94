/**
 * Gaussian noise for many numbers at once, for DP-SGD, safe against what floating-point numbers give away (Mironov 2012;
 * Holohan & Braghin 2021). Those add several rounded draws; here noise is a whole number of steps of a grid, so that
 * number and noise are added without rounding, and its distribution is the discrete Gaussian (Canonne, Kamath & Steinke
 * 2020) of 2^20 steps but for a total variation below 2^-150 a draw (no draw beyond 16 sigma, coins of 160 bits). No
 * logarithm or exponential of the machine is used.
 *
 * Protects from: the gaps and low bits of floating-point noise, and from noise that can be foreseen. Does not protect from:
 * how long a draw takes (it depends on the draw alone, not on the data), or a sum whose own sensitivity floating-point
 * addition made greater than stated.
 */
import { uniformBelowBig } from "./uniform.ts";
import type { NoiseSource } from "./noise-source.ts";
import { bell, strips, UNITS, WIDTH, type Strips } from "./strips.ts";

/** Of a share as a double: it is off by less than this. */
const OFF = 2 ** -40;
const TWICE_VARIANCE = 2 * UNITS * UNITS;

/** Step of the grid that noise of `sigma` stands on: sigma / 2^20, rounded up in the last place. */
export function gridOf(sigma: number): number {
  if (!(sigma > 1e-290 && sigma < 1e290)) throw new RangeError(`The noise would be ${sigma}.`);
  return (sigma / UNITS) * (1 + 2 ** -51);
}

/**
 * The noise that sums of `dimensions` numbers need, so that it is `multiplier` times what one unit changes in them: by at
 * most `norm` (L2), and by a step of the grid in each number that rounding moves. Throws RangeError where that is no noise
 * any more: beyond 2^20 / sqrt(dimensions).
 */
export function sigmaOnGrid(multiplier: number, norm: number, dimensions: number): number {
  const steps = (multiplier * Math.sqrt(dimensions)) / UNITS;
  if (!(steps < 1)) throw new RangeError(`Noise of ${multiplier} times what one unit changes is too much.`);
  return ((multiplier * norm) / (1 - steps)) * (1 + 1e-12);
}

/** `count` independent draws of standard deviation `sigma`, multiples of `gridOf(sigma)`. */
export function safeGaussians(count: number, sigma: number, noise: NoiseSource): Float64Array {
  const step = gridOf(sigma);
  const draw = steps(noise);
  const drawn = new Float64Array(count);
  for (let i = 0; i < count; i++) drawn[i] = draw() * step;
  return drawn;
}

/**
 * Each of `sums` rounded to the grid, with noise of `sigma` added, in place. Rounding lets one patient change the sums by
 * at most sqrt(sums.length) steps more (L2): 3e-4 sigma for 10^5 of them (`sigmaOnGrid`). A sum that is not finite counts as 0.
 */
export function addSafeGaussians(sums: Float32Array | Float64Array, sigma: number, noise: NoiseSource): void {
  const step = gridOf(sigma);
  const draw = steps(noise);
  for (let i = 0; i < sums.length; i++) {
    const whole = Math.round((sums[i] as number) / step);
    sums[i] = ((Number.isFinite(whole) ? whole : 0) + draw()) * step;
  }
}

/** A sampler of whole numbers, standard deviation 2^20. */
function steps(noise: NoiseSource): () => number {
  const table = strips();
  const { cut, alias, first, surely } = table;
  return () => {
    for (;;) {
      const word = noise.bits();
      const column = word >>> 21;
      const strip = noise.bits() < (cut[column] as number) ? column : (alias[column] as number);
      const from = strip * WIDTH;
      const size = from + ((word >>> 8) & (WIDTH - 1));
      const lot = noise.bits();
      if (lot >= (surely[strip] as number)) {
        const near = (first[strip] as number) * expOfMinus((size * size - from * from) / TWICE_VARIANCE);
        if (lot >= near * (1 + OFF)) continue;
        if (lot + 1 > near * (1 - OFF) && !exactly(table, strip, size, lot, noise)) continue;
      }
      if ((word & 1) === 0) return size;
      if (size !== 0) return -size;
    }
  };
}

/** e^-y for y in [0, 1/8]: its series to y^10, of which the rest is below 10^-17. */
function expOfMinus(y: number): number {
  let sum = 1;
  for (let k = 10; k > 0; k--) sum = 1 - (y / k) * sum;
  return sum;
}

/** Whether a uniform number of 160 bits, of which `lot` are the first 32, lies below what is taken of `size`. */
function exactly(
  { scale, weight }: Strips,
  strip: number,
  size: number,
  lot: number,
  noise: NoiseSource,
): boolean {
  const uniform = (BigInt(lot) << 128n) | uniformBelowBig(1n << 128n, noise);
  const taken = (bell(BigInt(size)) * scale) << 160n;
  return (uniform * (weight[strip] as bigint)) << 448n < taken;
}
