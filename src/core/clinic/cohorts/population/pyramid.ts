import { FaultError } from "../../../fault.ts";

/** People of an age band by sex; only shares count. */
export interface PyramidBand {
  /** whole years, both included */
  readonly from: number;
  readonly to: number;
  readonly women: number;
  readonly men: number;
}

export type Pyramid = readonly PyramidBand[];

export const OLDEST = 110;

/** Throws FaultError `simulation-refused` for a pyramid that nobody can be drawn from. */
export function checkPyramid(pyramid: Pyramid): void {
  for (const [i, { from, to, women, men }] of pyramid.entries()) {
    const band = `Band ${i + 1} of the age pyramid (${from} to ${to})`;
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from && to <= OLDEST))
      refuse(`${band} is no band of ages.`, `Give whole years from 0 to ${OLDEST}, the smaller one first.`);
    if (!(women >= 0 && men >= 0 && Number.isFinite(women + men)))
      refuse(`${band} counts ${women} women and ${men} men.`, "Give counts or shares that are 0 or more.");
  }
  const sum = pyramid.reduce((total, { women, men }) => total + women + men, 0);
  if (!(sum > 0))
    refuse("The age pyramid sums to 0, so nobody can be drawn from it.", "Give at least one band a count.");
}

function refuse(reason: string, remedy: string): never {
  throw new FaultError({ code: "simulation-refused", reason, remedy });
}
