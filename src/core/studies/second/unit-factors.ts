import type { ClinicalUnit, Quantity } from "../../clinic/ranges/clinical-quantity.ts";

/** `value * times + plus` turns a value of one unit into the other. */
export interface Turning {
  readonly times: number;
  readonly plus: number;
}

/**
 * Units of a quantity as what one of the first unit is in each of the others. Molar masses: glucose 180.16, creatinine
 * 113.12, urea 60.06, urea nitrogen 28.01, bilirubin 584.7, cholesterol 386.65, triglycerides 885.4 (tripalmitin-stearin
 * mean, as laboratories use), uric acid 168.11, calcium 40.08, magnesium 24.31, phosphorus 30.97, lactate 90.08 g/mol,
 * haemoglobin monomer 16,114, thyroxine 776.9, calcidiol 400.6, cobalamin 1355.4 g/mol, iron 55.85; HbA1c by the IFCC master equation 10.93 x - 23.5.
 */
const SAME: Readonly<Record<string, Readonly<Record<string, number | readonly [number, number]>>>> = {
  Age: { years: 1, months: 12, days: 365.25 },
  "Birth weight": { g: 1, kg: 0.001 },
  Temperature: { "°C": 1, "°F": [1.8, 32] },
  "Oxygen saturation": { "%": 1, share: 0.01 },
  Weight: { kg: 1, lb: 2.204623 },
  Height: { cm: 1, m: 0.01, in: 1 / 2.54 },
  Waist: { cm: 1, in: 1 / 2.54 },
  "Ejection fraction": { "%": 1, share: 0.01 },
  "Length of stay": { days: 1, hours: 24 },
  Glucose: { "mg/dL": 1, "mmol/L": 0.05551, "g/L": 0.01 },
  HbA1c: { "%": 1, "mmol/mol": [10.93, -23.5] },
  Insulin: { "µU/mL": 1, "pmol/L": 6 },
  Creatinine: { "mg/dL": 1, "µmol/L": 88.4 },
  "Albumin-creatinine ratio": { "mg/g": 1, "mg/mmol": 0.1131 },
  Urea: { "mmol/L": 1, "mg/dL": 6.006 },
  "Urea nitrogen": { "mg/dL": 1, "mmol/L": 0.357 },
  Calcium: { "mmol/L": 1, "mg/dL": 4.008 },
  Magnesium: { "mmol/L": 1, "mg/dL": 2.431 },
  Phosphate: { "mmol/L": 1, "mg/dL": 3.097 },
  Lactate: { "mmol/L": 1, "mg/dL": 9.008 },
  "Carbon dioxide pressure": { mmHg: 1, kPa: 0.133322 },
  "Oxygen pressure": { mmHg: 1, kPa: 0.133322 },
  Albumin: { "g/dL": 1, "g/L": 10 },
  "Total protein": { "g/dL": 1, "g/L": 10 },
  Bilirubin: { "mg/dL": 1, "µmol/L": 17.1 },
  "C-reactive protein": { "mg/L": 1, "mg/dL": 0.1 },
  "NT-proBNP": { "pg/mL": 1, "pmol/L": 0.118 },
  "Troponin T": { "ng/L": 1, "ng/mL": 0.001 },
  Cholesterol: { "mg/dL": 1, "mmol/L": 0.02586 },
  "LDL cholesterol": { "mg/dL": 1, "mmol/L": 0.02586 },
  "HDL cholesterol": { "mg/dL": 1, "mmol/L": 0.02586 },
  Triglycerides: { "mg/dL": 1, "mmol/L": 0.01129 },
  "Uric acid": { "mg/dL": 1, "µmol/L": 59.48 },
  Haemoglobin: { "g/dL": 1, "g/L": 10, "mmol/L": 0.6206 },
  Haematocrit: { "%": 1, "L/L": 0.01 },
  "White cells": { "10⁹/L": 1, "per µL": 1000 },
  Platelets: { "10⁹/L": 1, "per µL": 1000 },
  Fibrinogen: { "g/L": 1, "mg/dL": 100 },
  "Ionised calcium": { "mmol/L": 1, "mg/dL": 4.008 },
  FiO2: { share: 1, "%": 100 },
  Neutrophils: { "10⁹/L": 1, "per µL": 1000 },
  Lymphocytes: { "10⁹/L": 1, "per µL": 1000 },
  Monocytes: { "10⁹/L": 1, "per µL": 1000 },
  Eosinophils: { "10⁹/L": 1, "per µL": 1000 },
  "Cell haemoglobin concentration": { "g/dL": 1, "g/L": 10 },
  "Troponin I": { "ng/L": 1, "ng/mL": 0.001 },
  "D-dimer": { "ng/mL": 1, "mg/L": 0.001 },
  "Direct bilirubin": { "mg/dL": 1, "µmol/L": 17.1 },
  "Free T4": { "ng/dL": 1, "pmol/L": 12.87 },
  "Vitamin D": { "ng/mL": 1, "nmol/L": 2.496 },
  "Vitamin B12": { "pg/mL": 1, "pmol/L": 0.7378 },
  Iron: { "µg/dL": 1, "µmol/L": 0.1791 },
  Hip: { cm: 1, in: 1 / 2.54 },
  Ammonia: { "µmol/L": 1, "µg/dL": 1.703 },
};

/** How values of `quantity` in unit `from` become those in unit `to`; undefined where that is not known. */
export function turningOf({ name }: Pick<Quantity, "name">, from: string, to: string): Turning | undefined {
  if (from === to) return { times: 1, plus: 0 };
  const [a, b] = [SAME[name]?.[from], SAME[name]?.[to]].map((own) =>
    typeof own === "number" ? ([own, 0] as const) : own,
  );
  if (a === undefined || b === undefined) return undefined;
  const times = b[0] / a[0];
  return { times, plus: b[1] - a[1] * times };
}

/** The unit of `quantity` that `text` writes: "µmol/l" and "umol/L" are the same. */
export function unitWritten({ units }: Pick<Quantity, "units">, text: string): ClinicalUnit | undefined {
  const hint = text
    .toLowerCase()
    .replace(/µ|μ/g, "u")
    .replace(/[^a-z0-9%]/g, "");
  return units.find(
    ({ unit, hints }) => unit === text || hints.includes(hint) || (hint === "%" && unit === "%"),
  );
}
