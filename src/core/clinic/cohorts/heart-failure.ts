import type { Rng } from "../../math/rng.ts";
import type { Table } from "../../table/table.ts";
import { admit, type Admission } from "./admission.ts";
import {
  bernoulli,
  clamp,
  coded,
  dated,
  logistic,
  measured,
  recordNumbers,
  tableOf,
  yesNo,
} from "./simulated-column.ts";

const ETHNICITIES = ["Black", "Mixed or other", "South Asian", "White"] as const;
const WARDS = [
  "Acute medicine",
  "Cardiology A",
  "Cardiology B",
  "Coronary care",
  "Geriatrics",
  "Intensive care",
] as const;
const NYHA = ["I", "II", "III", "IV"] as const;
const INHIBITORS = ["ACE inhibitor", "ARB", "ARNI", "Not given"] as const;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** Cells are lost where they would be in a hospital: by age, severity, year and outcome. */
function lose(
  rng: Rng,
  it: Admission,
): Record<"probnp" | "lvef" | "nyha" | "sbp" | "hb" | "ethnicity", boolean> {
  const late = (it.admitted - Date.UTC(2021, 6, 1)) / (365 * DAY);
  return {
    probnp: bernoulli(rng, logistic(-1.65 - 0.45 * it.severity - 0.25 * late)) === 1,
    lvef: bernoulli(rng, logistic(-2.8 + 0.035 * (it.age - 74) + 1.5 * it.died)) === 1,
    nyha: bernoulli(rng, logistic(-3.6 + 0.5 * it.severity)) === 1,
    sbp: bernoulli(rng, 0.011) === 1,
    hb: bernoulli(rng, logistic(-2.7 - 0.3 * late)) === 1,
    ethnicity: bernoulli(rng, it.ethnicity === 3 ? 0.035 : 0.07) === 1,
  };
}

/** Admissions with heart failure: one row per patient, death within 30 days in 7 to 8 of 100. */
export function simulateHeartFailure(rows: number, rng: Rng): Table {
  const admissions = Array.from({ length: rows }, () => admit(rng));
  const lost = admissions.map((it) => lose(rng, it));
  const numbers = (pick: (it: Admission, i: number) => number): Float64Array =>
    Float64Array.from(admissions, pick);
  const codes = (pick: (it: Admission, i: number) => number): Int32Array => Int32Array.from(admissions, pick);
  const ids = recordNumbers(rng, "HF", rows);
  return tableOf("heart_failure_simulated.csv", rows, [
    coded(
      "patient_id",
      codes((_, i) => i),
      ids,
      {
        kind: "identifier",
        role: "identifier",
        reason: "A record number, different in every row; keeps patients apart and is never learned.",
      },
    ),
    measured(
      "age",
      numbers((it) => it.age),
      0,
      "Whole years; age marks groups to be compared.",
      "sensitive",
    ),
    coded(
      "sex",
      codes((it) => 1 - it.female),
      ["Female", "Male"],
      {
        kind: "category",
        role: "sensitive",
        reason: "Two levels; sex marks a group to be compared.",
      },
    ),
    coded(
      "ethnicity",
      codes((it, i) => (lost[i]?.ethnicity ? -1 : it.ethnicity)),
      ETHNICITIES,
      {
        kind: "category",
        role: "sensitive",
        reason: "Four levels; ethnicity marks a group to be compared.",
      },
    ),
    dated(
      "admitted_at",
      numbers((it) => it.admitted),
      MINUTE,
      "YYYY-MM-DD HH:mm",
      "Date and time of admission.",
    ),
    coded(
      "ward",
      codes((it) => it.ward),
      WARDS,
      { kind: "category", reason: "Six levels." },
    ),
    coded(
      "nyha",
      codes((it, i) => (lost[i]?.nyha ? -1 : it.nyha)),
      NYHA,
      {
        kind: "category",
        reason: "Four levels, I to IV.",
      },
    ),
    measured(
      "lvef",
      numbers((it, i) => (lost[i]?.lvef ? NaN : it.lvef)),
      0,
      "Ejection fraction in whole percent.",
    ),
    measured(
      "nt_probnp",
      numbers((it, i) => (lost[i]?.probnp ? NaN : it.probnp)),
      0,
      "Whole pg/mL.",
    ),
    measured(
      "creatinine",
      numbers((it) => clamp(it.creatinine, 28, 1204)),
      1,
      "µmol/L with one decimal.",
    ),
    measured(
      "sodium",
      numbers((it) => it.sodium),
      0,
      "Whole mmol/L.",
    ),
    measured(
      "haemoglobin",
      numbers((it, i) => (lost[i]?.hb ? NaN : it.haemoglobin)),
      1,
      "g/dL with one decimal.",
    ),
    measured(
      "sbp",
      numbers((it, i) => (lost[i]?.sbp ? NaN : it.sbp)),
      0,
      "Whole mmHg.",
    ),
    measured(
      "dbp",
      numbers((it, i) => (lost[i]?.sbp ? NaN : it.dbp)),
      0,
      "Whole mmHg.",
    ),
    measured(
      "heart_rate",
      numbers((it) => it.heartRate),
      0,
      "Whole beats per minute.",
    ),
    yesNo(
      "diabetes",
      codes((it) => it.diabetes),
      "Yes or no.",
    ),
    yesNo(
      "atrial_fibrillation",
      codes((it) => it.fibrillation),
      "Yes or no.",
    ),
    yesNo(
      "beta_blocker",
      codes((it) => it.betaBlocker),
      "Yes or no.",
    ),
    coded(
      "raas_inhibitor",
      codes((it) => it.inhibitor),
      INHIBITORS,
      { kind: "category", reason: "Four levels." },
    ),
    measured(
      "furosemide_mg",
      numbers((it) => it.furosemide),
      0,
      "Whole mg, six doses.",
    ),
    measured(
      "los_days",
      numbers((it) => it.los),
      0,
      "Whole days.",
    ),
    yesNo(
      "died_30d",
      codes((it) => it.died),
      "Yes or no; the last column, named like an outcome.",
      "target",
    ),
  ]);
}
