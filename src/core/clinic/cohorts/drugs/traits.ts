import { CONDITIONS } from "../conditions/comorbidity.ts";
import { RARE_CONDITIONS } from "../conditions/rare-conditions.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";

/**
 * What a prescriber looks at, each a bit. Filtration and potassium count where a stage before has made them; `surely` leaves
 * room for what a measurement may add or take, for what must not be given at all.
 */
export const TRAITS = [
  ...CONDITIONS,
  "adult",
  "middle_aged",
  "type_1",
  "type_2",
  "addison",
  "pregnant",
  "egfr_under_45",
  "egfr_under_30",
  "egfr_surely_30",
  "egfr_surely_20",
  "potassium_over_5",
  "potassium_surely_5.5",
] as const;
export type Trait = (typeof TRAITS)[number];

export const traitBit = (trait: Trait): number => 1 << TRAITS.indexOf(trait);

/** Traits of one row after another. Needs age and conditions. */
export function traitsOf(numbers: Numbers): (rows: Rows) => (row: number) => number {
  const [adult, middle] = [numbers.of("conditions.age.first"), numbers.of("drugs.age.middle")];
  const limit = (name: string): number => numbers.of(`drugs.limit.${name}`);
  const [fair, low, least] = [limit("egfr.45"), limit("egfr.30"), limit("egfr.20")];
  const [high, highest] = [limit("potassium.5"), limit("potassium.5.5")];
  const [times, off] = [numbers.of("drugs.margin.egfr"), numbers.of("drugs.margin.potassium")];
  const bit = (trait: Trait): number => traitBit(trait);
  const bits = {
    adult: bit("adult"),
    middle: bit("middle_aged"),
    types: [0, bit("type_1"), bit("type_2")],
    addison: bit("addison"),
    pregnant: bit("pregnant"),
    egfr: [bit("egfr_under_45"), bit("egfr_under_30"), bit("egfr_surely_30"), bit("egfr_surely_20")],
    potassium: [bit("potassium_over_5"), bit("potassium_surely_5.5")],
  } as const;
  const filtration = [fair, low, low * times, least * times];
  const potassiumLimits = [high, highest - off];
  const addison = RARE_CONDITIONS.indexOf("Addison's disease");
  return (rows) => {
    const maybe = (name: string): Float64Array | undefined => (rows.has(name) ? rows.get(name) : undefined);
    const [age, type, rare] = [rows.get("age"), rows.get("diabetes_type"), rows.get("rare_condition")];
    const conditions = CONDITIONS.map((name) => rows.get(name));
    const [egfr, potassium, pregnant] = [maybe("egfr"), maybe("potassium"), maybe("pregnant")];
    return (row) => {
      let traits = 0;
      for (let at = 0; at < conditions.length; at++)
        traits |= ((conditions[at] as Float64Array)[row] as number) << at;
      if ((age[row] as number) >= adult) traits |= bits.adult;
      if ((age[row] as number) >= middle) traits |= bits.middle;
      traits |= bits.types[type[row] as number] ?? 0;
      if (rare[row] === addison) traits |= bits.addison;
      if (pregnant?.[row] === 1) traits |= bits.pregnant;
      const [filtered, salt] = [egfr?.[row] ?? Infinity, potassium?.[row] ?? 0];
      for (let at = 0; at < filtration.length; at++)
        if (filtered < (filtration[at] as number)) traits |= bits.egfr[at] as number;
      for (let at = 0; at < potassiumLimits.length; at++)
        if (salt > (potassiumLimits[at] as number)) traits |= bits.potassium[at] as number;
      return traits;
    };
  };
}
