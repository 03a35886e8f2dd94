import type { Cohort, Telling } from "../cohort.ts";

const TELLING: Readonly<Record<string, Telling>> = {
  icu: { first: ["lactate", "diagnosis", "sofa"], drawn: ["map", "mean_pressure", "sbp", "heart_rate"] },
  diabetes: { first: ["hba1c", "glucose", "creatinine", "diabetes_type"], drawn: ["hba1c", "egfr"] },
  "heart-failure": { first: ["nt_probnp", "lvef", "nyha"], drawn: ["egfr", "nt_probnp"] },
  emergency: {
    first: ["complaint", "triage", "potassium", "lactate"],
    drawn: ["sbp", "heart_rate", "potassium"],
  },
  maternity: {
    first: ["glucose", "haemoglobin", "gestational_week"],
    drawn: ["map", "mean_pressure", "sbp"],
  },
};

const NOTHING: Telling = { first: [], drawn: [] };

/** As the cohort has it, else by its id. */
export const tellingOf = ({ id, telling }: Pick<Cohort, "id" | "telling">): Telling =>
  telling ?? TELLING[id] ?? NOTHING;
