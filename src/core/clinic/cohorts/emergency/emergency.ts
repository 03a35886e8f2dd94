import type { Cohort } from "../cohort.ts";
import { labs } from "../labs/labs.ts";
import { recorded } from "../hospitals/recorded.ts";
import { conditions } from "../conditions/conditions.ts";
import { drugs } from "../drugs/drugs.ts";
import { population } from "../population/population.ts";
import { repeatedVisits } from "../simulating/repeated-visits.ts";
import { vitals } from "../vitals/vitals.ts";

export const emergency: Cohort = {
  id: "emergency",
  name: "Emergency department",
  summary: "Arrivals, triage, first labs, potassium and bleeding emergencies.",
  picture: "Arrivals by hour of the day",
  usual: { level: 3, patients: 2000 },
  rowsPerPatient: 2,
  prefix: "ED",
  columns: [
    {
      name: "age",
      level: 1,
      shown: { as: "number", decimals: 0 },
      unit: "years",
      loinc: "30525-0",
      reason: "Whole years; age marks groups to be compared.",
      role: "sensitive",
    },
    {
      name: "sex",
      level: 1,
      shown: { as: "levels", levels: ["Female", "Male"] },
      reason: "Two levels; sex marks a group to be compared.",
      role: "sensitive",
      steady: true,
    },
    {
      name: "sbp",
      level: 1,
      shown: { as: "number", decimals: 0 },
      unit: "mmHg",
      loinc: "8480-6",
      reason: "Whole mmHg.",
    },
  ],
  stages: [population("emergency"), conditions(), vitals(), labs(), drugs()],
  course: repeatedVisits,
  recording: recorded,
};
