import { bandsOf, sharesByYear } from "../conditions/age-curve.ts";
import { CONDITIONS, SHARES } from "../conditions/comorbidity.ts";
import type { Condition } from "../conditions/comorbidity.ts";
import { agesOf } from "../conditions/joint.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { curveFrom } from "./by-age.ts";
import type { Sex } from "./by-age.ts";

const known = new WeakMap<Numbers, Map<string, Float64Array>>();

/**
 * Share of all people of an age and sex who have a condition, whatever cohort is simulated: those whose means the numbers of
 * quantities are. 0 for a condition that has no published share. Kept as long as the numbers are.
 */
export function backgroundOf(numbers: Numbers, condition: string): Float64Array {
  const curves = known.get(numbers) ?? new Map<string, Float64Array>();
  known.set(numbers, curves);
  const name = CONDITIONS.find((it) => it === condition);
  const curve = curves.get(condition) ?? (name ? curveOfShares(numbers, name) : curveFrom(() => 0));
  curves.set(condition, curve);
  return curve;
}

function curveOfShares(numbers: Numbers, name: Condition): Float64Array {
  const { first, last } = agesOf(numbers);
  const shares = (sex: Sex): Float64Array => sharesByYear(bandsOf(SHARES[name], sex, numbers), first, last);
  const of = { women: shares("women"), men: shares("men") };
  return curveFrom((age, sex) =>
    age < first ? 0 : (of[sex][Math.min(last, Math.floor(age)) - first] as number),
  );
}
