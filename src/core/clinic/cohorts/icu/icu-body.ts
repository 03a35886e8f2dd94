import type { Rng } from "../../../math/rng.ts";
import { episodeAtFirst, usual } from "../emergencies/at-first.ts";
import { emergencies } from "../emergencies/emergencies.ts";
import type { Episode } from "../emergencies/episode.ts";
import { shifted } from "../emergencies/shift.ts";
import type { Sign } from "../emergencies/shift.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { placeOf } from "./icu-patient.ts";

export const VITALS = [
  "sbp",
  "dbp",
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "spo2",
] as const satisfies readonly Sign[];

export const LABS = [
  "creatinine",
  "white_cells",
  "glucose",
  "haemoglobin",
  "potassium",
  "lactate",
  "platelets",
  "crp",
] as const satisfies readonly Sign[];

/** How a sign varies: between patients, with severity, within a patient. */
function signNumbers(numbers: Numbers, sign: string) {
  const of = numbersOf(numbers, `icu.${sign}`);
  return { mean: of("mean"), between: of("between"), slope: of("severity") };
}

/** The emergency of a patient as it stands at admission; undefined for most. */
export function episodesAtAdmission(numbers: Numbers): (patients: Rows, i: number) => Episode | undefined {
  const [kinds, hours] = [emergencies(numbers), numbers.of("sepsis.before")];
  return (patients, i) => {
    const dies = patients.get("died_in_hospital")[i] === 1;
    return episodeAtFirst(kinds, patients, i, { hours, treatedAfter: 0, dies });
  };
}

/** Vitals and labs at admission: the usual of the patient, with what severity and the emergency do to them. */
export const icuBody: Stage = {
  name: "icu body",
  prepare: ({ numbers }) => {
    const of = numbersOf(numbers, "icu");
    const vitals = VITALS.map((sign) => ({
      sign,
      ...signNumbers(numbers, sign),
      spread: of(`${sign}.within`),
      paired: sign === "sbp" || sign === "dbp",
      added:
        sign === "respiratory_rate"
          ? of("respiratory.respiratory_rate")
          : sign === "spo2"
            ? of("respiratory.spo2")
            : 0,
    }));
    const labs = LABS.map((sign) => ({ sign, ...signNumbers(numbers, sign) }));
    const atAdmission = episodesAtAdmission(numbers);
    const within = of("lab.within");
    const pressures = of("pressures");
    const [sweet, kidneys] = [of("glucose.diabetes"), of("potassium.creatinine")];
    const drawnFor = normals(2 * (1 + vitals.length + labs.length));
    return (rows, rng) => {
      const [severity, diagnosis] = [rows.get("severity"), rows.get("diagnosis")];
      const [diabetes, crisis] = [rows.get("diabetes"), rows.get("crisis")];
      const bedside = vitals.map((vital) => ({ ...vital, ...fieldsOf(rows, vital.sign) }));
      const drawn = labs.map((lab) => ({ ...lab, ...fieldsOf(rows, lab.sign) }));
      const renal = new Float64Array(rows.count);
      const draws = drawnFor(rows.count, rng);
      let place = 0;
      const together = draws(place++);
      for (const { paired, mean, between, slope, added, usually } of bedside) {
        const own = draws(place++);
        for (let i = 0; i < rows.count; i++) {
          const noise = paired
            ? shared(pressures, together[i] as number, own[i] as number)
            : (own[i] as number);
          const lungs = diagnosis[i] === LUNGS ? added : 0;
          usually[i] = mean + between * noise + slope * (severity[i] as number) + lungs;
        }
      }
      for (const { sign, mean, between, slope, usually } of drawn) {
        const own = draws(place++);
        const [sugar, salt] = [sign === "glucose" ? sweet : 0, sign === "potassium" ? kidneys : 0];
        for (let i = 0; i < rows.count; i++) {
          const noise = between * (own[i] as number) + slope * (severity[i] as number);
          if (sign === "creatinine") renal[i] = noise;
          const more = sugar * (diabetes[i] as number) + salt * (renal[i] as number);
          usually[i] = mean * Math.exp(noise + more);
        }
      }
      const now = draws(place++);
      for (const { paired, spread, usually, field } of bedside) {
        const own = draws(place++);
        for (let i = 0; i < rows.count; i++) {
          const noise = paired ? shared(pressures, now[i] as number, own[i] as number) : (own[i] as number);
          field[i] = (usually[i] as number) + spread * noise;
        }
      }
      for (const { usually, field } of drawn) {
        const own = draws(place++);
        for (let i = 0; i < rows.count; i++)
          field[i] = (usually[i] as number) * Math.exp(within * (own[i] as number));
      }
      const all = [...bedside, ...drawn];
      for (let i = 0; i < rows.count; i++) {
        const shift = crisis[i] === 0 ? undefined : atAdmission(rows, i)?.shift();
        if (shift !== undefined)
          for (const { sign, field } of all) field[i] = shifted(sign, field[i] as number, shift);
      }
    };
  },
};

const LUNGS = placeOf("respiratory");

/**
 * `each` standard normals of each patient, drawn patient by patient: those at a place, of all patients. Arrays are used again
 * for the next patients.
 */
function normals(each: number): (patients: number, rng: Rng) => (place: number) => Float64Array {
  let all: Float64Array[] = [];
  return (patients, rng) => {
    if (all[0]?.length !== patients) all = Array.from({ length: each }, () => new Float64Array(patients));
    for (let i = 0; i < patients; i++)
      for (let place = 0; place < each; place++) (all[place] as Float64Array)[i] = rng.normal();
    return (place) => all[place] as Float64Array;
  };
}

const fieldsOf = (rows: Rows, sign: Sign) => ({ usually: rows.add(usual(sign)), field: rows.add(sign) });

/** A standard normal that correlates by `r` with another made of the same `together`. */
export const shared = (r: number, together: number, own: number): number =>
  Math.sqrt(r) * together + Math.sqrt(1 - r) * own;
