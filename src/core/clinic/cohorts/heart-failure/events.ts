import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { DAYS_A_YEAR } from "../simulating/calendar.ts";

/** What readmission and death hang on between two visits. */
export interface Condition {
  readonly age: number;
  readonly female: number;
  readonly diabetes: number;
  readonly copd: number;
  readonly lvef: number;
  readonly sbp: number;
  readonly creatinine: number;
  /** NYHA III or IV */
  readonly severe: boolean;
  /** shares of the target dose, 0 to 1 */
  readonly betaBlocker: number;
  readonly raas: number;
  readonly mra: number;
  readonly sglt2: number;
}

/** Days from admission within which something may happen, and what is known of them. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly discharge: number;
  /** day of a death that the admission's own risk brings, NaN for none */
  readonly deathDay: number;
}

export interface Happening {
  /** NaN for none within the span */
  readonly death: number;
  readonly readmission: number;
}

/** Draws what happens in a span: death after the first 30 days, readmission any time; drugs lower both where they did in trials. */
export function eventsOf(numbers: Numbers): (rng: Rng, it: Condition, span: Span) => Happening {
  const early = numbers.of("hf.early.days");
  const [death, readmission] = [deathRate(numbers), readmissionRate(numbers)];
  const [first, later] = [numbers.of("hf.readmission.rate.early"), numbers.of("hf.readmission.rate")];
  const within = (from: number, to: number): number => Math.max(0, to - from) / DAYS_A_YEAR;
  return (rng, it, { from, to, discharge, deathDay }) => {
    const young = within(from, Math.min(to, discharge + early));
    const old = within(Math.max(from, discharge + early), to);
    const again = 1 - Math.exp(-(first * young + later * old) * readmission(it));
    const readmitted = rng.uniform() < again ? from + (to - from) * rng.uniform() : NaN;
    const begin = Math.max(from, early);
    const dies = rng.uniform() < 1 - Math.exp(-death(it) * within(begin, to));
    const at = dies ? begin + (to - begin) * rng.uniform() : NaN;
    const own = deathDay >= from && deathDay < to ? deathDay : at;
    return { death: own, readmission: readmitted >= own ? NaN : readmitted };
  };
}

/** Deaths a year after the first 30 days. */
function deathRate(numbers: Numbers): (it: Condition) => number {
  const of = numbersOf(numbers, "hf.death");
  const [rate, byAge, male, diabetes, copd] = [of("rate"), of("age"), of("male"), of("diabetes"), of("copd")];
  const [severe, creatinine] = [of("nyha.severe"), of("creatinine")];
  const [age, usual] = [numbers.of("failing.mean"), numbers.of("hf.creatinine.median")];
  const log = (drug: string): number => Math.log(of(drug));
  const [beta, raas, mra, sglt2] = [log("beta_blocker"), log("raas"), log("mra"), log("sglt2")];
  const reduced = numbers.of("hf.lvef.reduced.most");
  return (it) => {
    const treated =
      it.lvef < reduced ? beta * it.betaBlocker + raas * it.raas + mra * it.mra + sglt2 * it.sglt2 : 0;
    return (
      rate *
      Math.exp(
        byAge * (it.age - age) +
          male * (1 - it.female) +
          diabetes * it.diabetes +
          copd * it.copd +
          (it.severe ? severe : 0) +
          creatinine * (it.creatinine - usual) +
          treated,
      )
    );
  };
}

/** What the rate of readmission of a patient at all middles is multiplied by. */
function readmissionRate(numbers: Numbers): (it: Condition) => number {
  const log = (id: string): number => Math.log(numbers.of(`hf.readmission.${id}`));
  const [decade, severe, lvef, creatinine] = [
    log("decade"),
    log("nyha.severe"),
    log("lvef"),
    log("creatinine"),
  ];
  const [sbp, diabetes, mra, sglt2] = [log("sbp"), log("diabetes"), log("mra"), log("sglt2")];
  const [age, usual, pressure] = [
    numbers.of("failing.mean"),
    numbers.of("hf.creatinine.median"),
    numbers.of("hf.sbp.mean"),
  ];
  const [middle, unit] = [numbers.of("hf.readmission.lvef.middle"), numbers.of("ckd_epi.umol_per_mg")];
  const reduced = numbers.of("hf.lvef.reduced.most");
  return (it) =>
    Math.exp(
      (decade * (it.age - age)) / 10 +
        (it.severe ? severe : 0) +
        (lvef * (it.lvef - middle)) / 10 +
        (creatinine * (it.creatinine - usual)) / unit +
        (sbp * (it.sbp - pressure)) / 10 +
        diabetes * it.diabetes +
        (it.lvef < reduced ? mra * it.mra + sglt2 * it.sglt2 : 0),
    );
}
