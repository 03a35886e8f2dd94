import type { Numbers } from "../numbers/numbers.ts";
import { bandsOf, sharesByYear, SEXES } from "./age-curve.ts";
import { SHARES } from "./comorbidity.ts";
import type { Condition } from "./comorbidity.ts";
import { agesOf } from "./joint.ts";

/** The share of all adults of an age (years) and sex (`female`, 0 or 1) who have a condition; 0 under 18. */
export function prevalenceOf(
  condition: Condition,
  numbers: Numbers,
): (age: number, female: number) => number {
  const { first, last } = agesOf(numbers);
  const shares = SEXES.map((sex) => sharesByYear(bandsOf(SHARES[condition], sex, numbers), first, last));
  return (age, female) => {
    const year = Math.floor(age);
    return year < first ? 0 : (shares[female]?.[Math.min(year, last) - first] ?? 0);
  };
}
