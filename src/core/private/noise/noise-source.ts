import type { Rng } from "../../math/rng.ts";

/** Where the bits of privacy noise come from. Whoever can foresee them can take the noise off again. */
export interface NoiseSource {
  /** 32 uniform bits as an integer in [0, 2^32). */
  bits(): number;
  /** "seeded": for tests only; whatever is made with it is marked *not private*. */
  readonly kind: "cryptographic" | "seeded";
}

const BLOCK = 4096;

/** The cryptographic generator of the browser or of Node. Throws what `crypto.getRandomValues` throws: without it there is no noise. */
export function cryptographicNoise(): NoiseSource {
  const words = new Uint32Array(BLOCK);
  let at = BLOCK;
  return {
    kind: "cryptographic",
    bits: () => {
      if (at === BLOCK) {
        crypto.getRandomValues(words);
        at = 0;
      }
      const word = words[at] as number;
      words[at++] = 0;
      return word;
    },
  };
}

/** Repeatable noise for tests. It protects nobody. */
export const seededNoise = (rng: Rng): NoiseSource => ({
  kind: "seeded",
  bits: () => Math.floor(rng.uniform() * 4294967296),
});
