import { logistic, logit } from "../../../math/logistic.ts";
import type { Rng } from "../../../math/rng.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { byName } from "../simulating/by-name.ts";
import { appointment, DAY, DAYS_A_YEAR } from "../simulating/calendar.ts";
import { clamp } from "../simulating/chance.ts";
import { cutsOf } from "../simulating/ordered.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Course } from "../simulating/stage.ts";
import { visitsOf } from "../simulating/visits-of.ts";
import { eventsOf } from "./events.ts";
import type { Condition, Span } from "./events.ts";
import { DOSES, FUROSEMIDE, INHIBITORS, VISIT_KINDS } from "./heart-failure-columns.ts";
import { drugsOf, firstStep, titration } from "./titration.ts";
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
      const written: Written = byName([...MEASURED, ...OTHERS], () => []);
      for (let i = 0; i < patients.count; i++) follow(patients, i, rng, written);
      return visitsOf(patients, written);
    };
  },
};

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
  return {
    ...byName(MEASURED, of),
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

/** A patient's year as far as it has gone. */
interface Year {
  readonly patient: Patient;
  readonly place: number;
  readonly rng: Rng;
  readonly into: Written;
  /** days from admission to where it has come */
  day: number;
  now: Prescribed;
  furosemide: number;
  /** day on which an SGLT2 inhibitor was begun, NaN for none */
  sglt2From: number;
  /** what the last row found */
  last: Measured;
  visit: number;
  missed: number;
}

function add(year: Year, day: number, kind: number, found: Measured, echo = 0): void {
  const { patient, into, now } = year;
  for (const name of MEASURED) into[name].push(found[name]);
  into.patient.push(year.place);
  into.visit.push(year.visit++);
  into.age.push(patient.age + day / DAYS_A_YEAR);
  into.visit_at.push(patient.admittedAt + day * DAY);
  into.visit_kind.push(kind);
  into.missed_before.push(year.missed);
  into.beta_blocker.push(Number(now.beta > 0));
  into.raas_inhibitor.push(now.raas > 0 ? patient.inhibitor : NOT_GIVEN);
  into.mra.push(now.mra);
  into.sglt2_inhibitor.push(now.sglt2);
  into.furosemide_mg.push(year.furosemide);
  into.beta_blocker_dose.push(DOSES[now.beta] as number);
  into.raas_dose.push(DOSES[now.raas] as number);
  into.echo.push(echo);
  into.died.push(0);
  year.missed = 0;
  year.last = found;
}

type Model = ReturnType<typeof modelOf>;

function modelOf(numbers: Numbers) {
  const of = numbersOf(numbers, "hf");
  return {
    gaps: PLANNED_VISITS.map((it) => of(`visit.${it}`)),
    spread: of("visit.spread"),
    events: eventsOf(numbers),
    values: valuesOf(numbers),
    titrate: titration(numbers),
    start: firstStep(numbers),
    miss: missing(numbers),
    stay: of("stay.median"),
    /** where NYHA III of a planned visit begins */
    severeFrom: cutsOf([1, 2, 3, 4].map((it) => of(`nyha.${it}`)))[1] as number,
    stop: of("mra.potassium.stop"),
    fall: of("hyperkalaemia.fall"),
  };
}

function oneYear(numbers: Numbers): (patients: Rows, place: number, rng: Rng, into: Written) => void {
  const model = modelOf(numbers);
  return (patients, place, rng, into) => {
    const now = prescribedAt(patients, place, model.start, rng);
    const patient = patientAt(patients, place, now);
    const { furosemide, discharge } = patient;
    const begun = { furosemide, sglt2From: NaN, last: patient, visit: 0, missed: 0 };
    const year: Year = { patient, place, rng, into, day: discharge, now, ...begun };
    add(year, 0, ADMISSION, patient, 1);
    if (patient.deathDay <= discharge) return died(into);
    for (const k of model.gaps.keys()) {
      const seenOn = untilVisit(model, year, dueOn(model, year, k));
      if (seenOn === undefined) return died(into);
      year.day = seenOn;
      if (rng.uniform() < model.miss(year.last.severity, patient.age)) year.missed++;
      else plannedVisit(model, year, k + 1 === HALF_A_YEAR);
    }
  };
}

/** Days from admission to planned visit `k`, from 0. */
function dueOn({ gaps, spread }: Model, { patient, day, rng }: Year, k: number): number {
  const [before, planned] = [k === 0 ? 0 : (gaps[k - 1] as number), gaps[k] as number];
  const moved = spread * (planned - before) * clamp(rng.normal(), -2, 2);
  return keptOn(patient.admittedAt, Math.max(day + 1, patient.discharge + planned + moved));
}

/** What happens until a visit is due, and the day on which it takes place; undefined where the patient dies before. */
function untilVisit(model: Model, year: Year, due: number): number | undefined {
  const { patient, rng, last, now } = year;
  const { admittedAt, discharge, deathDay } = patient;
  const span: Span = { from: year.day, to: due, discharge, deathDay };
  const condition = conditionOf(patient, last, now, model.severeFrom);
  const { death, readmission } = model.events(rng, condition, span);
  let seenOn = due;
  if (!Number.isNaN(readmission)) {
    year.furosemide = nextDose(year.furosemide);
    add(year, readmission, READMISSION, find(model, year, readmission, true));
    // whom the hospital has is not seen in the clinic meanwhile
    seenOn = keptOn(admittedAt, Math.max(due, readmission + model.stay));
  }
  return !Number.isNaN(death) || deathDay < seenOn ? undefined : seenOn;
}

function plannedVisit(model: Model, year: Year, echo: boolean): void {
  const { patient, day } = year;
  const found = find(model, year, day, false);
  const next = model.titrate(year.rng, year.now, found, patient.lvef);
  if (next.sglt2 > year.now.sglt2) year.sglt2From = day;
  year.now = next;
  add(year, day, PLANNED, found, Number(echo));
  if (found.potassium <= model.stop || patient.deathDay < day + 1) return;
  // called back the next day
  year.day = day + 1;
  const again = find(model, year, day + 1, false);
  add(year, day + 1, EMERGENCY, { ...again, potassium: found.potassium + model.fall });
}

function find(model: Model, { patient, sglt2From, now, rng }: Year, day: number, acute: boolean): Measured {
  const years = day / DAYS_A_YEAR;
  const treatedYears = Number.isNaN(sglt2From) ? 0 : (day - sglt2From) / DAYS_A_YEAR;
  return model.values(rng, patient, {
    age: patient.age + years,
    years,
    treatedYears,
    drugs: drugsOf(now),
    acute,
  });
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
  const of = numbersOf(numbers, "hf.missed");
  const share = of("share");
  const [middle, severe, decade] = [logit(share), of("severity"), of("decade")];
  const usual = numbers.of("failing.mean");
  return (severity, age) => logistic(middle + severe * severity + (decade * (age - usual)) / 10);
}
