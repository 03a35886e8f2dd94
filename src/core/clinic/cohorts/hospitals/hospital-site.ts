import { createRng } from "../../../math/rng.ts";
import type { Rng } from "../../../math/rng.ts";
import type { Setting } from "../simulating/stage.ts";

/** What is particular to one hospital, as standard normal draws that stages scale by their numbers. */
export interface Site {
  /** its draw for `what`: "size", "bias of sbp"; 0 of the first hospital, which is what sources describe */
  readonly draw: (what: string) => number;
  /** its laboratory reports in units other than those of the first */
  readonly ownUnits: boolean;
}

/** The hospitals of a simulation. Hospital 3 is the same hospital under every seed. */
export function sitesOf({ hospitals, units }: Setting): Site[] {
  return Array.from({ length: hospitals }, (_, place) => {
    const rng: Rng = createRng(place).fork("hospital");
    return {
      draw: (what) => (place === 0 ? 0 : rng.fork(what).normal()),
      ownUnits: units === "own" && place % 2 === 1,
    };
  });
}
