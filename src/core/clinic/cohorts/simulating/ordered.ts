import { normalQuantile } from "../../../math/normal.ts";

/** Where a standard normal is cut so that the classes between have the given shares (their sum counts as all). */
export function cutsOf(shares: readonly number[]): Float64Array {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const cuts = new Float64Array(shares.length - 1);
  let below = 0;
  for (let i = 0; i < cuts.length; i++) {
    below += shares[i] as number;
    cuts[i] = normalQuantile(below / all);
  }
  return cuts;
}

/** The class of a standard normal, from 0. */
export function classOf(cuts: Float64Array, z: number): number {
  let at = 0;
  while (at < cuts.length && z > (cuts[at] as number)) at++;
  return at;
}
