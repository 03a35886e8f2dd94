import { DRUGS } from "../drugs/drug-names.ts";

/** What columns are called where a person reads them; the rest by their own names. */
const WORDS: Readonly<Record<string, string>> = {
  sbp: "systolic pressure",
  dbp: "diastolic pressure",
  map: "mean pressure",
  spo2: "oxygen saturation",
  fio2: "inspired oxygen",
  gcs: "Glasgow coma scale",
  bmi: "BMI",
  weight_kg: "weight",
  height_cm: "height",
  hba1c: "HbA1c",
  egfr: "eGFR",
  crp: "C-reactive protein",
  acr: "albumin to creatinine",
  ph: "pH",
  nt_probnp: "NT-proBNP",
  lvef: "ejection fraction",
  nyha: "NYHA class",
  ckd: "chronic kidney disease",
  copd: "COPD",
  sofa: "SOFA",
  sglt2_inhibitor: "SGLT2 inhibitor",
  raas_inhibitor: "ACE inhibitor or sartan",
  beta_blocker: "beta-blocker",
  mra: "mineralocorticoid antagonist",
  nsaid: "NSAID",
  furosemide_mg: "furosemide",
  los_days: "length of stay",
  died_30d: "died within 30 days",
};

const ACRONYMS = new Set("ogtt ecg icu ed mri ct nyha gfr avpu ace mra iv".split(" "));

/** "heart rate" for heart_rate, "eGFR" for egfr, "birth weight" for birth_weight_g. */
export const wordsOf = (name: string): string =>
  WORDS[name] ??
  name
    .replace(/(?<=.)_(g|kg|mg|cm|mmol_l|percent|years)$/, "")
    .split("_")
    .map((word) => (ACRONYMS.has(word) ? word.toUpperCase() : word))
    .join(" ");

/** As the name of a line. */
export const titleOf = (name: string): string => {
  const words = wordsOf(name);
  return /^[a-z][A-Z]/.test(words) ? words : words.charAt(0).toUpperCase() + words.slice(1);
};

/** Columns that say which drugs a patient takes, and how much of some. */
const TAKEN: ReadonlySet<string> = new Set([
  ...DRUGS,
  "antihypertensive",
  "aspirin",
  "furosemide_mg",
  "noradrenaline",
]);

/** What a patient is given that is neither a condition nor a drug: the words for having it, for its begin and for its end. */
const SUPPORT: Readonly<Record<string, readonly [has: string, begins: string, ends: string]>> = {
  ventilated: ["ventilated", "ventilator started", "breathing without the ventilator"],
  dialysis: ["on dialysis", "dialysis started", "dialysis stopped"],
};

export const supportWords = (name: string): (typeof SUPPORT)[string] | undefined => SUPPORT[name];

export const isDrug = (name: string): boolean => TAKEN.has(name);

/** Columns that say of drugs together that somebody ought to look. */
export const isWarning = (name: string): boolean => /interaction|warning|contraindicated/.test(name);

/** What is computed from other columns of its row, as those are written. */
export const DERIVED: Readonly<Record<string, readonly string[]>> = {
  bmi: ["weight_kg", "height_cm"],
  map: ["sbp", "dbp"],
  egfr: ["creatinine"],
};

/** Columns that a person reads in one breath. */
export const TOGETHER: readonly (readonly [name: string, columns: readonly string[]])[] = [
  ["Age, sex", ["age", "sex"]],
  ["Blood pressure", ["sbp", "dbp"]],
  ["Weight, height", ["weight_kg", "height_cm"]],
  ["Sodium, potassium", ["sodium", "potassium"]],
];
