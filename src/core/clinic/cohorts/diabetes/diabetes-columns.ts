import { age, sex } from "../common-columns.ts";
import type { CohortColumn } from "../cohort.ts";
import { SMOKING } from "../conditions/comorbidity.ts";
import { DAY } from "../simulating/calendar.ts";

const TYPES = ["Type 1", "Type 2"] as const;
export const TREATMENTS = ["Diet", "Tablets", "GLP-1", "Insulin"] as const;

/** First reviews are from here on; reviews go on to the end of the days observed. */
export const FIRST_REVIEWS = Date.UTC(2018, 0, 1);

const number = (decimals: number): CohortColumn["shown"] => ({ as: "number", decimals });

const body: readonly CohortColumn[] = [
  {
    name: "height_cm",
    level: 1,
    shown: number(0),
    unit: "cm",
    loinc: "8302-2",
    reason: "Whole centimetres.",
    steady: true,
  },
  {
    name: "bmi",
    level: 1,
    shown: number(1),
    unit: "kg/m2",
    loinc: "39156-5",
    reason: "From weight and height, kg/m² with one decimal.",
  },
];

const labs: readonly CohortColumn[] = [
  {
    name: "hba1c",
    level: 2,
    shown: number(0),
    unit: "mmol/mol",
    loinc: "59261-8",
    reason: "Whole mmol/mol.",
  },
  {
    name: "glucose",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "14749-6",
    reason: "Around the mean glucose that HbA1c stands for.",
  },
  {
    name: "creatinine",
    level: 2,
    shown: number(0),
    unit: "µmol/L",
    loinc: "14682-9",
    reason: "Whole µmol/L.",
  },
  {
    name: "egfr",
    level: 2,
    shown: number(0),
    unit: "mL/min/1.73 m2",
    loinc: "98979-8",
    reason: "From creatinine, age and sex by CKD-EPI 2021.",
  },
  {
    name: "acr",
    level: 2,
    shown: number(1),
    unit: "mg/mmol",
    loinc: "32294-1",
    reason: "Albumin to creatinine in urine, mg/mmol with one decimal.",
  },
];

export const diabetesColumns: readonly CohortColumn[] = [
  {
    name: "review_date",
    level: 3,
    shown: { as: "date", pattern: "YYYY-MM-DD", step: DAY },
    reason: "Date of the yearly review.",
  },
  age,
  sex,
  {
    name: "diabetes_type",
    level: 3,
    shown: { as: "levels", levels: TYPES },
    reason: "Two levels.",
    steady: true,
  },
  {
    name: "duration_years",
    level: 3,
    shown: number(1),
    unit: "years",
    reason: "Years since diabetes was found, with one decimal.",
  },
  ...body,
  {
    name: "smoking",
    level: 3,
    shown: { as: "levels", levels: SMOKING },
    reason: "Three levels.",
    steady: true,
  },
  {
    name: "sbp",
    level: 1,
    shown: number(0),
    unit: "mmHg",
    loinc: "8480-6",
    reason: "Systolic pressure, whole mmHg.",
  },
  ...labs,
  {
    name: "treatment",
    level: 3,
    shown: { as: "levels", levels: TREATMENTS },
    reason: "Four levels, each step of treatment holding those before; from this review on.",
  },
  { name: "sglt2_inhibitor", level: 3, shown: { as: "yes-no" }, reason: "Yes or no, from this review on." },
  {
    name: "retinopathy",
    level: 3,
    shown: { as: "yes-no" },
    reason: "Seen at this review or one before, yes or no.",
  },
  {
    name: "missed_before",
    level: 4,
    shown: number(0),
    reason: "Yearly reviews missed since the row before.",
  },
  {
    name: "died",
    level: 4,
    shown: { as: "yes-no" },
    reason: "Died before another review; nothing follows.",
  },
  {
    name: "emergency_admission",
    level: 3,
    shown: { as: "yes-no" },
    reason: "An emergency admission in the year after the review; the last column, an outcome.",
    role: "target",
  },
];
