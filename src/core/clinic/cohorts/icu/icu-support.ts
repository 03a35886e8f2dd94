import { logistic, logit } from "../../../math/logistic.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bernoulli, clamp } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";
import { DIAGNOSES, placeOf } from "./icu-patient.ts";

/** How noradrenaline is run: from the dose of the last hour and the pressure that it gave. */
export function noradrenalineRule(numbers: Numbers) {
  const of = numbersOf(numbers, "icu");
  const [target, step, most, least] = [
    of("map.target"),
    of("noradrenaline.step"),
    of("noradrenaline.most"),
    of("noradrenaline.least"),
  ];
  const [sbp, dbp] = [of("noradrenaline.sbp"), of("noradrenaline.dbp")];
  const mean = dbp + (sbp - dbp) / 3;
  const next = (dose: number, pressure: number): number => {
    if (dose === 0 && pressure >= target) return 0;
    const wanted = clamp(dose + (step * (target + 2 - pressure)) / mean, 0, most);
    return wanted < least ? 0 : wanted;
  };
  return { next, sbp, dbp };
}

/** Points of the Glasgow Coma Scale for a depth of coma, about standard normal; 15 down to 3. */
export function comaScale(numbers: Numbers): (depth: number) => number {
  const of = numbersOf(numbers, "icu");
  const [slope, from, most, least] = [of("gcs.slope"), of("gcs.from"), of("most.gcs"), of("least.gcs")];
  return (depth) => clamp(most - Math.max(0, slope * (depth - from)), least, most);
}

/** Oxygen that a patient breathes: by the ventilator, or by what saturation without help asks for. */
export function oxygenRule(numbers: Numbers) {
  const of = numbersOf(numbers, "icu.fio2");
  const [middle, spread, room, most] = [of("ventilated"), of("spread"), of("room"), of("most")];
  const [lungs, others, needs] = [of("respiratory"), of("oxygen"), of("needs")];
  return (ventilated: boolean, breathless: boolean, saturation: number, own: number): number => {
    const lack = Math.max(0, needs - saturation / 100);
    const more = 4 * lack + spread * own;
    if (ventilated) return clamp(middle + more, room, most);
    if (lack === 0 && !breathless) return room;
    return clamp((breathless ? lungs : others) + more, room, most);
  };
}

/** Support at admission: `ventilated`, `gcs`, `fio2`, `noradrenaline` (µg/kg/min), with what they do to pressure and saturation. */
export const icuSupport: Stage = {
  name: "icu support",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "icu");
    const shares = DIAGNOSES.map(([, name]) => of(`ventilated.${name}`));
    const pressor = noradrenalineRule(numbers);
    const [scale, oxygen] = [comaScale(numbers), oxygenRule(numbers)];
    const [deep, sedated, brain] = [of("gcs.severity"), of("ventilated.gcs"), of("neurological.gcs")];
    const [sighs, slower] = [of("ventilated.spo2"), of("ventilated.respiratory_rate")];
    const [lungs, head] = [placeOf("respiratory"), placeOf("neurological")];
    return (rows, rng) => {
      const [severity, diagnosis] = [rows.get("severity"), rows.get("diagnosis")];
      const [sbp, dbp, spo2, breaths] = [
        rows.get("sbp"),
        rows.get("dbp"),
        rows.get("spo2"),
        rows.get("respiratory_rate"),
      ];
      const [ventilated, depth, gcs] = [rows.add("ventilated"), rows.add("coma_depth"), rows.add("gcs")];
      const [own, fio2, dose] = [rows.add("oxygen_need"), rows.add("fio2"), rows.add("noradrenaline")];
      for (let i = 0; i < rows.count; i++) {
        const [why, ill] = [diagnosis[i] as number, severity[i] as number];
        const share = shares[why] as number;
        const tube = bernoulli(rng, logistic(logit(share) + ill / 2));
        ventilated[i] = tube;
        depth[i] = deep * ill + rng.normal() + (why === head ? brain : 0);
        own[i] = rng.normal();
        gcs[i] = scale((depth[i] as number) + sedated * tube);
        if (tube === 1) {
          spo2[i] = (spo2[i] as number) + sighs;
          breaths[i] = (breaths[i] as number) + slower;
        }
        fio2[i] = oxygen(tube === 1, why === lungs, spo2[i] as number, own[i] as number);
        const mean = (dbp[i] as number) + ((sbp[i] as number) - (dbp[i] as number)) / 3;
        const run = pressor.next(0, mean);
        dose[i] = run;
        sbp[i] = (sbp[i] as number) + pressor.sbp * run;
        dbp[i] = (dbp[i] as number) + pressor.dbp * run;
      }
    };
  },
};
