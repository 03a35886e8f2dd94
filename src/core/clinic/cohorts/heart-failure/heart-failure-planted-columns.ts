import type { ReadableTruth } from "../readable-truth.ts";

const yes = { levels: ["Yes"] } as const;
const MS_A_YEAR = 365.25 * 86_400_000;

/** What can be recovered from rows of the heart failure cohort. */
export const heartFailurePlanted: readonly ReadableTruth[] = [
  {
    id: "hf.reduced",
    about: "Ejection fraction below 40%",
    level: 3,
    reading: { of: "share", column: "lvef", is: { below: 40 }, rows: "first" },
    within: { absolute: 0.05 },
  },
  {
    id: "hf.between",
    about: "Ejection fraction from 40% to below 50%: the trough between two humps",
    level: 3,
    reading: { of: "share", column: "lvef", is: { atLeast: 40, below: 50 }, rows: "first" },
    within: { absolute: 0.04 },
  },
  {
    id: "hf.died_30d",
    about: "Death within 30 days",
    level: 3,
    reading: { of: "share", column: "died_30d", is: yes, rows: "first" },
    number: "hf.early.intercept",
    within: { absolute: 0.02 },
  },
  {
    id: "hf.pressures",
    about: "Systolic and diastolic pressure",
    level: 3,
    reading: { of: "correlation", columns: ["sbp", "dbp"], logarithm: [] },
    number: "hf.correlation.sbp.dbp",
    within: { absolute: 0.05 },
  },
  {
    id: "hf.kidneys.probnp",
    about: "Creatinine and NT-proBNP, logarithms",
    level: 3,
    reading: {
      of: "correlation",
      columns: ["creatinine", "nt_probnp"],
      logarithm: ["creatinine", "nt_probnp"],
    },
    within: { absolute: 0.05 },
  },
  {
    id: "hf.mra.potassium",
    about: "Potassium with an MRA against without; those with high potassium are given none",
    level: 3,
    reading: { of: "difference", column: "potassium", where: { column: "mra", ...yes } },
    within: { share: 0.15 },
  },
  {
    id: "hf.beta_blocker.heart_rate",
    about: "Heart rate with a beta-blocker against without",
    level: 3,
    reading: { of: "difference", column: "heart_rate", where: { column: "beta_blocker", ...yes } },
    number: "hf.heart_rate.beta_blocker",
    within: { share: 0.15 },
  },
  {
    id: "hf.nyha.worse",
    about: "From NYHA I or II to III or IV at the next row",
    level: 4,
    reading: {
      of: "transition",
      column: "nyha",
      from: { levels: ["I", "II"] },
      to: { levels: ["III", "IV"] },
      time: "visit_at",
      perYear: MS_A_YEAR,
    },
    within: { share: 0.15 },
  },
  {
    id: "hf.sglt2.began",
    about: "SGLT2 inhibitor begun",
    level: 4,
    reading: {
      of: "transition",
      column: "sglt2_inhibitor",
      from: { levels: ["No"] },
      to: yes,
      time: "visit_at",
      perYear: MS_A_YEAR,
    },
    within: { share: 0.15 },
  },
];
