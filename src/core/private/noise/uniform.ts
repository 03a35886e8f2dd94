import type { NoiseSource } from "./noise-source.ts";

const WORD = 4294967296;

/** A uniform whole number from 0 to n - 1, by rejection; n whole, from 1 to 2^53. */
export function uniformBelow(n: number, noise: NoiseSource): number {
  if (n === 1) return 0;
  if (n <= WORD) {
    const unused = Math.clz32(n - 1);
    for (;;) {
      const drawn = noise.bits() >>> unused;
      if (drawn < n) return drawn;
    }
  }
  const unused = Math.clz32(Math.floor((n - 1) / WORD));
  for (;;) {
    const drawn = (noise.bits() >>> unused) * WORD + noise.bits();
    if (drawn < n) return drawn;
  }
}

/** The same for any n >= 1. */
export function uniformBelowBig(n: bigint, noise: NoiseSource): bigint {
  const bits = (n - 1n).toString(2).length;
  for (;;) {
    let drawn = 0n;
    for (let have = 0; have < bits; have += 32) drawn = (drawn << 32n) | BigInt(noise.bits());
    drawn = BigInt.asUintN(bits, drawn);
    if (drawn < n) return drawn;
  }
}
