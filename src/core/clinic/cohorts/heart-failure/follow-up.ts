import type { Rng } from "../../../math/rng.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { logistic } from "../simulated-column.ts";
import { appointment } from "../simulating/calendar.ts";
import { Rows } from "../simulating/rows.ts";
import type { Course } from "../simulating/stage.ts";
import { eventsOf } from "./events.ts";
import type { Condition, Span } from "./events.ts";
import { DAY, DOSES, FUROSEMIDE, INHIBITORS, VISIT_KINDS } from "./heart-failure-columns.ts";
import { drugsOf, firstStep, titration } from "./titration.ts";
import { cutsOf } from "./ordered.ts";
import type { Prescribed } from "./titration.ts";
import { valuesOf } from "./visit-values.ts";
import type { AtAdmission, Measured } from "./visit-values.ts";

const ADMISSION = VISIT_KINDS.indexOf("Admission");
const PLANNED = VISIT_KINDS.indexOf("Planned visit");
const READMISSION = VISIT_KINDS.indexOf("Readmission");
const EMERGENCY = VISIT_KINDS.indexOf("Emergency visit");
const NOT_GIVEN = INHIBITORS.length - 1;
const PLANNED_VISITS = ["1", "2", "3", "4", "5", "6"];
const HALF_A_YEAR = 4;
const YEAR = 365.25;

/** Fields that change from visit to visit; all others are the patient's. */
const MEASURED = [
  "sbp",
  "dbp",
  "heart_rate",
  "weight_kg",
  "severity",
  "limited",
  "nyha",
  "creatinine",
  "egfr",
  "urea",
  "sodium",
  "potassium",
  "haemoglobin",
  "nt_probnp",
] as const;
const OTHERS = [
  "patient",
  "visit",
  "age",
  "visit_at",
  "visit_kind",
  "missed_before",
  "beta_blocker",
  "raas_inhibitor",
  "mra",
  "sglt2_inhibitor",
  "furosemide_mg",
  "beta_blocker_dose",
  "raas_dose",
  "echo",
  "died",
] as const;
type Field = (typeof MEASURED)[number] | (typeof OTHERS)[number];
type Written = Record<Field, number[]>;

/**
 * The year after an admission: planned visits, some of them missed, readmissions, emergencies of potassium, and death, after
 * which there is nothing. A row says what was found, and what was taken from then on.
 */
export const followUp: Course = {
  name: "follow-up",
  prepare: ({ numbers }) => {
    const follow = oneYear(numbers);
    return (patients, rng) => {
      const written = Object.fromEntries(
        [...MEASURED, ...OTHERS].map((name) => [name, [] as number[]]),
      ) as Written;
      for (let i = 0; i < patients.count; i++) follow(patients, i, rng, written);
      return visitsOf(patients, written);
    };
  },
};

function visitsOf(patients: Rows, written: Written): Rows {
  const visits = new Rows(written.patient.length, patients.first);
  const own = new Set<string>([...MEASURED, ...OTHERS]);
  for (const name of patients.names) {
    if (own.has(name)) continue;
    const values = patients.get(name);
    visits.set(
      name,
      Float64Array.from(written.patient, (place) => values[place] as number),
    );
  }
  for (const [name, values] of Object.entries(written)) visits.set(name, Float64Array.from(values));
  return visits;
}

/** A patient of the chunk as this course takes it. */
interface Patient extends AtAdmission {
  readonly age: number;
  readonly diabetes: number;
  readonly copd: number;
  readonly lvef: number;
  readonly admittedAt: number;
  readonly discharge: number;
  readonly deathDay: number;
  readonly inhibitor: number;
  readonly furosemide: number;
}

function patientAt(rows: Rows, i: number, prescribed: Prescribed): Patient {
  const of = (name: string): number => rows.get(name)[i] as number;
  const measured = Object.fromEntries(MEASURED.map((name) => [name, of(name)])) as Record<
    (typeof MEASURED)[number],
    number
  >;
  return {
    ...measured,
    height_cm: of("height_cm"),
    female: of("female"),
    preserved: of("preserved"),
    kidneys: of("kidneys"),
    drugs: drugsOf(prescribed),
    age: of("age"),
    diabetes: of("diabetes"),
    copd: of("copd"),
    lvef: of("lvef"),
    admittedAt: of("admitted_at"),
    discharge: of("los_days"),
    deathDay: of("death_day"),
    inhibitor: of("raas_inhibitor"),
    furosemide: of("furosemide_mg"),
  };
}

/** What one row says beside what was measured. */
interface Row {
  readonly day: number;
  readonly kind: number;
  readonly missed: number;
  readonly echo: number;
  readonly now: Prescribed;
  readonly furosemide: number;
}

function write(
  into: Written,
  patient: Patient,
  place: number,
  visit: number,
  found: Measured,
  row: Row,
): void {
  const { day, kind, missed, echo, now, furosemide } = row;
  for (const name of MEASURED) into[name].push(found[name]);
  into.patient.push(place);
  into.visit.push(visit);
  into.age.push(patient.age + day / YEAR);
  into.visit_at.push(patient.admittedAt + day * DAY);
  into.visit_kind.push(kind);
  into.missed_before.push(missed);
  into.beta_blocker.push(Number(now.beta > 0));
  into.raas_inhibitor.push(now.raas > 0 ? patient.inhibitor : NOT_GIVEN);
  into.mra.push(now.mra);
  into.sglt2_inhibitor.push(now.sglt2);
  into.furosemide_mg.push(furosemide);
  into.beta_blocker_dose.push(DOSES[now.beta] as number);
  into.raas_dose.push(DOSES[now.raas] as number);
  into.echo.push(echo);
  into.died.push(0);
}

