import type { Rng } from "../../../math/rng.ts";
import { filtration } from "../labs/formulas.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { classOf, cutsOf } from "../simulating/ordered.ts";

/** Drugs at a time: doses as shares of the target, 0 to 1. */
export interface Drugs {
  readonly betaBlocker: number;
  readonly raas: number;
  readonly mra: number;
  readonly sglt2: number;
}

/** What is measured at a visit, and what it hangs on. */
export interface Measured {
  readonly sbp: number;
  readonly dbp: number;
  readonly heart_rate: number;
  readonly weight_kg: number;
  readonly severity: number;
  /** how limited among their like, about standard normal; the class follows from it */
  readonly limited: number;
  readonly nyha: number;
  readonly creatinine: number;
  readonly egfr: number;
  readonly urea: number;
  readonly sodium: number;
  readonly potassium: number;
  readonly haemoglobin: number;
  readonly nt_probnp: number;
}

/** The patient as admitted. */
export interface AtAdmission extends Measured {
  readonly height_cm: number;
  readonly female: number;
  readonly preserved: number;
  readonly kidneys: number;
  readonly drugs: Drugs;
}

export interface Moment {
  readonly age: number;
  /** years since admission, and those of them with an SGLT2 inhibitor begun since */
  readonly years: number;
  readonly treatedYears: number;
  readonly drugs: Drugs;
  /** as ill as at admission, or recovered */
  readonly acute: boolean;
}

/** Draws what a visit finds: a patient's own level, what drugs and time did to it, and what is of that day. */
export function valuesOf(numbers: Numbers): (rng: Rng, first: AtAdmission, at: Moment) => Measured {
  const of = numbersOf(numbers, "hf");
  const [own, ownBlood] = [of("own.pressure"), of("own.blood")];
  const drift = (rng: Rng, share: number, value: number, mean: number, sd: number): number =>
    mean + share * (value - mean) + Math.sqrt(1 - share ** 2) * sd * rng.normal();
  const nyha = classesOf(numbers);
  const [judged, recovery] = [of("nyha.severity"), of("severity.recovery")];
  const [sbpMean, sbpSd, hump, half] = [
    of("sbp.mean"),
    of("sbp.sd"),
    of("sbp.preserved"),
    of("lvef.preserved"),
  ];
  const [dbpMean, dbpSd] = [of("dbp.mean"), of("dbp.sd")];
  const [rateMean, rateSd, slowed, pressed] = [
    of("heart_rate.mean"),
    of("heart_rate.sd"),
    of("heart_rate.beta_blocker"),
    of("sbp.raas"),
  ];
  const weightSd = of("weight.sd");
  const [sodium, sodiumSd] = [of("sodium.mean"), of("sodium.sd")];
  const [iron, ironSd] = [of("haemoglobin.mean"), of("haemoglobin.sd")];
  const kidneys = kidneysOf(numbers);
  const potassium = potassiumAt(numbers);
  const probnp = probnpOf(numbers, ownBlood);
  return (rng, first, at) => {
    const before = first.drugs;
    const severity =
      own * first.severity + (at.acute ? 0 : recovery) + Math.sqrt(1 - own ** 2) * rng.normal();
    // what the class says beside severity is partly the patient's own too
    const rest = Math.sqrt(1 - judged ** 2);
    const judgedAtFirst = (first.limited - judged * first.severity) / rest;
    const limited = judged * severity + rest * (own * judgedAtFirst + Math.sqrt(1 - own ** 2) * rng.normal());
    const ownSbp = sbpMean + hump * (first.preserved - half);
    const sbp = Math.max(
      sbpMean / 2,
      drift(rng, own, first.sbp, ownSbp, sbpSd) + pressed * (at.drugs.raas - before.raas),
    );
    const dbp = drift(rng, own, first.dbp, dbpMean, dbpSd);
    return {
      sbp,
      dbp: Math.max(dbpMean / 2, Math.min(dbp, sbp - 12)),
      heart_rate: Math.max(
        rateMean / 2,
        drift(rng, own, first.heart_rate, rateMean, rateSd) +
          slowed * (at.drugs.betaBlocker - before.betaBlocker),
      ),
      weight_kg: first.weight_kg * (1 + weightSd * rng.normal()),
      severity,
      limited,
      nyha: nyha(limited, at.acute),
      ...kidneys(rng, first, at),
      sodium: drift(rng, ownBlood, first.sodium, sodium, sodiumSd),
      potassium: potassium(rng, first, at),
      haemoglobin: drift(rng, ownBlood, first.haemoglobin, iron, ironSd),
      nt_probnp: probnp(rng, first, at, severity),
    };
  };
}

