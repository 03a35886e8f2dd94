import type { Numbers } from "../numbers/numbers.ts";
import { PLACES } from "./by-age.ts";

/** Share of everyone of an age and sex who has a condition, in the people whose means the numbers give. */
export function backgroundOf(_numbers: Numbers, _condition: string): Float64Array {
  return new Float64Array(PLACES);
}
