import type { Cohort } from "../cohort.ts";

/** What of a cohort tells its story. */
export interface Telling {
  /** columns whose lines come before the others of their level */
  readonly first: readonly string[];
  /** numbers over time, of which the first that changes is drawn */
  readonly drawn: readonly string[];
}

const TELLING: Readonly<Record<string, Telling>> = {
  icu: { first: ["lactate", "diagnosis", "sofa"], drawn: ["map", "mean_pressure", "lactate", "sbp"] },
  diabetes: { first: ["hba1c", "glucose", "creatinine", "diabetes_type"], drawn: ["hba1c", "egfr"] },
  "heart-failure": { first: ["nt_probnp", "lvef", "nyha", "sodium"], drawn: ["potassium", "egfr"] },
  emergency: {
    first: ["complaint", "triage", "potassium", "lactate"],
    drawn: ["sbp", "heart_rate", "potassium"],
  },
  maternity: {
    first: ["glucose", "haemoglobin", "gestational_week"],
    drawn: ["sbp", "map", "mean_pressure"],
  },
};

const NOTHING: Telling = { first: [], drawn: [] };

/** As the cohort has it, else by its id. */
export const tellingOf = ({ id, telling }: Pick<Cohort, "id" | "telling">): Telling =>
  telling === undefined ? (TELLING[id] ?? NOTHING) : { first: telling, drawn: telling };
