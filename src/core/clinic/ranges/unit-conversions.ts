import type { ClinicalUnit, Quantity } from "./clinical-quantity.ts";
import { joined, nameWords } from "./name-words.ts";

/** `value * times + plus` turns a value of one unit into the other. */
export interface Conversion {
  readonly times: number;
  readonly plus: number;
}

/**
 * By quantity: one of each unit in the first one. Molar masses (CRC Handbook of Chemistry and Physics): glucose 180.16,
 * creatinine 113.12, urea 60.06, urea nitrogen 28.01, bilirubin 584.7, cholesterol 386.65, triglycerides 885.4
 * (tripalmitin-stearin mean, as laboratories use), uric acid 168.11, calcium 40.08, magnesium 24.31, phosphorus 30.97, lactate
 * 90.08, ammonia 17.03, thyroxine 776.9, calcidiol 400.6, cobalamin 1355.4, iron 55.85, NT-proBNP 8457, haemoglobin monomer
 * 16,114 g/mol.
 */
const IN_FIRST: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  Glucose: factors({ "mg/dL": 1, "mmol/L": 18.016, "g/L": 100 }),
  "Estimated average glucose": factors({ "mg/dL": 1, "mmol/L": 18.016 }),
  Insulin: factors({ "µU/mL": 1, "pmol/L": 1 / 6 }),
  Creatinine: factors({ "mg/dL": 1, "µmol/L": 1 / 88.42 }),
  "Albumin-creatinine ratio": factors({ "mg/g": 1, "mg/mmol": 8.842 }),
  Urea: factors({ "mmol/L": 1, "mg/dL": 1 / 6.006 }),
  "Urea nitrogen": factors({ "mg/dL": 1, "mmol/L": 2.801 }),
  Calcium: factors({ "mmol/L": 1, "mg/dL": 1 / 4.008 }),
  "Ionised calcium": factors({ "mmol/L": 1, "mg/dL": 1 / 4.008 }),
  Magnesium: factors({ "mmol/L": 1, "mg/dL": 1 / 2.431 }),
  Phosphate: factors({ "mmol/L": 1, "mg/dL": 1 / 3.097 }),
  Lactate: factors({ "mmol/L": 1, "mg/dL": 1 / 9.008 }),
  Albumin: factors({ "g/dL": 1, "g/L": 0.1 }),
  "Total protein": factors({ "g/dL": 1, "g/L": 0.1 }),
  Bilirubin: factors({ "mg/dL": 1, "µmol/L": 1 / 17.1 }),
  "Direct bilirubin": factors({ "mg/dL": 1, "µmol/L": 1 / 17.1 }),
  "Indirect bilirubin": factors({ "mg/dL": 1, "µmol/L": 1 / 17.1 }),
  "C-reactive protein": factors({ "mg/L": 1, "mg/dL": 10 }),
  "NT-proBNP": factors({ "pg/mL": 1, "pmol/L": 8.457 }),
  "Troponin T": factors({ "ng/L": 1, "ng/mL": 1000 }),
  "Troponin I": factors({ "ng/L": 1, "ng/mL": 1000 }),
  "D-dimer": factors({ "ng/mL": 1, "mg/L": 1000 }),
  Fibrinogen: factors({ "g/L": 1, "mg/dL": 0.01 }),
  "Uric acid": factors({ "mg/dL": 1, "µmol/L": 1 / 59.48 }),
  Ammonia: factors({ "µmol/L": 1, "µg/dL": 1 / 1.703 }),
  Iron: factors({ "µg/dL": 1, "µmol/L": 5.585 }),
  "Free T4": factors({ "ng/dL": 1, "pmol/L": 1 / 12.87 }),
  "Vitamin D": factors({ "ng/mL": 1, "nmol/L": 0.4006 }),
  "Vitamin B12": factors({ "pg/mL": 1, "pmol/L": 1.3554 }),
  Cholesterol: factors({ "mg/dL": 1, "mmol/L": 38.67 }),
  "LDL cholesterol": factors({ "mg/dL": 1, "mmol/L": 38.67 }),
  "HDL cholesterol": factors({ "mg/dL": 1, "mmol/L": 38.67 }),
  "Non-HDL cholesterol": factors({ "mg/dL": 1, "mmol/L": 38.67 }),
  Triglycerides: factors({ "mg/dL": 1, "mmol/L": 88.57 }),
  Haemoglobin: factors({ "g/dL": 1, "g/L": 0.1, "mmol/L": 1.6114 }),
  "Cell haemoglobin concentration": factors({ "g/dL": 1, "g/L": 0.1 }),
  Haematocrit: factors({ "%": 1, "L/L": 100 }),
  "Oxygen saturation": factors({ "%": 1, share: 100 }),
  "Ejection fraction": factors({ "%": 1, share: 100 }),
  FiO2: factors({ share: 1, "%": 0.01 }),
  "Carbon dioxide pressure": factors({ mmHg: 1, kPa: 7.50062 }),
  "Oxygen pressure": factors({ mmHg: 1, kPa: 7.50062 }),
  "White cells": factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Platelets: factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Neutrophils: factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Lymphocytes: factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Monocytes: factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Eosinophils: factors({ "10⁹/L": 1, "per µL": 0.001 }),
  Weight: factors({ kg: 1, lb: 0.453_592_37 }),
  Height: factors({ cm: 1, m: 100, in: 2.54 }),
  Waist: factors({ cm: 1, in: 2.54 }),
  Hip: factors({ cm: 1, in: 2.54 }),
  "Birth weight": factors({ g: 1, kg: 1000 }),
  Age: factors({ years: 1, months: 1 / 12, days: 1 / 365.25 }),
  "Length of stay": factors({ days: 1, hours: 1 / 24 }),
  Temperature: { "°C": { times: 1, plus: 0 }, "°F": { times: 5 / 9, plus: -160 / 9 } },
  /** NGSP = 0.09148 IFCC + 2.152 (Hoelzel et al., Clinical Chemistry 2004) */
  HbA1c: { "%": { times: 1, plus: 0 }, "mmol/mol": { times: 0.091_48, plus: 2.152 } },
};

function factors(times: Readonly<Record<string, number>>): Readonly<Record<string, Conversion>> {
  return Object.fromEntries(
    Object.entries(times).map(([unit, factor]) => [unit, { times: factor, plus: 0 }]),
  );
}

/** How a value of `quantity` in one unit becomes one in another; undefined where that is not known. */
export function conversion(quantity: string, from: string, to: string): Conversion | undefined {
  if (from === to) return { times: 1, plus: 0 };
  const units = IN_FIRST[quantity];
  const [own, wanted] = [units?.[from], units?.[to]];
  if (own === undefined || wanted === undefined) return undefined;
  return { times: own.times / wanted.times, plus: (own.plus - wanted.plus) / wanted.times };
}

/** The unit of `quantity` that `text` writes: "µmol/l", "umol per L" and "μmol/L" are the same. */
export function unitWritten({ units }: Pick<Quantity, "units">, text: string): ClinicalUnit | undefined {
  const plain = text.trim();
  const hint = hintOf(plain);
  if (hint === "") return undefined;
  return (
    units.find(({ unit }) => unit === plain) ??
    units.find(({ unit, hints }) => hints.includes(hint) || hintOf(unit) === hint)
  );
}

const hintOf = (unit: string): string => joined(nameWords(unit));
