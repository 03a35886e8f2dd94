import type { Rng } from "../../../math/rng.ts";
import { usual } from "../emergencies/at-first.ts";
import { KETOACIDOSIS, SEPSIS, emergencies } from "../emergencies/emergencies.ts";
import type { Episode, Seen } from "../emergencies/episode.ts";
import type { Stay } from "../emergencies/hourly-rows.ts";
import { noShift, shifted } from "../emergencies/shift.ts";
import type { Shift, Sign } from "../emergencies/shift.ts";
import { numbersOf } from "../numbers/numbers.ts";
import type { Numbers } from "../numbers/numbers.ts";
import type { Rows } from "../simulating/rows.ts";
import { LABS, VITALS, episodesAtAdmission } from "./icu-body.ts";
import { PANELS, drawRule } from "./icu-draws.ts";
import { HOURS, placeOf } from "./icu-patient.ts";
import { comaScale, noradrenalineRule, oxygenRule } from "./icu-support.ts";
import { distance, wandered, wandering } from "./icu-wander.ts";
import type { Wander } from "./icu-wander.ts";

const MOVING = [...VITALS, ...LABS];
const DECLINING = [
  "heart_rate",
  "sbp",
  "dbp",
  "spo2",
  "respiratory_rate",
  "gcs",
  "lactate",
] as const satisfies readonly Sign[];

/** Where a stay stands. */
interface Now {
  episode: Episode | undefined;
  septic: boolean;
  /** on the ventilator: 0 or 1 */
  tube: number;
  /** noradrenaline, µg/kg/min */
  dose: number;
  seen: Seen & { readonly map: number };
}

/** Fills the hours of a stay after its first, from the patient as admitted. */
export function followStay(numbers: Numbers): (stay: Stay, rng: Rng) => void {
  const model = modelOf(numbers);
  return (stay, rng) => {
    const { patients, rows, i, first, count } = stay;
    const value = (name: string): number => patients.get(name)[i] as number;
    const now = admitted(model, stay);
    const wander = wanderAtFirst(model, stay, now);
    rows.get("sepsis")[first] = now.septic ? 1 : 0;
    for (let hour = 1; hour < count; hour++) {
      const row = first + hour;
      happen(model, now, value, rng);
      const shift = now.episode?.shift() ?? noShift();
      decline(model, shift, declinedBy(model, value, hour));
      model.wanderOn(wander, rng);
      for (const sign of MOVING)
        rows.get(sign)[row] = wandered(sign, shifted(sign, value(usual(sign)), shift), wander.get(sign) ?? 0);
      support(model, now, { stay, row, shift });
      rows.get("sepsis")[row] = now.septic ? 1 : 0;
      const ill = value("severity") + (now.septic ? 1 : 0);
      for (const panel of PANELS) rows.get(`drawn_${panel}`)[row] = model.draws(panel, ill, rng);
      const onInsulin = now.episode?.given.insulin === true && value("crisis") === KETOACIDOSIS;
      if (onInsulin && rng.uniform() < model.watched) rows.get("drawn_chemistry")[row] = 1;
      now.seen = seenAt(rows, row);
    }
  };
}

type Model = ReturnType<typeof modelOf>;

function modelOf(numbers: Numbers) {
  const of = numbersOf(numbers, "icu");
  return {
    kinds: emergencies(numbers),
    atAdmission: episodesAtAdmission(numbers),
    wanderOn: wandering(numbers),
    pressor: noradrenalineRule(numbers),
    scale: comaScale(numbers),
    oxygen: oxygenRule(numbers),
    draws: drawRule(numbers),
    watched: numbers.of("dka.watched"),
    sighs: of("ventilated.spo2"),
    slower: of("ventilated.respiratory_rate"),
    sedated: of("ventilated.gcs"),
    onset: -Math.log(1 - of("sepsis.new")) / HOURS,
    noticed: of("sepsis.noticed"),
    tubed: of("intubated"),
    freed: of("extubated"),
    tubing: of("intubated.severity"),
    declining: DECLINING.map((sign) => [sign, of(`decline.${sign}`)] as const),
    declineHours: of("decline.hours"),
    declinedLater: of("decline.later"),
    lungs: placeOf("respiratory"),
  };
}

