import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import {
  bernoulli,
  clamp,
  coded,
  dated,
  logistic,
  measured,
  recordNumbers,
  tableOf,
  yesNo,
} from "./simulated-column.ts";

const TREATMENTS = ["Diet", "Tablets", "GLP-1", "Insulin"] as const;
const SMOKING = ["Current", "Former", "Never"] as const;
const DAY = 86_400_000;

/** What stays with a patient between annual reviews. */
interface Patient {
  readonly female: number;
  readonly type1: number;
  readonly ageAtStart: number;
  readonly duration: number;
  readonly height: number;
  readonly bmi: number;
  readonly control: number;
  readonly kidneys: number;
  readonly smoking: number;
  readonly start: number;
}

interface Review {
  readonly patient: number;
  readonly date: number;
  readonly age: number;
  readonly duration: number;
  readonly bmi: number;
  readonly hba1c: number;
  readonly sbp: number;
  readonly egfr: number;
  readonly acr: number;
  readonly treatment: number;
  readonly retinopathy: number;
  readonly admitted: number;
}

function enrol(rng: Rng): Patient {
  const type1 = bernoulli(rng, 0.14);
  const female = bernoulli(rng, 0.46);
  const age = type1 ? clamp(36 + 14 * rng.normal(), 16, 80) : clamp(62 + 11 * rng.normal(), 28, 92);
  return {
    female,
    type1,
    ageAtStart: age,
    duration: Math.min(Math.exp((type1 ? 2.6 : 1.7) + 0.8 * rng.normal()), age - (type1 ? 4 : 20)),
    height: clamp(173 - 13 * female + 7 * rng.normal(), 142, 203),
    bmi: clamp((type1 ? 26 : 31.5) + 5.2 * rng.normal(), 17, 58),
    control: rng.normal(),
    kidneys: rng.normal(),
    smoking: rng.weighted([0.16, 0.33, 0.51]),
    start: Date.UTC(2018, 0, 1) + rng.integer(1200) * DAY,
  };
}

function review(rng: Rng, patient: number, it: Patient, visit: number): Review {
  const years = visit * (1 + 0.04 * rng.normal());
  const age = it.ageAtStart + years;
  const duration = it.duration + years;
  const load = 0.5 * it.control + 0.035 * Math.min(duration, 30);
  const treatment = it.type1
    ? 3
    : rng.weighted([
        Math.exp(0.3 - 1.4 * load),
        2.4,
        Math.exp(-0.6 + 0.5 * load),
        Math.exp(-1.6 + 1.1 * load),
      ]);
  const hba1c = clamp(54 + 8 * it.control + 2.4 * treatment + 5 * rng.normal(), 31, 142);
  const egfr = clamp(128 - 0.72 * age - 0.45 * duration + 11 * it.kidneys + 5 * rng.normal(), 6, 120);
  const acr = Math.exp(0.7 - 0.022 * (egfr - 80) + 0.02 * (hba1c - 58) + 0.9 * rng.normal());
  const retinopathy = bernoulli(rng, logistic(-2.3 + 0.07 * duration + 0.02 * (hba1c - 58)));
  const risk = -2.75 + 0.03 * (age - 60) + 0.018 * (hba1c - 58) - 0.02 * (egfr - 75) + 0.35 * retinopathy;
  return {
    patient,
    date: it.start + Math.round(visit * 365 + 21 * rng.normal()) * DAY,
    age,
    duration,
    bmi: it.bmi + 0.8 * rng.normal() - 0.5 * (treatment === 2 ? 1 : 0) * visit,
    hba1c,
    sbp: clamp(121 + 0.22 * age + 0.3 * (it.bmi - 30) + 12 * rng.normal(), 84, 214),
    egfr,
    acr: clamp(acr, 0.3, 420),
    treatment,
    retinopathy,
    admitted: bernoulli(rng, logistic(risk)),
  };
}

