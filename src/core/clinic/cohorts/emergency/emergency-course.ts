import type { Rng } from "../../../math/rng.ts";
import { usual } from "../emergencies/at-first.ts";
import type { Given } from "../emergencies/episode.ts";
import { hourlyRows, staysIn } from "../emergencies/hourly-rows.ts";
import type { Stay } from "../emergencies/hourly-rows.ts";
import { noShift } from "../emergencies/shift.ts";
import type { Sign } from "../emergencies/shift.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import { bernoulli, clamp } from "../simulating/chance.ts";
import type { Course } from "../simulating/stage.ts";
import { MEASURED, episodesAtArrival, signNow, unwell } from "./body.ts";
import { TREATMENTS } from "./emergency-columns.ts";

type Treatment = (typeof TREATMENTS)[number];
const VITALS: ReadonlySet<Sign> = new Set<Sign>([
  "heart_rate",
  "respiratory_rate",
  "temperature",
  "sbp",
  "dbp",
  "spo2",
]);
const PANELS = ["blood", "crp", "gas", "ketones"] as const;

/** Hours in the department, a row each: what is wrong wears off or is treated, and some of the blood is drawn again. */
export const emergencyCourse: Course = {
  name: "emergency hours",
  prepare: ({ numbers }) => {
    const hoursOf = stays(numbers);
    const follow = followed(numbers);
    return (patients, rng) => {
      const [admitted, left, noise] = [
        patients.get("admitted"),
        patients.get("left_unseen"),
        patients.get("stay_noise"),
      ];
      const hours = Array.from(admitted, (stay, i) => hoursOf(stay, left[i] as number, noise[i] as number));
      const rows = hourlyRows(patients, hours);
      rows.add("treatment");
      for (const stay of staysIn(patients, rows, hours)) follow(stay, rng);
      return rows;
    };
  },
};

function stays(numbers: Numbers): (admitted: number, left: number, noise: number) => number {
  const of = numbersOf(numbers, "ed");
  const [median, spread, longer] = [of("stay"), of("stay.spread"), of("stay.admitted")];
  const [most, alone] = [of("stay.most"), of("stay.alone")];
  return (admitted, left, noise) => {
    if (left === 1) return alone;
    const hours = median * Math.exp(spread * noise) * (admitted === 1 ? longer : 1);
    return clamp(Math.round(hours), 2, most);
  };
}

function followed(numbers: Numbers): (stay: Stay, rng: Rng) => void {
  const of = numbersOf(numbers, "ed");
  const [atArrival, moves] = [episodesAtArrival(numbers), unwell(numbers)];
  const spreads = MEASURED.map((sign) => (VITALS.has(sign) ? of(`within.${sign}`) : 0));
  const [keep, lab, calm] = [of("within.again"), of("within.lab"), of("calm")];
  const [again, later, least] = [of("drawn.again"), of("drawn.later"), numbers.of("icu.least.gcs")];
  const sweet = of("ketones.glucose");
  return ({ patients, rows, i, first, count }, rng) => {
    const value = (name: string): number => patients.get(name)[i] as number;
    const episode = atArrival(patients, i);
    const moved = MEASURED.map((_, k) => moves(k, value("illness"), value("complaint"), value("crisis")));
    const usually = MEASURED.map((sign) => value(usual(sign)));
    const awake = value(usual("gcs"));
    const wander = new Float64Array(MEASURED.length);
    const fields = MEASURED.map((sign) => rows.get(sign));
    let seen = {
      haemoglobin: value("haemoglobin"),
      potassium: value("potassium"),
      glucose: value("glucose"),
    };
    let left = 1;
    for (let hour = 1; hour < count; hour++) {
      const row = first + hour;
      left *= calm;
      episode?.next(seen, rng);
      const shift = episode?.shift() ?? noShift();
      for (let k = 0; k < MEASURED.length; k++) {
        const now = signNow(k, usually[k] as number, (moved[k] as number) * left, shift);
        const [spread, field] = [spreads[k] as number, fields[k] as Float64Array];
        if (spread === 0) field[row] = now * Math.exp(lab * rng.normal());
        else {
          wander[k] = keep * (wander[k] as number) + Math.sqrt(1 - keep * keep) * spread * rng.normal();
          field[row] = now + (wander[k] as number);
        }
      }
      const given = episode?.given ?? {};
      rows.get("gcs")[row] = Math.max(least, awake + shift.gcs);
      rows.get("treatment")[row] = TREATMENTS.indexOf(treatmentOf(given));
      rows.get("calcium")[row] = given.calcium === true ? 1 : 0;
      const drawn = value("drawn_blood") === 1 ? bernoulli(rng, episode === undefined ? later : again) : 0;
      const glucose = rows.get("glucose")[row] as number;
      for (const panel of PANELS)
        rows.get(`drawn_${panel}`)[row] =
          panel === "ketones"
            ? drawn * (glucose > sweet || value("drawn_ketones") === 1 ? 1 : 0)
            : drawn * value(`drawn_${panel}`);
      const at = (name: string): number => rows.get(name)[row] as number;
      seen = { haemoglobin: at("haemoglobin"), potassium: at("potassium"), glucose: at("glucose") };
    }
  };
}

function treatmentOf(given: Given): Treatment {
  if (given.endoscopy === true) return "Endoscopy";
  if ((given.redCells ?? 0) > 0) return "Red cells";
  if (given.calcium === true) return "Calcium, insulin with glucose, salbutamol";
  if (given.insulin === true) return "Insulin and fluids";
  if (given.antibiotics === true) return "Antibiotics and fluids";
  return given.fluids === true ? "Fluids" : "None";
}
