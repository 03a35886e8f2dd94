import type { ClinicalRule, Reference } from "../clinical-rule.ts";
import { idPart, ruleOf } from "./rule-of.ts";

const CODE: Reference = {
  source: "mimic-code concepts, which sort fractions from percent and Fahrenheit from Celsius; UCUM units",
  year: 2021,
};

/** Values of a column in `unit` that are as those of another unit are, and as those of its own hardly are. */
const looksLike = (quantity: string, unit: string, other: string, low: number, high: number): ClinicalRule =>
  ruleOf(
    `unit.${[quantity, unit, other].map(idPart).join(".")}`,
    `not {${quantity}} in ${low}..${high}`,
    `{${quantity}} in ${unit} is not as ${other} is (${low} to ${high})`,
    { kahn: "conformance.value", kind: "unit", unit, ...CODE },
  );

/** What looks like a slip of the unit. */
export const unitRules: readonly ClinicalRule[] = [
  looksLike("Glucose", "mg/dL", "mmol/L", 1.5, 15),
  looksLike("Glucose", "mmol/L", "mg/dL", 60, 2700),
  looksLike("Creatinine", "mg/dL", "µmol/L", 30, 4500),
  looksLike("Creatinine", "µmol/L", "mg/dL", 0.3, 8),
  looksLike("HbA1c", "%", "mmol/mol", 20, 200),
  looksLike("HbA1c", "mmol/mol", "%", 3.5, 12),
  looksLike("Temperature", "°C", "°F", 80, 115),
  looksLike("Temperature", "°F", "°C", 25, 45),
  looksLike("FiO2", "share", "%", 15, 100),
  looksLike("FiO2", "%", "share", 0.2, 1),
  looksLike("Oxygen saturation", "%", "share", 0.3, 1),
  looksLike("Oxygen saturation", "share", "%", 30, 100),
  looksLike("Ejection fraction", "%", "share", 0.05, 0.95),
  looksLike("Ejection fraction", "share", "%", 5, 95),
  looksLike("Haematocrit", "%", "L/L", 0.1, 0.7),
  looksLike("Haemoglobin", "g/dL", "g/L", 40, 250),
  looksLike("Haemoglobin", "g/L", "g/dL", 3, 22),
  looksLike("Cholesterol", "mg/dL", "mmol/L", 1, 14),
  looksLike("Cholesterol", "mmol/L", "mg/dL", 50, 1000),
  looksLike("Triglycerides", "mg/dL", "mmol/L", 0.2, 4),
  looksLike("Calcium", "mmol/L", "mg/dL", 5, 18),
  looksLike("Calcium", "mg/dL", "mmol/L", 0.8, 3),
  looksLike("Bilirubin", "mg/dL", "µmol/L", 90, 1500),
  looksLike("Albumin", "g/dL", "g/L", 10, 70),
  looksLike("Albumin", "g/L", "g/dL", 1, 7),
  looksLike("Platelets", "10⁹/L", "per µL", 6000, 3_000_000),
  looksLike("Platelets", "per µL", "10⁹/L", 5, 900),
  looksLike("White cells", "10⁹/L", "per µL", 1000, 1_000_000),
  looksLike("White cells", "per µL", "10⁹/L", 0.5, 90),
  looksLike("Height", "cm", "m", 0.4, 2.5),
  looksLike("Height", "m", "cm", 30, 260),
  looksLike("Birth weight", "g", "kg", 0.3, 7),
  looksLike("Oxygen pressure", "kPa", "mmHg", 90, 750),
  looksLike("Oxygen pressure", "mmHg", "kPa", 8, 15),
  looksLike("Carbon dioxide pressure", "mmHg", "kPa", 2, 8),
  looksLike("Ionised calcium", "mmol/L", "mg/dL", 3.5, 7),
  looksLike("Ionised calcium", "mg/dL", "mmol/L", 0.8, 1.6),
  looksLike("Uric acid", "mg/dL", "µmol/L", 60, 2400),
];
