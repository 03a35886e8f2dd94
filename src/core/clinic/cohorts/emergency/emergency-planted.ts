import type { Numbers } from "../numbers/numbers.ts";
import { meanIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";

/** What the table of the emergency department holds on purpose; level 3 unless `how` speaks of hours. */
export function emergencyPlanted(numbers: Numbers): Planted[] {
  const potassium = numbers.of("ed.hyperkalaemia");
  const full = numbers.of("dka.glucose.low") + numbers.of("dka.glucose.fall");
  return [
    {
      kind: "prevalence",
      about: "Are admitted",
      level: 3,
      columns: ["admitted"],
      value: numbers.of("ed.admitted"),
      how: "share with Yes",
      measure: (rows) => shareIn(rows, rows.is("admitted", "Yes")),
    },
    {
      kind: "prevalence",
      about: "Come for an injury",
      level: 3,
      columns: ["complaint"],
      value: numbers.of("ed.share.injury"),
      how: "share with Injury",
      measure: (rows) => shareIn(rows, rows.is("complaint", "Injury")),
    },
    {
      kind: "prevalence",
      about: "Hyperkalaemia in chronic kidney disease",
      level: 3,
      columns: ["ckd", "emergency"],
      value: potassium / (1 + potassium),
      how: "of those with ckd Yes: share with Hyperkalaemia; below 1 in 500 of all",
      measure: (rows) => shareIn(rows, rows.is("emergency", "Hyperkalaemia"), rows.is("ckd", "Yes")),
    },
    {
      kind: "effect",
      about: "Temperature of those who come for fever",
      level: 3,
      columns: ["complaint", "emergency", "temperature"],
      value: numbers.of("ed.fever.temperature"),
      how: "of those with emergency None: mean of Fever or infection less mean of Other (°C)",
      measure: against("temperature", "Fever or infection"),
    },
    {
      kind: "effect",
      about: "Systolic pressure in pain",
      level: 3,
      columns: ["complaint", "emergency", "sbp"],
      value: numbers.of("ed.pain.sbp"),
      how: "of those with emergency None: mean of Injury, Abdominal pain and Chest pain less mean of Other (mmHg)",
      measure: against("sbp", "Injury", "Abdominal pain", "Chest pain"),
    },
    {
      kind: "effect",
      about: "Saturation of those who come for breathing",
      level: 3,
      columns: ["complaint", "emergency", "spo2"],
      value: numbers.of("ed.breath.spo2"),
      how: "of those with emergency None: mean of Breathing less mean of Other (%)",
      measure: against("spo2", "Breathing"),
    },
    {
      kind: "effect",
      about: "Potassium within an hour of insulin with glucose and salbutamol",
      level: 4,
      columns: ["patient_id", "hour", "treatment", "potassium"],
      value:
        numbers.of("hyperkalaemia.insulin") +
        numbers.of("hyperkalaemia.salbutamol") +
        numbers.of("hyperkalaemia.removal"),
      how: "level 4: first row of a patient with Calcium, insulin with glucose, salbutamol, less the row before, where both have potassium (mmol/L)",
      measure: (rows) => {
        const [treated, hour] = [rows.is("treatment", LOWERS_POTASSIUM), rows.number("hour")];
        return changeOf(rows, "potassium", (row) => treated(row) && hour(row) === 2);
      },
    },
    {
      kind: "effect",
      about: "Glucose within an hour of insulin in ketoacidosis",
      level: 4,
      columns: ["patient_id", "hour", "treatment", "glucose"],
      value: -numbers.of("dka.glucose.fall"),
      how: "level 4: rows with Insulin and fluids less the row before, where that has glucose above 17 (mmol/L)",
      measure: (rows) => {
        const [treated, glucose] = [rows.is("treatment", "Insulin and fluids"), rows.number("glucose")];
        const which: Which = (row) =>
          treated(row) && rows.before(row) >= 0 && glucose(rows.before(row)) > full;
        return changeOf(rows, "glucose", which);
      },
    },
    {
      kind: "transition",
      about: "Treatment of an emergency in the second hour",
      level: 4,
      columns: ["hour", "emergency", "treatment"],
      value: 1,
      how: "level 4: of rows of hour 2 with Sepsis: share whose treatment is Antibiotics and fluids; none in hour 1",
      measure: (rows) => {
        const [septic, hour] = [rows.is("emergency", "Sepsis"), rows.number("hour")];
        const treated = rows.is("treatment", "Antibiotics and fluids");
        return shareIn(rows, treated, (row) => septic(row) && hour(row) === 2);
      },
    },
  ];
}

const LOWERS_POTASSIUM = "Calcium, insulin with glucose, salbutamol";

/** Mean of a sign with these complaints less that with another, of those without an emergency. */
const against =
  (sign: string, ...complaints: readonly string[]) =>
  (rows: PlantedRows): number => {
    const [value, calm] = [rows.number(sign), rows.is("emergency", "None")];
    const came = (...names: readonly string[]): number => {
      const why = rows.is("complaint", ...names);
      return meanIn(rows, value, (row) => calm(row) && why(row));
    };
    return came(...complaints) - came("Other");
  };

/** Mean change of a sign since the row before. */
function changeOf(rows: PlantedRows, sign: string, which: Which): number {
  const value = rows.number(sign);
  const change = (row: number): number => (rows.before(row) < 0 ? NaN : value(row) - value(rows.before(row)));
  return meanIn(rows, change, which);
}