function oneYear(numbers: Numbers): (patients: Rows, place: number, rng: Rng, into: Written) => void {
  const gaps = PLANNED_VISITS.map((it) => numbers.of(`hf.visit.${it}`));
  const spread = numbers.of("hf.visit.spread");
  const [events, values, titrate, start] = [
    eventsOf(numbers),
    valuesOf(numbers),
    titration(numbers),
    firstStep(numbers),
  ];
  const [miss, stay] = [missing(numbers), numbers.of("hf.stay.median")];
  const severeFrom = cutsOf([1, 2, 3, 4].map((it) => numbers.of(`hf.nyha.${it}`)))[1] as number;
  const [stop, fall] = [numbers.of("hf.mra.potassium.stop"), numbers.of("hf.hyperkalaemia.fall")];
  return (patients, place, rng, into) => {
    let now = prescribedAt(patients, place, start, rng);
    const patient = patientAt(patients, place, now);
    let furosemide = patient.furosemide;
    let [visit, missed, sglt2From, last] = [0, 0, NaN, patient as Measured];
    const find = (day: number, acute: boolean): Measured => {
      const treatedYears = Number.isNaN(sglt2From) ? 0 : (day - sglt2From) / YEAR;
      const moment = {
        age: patient.age + day / YEAR,
        years: day / YEAR,
        treatedYears,
        drugs: drugsOf(now),
        acute,
      };
      return values(rng, patient, moment);
    };
    const add = (day: number, kind: number, found: Measured, echo = 0): void => {
      write(into, patient, place, visit++, found, { day, kind, missed, echo, now, furosemide });
      missed = 0;
      last = found;
    };
    const seen = (day: number, found: Measured): void => {
      const next = titrate(rng, now, found, patient.lvef);
      if (next.sglt2 > now.sglt2) sglt2From = day;
      now = next;
    };
    add(0, ADMISSION, patient, 1);
    let day = patient.discharge;
    if (patient.deathDay <= day) return died(into);
    for (const [k, planned] of gaps.entries()) {
      const before = k === 0 ? 0 : (gaps[k - 1] as number);
      const due = keptOn(
        patient.admittedAt,
        Math.max(
          day + 1,
          patient.discharge + planned + spread * (planned - before) * Math.max(-2, Math.min(2, rng.normal())),
        ),
      );
      const span: Span = { from: day, to: due, discharge: patient.discharge, deathDay: patient.deathDay };
      let seenOn = due;
      const { death, readmission } = events(rng, conditionOf(patient, last, now, severeFrom), span);
      if (!Number.isNaN(readmission)) {
        furosemide = nextDose(furosemide);
        add(readmission, READMISSION, find(readmission, true));
        // whom the hospital has is not seen in the clinic meanwhile
        seenOn = keptOn(patient.admittedAt, Math.max(due, readmission + stay));
      }
      if (!Number.isNaN(death) || patient.deathDay < seenOn) return died(into);
      day = seenOn;
      if (rng.uniform() < miss(last.severity, patient.age)) {
        missed++;
        continue;
      }
      const found = find(seenOn, false);
      seen(seenOn, found);
      add(seenOn, PLANNED, found, k + 1 === HALF_A_YEAR ? 1 : 0);
      if (found.potassium <= stop || patient.deathDay < seenOn + 1) continue;
      // called back the next day
      const again = find(seenOn + 1, false);
      add(seenOn + 1, EMERGENCY, { ...again, potassium: found.potassium + fall });
      day = seenOn + 1;
    }
  };
}

/** Days from admission to the appointment that is due `day` days after it. */
const keptOn = (admittedAt: number, day: number): number =>
  (appointment(admittedAt + day * DAY) - admittedAt) / DAY;

/** The patient's last row is the last of all. */
function died(into: Written): void {
  into.died[into.died.length - 1] = 1;
}

function prescribedAt(rows: Rows, i: number, start: (rng: Rng) => number, rng: Rng): Prescribed {
  const on = (name: string): number => rows.get(name)[i] as number;
  const [beta, raas] = [start(rng), start(rng)];
  return {
    beta: on("beta_blocker") === 1 ? beta : 0,
    raas: on("raas_inhibitor") === NOT_GIVEN ? 0 : raas,
    mra: on("mra"),
    sglt2: on("sglt2_inhibitor"),
  };
}

/** `severeFrom`: where NYHA III of a planned visit begins. */
function conditionOf(patient: Patient, last: Measured, now: Prescribed, severeFrom: number): Condition {
  const { age, female, diabetes, copd, lvef } = patient;
  const { sbp, creatinine } = last;
  return {
    age,
    female,
    diabetes,
    copd,
    lvef,
    sbp,
    creatinine,
    severe: last.limited > severeFrom,
    ...drugsOf(now),
  };
}

/** One dose more of furosemide. */
const nextDose = (mg: number): number =>
  FUROSEMIDE[Math.min(FUROSEMIDE.length - 1, FUROSEMIDE.findIndex((it) => it === mg) + 1)] as number;

function missing(numbers: Numbers): (severity: number, age: number) => number {
  const of = (id: string): number => numbers.of(`hf.missed.${id}`);
  const share = of("share");
  const [middle, severe, decade] = [Math.log(share / (1 - share)), of("severity"), of("decade")];
  const usual = numbers.of("failing.mean");
  return (severity, age) => logistic(middle + severe * severity + (decade * (age - usual)) / 10);
}