function admitted({ atAdmission }: Model, { patients, i }: Stay): Now {
  return {
    episode: atAdmission(patients, i),
    septic: patients.get("crisis")[i] === SEPSIS,
    tube: patients.get("ventilated")[i] as number,
    dose: patients.get("noradrenaline")[i] as number,
    seen: seenAt(patients, i),
  };
}

/** What the bedside sees of a row. */
function seenAt(rows: Rows, row: number): Now["seen"] {
  const at = (name: string): number => rows.get(name)[row] as number;
  return {
    map: at("dbp") + (at("sbp") - at("dbp")) / 3,
    haemoglobin: at("haemoglobin"),
    potassium: at("potassium"),
    glucose: at("glucose"),
  };
}

function wanderAtFirst(model: Model, { patients, i }: Stay, now: Now): Wander {
  const shift = now.episode?.shift() ?? noShift();
  const help = new Map<Sign, number>([
    ["sbp", model.pressor.sbp * now.dose],
    ["dbp", model.pressor.dbp * now.dose],
    ["spo2", model.sighs * now.tube],
    ["respiratory_rate", model.slower * now.tube],
  ]);
  return new Map(
    MOVING.map((sign) => {
      const expected = shifted(sign, patients.get(usual(sign))[i] as number, shift) + (help.get(sign) ?? 0);
      return [sign, distance(sign, expected, patients.get(sign)[i] as number)];
    }),
  );
}

/** The emergency goes on or, in those without one, sepsis may begin; a tube goes in or comes out. */
function happen(model: Model, now: Now, value: (name: string) => number, rng: Rng): void {
  now.episode?.next(now.seen, rng);
  if (now.episode === undefined && rng.uniform() < model.onset) {
    now.septic = true;
    now.episode = model.kinds[SEPSIS]?.begin({
      severity: value("crisis_severity"),
      hours: 0,
      treatedAfter: model.noticed,
      dies: value("died_in_hospital") === 1,
      usualHaemoglobin: value(usual("haemoglobin")),
    });
  } else if (now.septic && now.episode?.phase === "recovered") now.septic = false;
  const tilt = model.tubing * value("severity");
  const rate =
    now.tube === 1 ? model.freed * Math.exp(-tilt) : model.tubed * Math.exp(tilt + (now.septic ? 1 : 0));
  if (rng.uniform() < rate) now.tube = 1 - now.tube;
}

/** Share of the decline before death that is there in an hour: all of it at the last; a part by the end of the second day of who dies later. */
function declinedBy(
  { declineHours, declinedLater }: Model,
  value: (name: string) => number,
  hour: number,
): number {
  if (value("died_in_hospital") !== 1) return 0;
  const left = value("death_hour") - hour;
  return Number.isNaN(left) ? (declinedLater * hour) / HOURS : 1 - left / declineHours;
}

function decline({ declining }: Model, shift: Shift, share: number): void {
  if (!(share > 0)) return;
  for (const [sign, effect] of declining) shift[sign] += effect * share;
}

/** Ventilation, oxygen and noradrenaline of an hour, and what they do to breathing, saturation and pressure. */
function support(
  model: Model,
  now: Now,
  { stay, row, shift }: { readonly stay: Stay; readonly row: number; readonly shift: Shift },
): void {
  const { patients, rows, i } = stay;
  const value = (name: string): number => patients.get(name)[i] as number;
  const add = (name: string, more: number): number => {
    const values = rows.get(name);
    return (values[row] = (values[row] as number) + more);
  };
  const saturation = add("spo2", model.sighs * now.tube);
  add("respiratory_rate", model.slower * now.tube);
  now.dose = model.pressor.next(now.dose, now.seen.map);
  add("sbp", model.pressor.sbp * now.dose);
  add("dbp", model.pressor.dbp * now.dose);
  rows.get("ventilated")[row] = now.tube;
  rows.get("noradrenaline")[row] = now.dose;
  rows.get("gcs")[row] = model.scale(value("coma_depth") + model.sedated * now.tube) + shift.gcs;
  const breathless = value("diagnosis") === model.lungs;
  rows.get("fio2")[row] = model.oxygen(now.tube === 1, breathless, saturation, value("oxygen_need"));
}
