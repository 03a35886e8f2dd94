import type { Rng } from "../../../math/rng.ts";

/** 1 with probability `p`, else 0. */
export const bernoulli = (rng: Rng, p: number): number => (rng.uniform() < p ? 1 : 0);

export const clamp = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));
