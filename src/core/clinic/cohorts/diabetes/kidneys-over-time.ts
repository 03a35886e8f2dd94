import type { Rng } from "../../../math/rng.ts";
import { filtration } from "../labs/formulas.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";

/** Kidneys of one patient from review to review. */
export interface Kidneys {
  /** Lets `years` pass; true where the patient dies in them. */
  readonly goOn: (
    rng: Rng,
    years: number,
    age: number,
    female: number,
    height: number,
    sglt2: number,
  ) => boolean;
  readonly measured: (
    rng: Rng,
    age: number,
    female: number,
    height: number,
  ) => { readonly egfr: number; readonly creatinine: number; readonly acr: number };
}

/** Stages of albuminuria go on and filtration falls at published rates; death by stage and age. */
export function kidneysOver(numbers: Numbers): (egfr: number, acr: number, sglt2: number) => Kidneys {
  const of = numbersOf(numbers, "dc");
  const rates = [of("albuminuria.micro"), of("albuminuria.macro"), 0].map((share) => -Math.log(1 - share));
  const [micro, macro, apart, widest] = [of("acr.micro"), of("acr.macro"), of("acr.apart"), of("acr.widest")];
  const starts: readonly (readonly [number, number])[] = [
    [0, micro],
    [micro * apart, macro / apart],
    [macro * apart, macro * widest],
  ];
  const { of: egfrOf, creatinine: creatinineOf } = filtration(numbers);
  const slope = slopes(numbers);
  const [dip, least, day] = [of("egfr.sglt2.dip"), of("egfr.least"), of("egfr.day")];
  const death = deathOver(numbers);
  return (egfr, acr, sglt2) => {
    let stage = acr >= macro ? 2 : Number(acr >= micro);
    let [filtered, leak, treated] = [egfr, acr, sglt2];
    return {
      goOn: (rng, years, age, female, height, on) => {
        const [dies, goesOn, where] = [rng.uniform(), rng.uniform(), rng.uniform()];
        const creatinine = creatinineOf(filtered, age, female, height);
        const begun = on - treated;
        filtered = Math.max(least, filtered + (slope(stage, on) * years + (begun > 0 ? dip : 0)));
        treated = on;
        if (dies < 1 - Math.exp(-death(stage, creatinine, age) * years)) return true;
        if (goesOn < 1 - Math.exp(-(rates[stage] as number) * years)) {
          stage++;
          const [from, to] = starts[stage] as readonly [number, number];
          leak = from * (to / from) ** where;
        }
        return false;
      },
      measured: (rng, age, female, height) => {
        const shown = Math.max(least, filtered + day * rng.normal());
        const creatinine = creatinineOf(shown, age, female, height);
        return { egfr: egfrOf(creatinine, age, female, height), creatinine, acr: leak };
      },
    };
  };
}

function slopes(numbers: Numbers): (stage: number, sglt2: number) => number {
  const of = numbersOf(numbers, "dc.egfr");
  const [usual, macro] = [
    [of("slope"), of("slope.sglt2")],
    [of("slope.macro"), of("slope.macro.sglt2")],
  ] as const;
  return (stage, sglt2) => (stage === 2 ? macro[sglt2] : usual[sglt2]) as number;
}

/** Deaths a year by stage of albuminuria, by raised creatinine, and by age. */
function deathOver(numbers: Numbers): (stage: number, creatinine: number, age: number) => number {
  const of = numbersOf(numbers, "dc.death");
  const rates = ["none", "micro", "macro"].map((it) => -Math.log(1 - of(it)));
  const renal = -Math.log(1 - of("renal"));
  const [raised, byAge, middle] = [of("creatinine"), of("age"), of("age.middle")];
  return (stage, creatinine, age) =>
    (creatinine >= raised ? renal : (rates[stage] as number)) * Math.exp(byAge * (age - middle));
}
