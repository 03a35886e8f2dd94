import type { Rng } from "../../../math/rng.ts";
import { filtration } from "../labs/formulas.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bernoulli } from "../simulating/chance.ts";
import { classOf, cutsOf } from "../simulating/ordered.ts";
import type { Stage } from "../simulating/stage.ts";
import { FUROSEMIDE, INHIBITORS } from "./heart-failure-columns.ts";
import { mraEffectOf } from "./visit-values.ts";

const NOT_GIVEN = INHIBITORS.length - 1;
const ARNI = INHIBITORS.indexOf("ARNI");

/** How often each drug is given, by whether the ejection fraction is reduced (1) or not (0). */
function sharesOf(numbers: Numbers, drug: string): [number, number] {
  return [numbers.of(`hf.${drug}.others`), numbers.of(`hf.${drug}.reduced`)];
}

/** Which inhibitor of those who have one: ARNI is for a reduced ejection fraction. */
function inhibitorOf(numbers: Numbers): (rng: Rng, reduced: number) => number {
  const kinds = ["ace", "arb", "arni"].map((kind) => numbers.of(`hf.raas.${kind}`));
  const others = kinds.map((share, kind) => (kind === ARNI ? 0 : share));
  // twice as many of half of the patients
  const most = kinds.map((share, kind) => (kind === ARNI ? 2 * share : share));
  return (rng, reduced) => rng.weighted(reduced === 1 ? most : others);
}

/**
 * What those admitted take, and what it does: `beta_blocker`, `raas_inhibitor` (a level), `mra`, `sglt2_inhibitor`,
 * `loop_diuretic`, `furosemide_mg`, and with them heart rate, potassium, and `egfr` of the creatinine.
 */
export const treatment: Stage = {
  name: "treatment",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "hf");
    const [beta, raas, mra] = [
      sharesOf(numbers, "beta_blocker"),
      sharesOf(numbers, "raas"),
      sharesOf(numbers, "mra"),
    ];
    const [limit, sglt2, loop] = [of("lvef.reduced.most"), of("sglt2.share"), of("loop.share")];
    const inhibitor = inhibitorOf(numbers);
    const doses = FUROSEMIDE.map((mg) => (mg === 0 ? 1 - loop : loop * of(`furosemide.${mg}`)));
    const [cuts, dosed] = [cutsOf(doses), of("furosemide.severity")];
    const rate = rateOf(numbers);
    const potassium = potassiumOf(numbers);
    const { of: egfrOf } = filtration(numbers);
    const [startBelow, creatinineBelow] = [of("mra.potassium.start"), of("mra.creatinine")];
    return (rows, rng) => {
      const [age, female, height] = [rows.get("age"), rows.get("female"), rows.get("height_cm")];
      const [lvef, severity, kidneys] = [rows.get("lvef"), rows.get("severity"), rows.get("kidneys")];
      const [creatinine, af] = [rows.get("creatinine"), rows.get("atrial_fibrillation")];
      const [onBeta, onRaas, onMra] = [rows.add("beta_blocker"), rows.add("raas_inhibitor"), rows.add("mra")];
      const [onSglt2, onLoop, mg] = [
        rows.add("sglt2_inhibitor"),
        rows.add("loop_diuretic"),
        rows.add("furosemide_mg"),
      ];
      const [pulse, k, egfr] = [rows.add("heart_rate"), rows.add("potassium"), rows.add("egfr")];
      for (let i = 0; i < rows.count; i++) {
        const reduced = (lvef[i] as number) < limit ? 1 : 0;
        onBeta[i] = bernoulli(rng, beta[reduced] as number);
        const inhibited = bernoulli(rng, raas[reduced] as number);
        onRaas[i] = inhibited === 1 ? inhibitor(rng, reduced) : NOT_GIVEN;
        onSglt2[i] = bernoulli(rng, sglt2);
        const z = dosed * (severity[i] as number) + Math.sqrt(1 - dosed ** 2) * rng.normal();
        mg[i] = FUROSEMIDE[classOf(cuts, z)] as number;
        onLoop[i] = Number((mg[i] as number) > 0);
        const own = potassium.own(rng, kidneys[i] as number);
        const may = own < startBelow && (creatinine[i] as number) < creatinineBelow;
        onMra[i] = may ? bernoulli(rng, mra[reduced] as number) : 0;
        k[i] = potassium.with(own, kidneys[i] as number, inhibited, onMra[i] as number);
        pulse[i] = rate(rng, severity[i] as number, af[i] as number, onBeta[i] as number);
        egfr[i] = egfrOf(creatinine[i] as number, age[i] as number, female[i] as number, height[i] as number);
      }
    };
  },
};

/** Heart rate by severity and rhythm; slower with a beta-blocker, around the share that takes one. */
function rateOf(numbers: Numbers): (rng: Rng, severity: number, af: number, beta: number) => number {
  const of = numbersOf(numbers, "hf");
  const [mean, sd] = [of("heart_rate.mean"), of("heart_rate.sd")];
  const [severe, fibrillating, blocked] = [
    of("heart_rate.severity"),
    of("heart_rate.atrial_fibrillation"),
    of("heart_rate.beta_blocker"),
  ];
  const fibrillation = of("atrial_fibrillation.share");
  const taking = (of("beta_blocker.reduced") + of("beta_blocker.others")) / 2;
  const rest = Math.sqrt(
    sd ** 2 -
      severe ** 2 -
      fibrillation * (1 - fibrillation) * fibrillating ** 2 -
      taking * (1 - taking) * blocked ** 2,
  );
  return (rng, severity, af, beta) => {
    // no heart of those who live beats at less than half of the mean
    const drawn =
      mean +
      severe * severity +
      fibrillating * (af - fibrillation) +
      blocked * (beta - taking) +
      rest * rng.normal();
    return Math.max(drawn, mean / 2);
  };
}

/** Potassium by kidneys, then with drugs, around the shares that take them. */
function potassiumOf(numbers: Numbers): {
  readonly own: (rng: Rng, kidneys: number) => number;
  readonly with: (own: number, kidneys: number, raas: number, mra: number) => number;
} {
  const of = numbersOf(numbers, "hf");
  const [mean, sd, renal] = [of("potassium.mean"), of("potassium.sd"), of("potassium.kidneys")];
  const [byRaas, byMra] = [of("potassium.raas"), mraEffectOf(numbers)];
  const taking = (drug: string): number => (of(`${drug}.reduced`) + of(`${drug}.others`)) / 2;
  const [raasShare, mraShare] = [taking("raas"), taking("mra")];
  const rest = Math.sqrt(sd ** 2 - renal ** 2);
  return {
    own: (rng, kidneys) => mean + renal * kidneys + rest * rng.normal(),
    with: (own, kidneys, raas, mra) =>
      own + byRaas * (raas - raasShare) + byMra(kidneys) * mra - byMra(0) * mraShare,
  };
}
