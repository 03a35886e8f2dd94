import { logistic, logit } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import { glycation } from "../labs/formulas.ts";
import { skewedDeviation } from "../labs/log-normal.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { appointmentDay, DAY, OBSERVED_DAYS } from "../simulating/calendar.ts";
import { bernoulli, clamp } from "../simulating/chance.ts";
import { classOf, cutsOf } from "../simulating/ordered.ts";
import type { Stage } from "../simulating/stage.ts";
import { FIRST_REVIEWS, TREATMENTS } from "./diabetes-columns.ts";
import { emergencyRisk } from "./emergency-risk.ts";

const INSULIN = TREATMENTS.indexOf("Insulin");

/**
 * A patient of the clinic at the first review: `diabetes_type` (0 Type 1, 1 Type 2), `duration_years`, `hba1c` and `glucose`
 * that agree, weight and body mass index of type 1, `treatment` (a level), `sglt2_inhibitor`, `retinopathy`, `acr` by sugar
 * and years, `review_date`, `emergency_admission`.
 */
export const clinicPatient: Stage = {
  name: "clinic",
  prepare: ({ numbers }) => {
    const [kind, sugar, glucoseOf] = [kindOf(numbers), sugarOf(numbers), glucoseFor(numbers)];
    const [treated, eyes, risk] = [treatmentOf(numbers), eyesOf(numbers), emergencyRisk(numbers)];
    const of = numbersOf(numbers, "dc");
    const [byHba1c, byYear] = [of("acr.hba1c"), of("acr.year")];
    const lighter = of("type1.weight");
    const [middle, usual] = [of("retinopathy.hba1c.middle"), of("duration.type2")];
    return (rows, rng) => {
      const [age, smoking, egfr, acr] = [
        rows.get("age"),
        rows.get("smoking"),
        rows.get("egfr"),
        rows.get("acr"),
      ];
      const [type, duration, hba1c, glucose] = [
        rows.add("diabetes_type"),
        rows.add("duration_years"),
        rows.get("hba1c"),
        rows.get("glucose"),
      ];
      const [treatment, sglt2, retinopathy] = [
        rows.add("treatment"),
        rows.add("sglt2_inhibitor"),
        rows.add("retinopathy"),
      ];
      const [weight, bmi] = [rows.get("weight_kg"), rows.get("bmi")];
      const [date, emergency] = [rows.add("review_date"), rows.add("emergency_admission")];
      for (let i = 0; i < rows.count; i++) {
        const years = age[i] as number;
        const second = kind.second(rng, years);
        const [lasting, lasted] = kind.duration(rng, second, years);
        const [value, z] = sugar(rng, second);
        const given = treated(rng, second, z, lasted);
        type[i] = second;
        if (second === 0) {
          weight[i] = (weight[i] as number) * lighter;
          bmi[i] = (bmi[i] as number) * lighter;
        }
        duration[i] = lasting;
        hba1c[i] = value;
        glucose[i] = glucoseOf(rng, value);
        treatment[i] = given.step;
        sglt2[i] = given.sglt2;
        retinopathy[i] = eyes(rng, lasting, value);
        acr[i] = (acr[i] as number) * Math.exp(byHba1c * (value - middle) + byYear * (lasting - usual));
        date[i] = appointmentDay(FIRST_REVIEWS + rng.integer(OBSERVED_DAYS) * DAY);
        const odds = risk(years, value, egfr[i] as number, smoking[i] as number, given.sglt2);
        emergency[i] = bernoulli(rng, logistic(odds));
      }
    };
  },
};

/** Type of diabetes by age, and how long it has lasted: years, and their place among all as a standard normal. */
function kindOf(numbers: Numbers) {
  const of = numbersOf(numbers, "dc");
  const share = of("type1.share");
  const [at, decade, least, from] = [logit(share), of("type1.decade"), of("type1.least"), of("type1.age")];
  const middles = [Math.log(of("duration.type1")), Math.log(of("duration.type2"))];
  const earliest = [of("onset.type1"), of("onset.type2")];
  const sd = of("duration.sd");
  return {
    second: (rng: Rng, age: number) =>
      1 - bernoulli(rng, Math.max(least, logistic(at + (decade * (age - from)) / 10))),
    duration: (rng: Rng, second: number, age: number): [number, number] => {
      const z = rng.normal();
      const drawn = Math.exp((middles[second] as number) + sd * z);
      // who is young cannot have had it for longer than that
      const most = Math.max(0, age - (earliest[second] as number));
      return [drawn < most ? drawn : most * rng.uniform(), z];
    },
  };
}

/** HbA1c by type, and the standard normal that it came from. */
function sugarOf(numbers: Numbers): (rng: Rng, second: number) => [number, number] {
  const of = numbersOf(numbers, "dc.hba1c");
  const [floor, most] = [of("floor"), of("most")];
  const [first, firstSd] = [Math.log(of("type1")), of("type1.sd")];
  const [second, secondSd] = [Math.log(of("type2")), of("type2.sd")];
  return (rng, type) => {
    const z = rng.normal();
    const value = type === 0 ? Math.exp(first + firstSd * z) : floor + Math.exp(second + secondSd * z);
    return [Math.min(most, value), z];
  };
}

/** A glucose around the mean that an HbA1c stands for, as laboratory values of everyone have it. */
export function glucoseFor(numbers: Numbers): (rng: Rng, hba1c: number) => number {
  const { meanGlucose } = glycation(numbers);
  const of = numbersOf(numbers, "glucose.with");
  const [follows, sd, least] = [of("follows"), of("sd"), numbers.of("glucose.least")];
  const deviation = skewedDeviation(numbers.of("glucose.skew"));
  const start = of("mean") - follows * meanGlucose(of("hba1c"));
  return (rng, hba1c) => Math.max(least, start + follows * meanGlucose(hba1c) + sd * deviation(rng.normal()));
}

/** Insulin in type 1; in type 2 a step that rises with sugar and years, and an SGLT2 inhibitor beside any drug. */
function treatmentOf(
  numbers: Numbers,
): (rng: Rng, second: number, sugar: number, lasted: number) => { step: number; sglt2: number } {
  const of = numbersOf(numbers, "dc");
  const cuts = cutsOf(["diet", "tablets", "glp1", "insulin"].map((it) => of(`treatment.${it}`)));
  const [bySugar, byYears, share] = [of("treatment.sugar"), of("treatment.duration"), of("sglt2.share")];
  const rest = Math.sqrt(1 - bySugar ** 2 - byYears ** 2);
  return (rng, second, sugar, lasted) => {
    const step =
      second === 0 ? INSULIN : classOf(cuts, bySugar * sugar + byYears * lasted + rest * rng.normal());
    const also = bernoulli(rng, share);
    return { step, sglt2: second === 1 && step > 0 ? also : 0 };
  };
}

function eyesOf(numbers: Numbers): (rng: Rng, duration: number, hba1c: number) => number {
  const of = numbersOf(numbers, "dc.retinopathy");
  const share = of("share");
  const [at, byYear, from, most] = [logit(share), of("year"), of("from"), of("most")];
  const [byHba1c, middle] = [of("hba1c"), of("hba1c.middle")];
  return (rng, duration, hba1c) =>
    bernoulli(rng, logistic(at + byYear * (clamp(duration, 0, most) - from) + byHba1c * (hba1c - middle)));
}
