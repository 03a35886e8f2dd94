import type { Numbers } from "../numbers/numbers.ts";
import type { Planted } from "../planted.ts";

/** What the table of the emergency department holds on purpose; level 3 unless `how` speaks of hours. */
export function emergencyPlanted(numbers: Numbers): Planted[] {
  const potassium = numbers.of("ed.hyperkalaemia");
  return [
    {
      kind: "prevalence",
      about: "Are admitted",
      columns: ["admitted"],
      value: numbers.of("ed.admitted"),
      how: "share with Yes",
    },
    {
      kind: "prevalence",
      about: "Come for an injury",
      columns: ["complaint"],
      value: numbers.of("ed.share.injury"),
      how: "share with Injury",
    },
    {
      kind: "prevalence",
      about: "Hyperkalaemia in chronic kidney disease",
      columns: ["ckd", "emergency"],
      value: potassium / (1 + potassium),
      how: "of those with ckd Yes: share with Hyperkalaemia; below 1 in 500 of all",
    },
    {
      kind: "effect",
      about: "Temperature of those who come for fever",
      columns: ["complaint", "emergency", "temperature"],
      value: numbers.of("ed.fever.temperature"),
      how: "of those with emergency None: mean of Fever or infection less mean of Other (°C)",
    },
    {
      kind: "effect",
      about: "Systolic pressure in pain",
      columns: ["complaint", "emergency", "sbp"],
      value: numbers.of("ed.pain.sbp"),
      how: "of those with emergency None: mean of Injury, Abdominal pain and Chest pain less mean of Other (mmHg)",
    },
    {
      kind: "effect",
      about: "Saturation of those who come for breathing",
      columns: ["complaint", "emergency", "spo2"],
      value: numbers.of("ed.breath.spo2"),
      how: "of those with emergency None: mean of Breathing less mean of Other (%)",
    },
    {
      kind: "effect",
      about: "Potassium within an hour of insulin with glucose and salbutamol",
      columns: ["patient_id", "hour", "treatment", "potassium"],
      value:
        numbers.of("hyperkalaemia.insulin") +
        numbers.of("hyperkalaemia.salbutamol") +
        numbers.of("hyperkalaemia.removal"),
      how: "level 4: first row of a patient with Calcium, insulin with glucose, salbutamol, less the row before, where both have potassium (mmol/L)",
    },
    {
      kind: "effect",
      about: "Glucose within an hour of insulin in ketoacidosis",
      columns: ["patient_id", "hour", "treatment", "glucose"],
      value: -numbers.of("dka.glucose.fall"),
      how: "level 4: rows with Insulin and fluids less the row before, where that has glucose above 17 (mmol/L)",
    },
    {
      kind: "transition",
      about: "Treatment of an emergency in the second hour",
      columns: ["hour", "emergency", "treatment"],
      value: 1,
      how: "level 4: of rows of hour 2 with Sepsis: share whose treatment is Antibiotics and fluids; none in hour 1",
    },
  ];
}
