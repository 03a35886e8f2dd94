import { sex, steadyAge } from "../common-columns.ts";
import type { CohortColumn } from "../cohort.ts";
import { RARE_CONDITIONS } from "../conditions/rare-conditions.ts";
import { INTERACTIONS } from "../drugs/drug-names.ts";
import { CRISES } from "../emergencies/emergencies.ts";

const number = (decimals: number) => ({ as: "number", decimals }) as const;

/** Arrivals are of the year that begins here. */
export const FIRST_ARRIVALS = Date.UTC(2024, 0, 1);

/** Levels of `treatment`. */
export const TREATMENTS = [
  "None",
  "Fluids",
  "Antibiotics and fluids",
  "Insulin and fluids",
  "Calcium, insulin with glucose, salbutamol",
  "Red cells",
  "Endoscopy",
] as const;

const yesNo = (reason: string, names: readonly string[]): CohortColumn[] =>
  names.map((name) => ({ name, level: 3, shown: { as: "yes-no" }, reason, steady: true }));

const known = (...names: string[]): CohortColumn[] => yesNo("Known before arrival.", names);
const taken = (...names: string[]): CohortColumn[] => yesNo("Taken before arrival.", names);

/** The columns of the emergency department, in the order in which they are shown. */
export const emergencyColumns = (
  complaints: readonly string[],
  triage: readonly string[],
): readonly CohortColumn[] => [
  { name: "hour", level: 4, shown: number(0), unit: "h", reason: "Hours since arrival; a row each." },
  {
    name: "arrived_at",
    level: 1,
    shown: { as: "date", pattern: "YYYY-MM-DD hh:mm", step: 60_000 },
    reason: "When they arrived, to the minute.",
    steady: true,
  },
  steadyAge,
  sex,
  {
    name: "complaint",
    level: 1,
    shown: { as: "levels", levels: complaints },
    reason: "What they came for.",
    steady: true,
  },
  {
    name: "triage",
    level: 1,
    shown: { as: "levels", levels: triage },
    reason: "How urgent, by the Manchester system.",
    steady: true,
  },
  {
    name: "heart_rate",
    level: 1,
    shown: number(0),
    unit: "/min",
    loinc: "8867-4",
    reason: "Beats a minute.",
  },
  { name: "sbp", level: 1, shown: number(0), unit: "mmHg", loinc: "8480-6", reason: "Systolic pressure." },
  {
    name: "dbp",
    level: 1,
    shown: number(0),
    unit: "mmHg",
    loinc: "8462-4",
    reason: "Diastolic pressure; always below the systolic.",
  },
  {
    name: "respiratory_rate",
    level: 1,
    shown: number(0),
    unit: "/min",
    loinc: "9279-1",
    reason: "Breaths a minute.",
  },
  { name: "temperature", level: 1, shown: number(1), unit: "°C", loinc: "8310-5", reason: "By the ear." },
  {
    name: "spo2",
    level: 1,
    shown: number(0),
    unit: "%",
    loinc: "59408-5",
    reason: "Oxygen saturation by pulse oximetry.",
  },
  {
    name: "glucose",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "14749-6",
    reason: "Empty where no blood was drawn.",
  },
  {
    name: "potassium",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "2823-3",
    reason: "Empty where no blood was drawn.",
  },
  {
    name: "creatinine",
    level: 2,
    shown: number(0),
    unit: "µmol/L",
    loinc: "14682-9",
    reason: "Empty where no blood was drawn.",
  },
  {
    name: "urea",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "22664-7",
    reason: "Empty where no blood was drawn; high beside creatinine in bleeding.",
  },
  {
    name: "haemoglobin",
    level: 2,
    shown: number(0),
    unit: "g/L",
    loinc: "718-7",
    reason: "Empty where no blood was drawn.",
  },
  {
    name: "white_cells",
    level: 2,
    shown: number(1),
    unit: "10^9/L",
    loinc: "6690-2",
    reason: "Empty where no blood was drawn.",
  },
  {
    name: "crp",
    level: 2,
    shown: number(0),
    unit: "mg/L",
    loinc: "1988-5",
    reason: "C-reactive protein; asked for in more than half of draws.",
  },
  {
    name: "bicarbonate",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "14627-4",
    reason: "Of the blood gas; empty where none was taken.",
  },
  {
    name: "ph",
    level: 2,
    shown: number(2),
    unit: "pH",
    loinc: "2746-6",
    reason: "Venous, of the blood gas; empty where none was taken.",
  },
  {
    name: "lactate",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "2524-7",
    reason: "Of the blood gas; empty where none was taken.",
  },
  {
    name: "ketones",
    level: 2,
    shown: number(1),
    unit: "mmol/L",
    loinc: "53060-9",
    reason: "Measured where glucose is above 11 mmol/L.",
  },
  ...known("hypertension", "diabetes", "ckd", "heart_failure", "coronary_disease", "atrial_fibrillation"),
  ...known("copd", "cancer"),
  {
    name: "rare_condition",
    level: 3,
    shown: { as: "levels", levels: RARE_CONDITIONS },
    reason: "Known before arrival; each is rarer than 1 in 1,000.",
    steady: true,
  },
  ...taken("metformin", "insulin", "statin", "raas_inhibitor", "beta_blocker", "mra", "loop_diuretic"),
  ...taken("anticoagulant", "antiplatelet", "nsaid"),
  {
    name: "interaction",
    level: 3,
    shown: { as: "levels", levels: INTERACTIONS },
    reason: "Drugs taken together that should not be, the gravest of several.",
    steady: true,
  },
  {
    name: "gcs",
    level: 3,
    shown: number(0),
    unit: "points",
    loinc: "9269-2",
    reason: "Glasgow Coma Scale, 3 to 15.",
  },
  {
    name: "ecg_change",
    level: 3,
    shown: { as: "yes-no" },
    reason: "Signs of potassium in the electrocardiogram; empty where no blood was drawn.",
  },
  {
    name: "emergency",
    level: 3,
    shown: { as: "levels", levels: CRISES },
    reason: "As known afterwards.",
    steady: true,
  },
  {
    name: "treatment",
    level: 4,
    shown: { as: "levels", levels: TREATMENTS },
    reason: "What was given in the hour before.",
  },
  {
    name: "left_unseen",
    level: 4,
    shown: { as: "yes-no" },
    reason: "Left without being seen.",
    steady: true,
  },
  {
    name: "admitted",
    level: 3,
    shown: { as: "yes-no" },
    reason: "Two levels; what a model here would predict.",
    role: "target",
    steady: true,
  },
];
