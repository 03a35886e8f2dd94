import { emergencies } from "../emergencies/emergencies.ts";
import type { Emergency, Episode } from "../emergencies/episode.ts";
import { numbersOf } from "../emergencies/episode.ts";
import { noShift, shifted } from "../emergencies/shift.ts";
import type { Sign } from "../emergencies/shift.ts";
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

/** The field of what a sign would be without an emergency and without the noise of an hour. */
export const usual = (sign: string): string => `usual_${sign}`;

/** How a sign varies: between patients, with severity, within a patient. */
function signNumbers(numbers: Numbers, sign: string) {
  const of = numbersOf(numbers, `icu.${sign}`);
  return { mean: of("mean"), between: of("between"), slope: of("severity") };
}

/** The emergency of patient `i` as it stands at admission; undefined for most. */
export function episodeAtAdmission(
  kinds: readonly (Emergency | undefined)[],
  hoursBefore: number,
  patients: Rows,
  i: number,
): Episode | undefined {
  return kinds[patients.get("crisis")[i] as number]?.begin({
    severity: patients.get("crisis_severity")[i] as number,
    hours: hoursBefore,
    treatedAfter: 0,
    dies: patients.get("died_in_hospital")[i] === 1,
    usualHaemoglobin: patients.get(usual("haemoglobin"))[i] as number,
  });
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
    }));
    const labs = LABS.map((sign) => ({ sign, ...signNumbers(numbers, sign) }));
    const kinds = emergencies(numbers);
    const [before, within] = [numbers.of("sepsis.before"), of("lab.within")];
    const pressures = of("pressures");
    const [breathless, desaturated] = [of("respiratory.respiratory_rate"), of("respiratory.spo2")];
    const [sweet, kidneys] = [of("glucose.diabetes"), of("potassium.creatinine")];
    const lungs = placeOf("respiratory");
    const added = (sign: Sign, isLungs: boolean): number =>
      !isLungs ? 0 : sign === "respiratory_rate" ? breathless : sign === "spo2" ? desaturated : 0;
    const well = noShift();
    return (rows, rng) => {
      const [severity, diagnosis, diabetes, crisis] = ["severity", "diagnosis", "diabetes", "crisis"].map(
        (name) => rows.get(name),
      ) as [Float64Array, Float64Array, Float64Array, Float64Array];
      const bedside = vitals.map((vital) => ({ ...vital, ...fieldsOf(rows, vital.sign) }));
      const drawn = labs.map((lab) => ({ ...lab, ...fieldsOf(rows, lab.sign) }));
      for (let i = 0; i < rows.count; i++) {
        const ill = severity[i] as number;
        const together = rng.normal();
        for (const { sign, paired, mean, between, slope, usually } of bedside) {
          const noise = paired ? shared(pressures, together, rng.normal()) : rng.normal();
          usually[i] = mean + between * noise + slope * ill + added(sign, diagnosis[i] === lungs);
        }
        let renal = 0;
        for (const { sign, mean, between, slope, usually } of drawn) {
          const noise = between * rng.normal() + slope * ill;
          if (sign === "creatinine") renal = noise;
          const more =
            sign === "glucose" ? sweet * (diabetes[i] as number) : sign === "potassium" ? kidneys * renal : 0;
          usually[i] = mean * Math.exp(noise + more);
        }
        const shift = crisis[i] === 0 ? well : (episodeAtAdmission(kinds, before, rows, i)?.shift() ?? well);
        const now = rng.normal();
        for (const { sign, paired, spread, usually, field } of bedside) {
          const noise = paired ? shared(pressures, now, rng.normal()) : rng.normal();
          field[i] = shifted(sign, usually[i] as number, shift) + spread * noise;
        }
        for (const { sign, usually, field } of drawn)
          field[i] = shifted(sign, usually[i] as number, shift) * Math.exp(within * rng.normal());
      }
    };
  },
};

const fieldsOf = (rows: Rows, sign: Sign) => ({ usually: rows.add(usual(sign)), field: rows.add(sign) });

/** A standard normal that correlates by `r` with another made of the same `together`. */
export const shared = (r: number, together: number, own: number): number =>
  Math.sqrt(r) * together + Math.sqrt(1 - r) * own;