/** NYHA class of how limited somebody is: most who are being admitted are in III and IV, most at a planned visit in I and II. */
function classesOf(numbers: Numbers): (limited: number, acute: boolean) => number {
  const cuts = (when: string): Float64Array =>
    cutsOf([1, 2, 3, 4].map((it) => numbers.of(`hf.nyha.${when}${it}`)));
  const [acutely, planned] = [cuts("admitted."), cuts("")];
  return (limited, acute) => classOf(acute ? acutely : planned, limited);
}

/** Filtration falls with time, more slowly with an SGLT2 inhibitor after the dip at its start; creatinine and urea follow. */
function kidneysOf(
  numbers: Numbers,
): (rng: Rng, first: AtAdmission, at: Moment) => Pick<Measured, "creatinine" | "egfr" | "urea"> {
  const of = numbersOf(numbers, "hf");
  const [slope, slower, dip, least] = [
    of("egfr.slope"),
    of("egfr.slope.sglt2"),
    of("egfr.sglt2.dip"),
    of("egfr.least"),
  ];
  const [rise, sd, share] = [of("creatinine.raas"), of("creatinine.sd"), of("own.blood")];
  const noise = (sd * (1 - share)) / 2;
  const { of: egfrOf, creatinine: creatinineOf } = filtration(numbers);
  return (rng, first, { age, years, treatedYears, drugs }) => {
    const begun = drugs.sglt2 - first.drugs.sglt2;
    const slow = first.drugs.sglt2 === 1 ? years : treatedYears;
    const egfr = Math.max(
      least,
      first.egfr + slope * (years - slow) + slower * slow + dip * Math.max(0, begun),
    );
    const creatinine =
      creatinineOf(egfr, age, first.female, first.height_cm) * Math.exp(noise * rng.normal()) +
      rise * (drugs.raas - first.drugs.raas);
    const shown = Math.max(creatinine, first.creatinine / 3);
    return {
      creatinine: shown,
      egfr: egfrOf(shown, age, first.female, first.height_cm),
      urea: first.urea * (shown / first.creatinine) * Math.exp(noise * rng.normal()),
    };
  };
}

/** Potassium of the patient, of the day, and of drugs: an MRA raises it more where kidneys are poor. */
function potassiumAt(numbers: Numbers): (rng: Rng, first: AtAdmission, at: Moment) => number {
  const of = numbersOf(numbers, "hf");
  const [mean, sd, share] = [of("potassium.mean"), of("potassium.sd"), of("own.blood")];
  const [byRaas, wilder] = [of("potassium.raas"), of("potassium.day.kidneys")];
  const byMra = mraEffectOf(numbers);
  return (rng, first, { drugs }) => {
    const z = rng.normal();
    const ofDay = z > 0 ? z * (1 + wilder * Math.max(0, first.kidneys)) : z;
    return (
      mean +
      share * (first.potassium - mean) +
      Math.sqrt(1 - share ** 2) * sd * ofDay +
      byRaas * (drugs.raas - first.drugs.raas) +
      byMra(first.kidneys) * (drugs.mra - first.drugs.mra)
    );
  };
}

/** What an MRA adds to potassium, by spreads of creatinine; the published effect on average. */
export function mraEffectOf(numbers: Numbers): (kidneys: number) => number {
  const [mean, more] = [numbers.of("hf.potassium.mra"), numbers.of("hf.potassium.mra.kidneys")];
  // mean of the positive part of a standard normal
  const average = 1 / Math.sqrt(2 * Math.PI);
  return (kidneys) => (mean * (1 + more * Math.max(0, kidneys))) / (1 + more * average);
}

function probnpOf(
  numbers: Numbers,
  share: number,
): (rng: Rng, first: AtAdmission, at: Moment, severity: number) => number {
  const of = numbersOf(numbers, "hf");
  const middles = [Math.log(of("nt_probnp.reduced")), Math.log(of("nt_probnp.preserved"))];
  const [home, back, severe, sd] = [
    of("nt_probnp.discharge"),
    of("readmission.nt_probnp"),
    of("nt_probnp.severity"),
    of("nt_probnp.sd"),
  ];
  const noise = (Math.sqrt(1 - share ** 2) * sd) / 2;
  const most = of("nt_probnp.most");
  return (rng, first, { acute }, severity) => {
    const middle = middles[first.preserved] as number;
    const log =
      middle +
      share * (Math.log(first.nt_probnp) - middle) +
      (acute ? back : home) +
      severe * (severity - first.severity) +
      noise * rng.normal();
    return Math.min(most, Math.exp(log));
  };
}
