import { sourced } from "../sourced-number.ts";
import type { SourcedNumber } from "../sourced-number.ts";

/** Limits of the SOFA score. Creatinine is stated as 110, 171, 300 and 440 µmol/L. */
export const sofaNumbers: readonly SourcedNumber[] = [
  ...sourced(
    {
      measure: "limit",
      unit: "1",
      population: "adults in intensive care",
      source: "vincent-1996",
      how: "stated",
      range: [0, 1000],
    },
    [
      ["sofa.creatinine.1", "Creatinine for 1 point", 110, { unit: "µmol/L" }],
      ["sofa.creatinine.2", "Creatinine for 2 points", 171, { unit: "µmol/L" }],
      ["sofa.creatinine.3", "Creatinine for 3 points", 300, { unit: "µmol/L" }],
      ["sofa.creatinine.4", "Creatinine for 4 points", 440, { unit: "µmol/L" }],
      ["sofa.platelets.1", "Platelets for 1 point", 150, { unit: "10^9/L" }],
      ["sofa.platelets.2", "Platelets for 2 points", 100, { unit: "10^9/L" }],
      ["sofa.platelets.3", "Platelets for 3 points", 50, { unit: "10^9/L" }],
      ["sofa.platelets.4", "Platelets for 4 points", 20, { unit: "10^9/L" }],
      ["sofa.gcs.1", "Glasgow Coma Scale for 1 point", 15, { unit: "points" }],
      ["sofa.gcs.2", "Glasgow Coma Scale for 2 points", 13, { unit: "points" }],
      ["sofa.gcs.3", "Glasgow Coma Scale for 3 points", 10, { unit: "points" }],
      ["sofa.gcs.4", "Glasgow Coma Scale for 4 points", 6, { unit: "points" }],
      ["sofa.map", "Mean pressure below which there is 1 point", 70, { unit: "mmHg" }],
      ["sofa.noradrenaline", "Noradrenaline above which there are 4 points", 0.1, { unit: "µg/kg/min" }],
    ],
  ),
  ...sourced(
    {
      measure: "limit",
      unit: "1",
      population: "adults under general anaesthesia and with acute respiratory distress",
      source: "pandharipande-2009",
      how: "stated",
      note: "saturation by inspired oxygen in the place of arterial oxygen",
      range: [20, 700],
    },
    [
      ["sofa.oxygen.1", "Saturation by inspired oxygen for 1 point", 512],
      ["sofa.oxygen.2", "Saturation by inspired oxygen for 2 points", 357],
      ["sofa.oxygen.3", "Saturation by inspired oxygen for 3 points", 214],
      ["sofa.oxygen.4", "Saturation by inspired oxygen for 4 points", 89],
    ],
  ),
];
