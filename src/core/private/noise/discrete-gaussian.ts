/**
 * Exact samplers on integers (Canonne, Kamath & Steinke 2020, "The discrete Gaussian for differential privacy",
 * algorithms 1 to 3): no logarithm, no floating-point uniform, so that the low bits of the noise tell nothing.
 */
import type { NoiseSource } from "./noise-source.ts";

/** A non-negative rational number; exact. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** `value` >= 0 rounded up to a multiple of 2^-20: a standard deviation or variance is never taken smaller than asked. */
export const rationalAbove = (value: number): Rational => ({
  numerator: BigInt(Math.ceil(value * 1048576)),
  denominator: 1048576n,
});

/** Uniform in [0, n), n >= 1, by rejection. */
export function uniformBelow(n: bigint, noise: NoiseSource): bigint {
  const bits = (n - 1n).toString(2).length;
  for (;;) {
    let drawn = 0n;
    for (let have = 0; have < bits; have += 32) drawn = (drawn << 32n) | BigInt(noise.bits());
    drawn = BigInt.asUintN(bits, drawn);
    if (drawn < n) return drawn;
  }
}

/** True with probability exp(-g), g = numerator / denominator >= 0. */
export function bernoulliExp({ numerator, denominator }: Rational, noise: NoiseSource): boolean {
  let left = numerator;
  for (; left > denominator; left -= denominator) if (!bernoulliExpBelowOne(1n, 1n, noise)) return false;
  return bernoulliExpBelowOne(left, denominator, noise);
}

function bernoulliExpBelowOne(numerator: bigint, denominator: bigint, noise: NoiseSource): boolean {
  let k = 1n;
  while (uniformBelow(denominator * k, noise) < numerator) k++;
  return k % 2n === 1n;
}

/** P[x] proportional to exp(-|x| / scale) on the integers, scale a whole number >= 1. */
export function discreteLaplace(scale: bigint, noise: NoiseSource): bigint {
  for (;;) {
    const part = uniformBelow(scale, noise);
    if (!bernoulliExp({ numerator: part, denominator: scale }, noise)) continue;
    let whole = 0n;
    while (bernoulliExpBelowOne(1n, 1n, noise)) whole++;
    const size = part + scale * whole;
    const negative = (noise.bits() & 1) === 1;
    if (negative && size === 0n) continue;
    return negative ? -size : size;
  }
}

/** P[x] proportional to exp(-x^2 / (2 variance)) on the integers. */
export function discreteGaussian(variance: Rational, noise: NoiseSource): number {
  const { numerator, denominator } = variance;
  const scale = BigInt(Math.floor(Math.sqrt(Number(numerator) / Number(denominator)))) + 1n;
  for (;;) {
    const drawn = discreteLaplace(scale, noise);
    const size = drawn < 0n ? -drawn : drawn;
    const off = size * scale * denominator - numerator;
    const accepted = bernoulliExp(
      { numerator: off * off, denominator: 2n * numerator * denominator * scale * scale },
      noise,
    );
    if (accepted) return Number(drawn);
  }
}
