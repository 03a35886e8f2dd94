/** What columns are called where a person reads them; the rest by their own names. */
const WORDS: Readonly<Record<string, string>> = {
  sbp: "systolic pressure",
  dbp: "diastolic pressure",
  map: "mean pressure",
  mean_pressure: "mean pressure",
  spo2: "oxygen saturation",
  fio2: "inspired oxygen",
  gcs: "Glasgow coma scale",
  bmi: "BMI",
  weight_kg: "weight",
  height_cm: "height",
  hba1c: "HbA1c",
  egfr: "eGFR",
  ldl: "LDL cholesterol",
  hdl: "HDL cholesterol",
  crp: "C-reactive protein",
  acr: "albumin to creatinine",
  alt: "ALT",
  ast: "AST",
  ggt: "GGT",
  tsh: "TSH",
  inr: "INR",
  bnp: "BNP",
  ph: "pH",
  nt_probnp: "NT-proBNP",
  ntprobnp: "NT-proBNP",
  lvef: "ejection fraction",
  nyha: "NYHA class",
  nyha_class: "NYHA class",
  ckd: "chronic kidney disease",
  ckd_stage: "kidney disease, stage",
  copd: "COPD",
  sofa: "SOFA",
  qsofa: "qSOFA",
  sglt2_inhibitor: "SGLT2 inhibitor",
  glp1: "GLP-1 agonist",
  ace_inhibitor: "ACE inhibitor",
  raas_inhibitor: "ACE inhibitor or sartan",
  arni: "ARNI",
  beta_blocker: "beta-blocker",
  non_selective_beta_blocker: "non-selective beta-blocker",
  mra: "mineralocorticoid antagonist",
  nsaid: "NSAID",
  furosemide_mg: "furosemide",
  los_days: "length of stay",
  dka: "ketoacidosis",
  gi_bleed: "gastrointestinal bleeding",
  died_30d: "died within 30 days",
  readmitted_30d: "readmitted within 30 days",
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

/** Drugs: what of the yes-or-no columns a patient takes. */
const DRUGS = new Set(
  (
    "metformin sglt2_inhibitor insulin glp1 sulfonylurea dpp4_inhibitor statin ace_inhibitor raas_inhibitor arb arni beta_blocker " +
    "mra loop_diuretic thiazide calcium_blocker calcium_channel_blocker anticoagulant warfarin aspirin antiplatelet nsaid digoxin " +
    "amiodarone steroid opioid antibiotic antibiotics ppi vasopressor noradrenaline labetalol nifedipine methyldopa iron " +
    "magnesium allopurinol ssri antidepressant bronchodilator corticosteroid antihypertensive low_dose_aspirin non_selective_beta_blocker furosemide_mg inhaler spironolactone bisoprolol ramipril oxytocin heparin potassium_supplement"
  ).split(" "),
);

/** What a patient is given that is neither a condition nor a drug: the words for having it, for its begin and for its end. */
const SUPPORT: Readonly<Record<string, readonly [has: string, begins: string, ends: string]>> = {
  ventilated: ["ventilated", "ventilator started", "breathing without the ventilator"],
  dialysis: ["on dialysis", "dialysis started", "dialysis stopped"],
};

export const supportWords = (name: string): (typeof SUPPORT)[string] | undefined => SUPPORT[name];

export const isDrug = (name: string): boolean => DRUGS.has(name) || /^(takes|on|drug)_/.test(name);

/** Columns that say of drugs together that somebody ought to look. */
export const isWarning = (name: string): boolean => /interaction|warning|contraindicated/.test(name);

/** What is computed from other columns of its row, as those are written. */
export const DERIVED: Readonly<Record<string, readonly string[]>> = {
  bmi: ["weight_kg", "height_cm"],
  map: ["sbp", "dbp"],
  mean_pressure: ["sbp", "dbp"],
  egfr: ["creatinine"],
  ldl: ["total_cholesterol", "hdl", "triglycerides"],
  anion_gap: ["sodium", "chloride", "bicarbonate"],
};

/** Columns that a person reads in one breath. */
export const TOGETHER: readonly (readonly [name: string, columns: readonly string[]])[] = [
  ["Age, sex", ["age", "sex"]],
  ["Blood pressure", ["sbp", "dbp"]],
  ["Weight, height", ["weight_kg", "height_cm"]],
  ["Sodium, potassium", ["sodium", "potassium"]],
  ["Total, HDL cholesterol", ["total_cholesterol", "hdl"]],
];
