import type { Numbers } from "../numbers/numbers.ts";

/** What SOFA is made of here; NaN: nobody knows, and it gives no points. */
export interface OrganSigns {
  readonly spo2: number;
  readonly fio2: number;
  readonly platelets: number;
  readonly map: number;
  readonly noradrenaline: number;
  readonly gcs: number;
  readonly creatinine: number;
}

/**
 * SOFA without the liver, 0 to 20 (Vincent 1996): the lungs by saturation and inspired oxygen (Pandharipande 2009), in the
 * place of arterial oxygen; 3 and 4 points of the lungs are given without ventilation too.
 */
export function sofa(numbers: Numbers): (signs: OrganSigns) => number {
  const limits = (organ: string): number[] =>
    [1, 2, 3, 4].map((points) => numbers.of(`sofa.${organ}.${points}`));
  const [oxygen, platelets, gcs, creatinine] = [
    limits("oxygen"),
    limits("platelets"),
    limits("gcs"),
    limits("creatinine"),
  ];
  const [mean, much] = [numbers.of("sofa.map"), numbers.of("sofa.noradrenaline")];
  const below = (value: number, at: readonly number[]): number => at.filter((limit) => value < limit).length;
  const atLeast = (value: number, at: readonly number[]): number =>
    at.filter((limit) => value >= limit).length;
  return (signs) => {
    const heart = signs.noradrenaline > much ? 4 : signs.noradrenaline > 0 ? 3 : signs.map < mean ? 1 : 0;
    return (
      below(signs.spo2 / signs.fio2, oxygen) +
      below(signs.platelets, platelets) +
      below(signs.gcs, gcs) +
      atLeast(signs.creatinine, creatinine) +
      heart
    );
  };
}
