/** A code of a terminology, as FHIR writes it. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display: string;
}

const SNOMED = "http://snomed.info/sct";
const ATC = "http://www.whocc.no/atc";

const codings = (
  system: string,
  rows: Readonly<Record<string, readonly [code: string, display: string]>>,
): ReadonlyMap<string, Coding> =>
  new Map(Object.entries(rows).map(([field, [code, display]]) => [field, { system, code, display }]));

/** SNOMED CT of the conditions that are 0 or 1, by field. */
export const conditionCodes = codings(SNOMED, {
  diabetes: ["73211009", "Diabetes mellitus"],
  hypertension: ["38341003", "Hypertensive disorder"],
  ckd: ["709044004", "Chronic kidney disease"],
  heart_failure: ["84114007", "Heart failure"],
  copd: ["13645005", "Chronic obstructive pulmonary disease"],
  cancer: ["363346000", "Malignant neoplastic disease"],
  atrial_fibrillation: ["49436004", "Atrial fibrillation"],
  coronary_disease: ["53741008", "Coronary arteriosclerosis"],
  sepsis: ["91302008", "Sepsis"],
  septic_shock: ["76571007", "Septic shock"],
  ketoacidosis: ["420422005", "Ketoacidosis due to diabetes mellitus"],
  hyperkalaemia: ["14140009", "Hyperkalemia"],
  gi_bleed: ["74474003", "Gastrointestinal hemorrhage"],
  retinopathy: ["4855003", "Retinopathy due to diabetes mellitus"],
  stroke: ["230690007", "Cerebrovascular accident"],
  asthma: ["195967001", "Asthma"],
  obesity: ["414916001", "Obesity"],
  preeclampsia: ["398254007", "Pre-eclampsia"],
  gestational_diabetes: ["11687002", "Gestational diabetes mellitus"],
});

/** SNOMED CT of conditions that a cell names. */
export const namedCodes = codings(SNOMED, {
  Sepsis: ["91302008", "Sepsis"],
  Ketoacidosis: ["420422005", "Ketoacidosis due to diabetes mellitus"],
  Hyperkalaemia: ["14140009", "Hyperkalemia"],
  "Upper GI bleed": ["37372002", "Upper gastrointestinal hemorrhage"],
});

/** A condition that is one of several names. */
export const NAMED_CONDITIONS: ReadonlySet<string> = new Set(["rare_condition", "emergency"]);

/** What cells say where a patient has no such condition, or takes no such drug. */
export const NONE: ReadonlySet<string> = new Set(["", "No", "None", "Not given"]);

/** ATC of the drugs that are 0 or 1, by field: of a class where the field is one. */
export const drugCodes = codings(ATC, {
  metformin: ["A10BA02", "metformin"],
  sglt2_inhibitor: ["A10BK", "sodium-glucose co-transporter 2 (SGLT2) inhibitors"],
  glp1: ["A10BJ", "glucagon-like peptide-1 (GLP-1) analogues"],
  sulfonylurea: ["A10BB", "sulfonylureas"],
  insulin: ["A10A", "insulins and analogues"],
  statin: ["C10AA", "HMG CoA reductase inhibitors"],
  raas_inhibitor: ["C09", "agents acting on the renin-angiotensin system"],
  ace_inhibitor: ["C09A", "ACE inhibitors, plain"],
  beta_blocker: ["C07A", "beta blocking agents"],
  non_selective_beta_blocker: ["C07AA", "beta blocking agents, non-selective"],
  mra: ["C03DA", "aldosterone antagonists"],
  loop_diuretic: ["C03C", "high-ceiling diuretics"],
  thiazide: ["C03A", "low-ceiling diuretics, thiazides"],
  calcium_channel_blocker: ["C08", "calcium channel blockers"],
  anticoagulant: ["B01A", "antithrombotic agents"],
  antiplatelet: ["B01AC", "platelet aggregation inhibitors excl. heparin"],
  bronchodilator: ["R03", "drugs for obstructive airway diseases"],
  corticosteroid: ["H02", "corticosteroids for systemic use"],
  nsaid: ["M01A", "antiinflammatory and antirheumatic products, non-steroids"],
  digoxin: ["C01AA05", "digoxin"],
  antibiotic: ["J01", "antibacterials for systemic use"],
  vasopressor: ["C01CA", "adrenergic and dopaminergic agents"],
  labetalol: ["C07AG01", "labetalol"],
  aspirin: ["B01AC06", "acetylsalicylic acid"],
});

/** ATC of drugs that a cell names. */
export const takenCodes = codings(ATC, {
  "ACE inhibitor": ["C09A", "ACE inhibitors, plain"],
  ARB: ["C09C", "angiotensin II receptor blockers (ARBs), plain"],
  ARNI: ["C09DX04", "valsartan and sacubitril"],
});

/** LOINC of what a laboratory reports as a mass, where columns are of moles. */
const MASSES: Readonly<Record<string, string>> = {
  glucose: "2345-7",
  hba1c: "4548-4",
  creatinine: "2160-0",
  total_cholesterol: "2093-3",
  hdl: "2085-9",
  ldl: "13457-7",
  triglycerides: "2571-8",
  urea: "3091-6",
  acr: "9318-7",
  lactate: "14118-4",
};

/** The code of a column's values; of those in another unit than the column's usual one, that of the mass. */
export const loincOf = (name: string, loinc: string, other: boolean): string =>
  other ? (MASSES[name] ?? loinc) : loinc;

const UCUM: Readonly<Record<string, string>> = {
  mmHg: "mm[Hg]",
  points: "{score}",
  pH: "[pH]",
  "1/min": "/min",
  "/min": "/min",
  bpm: "/min",
  "°C": "Cel",
  "°F": "[degF]",
  "µmol/L": "umol/L",
  "µg/kg/min": "ug/kg/min",
  "10^9/L": "10*9/L",
  "10⁹/L": "10*9/L",
  "kg/m²": "kg/m2",
  "kg/m2": "kg/m2",
  "mL/min/1.73 m²": "mL/min/{1.73_m2}",
  "mL/min/1.73 m2": "mL/min/{1.73_m2}",
  years: "a",
  weeks: "wk",
  days: "d",
  hours: "h",
};

/** The UCUM code of a unit as columns write it. */
export const ucumOf = (unit: string): string => UCUM[unit] ?? unit;

const VITAL_SIGNS = new Set(
  "8480-6 8462-4 8478-0 8867-4 9279-1 8310-5 2708-6 59408-5 8302-2 29463-7 39156-5".split(" "),
);
/** Pictures, scores, settings, and what is asked or counted. */
const NEITHER = new Set(
  "10230-1 8806-2 9269-2 3150-0 49051-6 76516-4 11977-6 11881-0 8339-4 30525-0".split(" "),
);

/** What kind of observation a LOINC is; undefined for what is neither a vital sign nor of a laboratory. */
export function categoryOf(loinc: string): "vital-signs" | "laboratory" | undefined {
  if (NEITHER.has(loinc)) return undefined;
  return VITAL_SIGNS.has(loinc) ? "vital-signs" : "laboratory";
}
