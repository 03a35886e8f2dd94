import type { Rng } from "../../../math/rng.ts";
import type { Sign } from "../emergencies/shift.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { LABS, VITALS, shared } from "./icu-body.ts";

/** How far each sign is from what the patient's usual, the emergency and support make of it; labs on the logarithmic scale. */
export type Wander = Map<Sign, number>;

const labs = new Set<Sign>(LABS);
const isLab = (sign: Sign): boolean => labs.has(sign);

/** A sign as it is, from what is expected of it and how far it has wandered. */
export const wandered = (sign: Sign, expected: number, by: number): number =>
  isLab(sign) ? expected * Math.exp(by) : expected + by;

/** The distance of a sign from what is expected of it: `wandered` the other way. */
export const distance = (sign: Sign, expected: number, is: number): number =>
  isLab(sign) ? Math.log(is / expected) : is - expected;

/** Moves all signs on by an hour: a part of each distance stays, and the pressures move together. */
export function wandering(numbers: Numbers): (wander: Wander, rng: Rng) => void {
  const of = numbersOf(numbers, "icu");
  const vitals = VITALS.map((sign) => [sign, of(`${sign}.within`), of(`${sign}.again`)] as const);
  const [within, again, pressures] = [of("lab.within"), of("lab.again"), of("pressures")];
  const on = (wander: Wander, sign: Sign, keep: number, spread: number, noise: number): void => {
    wander.set(sign, keep * (wander.get(sign) ?? 0) + Math.sqrt(1 - keep * keep) * spread * noise);
  };
  return (wander, rng) => {
    const together = rng.normal();
    for (const [sign, spread, keep] of vitals) {
      const paired = sign === "sbp" || sign === "dbp";
      on(wander, sign, keep, spread, paired ? shared(pressures, together, rng.normal()) : rng.normal());
    }
    for (const sign of LABS) on(wander, sign, again, within, rng.normal());
  };
}
