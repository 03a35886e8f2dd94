import type { Cohort } from "../cohort.ts";
import { recorded } from "../hospitals/recorded.ts";
import { population } from "../population/population.ts";
import { vitals } from "../vitals/vitals.ts";
import { admission } from "./admission.ts";
import { followUp } from "./follow-up.ts";
import { heartFailureColumns } from "./heart-failure-columns.ts";
import { heart } from "./heart.ts";
import { treatment } from "./treatment.ts";
import { unrecorded } from "./unrecorded.ts";

/** Admissions with heart failure, and the year after each. */
export const heartFailure: Cohort = {
  id: "heart-failure",
  name: "Heart failure",
  summary: "Admissions with ejection fraction, NT-proBNP, drugs and 30-day death.",
  picture: "Ejection fraction, two humps",
  usual: { level: 3, patients: 2000 },
  rowsPerPatient: 5.8,
  prefix: "HF",
  telling: { first: ["nt_probnp", "lvef", "nyha", "sodium"], drawn: ["potassium", "egfr"] },
  columns: heartFailureColumns,
  stages: [population("heart-failure"), vitals(), heart, treatment, admission],
  course: followUp,
  recording: [...recorded, unrecorded],
};