/** Annual reviews of a diabetes clinic: one to five per patient, emergency admission in about 7 of 100. */
export function simulateDiabetes(rows: number, rng: Rng): Table {
  const patients: Patient[] = [];
  const reviews: Review[] = [];
  while (reviews.length < rows) {
    const patient = enrol(rng);
    const visits = 1 + rng.weighted([0.24, 0.26, 0.22, 0.17, 0.11]);
    for (let visit = 0; visit < visits && reviews.length < rows; visit++) {
      reviews.push(review(rng, patients.length, patient, visit));
    }
    patients.push(patient);
  }
  const ids = recordNumbers(rng, "DC", patients.length);
  const of = (it: Review): Patient => patients[it.patient] as Patient;
  const numbers = (pick: (it: Review) => number): Float64Array => Float64Array.from(reviews, pick);
  const codes = (pick: (it: Review) => number): Int32Array => Int32Array.from(reviews, pick);
  const missing = (p: (it: Review) => number, pick: (it: Review) => number): Float64Array =>
    numbers((it) => (bernoulli(rng, p(it)) ? NaN : pick(it)));
  return tableOf("diabetes_clinic_simulated.csv", rows, [
    coded(
      "patient_id",
      codes((it) => it.patient),
      ids,
      {
        kind: "identifier",
        role: "identifier",
        reason:
          "A record number with several rows each; keeps the rows of a patient together and is never learned.",
      },
    ),
    dated(
      "review_date",
      numbers((it) => it.date),
      DAY,
      "YYYY-MM-DD",
      "Date of the annual review.",
    ),
    measured(
      "age",
      numbers((it) => it.age),
      0,
      "Whole years; age marks groups to be compared.",
      "sensitive",
    ),
    coded(
      "sex",
      codes((it) => 1 - of(it).female),
      ["Female", "Male"],
      {
        kind: "category",
        role: "sensitive",
        reason: "Two levels; sex marks a group to be compared.",
      },
    ),
    coded(
      "diabetes_type",
      codes((it) => 1 - of(it).type1),
      ["Type 1", "Type 2"],
      {
        kind: "category",
        reason: "Two levels.",
      },
    ),
    measured(
      "duration_years",
      numbers((it) => it.duration),
      1,
      "Years with one decimal.",
    ),
    measured(
      "height_cm",
      numbers((it) => of(it).height),
      0,
      "Whole centimetres.",
    ),
    measured(
      "bmi",
      missing(
        (it) => 0.03 + 0.002 * Math.max(0, it.age - 70),
        (it) => it.bmi,
      ),
      1,
      "kg/m² with one decimal.",
    ),
    coded(
      "smoking",
      codes((it) => (bernoulli(rng, 0.06) ? -1 : of(it).smoking)),
      SMOKING,
      {
        kind: "category",
        reason: "Three levels.",
      },
    ),
    measured(
      "sbp",
      numbers((it) => it.sbp),
      0,
      "Whole mmHg.",
    ),
    measured(
      "hba1c",
      missing(
        (it) => 0.02 + 0.05 * (it.treatment === 0 ? 1 : 0),
        (it) => it.hba1c,
      ),
      0,
      "Whole mmol/mol.",
    ),
    measured(
      "egfr",
      numbers((it) => it.egfr),
      0,
      "Whole mL/min/1.73 m².",
    ),
    measured(
      "acr",
      missing(
        (it) => (it.egfr > 90 ? 0.34 : 0.12),
        (it) => it.acr,
      ),
      1,
      "mg/mmol with one decimal.",
    ),
    coded(
      "treatment",
      codes((it) => it.treatment),
      TREATMENTS,
      { kind: "category", reason: "Four levels." },
    ),
    yesNo(
      "retinopathy",
      codes((it) => it.retinopathy),
      "Yes or no.",
    ),
    yesNo(
      "emergency_admission",
      codes((it) => it.admitted),
      "Yes or no; the last column, an outcome.",
      "target",
    ),
  ]);
}
