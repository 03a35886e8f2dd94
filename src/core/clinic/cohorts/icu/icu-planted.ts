import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { correlationIn, meanIn, shareIn } from "../planted-rows.ts";
import type { PlantedRows, Which } from "../planted-rows.ts";
import type { Planted } from "../planted.ts";
import { DIAGNOSES, HOURS } from "./icu-patient.ts";

/** What the table of intensive care holds on purpose; level 4 unless `how` says hour 0, which is level 3 too. */
export function icuPlanted(numbers: Numbers): Planted[] {
  const of = numbersOf(numbers, "icu");
  const total = DIAGNOSES.reduce((sum, [, name]) => sum + of(`share.${name}`), 0);
  const drive = Math.exp(numbers.of("sepsis.spread") ** 2 / 2);
  return [
    {
      kind: "prevalence",
      about: "Died in hospital",
      level: 3,
      columns: ["died_in_hospital"],
      value: of("death"),
      how: "share of patients with Yes, at hour 0",
      measure: (rows) => shareIn(rows, rows.is("died_in_hospital", "Yes")),
    },
    {
      kind: "prevalence",
      about: "Admitted for sepsis",
      level: 3,
      columns: ["diagnosis"],
      value: of("share.sepsis") / total,
      how: "share of patients with Sepsis, at hour 0",
      measure: (rows) => shareIn(rows, rows.is("diagnosis", "Sepsis")),
    },
    {
      kind: "prevalence",
      about: "Admitted for kidney failure",
      level: 3,
      columns: ["diagnosis"],
      value: of("share.renal") / total,
      how: "share of patients with Kidney failure, at hour 0",
      measure: (rows) => shareIn(rows, rows.is("diagnosis", "Kidney failure")),
    },
    {
      kind: "transition",
      about: "Sepsis begins, each hour",
      level: 4,
      columns: ["patient_id", "hour", "diagnosis", "sepsis"],
      value: -Math.log(1 - of("sepsis.new")) / HOURS,
      how: "of rows with sepsis No in patients admitted for respiratory failure, the heart, after surgery, the brain or other who have had none before: share whose next row has Yes",
      measure: sepsisBegins,
    },
    {
      kind: "transition",
      about: "Death within 48 hours, of those who die in hospital",
      level: 4,
      columns: ["patient_id", "hour", "died_in_hospital"],
      value: of("death.early"),
      how: "of patients with died_in_hospital Yes: share whose last row is before hour 47",
      measure: diesEarly,
    },
    {
      kind: "effect",
      about: "Temperature in sepsis",
      level: 3,
      columns: ["diagnosis", "temperature"],
      value: numbers.of("sepsis.temperature") * drive,
      how: "mean at hour 0 of those admitted for sepsis, less that of those admitted for the heart, after surgery or other (°C)",
      measure: inSepsis("temperature"),
    },
    {
      kind: "effect",
      about: "Heart rate in sepsis",
      level: 3,
      columns: ["diagnosis", "heart_rate"],
      value: numbers.of("sepsis.heart_rate") * drive,
      how: "mean at hour 0 of those admitted for sepsis, less that of those admitted for the heart, after surgery or other (/min)",
      measure: inSepsis("heart_rate"),
    },
    {
      kind: "correlation",
      about: "Systolic and diastolic pressure",
      level: 3,
      columns: ["diagnosis", "sbp", "dbp"],
      value: pressures(of),
      how: "at hour 0, of those admitted for the heart, after surgery, the brain or other",
      measure: (rows) =>
        correlationIn(rows, rows.number("sbp"), rows.number("dbp"), rows.is("diagnosis", ...CALM)),
    },
    {
      kind: "correlation",
      about: "Heart rate of an hour and the next",
      level: 4,
      columns: ["patient_id", "hour", "diagnosis", "died_in_hospital", "heart_rate"],
      value: again(of, "heart_rate"),
      how: "over pairs of rows an hour apart, of survivors admitted for the heart, after surgery, the brain or other",
      measure: (rows) => {
        const [rate, calm] = [rows.number("heart_rate"), rows.is("diagnosis", ...CALM)];
        const lives = rows.is("died_in_hospital", "No");
        const later = (row: number): number => (rows.next(row) < 0 ? NaN : rate(rows.next(row)));
        return correlationIn(rows, rate, later, (row) => calm(row) && lives(row));
      },
    },
  ];
}

const CALM = ["Heart", "After surgery", "Brain", "Other"];

/** Mean of a sign where sepsis was why they came, less that where it was the heart, surgery or something else. */
const inSepsis =
  (sign: string) =>
  (rows: PlantedRows): number => {
    const value = rows.number(sign);
    const others = rows.is("diagnosis", "Heart", "After surgery", "Other");
    return meanIn(rows, value, rows.is("diagnosis", "Sepsis")) - meanIn(rows, value, others);
  };

function sepsisBegins(rows: PlantedRows): number {
  const septic = rows.is("sepsis", "Yes");
  const had = new Uint8Array(rows.count);
  for (let row = 0; row < rows.count; row++) {
    const before = rows.before(row);
    had[row] = septic(row) || (before >= 0 && had[before] === 1) ? 1 : 0;
  }
  const free = rows.is("diagnosis", "Respiratory failure", ...CALM);
  const which: Which = (row) => free(row) && had[row] === 0 && rows.next(row) >= 0;
  return shareIn(rows, (row) => septic(rows.next(row)), which);
}

function diesEarly(rows: PlantedRows): number {
  const [hour, dies] = [rows.number("hour"), rows.is("died_in_hospital", "Yes")];
  const last: Which = (row) => dies(row) && rows.next(row) < 0;
  return shareIn(rows, (row) => hour(row) < HOURS - 1, last);
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
