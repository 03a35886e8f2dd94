import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bernoulli, logistic } from "../simulated-column.ts";
import { appointmentDay } from "../simulating/calendar.ts";
import { Rows } from "../simulating/rows.ts";
import type { Course } from "../simulating/stage.ts";
import { glucoseFor } from "./clinic-patient.ts";
import { DAY, FIRST_DAY, OBSERVED_DAYS } from "./diabetes-columns.ts";
import { emergencyRisk } from "./emergency-risk.ts";
import { intensification } from "./intensification.ts";
import { kidneysOver } from "./kidneys-over-time.ts";

const YEAR = 365.25;
const END = FIRST_DAY + OBSERVED_DAYS * DAY;

const CHANGING = [
  "age",
  "duration_years",
  "review_date",
  "weight_kg",
  "sbp",
  "hba1c",
  "glucose",
  "creatinine",
  "egfr",
  "acr",
  "treatment",
  "sglt2_inhibitor",
  "retinopathy",
  "emergency_admission",
] as const;
const OWN = ["patient", "visit", "missed_before", "died"] as const;
type Changing = (typeof CHANGING)[number];
type Review = Record<Changing, number>;
type Written = Record<Changing | (typeof OWN)[number], number[]>;

/** Yearly reviews to the end of the years observed, some of them missed; after death there is nothing. */
export const reviews: Course = {
  name: "reviews",
  prepare: ({ numbers }) => {
    const follow = overYears(numbers);
    return (patients, rng) => {
      const written = Object.fromEntries(
        [...CHANGING, ...OWN].map((name) => [name, [] as number[]]),
      ) as Written;
      for (let i = 0; i < patients.count; i++) follow(patients, i, rng, written);
      const visits = new Rows(written.patient.length, patients.first);
      for (const name of patients.names) {
        const values = patients.get(name);
        visits.set(
          name,
          Float64Array.from(written.patient, (place) => values[place] as number),
        );
      }
      for (const [name, values] of Object.entries(written)) visits.set(name, Float64Array.from(values));
      return visits;
    };
  },
};

function overYears(numbers: Numbers): (patients: Rows, place: number, rng: Rng, into: Written) => void {
  const of = (id: string): number => numbers.of(`dc.${id}`);
  const [spread, sbpDay, weightDay, sugarDay] = [
    of("review.spread"),
    of("sbp.day"),
    of("weight.day"),
    of("hba1c.day"),
  ];
  const [lowest, highest] = [of("hba1c.floor") / 2, of("hba1c.most")];
  const [intensify, kidneys, eyes] = [intensification(numbers), kidneysOver(numbers), eyesOver(numbers)];
  const [miss, risk, glucose] = [missing(numbers), emergencyRisk(numbers), glucoseFor(numbers)];
  return (patients, place, rng, into) => {
    const at = (name: string): number => patients.get(name)[place] as number;
    const first = Object.fromEntries(CHANGING.map((name) => [name, at(name)])) as Review;
    const [second, female, height, smoking] = [
      at("diabetes_type"),
      at("female"),
      at("height_cm"),
      at("smoking"),
    ];
    let now = first;
    let own = { hba1c: first.hba1c, sbp: first.sbp, weight: first.weight_kg };
    const kidney = kidneys(first.egfr, first.acr, first.sglt2_inhibitor);
    let [visit, missed] = [0, 0];
    write(into, now, place, visit++, missed);
    for (;;) {
      const days = YEAR + spread * Math.max(-2, Math.min(2, rng.normal()));
      const years = days / YEAR;
      const change = intensify(rng, second, now);
      const date = appointmentDay(now.review_date + Math.round(days) * DAY);
      own = {
        hba1c: own.hba1c + change.hba1c + change.drift * years,
        sbp: own.sbp + change.sbp,
        weight: own.weight + change.weight,
      };
      const age = now.age + years;
      if (kidney.goOn(rng, years, age, female, height, change.sglt2)) return died(into);
      if (date >= END) return;
      const found: Review = {
        ...now,
        age,
        duration_years: now.duration_years + years,
        review_date: date,
        weight_kg: Math.max(first.weight_kg / 2, own.weight + weightDay * rng.normal()),
        sbp: Math.max(first.sbp / 2, own.sbp + sbpDay * rng.normal()),
        hba1c: Math.max(lowest, Math.min(highest, own.hba1c + sugarDay * rng.normal())),
        ...kidney.measured(rng, age, female, height),
        treatment: change.treatment,
        sglt2_inhibitor: change.sglt2,
        retinopathy: now.retinopathy === 1 ? 1 : eyes(rng, years, now.hba1c),
      };
      found.glucose = glucose(rng, found.hba1c);
      found.emergency_admission = bernoulli(
        rng,
        logistic(risk(age, found.hba1c, found.egfr, smoking, found.sglt2_inhibitor)),
      );
      const absent = rng.uniform() < miss(age, now.hba1c);
      now = found;
      if (absent) missed++;
      else {
        write(into, now, place, visit++, missed);
        missed = 0;
      }
    }
  };
}

function write(into: Written, review: Review, place: number, visit: number, missed: number): void {
  for (const name of CHANGING) into[name].push(review[name]);
  into.patient.push(place);
  into.visit.push(visit);
  into.missed_before.push(missed);
  into.died.push(0);
}

/** The patient's last row is the last of all. */
function died(into: Written): void {
  into.died[into.died.length - 1] = 1;
}

function eyesOver(numbers: Numbers): (rng: Rng, years: number, hba1c: number) => number {
  const of = (id: string): number => numbers.of(`dc.retinopathy.${id}`);
  const [rate, byHba1c, middle] = [-Math.log(1 - of("rate")), of("hba1c"), of("hba1c.middle")];
  return (rng, years, hba1c) =>
    bernoulli(rng, 1 - Math.exp(-rate * years * Math.exp(byHba1c * (hba1c - middle))));
}

function missing(numbers: Numbers): (age: number, hba1c: number) => number {
  const of = (id: string): number => numbers.of(`dc.${id}`);
  const share = of("missed.share");
  const [at, byDecade, byHba1c] = [Math.log(share / (1 - share)), of("missed.decade"), of("missed.hba1c")];
  const [usual, middle] = [of("emergency.age.middle"), of("retinopathy.hba1c.middle")];
  return (age, hba1c) => logistic(at + (byDecade * (age - usual)) / 10 + byHba1c * (hba1c - middle));
}
