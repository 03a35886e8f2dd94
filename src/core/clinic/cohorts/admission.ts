import type { Rng } from "../../math/rng.ts";
import { bernoulli, clamp, logistic } from "./simulated-column.ts";

const FUROSEMIDE = [0, 20, 40, 80, 125, 250] as const;
const DAY = 86_400_000;

interface Person {
  readonly age: number;
  readonly female: number;
  readonly ethnicity: number;
  readonly diabetes: number;
  readonly fibrillation: number;
}

interface Heart {
  readonly lvef: number;
  readonly creatinine: number;
  /** Hidden: how ill the patient is, about standard normal. */
  readonly severity: number;
  readonly nyha: number;
  readonly probnp: number;
  readonly sbp: number;
  readonly dbp: number;
}

interface Treatment {
  readonly betaBlocker: number;
  readonly inhibitor: number;
  readonly heartRate: number;
  readonly sodium: number;
  readonly haemoglobin: number;
  readonly furosemide: number;
  readonly ward: number;
}

interface Course {
  readonly los: number;
  readonly died: number;
  /** Milliseconds since 1970. */
  readonly admitted: number;
}

/** One admission, before rounding and before anything is lost. */
export type Admission = Person & Heart & Treatment & Course;

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

/** Draws one admission: the person, then the heart, then treatment and course, each from what came before. */
export function admit(rng: Rng): Admission {
  const person = drawPerson(rng);
  const heart = drawHeart(rng, person);
  const treatment = treat(rng, person, heart);
  const course = follow(rng, person, heart, treatment);
  return {
    ...person,
    ...heart,
    ...treatment,
    ...course,
    lvef: readEcho(rng, heart.lvef),
    probnp: clamp(heart.probnp, 22, 70_000),
  };
}

/** Years above 74, about which the coefficients are centred. */
const yearsOf = ({ age }: Person): number => age - 74;
const kidneysOf = ({ creatinine }: Pick<Heart, "creatinine">): number => Math.log(creatinine / 100);

function drawPerson(rng: Rng): Person {
  const age = clamp(79 - 11 * Math.abs(rng.normal()) + 7 * rng.normal(), 19, 101);
  const years = age - 74;
  const female = bernoulli(rng, logistic(-0.3 + 0.025 * years));
  const ethnicity = rng.weighted([0.06, 0.04, 0.09, 0.81]);
  const diabetes = bernoulli(rng, logistic(-0.75 + (ethnicity === 2 ? 0.8 : 0) - 0.012 * Math.abs(years)));
  const fibrillation = bernoulli(rng, logistic(-0.4 + 0.045 * years));
  return { age, female, ethnicity, diabetes, fibrillation };
}

function drawHeart(rng: Rng, person: Person): Heart {
  const { female, diabetes, fibrillation } = person;
  const years = yearsOf(person);
  const preserved = bernoulli(rng, logistic(-0.35 + 0.03 * years + 0.95 * female));
  const lvef = clamp(preserved ? 56 + 6.5 * rng.normal() : 31 + 8 * rng.normal(), 8, 78);
  const creatinine = Math.exp(
    Math.log(94) + 0.01 * years + 0.2 * (1 - female) + 0.13 * diabetes + 0.36 * rng.normal(),
  );
  const kidneys = kidneysOf({ creatinine });
  const severity = 0.35 * kidneys - 0.012 * (lvef - 42) + rng.normal();
  const nyha = [-1.3, 0.15, 1.35].filter((cut) => severity + 0.45 * rng.normal() > cut).length;
  const probnp = Math.exp(
    7.75 +
      0.024 * years -
      0.024 * (lvef - 42) +
      0.55 * kidneys +
      0.5 * severity +
      0.35 * fibrillation +
      0.5 * rng.normal(),
  );
  const sbp = clamp(134 + 0.12 * years + 0.38 * (lvef - 42) - 6 * severity + 17 * rng.normal(), 68, 231);
  const dbp = clamp(27 + 0.4 * sbp - 0.18 * years + 8 * rng.normal(), 31, sbp - 8);
  return { lvef, creatinine, severity, nyha, probnp, sbp, dbp };
}

function treat(rng: Rng, person: Person, heart: Heart): Treatment {
  const { lvef, creatinine, severity } = heart;
  const betaBlocker = bernoulli(rng, logistic(1.0 - 0.028 * (lvef - 42)));
  const inhibitor = chooseInhibitor(rng, lvef, creatinine);
  const rate = 84 + 5 * severity + 9 * person.fibrillation - 7 * betaBlocker + 13 * rng.normal();
  const sodium = clamp(138.6 - 1.3 * severity + 3 * rng.normal(), 112, 152);
  const blood = 13.6 - person.female - 0.028 * yearsOf(person) - 1.1 * kidneysOf(heart) + 1.5 * rng.normal();
  const dose = rng.weighted(
    FUROSEMIDE.map((mg) => Math.exp(-Math.abs(mg - 45 - 38 * severity) / 38) * (mg === 0 ? 1.4 : 1)),
  );
  return {
    betaBlocker,
    inhibitor,
    heartRate: clamp(rate, 38, 171),
    sodium,
    haemoglobin: clamp(blood, 5.4, 18.9),
    furosemide: FUROSEMIDE[dose] ?? 0,
    ward: chooseWard(rng, person.age, severity),
  };
}

function follow(rng: Rng, person: Person, heart: Heart, treatment: Treatment): Course {
  const years = yearsOf(person);
  const risk =
    -2.72 +
    0.05 * years +
    0.62 * heart.severity +
    0.5 * (Math.log(heart.probnp) - 8) +
    0.75 * kidneysOf(heart) -
    0.016 * (heart.sbp - 134) -
    0.05 * (treatment.sodium - 138) -
    0.35 * treatment.betaBlocker;
  const died = bernoulli(rng, logistic(risk));
  const stay = Math.exp(
    1.72 + 0.2 * heart.severity + 0.007 * years + 0.12 * (heart.nyha - 1) + 0.55 * rng.normal(),
  );
  const los = clamp(died && rng.uniform() < 0.6 ? stay * 0.6 : stay, 0, 94);
  return { los, died, admitted: admissionTime(rng) };
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
