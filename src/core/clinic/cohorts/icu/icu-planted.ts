import { numbersOf } from "../emergencies/episode.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Planted } from "../planted.ts";

const HOURS = 2 * 24;

/** What the table of intensive care holds on purpose; level 4 unless `how` says hour 0, which is level 3 too. */
export function icuPlanted(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "icu");
  const total = [
    "sepsis",
    "respiratory",
    "cardiac",
    "surgery",
    "neurological",
    "dka",
    "bleed",
    "renal",
    "other",
  ]
    .map((name) => of(`share.${name}`))
    .reduce((sum, share) => sum + share, 0);
  const drive = Math.exp(numbers.of("sepsis.spread") ** 2 / 2);
  return [
    {
      kind: "prevalence",
      about: "Died in hospital",
      columns: ["died_in_hospital"],
      value: of("death"),
      how: "share of patients with Yes, at hour 0",
    },
    {
      kind: "prevalence",
      about: "Admitted for sepsis",
      columns: ["diagnosis"],
      value: of("share.sepsis") / total,
      how: "share of patients with Sepsis, at hour 0",
    },
    {
      kind: "prevalence",
      about: "Admitted for kidney failure",
      columns: ["diagnosis"],
      value: of("share.renal") / total,
      how: "share of patients with Kidney failure, at hour 0",
    },
    {
      kind: "transition",
      about: "Sepsis begins, each hour",
      columns: ["patient_id", "hour", "diagnosis", "sepsis"],
      value: -Math.log(1 - of("sepsis.new")) / HOURS,
      how: "of rows with sepsis No in patients admitted for respiratory failure, the heart, after surgery, the brain or other who have had none before: share whose next row has Yes",
    },
    {
      kind: "transition",
      about: "Death within 48 hours, of those who die in hospital",
      columns: ["patient_id", "hour", "died_in_hospital"],
      value: of("death.early"),
      how: "of patients with died_in_hospital Yes: share whose last row is before hour 47",
    },
    {
      kind: "effect",
      about: "Temperature in sepsis",
      columns: ["diagnosis", "temperature"],
      value: numbers.of("sepsis.temperature") * drive,
      how: "mean at hour 0 of those admitted for sepsis, less that of those admitted for the heart, after surgery or other (°C)",
    },
    {
      kind: "effect",
      about: "Heart rate in sepsis",
      columns: ["diagnosis", "heart_rate"],
      value: numbers.of("sepsis.heart_rate") * drive,
      how: "mean at hour 0 of those admitted for sepsis, less that of those admitted for the heart, after surgery or other (/min)",
    },
    {
      kind: "correlation",
      about: "Systolic and diastolic pressure",
      columns: ["diagnosis", "sbp", "dbp"],
      value: pressures(of),
      how: "at hour 0, of those admitted for the heart, after surgery, the brain or other",
    },
    {
      kind: "correlation",
      about: "Heart rate of an hour and the next",
      columns: ["patient_id", "hour", "diagnosis", "died_in_hospital", "heart_rate"],
      value: again(of, "heart_rate"),
      how: "over pairs of rows an hour apart, of survivors admitted for the heart, after surgery, the brain or other",
    },
  ];
}

type Of = (name: string) => number;

/** Covariance between patients, with severity, and within an hour, over the product of the spreads. */
function pressures(of: Of): number {
  const r = of("pressures");
  const parts = ["between", "within"].map((part) => r * of(`sbp.${part}`) * of(`dbp.${part}`));
  const shared = of("sbp.severity") * of("dbp.severity");
  return ((parts[0] ?? 0) + (parts[1] ?? 0) + shared) / Math.sqrt(variance(of, "sbp") * variance(of, "dbp"));
}

const between = (of: Of, sign: string): number => of(`${sign}.between`) ** 2 + of(`${sign}.severity`) ** 2;
const variance = (of: Of, sign: string): number => between(of, sign) + of(`${sign}.within`) ** 2;
const again = (of: Of, sign: string): number =>
  (between(of, sign) + of(`${sign}.again`) * of(`${sign}.within`) ** 2) / variance(of, sign);
