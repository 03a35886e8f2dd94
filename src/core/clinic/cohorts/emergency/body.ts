import type { Rng } from "../../../math/rng.ts";
import { episodeAtFirst, usual } from "../emergencies/at-first.ts";
import { emergencies } from "../emergencies/emergencies.ts";
import type { Episode } from "../emergencies/episode.ts";
import { MULTIPLIED, shifted } from "../emergencies/shift.ts";
import type { Shift, Sign } from "../emergencies/shift.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import type { Stage } from "../simulating/stage.ts";
import { COMPLAINTS, complaint } from "./visit.ts";

/** Signs that the department measures; the `usual` fields are of the patient without an emergency and without illness. */
export const MEASURED = [
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "sbp",
  "dbp",
  "spo2",
  "glucose",
  "potassium",
  "bicarbonate",
  "ketones",
  "creatinine",
  "urea",
  "haemoglobin",
  "white_cells",
  "crp",
  "lactate",
] as const satisfies readonly Sign[];

const ILL = [
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "spo2",
  "sbp",
  "white_cells",
  "crp",
  "lactate",
  "creatinine",
  "urea",
] as const;
const onLogarithm = new Set<string>([...MULTIPLIED, "crp"]);
const isOnLogarithm = MEASURED.map((sign) => onLogarithm.has(sign));

/** What illness and complaint add to a sign, by its place in `MEASURED`, on the logarithmic scale where that is what varies evenly. */
export function unwell(
  numbers: Numbers,
): (sign: number, illness: number, why: number, crisis: number) => number {
  const of = numbersOf(numbers, "ed");
  const effects = (what: string, signs: readonly Sign[]): Float64Array =>
    Float64Array.from(MEASURED, (sign) => (signs.includes(sign) ? of(`${what}.${sign}`) : 0));
  const ill = effects("ill", ILL);
  const pain = effects("pain", ["heart_rate", "sbp", "dbp"]);
  const fever = effects("fever", ["temperature", "heart_rate", "respiratory_rate", "white_cells", "crp"]);
  const breath = effects("breath", ["respiratory_rate", "heart_rate", "spo2"]);
  const by: Float64Array[] = COMPLAINTS.map(() => new Float64Array(MEASURED.length));
  for (const short of ["injury", "abdomen", "chest"] as const) by[complaint(short)] = pain;
  by[complaint("fever")] = fever;
  by[complaint("breath")] = breath;
  return (sign, illness, why, crisis) =>
    (ill[sign] as number) * illness + (crisis === 0 ? ((by[why] as Float64Array)[sign] as number) : 0);
}

/** A sign, by its place in `MEASURED`, of a patient whom illness has moved by `moved`. */
const signMoved = (sign: number, usually: number, moved: number): number =>
  (isOnLogarithm[sign] as boolean) ? usually * Math.exp(moved) : usually + moved;

/** As `signMoved`, of a patient who may have an emergency. */
export const signNow = (sign: number, usually: number, moved: number, shift: Shift): number =>
  shifted(MEASURED[sign] as Sign, signMoved(sign, usually, moved), shift);

/** The emergency of a patient as it arrives; undefined for most. */
export function episodesAtArrival(numbers: Numbers): (patients: Rows, i: number) => Episode | undefined {
  const kinds = emergencies(numbers);
  const onset = {
    hours: numbers.of("sepsis.before"),
    treatedAfter: numbers.of("ed.treated.after"),
    dies: false,
  };
  return (patients, i) => episodeAtFirst(kinds, patients, i, onset);
}

/** Points of the Glasgow Coma Scale by complaint: 15 of most; of the others slightly, moderately or severely fewer. */
function consciousness(numbers: Numbers): (why: number, rng: Rng) => number {
  const of = numbersOf(numbers, "ed.gcs");
  const shares = COMPLAINTS.map(([, name]) =>
    name === "head" || name === "weak" || name === "mind" || name === "injury" || name === "fever"
      ? of(name)
      : of("others"),
  );
  const [mild, moderate] = [of("mild"), of("moderate")];
  const [most, least] = [numbers.of("icu.most.gcs"), numbers.of("icu.least.gcs")];
  const [mildFrom, moderateFrom] = [of("mild.from"), of("moderate.from")];
  return (why, rng) => {
    const [u, v, w] = [rng.uniform(), rng.uniform(), rng.uniform()];
    if (u >= (shares[why] as number)) return most;
    const [from, to] =
      v < mild
        ? [mildFrom, most - 1]
        : v < mild + moderate
          ? [moderateFrom, mildFrom - 1]
          : [least, moderateFrom - 1];
    return from + Math.floor(w * (to + 1 - from));
  };
}

/** Vitals and labs at arrival: `usual_` fields of what they would be, `gcs`, `ketones`, and all moved by illness and emergency. */
export const body: Stage = {
  name: "emergency body",
  prepare: ({ numbers }) => {
    const [atArrival, moves] = [episodesAtArrival(numbers), unwell(numbers)];
    const eats = numbers.of("ed.ketones.usual");
    const [clouded, least] = [consciousness(numbers), numbers.of("icu.least.gcs")];
    return (rows, rng) => {
      const ketones = rows.add("ketones");
      const [awake, complaints] = [rows.add(usual("gcs")), rows.get("complaint")];
      for (let i = 0; i < rows.count; i++) {
        ketones[i] = eats * Math.exp(rng.normal() / 2);
        awake[i] = clouded(complaints[i] as number, rng);
      }
      for (const sign of MEASURED) rows.add(usual(sign)).set(rows.get(sign));
      const gcs = rows.add("gcs");
      const fields = MEASURED.map((sign) => rows.get(sign));
      const [illness, why, crisis] = [rows.get("illness"), rows.get("complaint"), rows.get("crisis")];
      for (const [k, field] of fields.entries())
        for (let i = 0; i < rows.count; i++) {
          const moved = moves(k, illness[i] as number, why[i] as number, crisis[i] as number);
          field[i] = signMoved(k, field[i] as number, moved);
        }
      for (let i = 0; i < rows.count; i++) {
        const shift = crisis[i] === 0 ? undefined : atArrival(rows, i)?.shift();
        gcs[i] = Math.max(least, (awake[i] as number) + (shift?.gcs ?? 0));
        if (shift !== undefined)
          for (const [k, field] of fields.entries())
            field[i] = shifted(MEASURED[k] as Sign, field[i] as number, shift);
      }
    };
  },
};
