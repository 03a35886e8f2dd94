import { logistic, logit } from "../../../math/logistic.ts";
import { normalQuantile } from "../../../math/normal.ts";
import { BLEED, HYPERKALAEMIA, KETOACIDOSIS, SEPSIS } from "../emergencies/emergencies.ts";
import { bernoulli } from "../simulating/chance.ts";
import type { Stage } from "../simulating/stage.ts";

/** Hours of a stay that are told. */
export const HOURS = 2 * 24;

/** Levels of `diagnosis`, and what their numbers are called by. */
export const DIAGNOSES = [
  ["Sepsis", "sepsis"],
  ["Respiratory failure", "respiratory"],
  ["Heart", "cardiac"],
  ["After surgery", "surgery"],
  ["Brain", "neurological"],
  ["Diabetic ketoacidosis", "dka"],
  ["GI bleeding", "bleed"],
  ["Kidney failure", "renal"],
  ["Other", "other"],
] as const;

export const placeOf = (short: (typeof DIAGNOSES)[number][1]): number =>
  DIAGNOSES.findIndex(([, name]) => name === short);

const CRISIS = new Map([
  [placeOf("sepsis"), SEPSIS],
  [placeOf("dka"), KETOACIDOSIS],
  [placeOf("bleed"), BLEED],
  [placeOf("renal"), HYPERKALAEMIA],
]);

/** Log odds by group, all moved by as much as makes `share` of all die where severity, standard normal, spreads them. */
function movedTo(
  share: number,
  odds: readonly number[],
  weights: readonly number[],
  slope: number,
): number[] {
  const grid = Array.from({ length: 24 }, (_, k) => normalQuantile((k + 0.5) / 24));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const dying = (lift: number): number =>
    odds.reduce((sum, at, group) => {
      const own = grid.reduce((part, ill) => part + logistic(at + lift + slope * ill), 0) / grid.length;
      return sum + ((weights[group] as number) / total) * own;
    }, 0);
  let [low, high] = [-10, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (dying(middle) < share) low = middle;
    else high = middle;
  }
  return odds.map((at) => at + (low + high) / 2);
}

/**
 * Why they came, how ill they are and what will become of them: `diagnosis`, `diabetes`, `severity` (standard normal),
 * `crisis` and `crisis_severity`, `died_in_hospital`, and `death_hour` (hours from admission; missing for those who do not
 * die within two days).
 */
export const icuPatient: Stage = {
  name: "icu patient",
  prepare: ({ numbers }) => {
    const each = (what: string): number[] => DIAGNOSES.map(([, name]) => numbers.of(`icu.${what}.${name}`));
    const [shares, diabetic, deaths] = [each("share"), each("diabetes"), each("death")];
    const slope = numbers.of("icu.death.severity");
    const odds = movedTo(numbers.of("icu.death"), deaths.map(logit), shares, slope);
    const early = numbers.of("icu.death.early");
    const [aging, middle, spread] = [
      numbers.of("icu.severity.age"),
      numbers.of("icu.age.mean"),
      numbers.of("icu.age.sd"),
    ];
    const shared = numbers.of("icu.crisis.severity");
    const [younger, dka] = [numbers.of("icu.dka.age"), placeOf("dka")];
    const reasons = Float64Array.from(shares);
    const own = (part: number): number => Math.sqrt(1 - part * part);
    return (rows, rng) => {
      const age = rows.get("age");
      const [diagnosis, diabetes] = [rows.add("diagnosis"), rows.add("diabetes")];
      const [severity, crisis, crisisSeverity] = [
        rows.add("severity"),
        rows.add("crisis"),
        rows.add("crisis_severity"),
      ];
      const [died, deathHour] = [rows.add("died_in_hospital"), rows.add("death_hour")];
      for (let i = 0; i < rows.count; i++) {
        const years = ((age[i] as number) - middle) / spread;
        // of everyone it is as common as published, among the young more
        reasons[dka] = (shares[dka] as number) * Math.exp(younger * years - (younger * younger) / 2);
        const why = rng.weighted(reasons);
        diagnosis[i] = why;
        diabetes[i] = bernoulli(rng, diabetic[why] as number);
        const ill = aging * years + own(aging) * rng.normal();
        severity[i] = ill;
        crisis[i] = CRISIS.get(why) ?? 0;
        crisisSeverity[i] = shared * ill + own(shared) * rng.normal();
        died[i] = bernoulli(rng, logistic((odds[why] as number) + slope * ill));
        const [soon, when] = [rng.uniform() < early, rng.uniform()];
        deathHour[i] = died[i] === 1 && soon ? 4 + Math.floor((HOURS - 4) * when) : NaN;
      }
    };
  },
};
