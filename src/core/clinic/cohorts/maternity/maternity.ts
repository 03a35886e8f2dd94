import type { Cohort } from "../cohort.ts";
import { labs } from "../labs/labs.ts";
import { recorded } from "../hospitals/recorded.ts";
import { conditions } from "../conditions/conditions.ts";
import { drugs } from "../drugs/drugs.ts";
import { population } from "../population/population.ts";
import { repeatedVisits } from "../simulating/repeated-visits.ts";
import { vitals } from "../vitals/vitals.ts";

export const maternity: Cohort = {
  id: "maternity",
  name: "Maternity",
  summary: "Antenatal visits to birth, with pre-eclampsia and gestational diabetes.",
  picture: "Blood pressure by week of pregnancy",
  usual: { level: 4, patients: 300 },
  rowsPerPatient: 2,
  prefix: "MA",
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
  stages: [population("maternity"), conditions(), vitals(), labs(), drugs()],
  course: repeatedVisits,
  recording: recorded,
};
