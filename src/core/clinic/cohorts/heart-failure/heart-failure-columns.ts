import { age, sex } from "../common-columns.ts";
import type { CohortColumn } from "../cohort.ts";

const ETHNICITIES = ["Black", "Mixed or other", "South Asian", "White"] as const;
export const WARDS = [
  "Acute medicine",
  "Cardiology A",
  "Cardiology B",
  "Coronary care",
  "Geriatrics",
  "Intensive care",
] as const;
export const NYHA = ["I", "II", "III", "IV"] as const;
export const INHIBITORS = ["ACE inhibitor", "ARB", "ARNI", "Not given"] as const;
export const FUROSEMIDE = [0, 20, 40, 80, 125, 250] as const;
export const VISIT_KINDS = ["Admission", "Planned visit", "Readmission", "Emergency visit"] as const;
/** Share of the target dose, in percent, a step of titration each. */
export const DOSES = [0, 25, 50, 100] as const;

const MINUTE = 60_000;

const number = (decimals: number): CohortColumn["shown"] => ({ as: "number", decimals });

const vitals: readonly CohortColumn[] = [
  {
    name: "sbp",
    level: 1,
    shown: number(0),
    unit: "mmHg",
    loinc: "8480-6",
    reason: "Systolic pressure, whole mmHg.",
  },
  {
    name: "dbp",
    level: 1,
    shown: number(0),
    unit: "mmHg",
    loinc: "8462-4",
    reason: "Diastolic pressure, whole mmHg.",
  },
  {
    name: "heart_rate",
    level: 1,
    shown: number(0),
    unit: "1/min",
    loinc: "8867-4",
    reason: "Whole beats per minute.",
  },
];

const labs: readonly CohortColumn[] = [
  { name: "nt_probnp", level: 2, shown: number(0), unit: "ng/L", loinc: "33762-6", reason: "Whole ng/L." },
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
  { name: "sodium", level: 2, shown: number(0), unit: "mmol/L", loinc: "2951-2", reason: "Whole mmol/L." },
  {
    name: "potassium",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "2823-3",
    reason: "mmol/L with one decimal.",
  },
  { name: "haemoglobin", level: 2, shown: number(0), unit: "g/L", loinc: "718-7", reason: "Whole g/L." },
];

const drugs: readonly CohortColumn[] = [
  { name: "diabetes", level: 3, shown: { as: "yes-no" }, reason: "Yes or no.", steady: true },
  { name: "atrial_fibrillation", level: 3, shown: { as: "yes-no" }, reason: "Yes or no.", steady: true },
  { name: "beta_blocker", level: 3, shown: { as: "yes-no" }, reason: "Yes or no." },
  {
    name: "raas_inhibitor",
    level: 3,
    shown: { as: "levels", levels: INHIBITORS },
    reason: "Four levels.",
  },
  { name: "mra", level: 3, shown: { as: "yes-no" }, reason: "Spironolactone or eplerenone, yes or no." },
  { name: "sglt2_inhibitor", level: 3, shown: { as: "yes-no" }, reason: "Yes or no." },
  {
    name: "furosemide_mg",
    level: 3,
    shown: number(0),
    unit: "mg/d",
    reason: "Whole mg a day, six doses.",
  },
];

const time: readonly CohortColumn[] = [
  {
    name: "visit_at",
    level: 4,
    shown: { as: "date", pattern: "YYYY-MM-DD HH:mm", step: MINUTE },
    reason: "Date and time of the admission or visit.",
  },
  {
    name: "visit_kind",
    level: 4,
    shown: { as: "levels", levels: VISIT_KINDS },
    reason: "Four levels; an emergency visit is one for high potassium.",
  },
  {
    name: "missed_before",
    level: 4,
    shown: number(0),
    reason: "Planned visits missed since the row before.",
  },
  {
    name: "beta_blocker_dose",
    level: 4,
    shown: number(0),
    unit: "%",
    reason: "Of the target dose, after this visit.",
  },
  {
    name: "raas_dose",
    level: 4,
    shown: number(0),
    unit: "%",
    reason: "Of the target dose, after this visit.",
  },
  {
    name: "died",
    level: 4,
    shown: { as: "yes-no" },
    reason: "Died within the year and before another visit; nothing follows.",
  },
];

export const heartFailureColumns: readonly CohortColumn[] = [
  age,
  sex,
  {
    name: "ethnicity",
    level: 1,
    shown: { as: "levels", levels: ETHNICITIES },
    reason: "Four levels; ethnicity marks a group to be compared.",
    role: "sensitive",
    steady: true,
  },
  {
    name: "admitted_at",
    level: 3,
    shown: { as: "date", pattern: "YYYY-MM-DD HH:mm", step: MINUTE },
    reason: "Date and time of admission.",
    steady: true,
  },
  { name: "ward", level: 3, shown: { as: "levels", levels: WARDS }, reason: "Six levels.", steady: true },
  { name: "nyha", level: 3, shown: { as: "levels", levels: NYHA }, reason: "Four levels, I to IV." },
  {
    name: "lvef",
    level: 3,
    shown: number(0),
    unit: "%",
    loinc: "10230-1",
    reason: "Ejection fraction in whole percent.",
  },
  ...labs,
  ...vitals,
  {
    name: "weight_kg",
    level: 1,
    shown: number(0),
    unit: "kg",
    loinc: "29463-7",
    reason: "Whole kilograms.",
  },
  ...drugs,
  {
    name: "los_days",
    level: 3,
    shown: number(0),
    unit: "days",
    reason: "Length of the first stay, whole days.",
    steady: true,
  },
  ...time,
  {
    name: "died_30d",
    level: 3,
    shown: { as: "yes-no" },
    reason: "Died within 30 days of admission; the last column, named like an outcome.",
    role: "target",
    steady: true,
  },
];
