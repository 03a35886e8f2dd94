import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** From the units in which fields are held to those that a laboratory may report instead. */
export const unitNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "coefficient",
      unit: "1",
      population: "Any sample: a conversion",
      source: "nist-weights",
      how: "computed",
      note: "From the molar mass, or from the size of the units.",
      range: [0.0001, 1000],
    },
    [
      ["unit.creatinine.factor", "mg/dL in a µmol/L of creatinine (113.12 g/mol)", 0.011312],
      ["unit.total_cholesterol.factor", "mg/dL in a mmol/L of cholesterol (386.65 g/mol)", 38.665],
      ["unit.triglycerides.factor", "mg/dL in a mmol/L of triglycerides (885.4 g/mol)", 88.54],
      ["unit.urea.factor", "mg/dL in a mmol/L of urea (60.06 g/mol)", 6.006],
      ["unit.haemoglobin.factor", "g/dL in a g/L", 0.1],
      ["unit.crp.factor", "mg/dL in a mg/L", 0.1],
      ["unit.lactate.factor", "mg/dL in a mmol/L of lactic acid (90.08 g/mol)", 9.008],
      ["unit.acr.factor", "mg/g in a mg/mmol of creatinine (113.12 g/mol)", 8.84],
      ["unit.temperature.factor", "°F in a degree of Celsius", 1.8],
      ["unit.temperature.shift", "°F at 0 °C", 32, { unit: "°F" }],
    ],
  ),
];
