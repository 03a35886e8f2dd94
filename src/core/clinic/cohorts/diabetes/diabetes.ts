import type { Cohort } from "../cohort.ts";
import { conditions } from "../conditions/conditions.ts";
import { recorded } from "../hospitals/recorded.ts";
import { labs } from "../labs/labs.ts";
import { population } from "../population/population.ts";
import { vitals } from "../vitals/vitals.ts";
import { clinicPatient } from "./clinic-patient.ts";
import { diabetesColumns } from "./diabetes-columns.ts";
import { reviews } from "./reviews.ts";
import { unrecorded } from "./unrecorded.ts";

/** Yearly reviews of a diabetes clinic. */
export const diabetes: Cohort = {
  id: "diabetes",
  name: "Diabetes clinic",
  summary: "Yearly reviews: HbA1c and glucose that agree, kidneys, eyes, treatment.",
  picture: "HbA1c against fasting glucose",
  usual: { level: 4, patients: 220 },
  rowsPerPatient: 2.6,
  prefix: "DC",
  telling: { first: ["hba1c", "glucose", "creatinine", "diabetes_type"], drawn: ["hba1c", "egfr"] },
  columns: diabetesColumns,
  stages: [
    population("diabetes"),
    conditions({ always: ["diabetes"], population: population("diabetes") }),
    vitals(),
    labs(),
    clinicPatient,
  ],
  course: reviews,
  recording: [...recorded, unrecorded],
};
