import { logistic, logit } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { byName } from "../simulating/by-name.ts";
import { appointmentDay, DAY, DAYS_A_YEAR, OBSERVED_DAYS } from "../simulating/calendar.ts";
import { bernoulli, clamp } from "../simulating/chance.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Course } from "../simulating/stage.ts";
import { visitsOf } from "../simulating/visits-of.ts";
import { glucoseFor } from "./clinic-patient.ts";
import { FIRST_REVIEWS } from "./diabetes-columns.ts";
import { emergencyRisk } from "./emergency-risk.ts";
import { intensification } from "./intensification.ts";
import type { Change } from "./intensification.ts";
import { kidneysOver } from "./kidneys-over-time.ts";
import type { Kidneys } from "./kidneys-over-time.ts";

const END = FIRST_REVIEWS + OBSERVED_DAYS * DAY;

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
      const written: Written = byName([...CHANGING, ...OWN], () => []);
      for (let i = 0; i < patients.count; i++) follow(patients, i, rng, written);
      return visitsOf(patients, written);
    };
  },
};

type Model = ReturnType<typeof modelOf>;

function modelOf(numbers: Numbers) {
  const of = numbersOf(numbers, "dc");
  return {
    spread: of("review.spread"),
    sbpDay: of("sbp.day"),
    weightDay: of("weight.day"),
    sugarDay: of("hba1c.day"),
    lowest: of("hba1c.floor") / 2,
    highest: of("hba1c.most"),
    intensify: intensification(numbers),
    kidneys: kidneysOver(numbers),
    eyes: eyesOver(numbers),
    miss: missing(numbers),
    risk: emergencyRisk(numbers),
    glucose: glucoseFor(numbers),
  };
}

/** A patient of the clinic, and what is the patient's own beside what one day adds. */
interface Patient {
  readonly first: Review;
  readonly second: number;
  readonly female: number;
  readonly height: number;
  readonly smoking: number;
  readonly kidney: Kidneys;
  readonly own: { hba1c: number; sbp: number; weight: number };
}

function patientAt({ kidneys }: Model, patients: Rows, place: number): Patient {
  const at = (name: string): number => patients.get(name)[place] as number;
  const first: Review = byName(CHANGING, at);
  return {
    first,
    second: at("diabetes_type"),
    female: at("female"),
    height: at("height_cm"),
    smoking: at("smoking"),
    kidney: kidneys(first.egfr, first.acr, first.sglt2_inhibitor),
    own: { hba1c: first.hba1c, sbp: first.sbp, weight: first.weight_kg },
  };
}

function overYears(numbers: Numbers): (patients: Rows, place: number, rng: Rng, into: Written) => void {
  const model = modelOf(numbers);
  return (patients, place, rng, into) => {
    const patient = patientAt(model, patients, place);
    const { second, female, height, kidney, own } = patient;
    let now = patient.first;
    let [visit, missed] = [0, 0];
    write(into, now, place, visit++, missed);
    for (;;) {
      const days = DAYS_A_YEAR + model.spread * clamp(rng.normal(), -2, 2);
      const years = days / DAYS_A_YEAR;
      const change = model.intensify(rng, second, now);
      const date = appointmentDay(now.review_date + Math.round(days) * DAY);
      own.hba1c += change.hba1c + change.drift * years;
      own.sbp += change.sbp;
      own.weight += change.weight;
      if (kidney.goOn(rng, years, now.age + years, female, height, change.sglt2)) return died(into);
      if (date >= END) return;
      const found = reviewOn(model, patient, now, { date, years, change }, rng);
      const absent = rng.uniform() < model.miss(found.age, now.hba1c);
      now = found;
      if (absent) missed++;
      else {
        write(into, now, place, visit++, missed);
        missed = 0;
      }
    }
  };
}

/** What a review finds, `years` after the one before. */
function reviewOn(
  model: Model,
  { first, female, height, smoking, kidney, own }: Patient,
  before: Review,
  { date, years, change }: { readonly date: number; readonly years: number; readonly change: Change },
  rng: Rng,
): Review {
  const age = before.age + years;
  const found: Review = {
    ...before,
    age,
    duration_years: before.duration_years + years,
    review_date: date,
    weight_kg: Math.max(first.weight_kg / 2, own.weight + model.weightDay * rng.normal()),
    sbp: Math.max(first.sbp / 2, own.sbp + model.sbpDay * rng.normal()),
    hba1c: clamp(own.hba1c + model.sugarDay * rng.normal(), model.lowest, model.highest),
    ...kidney.measured(rng, age, female, height),
    treatment: change.treatment,
    sglt2_inhibitor: change.sglt2,
    retinopathy: before.retinopathy === 1 ? 1 : model.eyes(rng, years, before.hba1c),
  };
  found.glucose = model.glucose(rng, found.hba1c);
  const odds = model.risk(age, found.hba1c, found.egfr, smoking, found.sglt2_inhibitor);
  found.emergency_admission = bernoulli(rng, logistic(odds));
  return found;
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
  const of = numbersOf(numbers, "dc.retinopathy");
  const [rate, byHba1c, middle] = [-Math.log(1 - of("rate")), of("hba1c"), of("hba1c.middle")];
  return (rng, years, hba1c) =>
    bernoulli(rng, 1 - Math.exp(-rate * years * Math.exp(byHba1c * (hba1c - middle))));
}

function missing(numbers: Numbers): (age: number, hba1c: number) => number {
  const of = numbersOf(numbers, "dc");
  const share = of("missed.share");
  const [at, byDecade, byHba1c] = [logit(share), of("missed.decade"), of("missed.hba1c")];
  const [usual, middle] = [of("emergency.age.middle"), of("retinopathy.hba1c.middle")];
  return (age, hba1c) => logistic(at + (byDecade * (age - usual)) / 10 + byHba1c * (hba1c - middle));
}
