import type { Rng } from "../math/rng.ts";
import type { Table } from "../table/table.ts";
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
} from "./cohort.ts";

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
const FUROSEMIDE = [0, 20, 40, 80, 125, 250] as const;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** One admission, before rounding and before anything is lost. */
interface Admission {
  readonly age: number;
  readonly female: number;
  readonly ethnicity: number;
  readonly admitted: number;
  readonly diabetes: number;
  readonly fibrillation: number;
  readonly lvef: number;
  readonly creatinine: number;
  readonly severity: number;
  readonly nyha: number;
  readonly probnp: number;
  readonly sbp: number;
  readonly dbp: number;
  readonly heartRate: number;
  readonly sodium: number;
  readonly haemoglobin: number;
  readonly betaBlocker: number;
  readonly inhibitor: number;
  readonly furosemide: number;
  readonly ward: number;
  readonly los: number;
  readonly died: number;
}

/** Admissions of 2019 to 2023, more in winter, most in the middle of the day. */
function admissionTime(rng: Rng): number {
  for (;;) {
    const day = Math.floor(rng.uniform() * 1826);
    const winter = 0.5 * (1 + Math.cos((2 * Math.PI * (day % 365.25)) / 365.25));
    if (rng.uniform() > 0.6 + 0.4 * winter) continue;
    const hour = clamp(13.5 + 5.2 * rng.normal(), 0, 23.98);
    return Date.UTC(2019, 0, 1) + day * DAY + hour * 3_600_000;
  }
}

/** Echo readers round to fives about half of the time. */
const readEcho = (rng: Rng, lvef: number): number =>
  rng.uniform() < 0.45 ? Math.round(lvef / 5) * 5 : Math.round(lvef);

function admit(rng: Rng): Admission {
  const age = clamp(79 - 11 * Math.abs(rng.normal()) + 7 * rng.normal(), 19, 101);
  const years = age - 74;
  const female = bernoulli(rng, logistic(-0.3 + 0.025 * years));
  const ethnicity = rng.weighted([0.06, 0.04, 0.09, 0.81]);
  const diabetes = bernoulli(rng, logistic(-0.75 + (ethnicity === 2 ? 0.8 : 0) - 0.012 * Math.abs(years)));
  const fibrillation = bernoulli(rng, logistic(-0.4 + 0.045 * years));
  const preserved = bernoulli(rng, logistic(-0.35 + 0.03 * years + 0.95 * female));
  const lvef = clamp(preserved ? 56 + 6.5 * rng.normal() : 31 + 8 * rng.normal(), 8, 78);
  const creatinine = Math.exp(
    Math.log(94) + 0.01 * years + 0.2 * (1 - female) + 0.13 * diabetes + 0.36 * rng.normal(),
  );
  const severity = 0.35 * Math.log(creatinine / 100) - 0.012 * (lvef - 42) + rng.normal();
  const nyha = [-1.3, 0.15, 1.35].filter((cut) => severity + 0.45 * rng.normal() > cut).length;
  const probnp = Math.exp(
    7.75 +
      0.024 * years -
      0.024 * (lvef - 42) +
      0.55 * Math.log(creatinine / 100) +
      0.5 * severity +
      0.35 * fibrillation +
      0.5 * rng.normal(),
  );
  const sbp = clamp(134 + 0.12 * years + 0.38 * (lvef - 42) - 6 * severity + 17 * rng.normal(), 68, 231);
  const dbp = clamp(27 + 0.4 * sbp - 0.18 * years + 8 * rng.normal(), 31, sbp - 8);
  const betaBlocker = bernoulli(rng, logistic(1.0 - 0.028 * (lvef - 42)));
  const inhibitor = chooseInhibitor(rng, lvef, creatinine);
  const heartRate = clamp(
    84 + 5 * severity + 9 * fibrillation - 7 * betaBlocker + 13 * rng.normal(),
    38,
    171,
  );
  const sodium = clamp(138.6 - 1.3 * severity + 3 * rng.normal(), 112, 152);
  const haemoglobin = clamp(
    13.6 - 1 * female - 0.028 * years - 1.1 * Math.log(creatinine / 100) + 1.5 * rng.normal(),
    5.4,
    18.9,
  );
  const dose = rng.weighted(
    FUROSEMIDE.map((mg) => Math.exp(-Math.abs(mg - 45 - 38 * severity) / 38) * (mg === 0 ? 1.4 : 1)),
  );
  const furosemide = FUROSEMIDE[dose] ?? 0;
  const ward = chooseWard(rng, age, severity);
  const risk =
    -2.72 +
    0.05 * years +
    0.62 * severity +
    0.5 * (Math.log(probnp) - 8) +
    0.75 * Math.log(creatinine / 100) -
    0.016 * (sbp - 134) -
    0.05 * (sodium - 138) -
    0.35 * betaBlocker;
  const died = bernoulli(rng, logistic(risk));
  const stay = Math.exp(1.72 + 0.2 * severity + 0.007 * years + 0.12 * (nyha - 1) + 0.55 * rng.normal());
  const los = clamp(died && rng.uniform() < 0.6 ? stay * 0.6 : stay, 0, 94);
  return {
    age,
    female,
    ethnicity,
    admitted: admissionTime(rng),
    diabetes,
    fibrillation,
    lvef: readEcho(rng, lvef),
    creatinine,
    severity,
    nyha,
    probnp: clamp(probnp, 22, 70_000),
    sbp,
    dbp,
    heartRate,
    sodium,
    haemoglobin,
    betaBlocker,
    inhibitor,
    furosemide,
    ward,
    los,
    died,
  };
}

function chooseInhibitor(rng: Rng, lvef: number, creatinine: number): number {
  const reduced = logistic((45 - lvef) / 6);
  const kidneys = Math.max(0, Math.log(creatinine / 130));
  return rng.weighted([
    1 + 0.9 * reduced,
    0.75,
    0.1 + 1.1 * reduced,
    (0.55 + 0.7 * (1 - reduced)) * (1 + 4 * kidneys),
  ]);
}

function chooseWard(rng: Rng, age: number, severity: number): number {
  return rng.weighted([
    0.9,
    1.2,
    1.0,
    0.35 * Math.exp(0.5 * severity),
    1.6 * logistic((age - 80) / 4),
    0.09 * Math.exp(0.9 * severity),
  ]);
}

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
      "Whole years.",
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
